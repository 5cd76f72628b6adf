// @ts-check
import { dateOf, dayOf, text, toldOf } from '../text/text.js';
import './parley-message.js';

/** @typedef {import('../log/rows.js').Row} Row */
/** @typedef {import('./parley-message.js').Around} Around */

/** The rows' elements, kept as long as their rows are there: only what changed is touched. */
export class RowList {
  #parent;
  /** @type {Map<string, HTMLElement>} */
  #elements = new Map();

  /** @param {HTMLElement} parent holds nothing but these */
  constructor(parent) {
    this.#parent = parent;
  }

  /** Other rows are coming, whatever their names. */
  clear() {
    this.#elements.clear();
    this.#parent.replaceChildren();
  }

  /** @param {Row[]} rows @param {Around} around */
  show(rows, around) {
    const wanted = new Set(rows.map(({ id }) => id));
    for (const [id, element] of this.#elements) {
      if (!wanted.has(id)) {
        element.remove();
        this.#elements.delete(id);
      }
    }
    let place = this.#parent.firstElementChild;
    for (const row of rows) {
      const element = this.#elementOf(row, around);
      if (element === place) place = place.nextElementSibling;
      else this.#parent.insertBefore(element, place);
    }
  }

  /** @param {string} id @returns {HTMLElement|undefined} */
  get(id) {
    return this.#elements.get(id);
  }

  /** @param {Row} row @param {Around} around */
  #elementOf(row, around) {
    const element = this.#elements.get(row.id) ?? madeFor(row);
    this.#elements.set(row.id, element);
    if (row.kind === 'message') /** @type {any} */ (element).show(row, around);
    else say(element, row);
    return element;
  }
}

/** Where it is not the kind. @type {Record<string, string>} */
const CLASSES = { entry: 'notice', replies: 'replies-here' };

/** @param {Row} row @returns {HTMLElement} */
function madeFor(row) {
  if (row.kind === 'message') return document.createElement('parley-message');
  const element = document.createElement(row.kind === 'entry' || row.kind === 'notice' ? 'p' : 'div');
  element.className = CLASSES[row.kind] ?? row.kind;
  if (row.kind === 'day' || row.kind === 'new' || row.kind === 'replies') element.append(document.createElement('span'));
  else element.dir = 'auto';
  return element;
}

/** @param {HTMLElement} element @param {Row} row */
function say(element, row) {
  const place = element.firstElementChild ?? element;
  const words = wordsOf(row);
  if (place.textContent !== words) place.textContent = words;
  if (row.kind === 'day') element.title = dateOf(row.at);
}

/** @param {Row} row */
function wordsOf({ kind, at, item }) {
  if (kind === 'day') return dayOf(at);
  if (kind === 'new') return text.newHere;
  if (kind === 'replies') return text.replies(Math.max(1, item?.message?.replies ?? 0));
  return (item?.entry ? toldOf(item.entry) : item?.text) ?? '';
}
