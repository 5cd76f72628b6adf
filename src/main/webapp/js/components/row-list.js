// @ts-check
import { dateOf, dayOf, toldOf } from '../text/text.js';
import { make } from './dom.js';
import './parley-message.js';

/** @typedef {import('../log/rows.js').Row} Row */

/** The rows' elements, kept as long as their rows are there: only what changed is touched. */
export class RowList {
  #parent;
  /** @type {Map<string, HTMLElement>} */
  #elements = new Map();

  /** @param {HTMLElement} parent holds nothing but these */
  constructor(parent) {
    this.#parent = parent;
  }

  /** @param {Row[]} rows */
  show(rows) {
    const wanted = new Set(rows.map(({ id }) => id));
    for (const [id, element] of this.#elements) {
      if (!wanted.has(id)) {
        element.remove();
        this.#elements.delete(id);
      }
    }
    let place = this.#parent.firstElementChild;
    for (const row of rows) {
      const element = this.#elementOf(row);
      if (element === place) place = place.nextElementSibling;
      else this.#parent.insertBefore(element, place);
    }
  }

  /** @param {Row} row */
  #elementOf(row) {
    const element = this.#elements.get(row.id) ?? madeFor(row);
    this.#elements.set(row.id, element);
    if (row.kind === 'message') /** @type {any} */ (element).show(row);
    return element;
  }
}

/** @param {Row} row @returns {HTMLElement} */
function madeFor(row) {
  if (row.kind === 'message') return document.createElement('parley-message');
  if (row.kind === 'day') {
    const day = make('span', { text: dayOf(row.at), title: dateOf(row.at) });
    return make('div', { class: 'day', role: 'separator' }, day);
  }
  const told = row.item?.entry ? toldOf(row.item.entry) : row.item?.text;
  return make('p', { class: 'notice', dir: 'auto', text: told });
}
