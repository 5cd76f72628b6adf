// @ts-check
import { isAction } from '../log/rows.js';
import { fullTimeOf, reasonOf, shortTimeOf, text, timeOf } from '../text/text.js';
import { make } from './dom.js';
import { linked } from './linked.js';
import { avatarOf } from './parley-avatar.js';

/** @typedef {import('../log/rows.js').Row} Row */

/** One message: who, when, what, and what has become of it. Asks for `retry`, `revise` and `discard` by events. */
export class ParleyMessage extends HTMLElement {
  #shown = '';

  /** @param {Row} row */
  show(row) {
    const signature = JSON.stringify([row.head, row.mine, row.from, row.at, row.item?.message, row.unsent]);
    if (signature === this.#shown) return;
    this.#shown = signature;
    this.className = classesOf(row);
    this.replaceChildren(gutterOf(row), this.#bodyOf(row));
  }

  /** @param {Row} row */
  #bodyOf(row) {
    const byline = row.head && !isAction(row);
    return make('div', { class: 'body' }, byline && bylineOf(row), contentOf(row), reactionsOf(row), this.#fateOf(row));
  }

  /** @param {Row} row */
  #fateOf({ unsent }) {
    if (!unsent || unsent.state === 'sent') return null;
    if (unsent.state !== 'failed') {
      return make('p', { class: 'fate', text: unsent.state === 'sending' ? text.sending : text.waiting });
    }
    return make('div', { class: 'fate', role: 'alert' },
      make('span', { text: text.failed(reasonOf(unsent.refusal)) }),
      this.#button(text.tryAgain, 'retry', unsent.key),
      this.#button(text.edit, 'revise', unsent.key),
      this.#button(text.discard, 'discard', unsent.key));
  }

  /** @param {string} label @param {string} wish @param {string} key */
  #button(label, wish, key) {
    const click = () => this.dispatchEvent(new CustomEvent(wish, { detail: key, bubbles: true }));
    return make('button', { type: 'button', class: 'link', text: label, on: { click } });
  }
}

/** @param {Row} row */
function classesOf(row) {
  const deleted = row.item?.message?.deleted;
  return [
    row.head && 'head',
    row.mine && 'mine',
    isAction(row) && 'action',
    deleted && 'deleted',
    row.unsent && `unsent ${row.unsent.state}`,
  ].filter(Boolean).join(' ');
}

/** @param {Row} row */
function gutterOf(row) {
  const avatar = row.head && !isAction(row) && row.from;
  return make('div', { class: 'gutter' }, avatar ? avatarOf(avatar) : timeElement(row, shortTimeOf));
}

/** @param {Row} row */
function bylineOf(row) {
  const tag = row.mine ? text.you : row.from?.bot ? text.bot : null;
  return make('div', { class: 'byline' },
    make('bdi', { class: 'name', text: row.from?.name ?? '' }),
    tag && make('span', { class: 'tag', text: tag }),
    timeElement(row, timeOf));
}

/** @param {Row} row @param {(at: string) => string} written */
function timeElement({ at }, written) {
  return make('time', { datetime: at, title: fullTimeOf(at), text: written(at) });
}

/** @param {Row} row */
function contentOf(row) {
  const message = row.item?.message;
  if (message?.deleted) return make('div', { class: 'text', text: text.deleted });
  const words = linked(row.unsent?.text ?? message?.text ?? '');
  const name = isAction(row) && make('bdi', { class: 'name', text: row.from?.name ?? '' });
  const edited = message?.edited && make('span', { class: 'edited', text: `(${text.edited})`, title: fullTimeOf(message.edited) });
  return make('div', { class: 'text', dir: 'auto' }, name, name && ' ', ...words, edited && ' ', edited ?? null);
}

/** @param {Row} row */
function reactionsOf(row) {
  const reactions = Object.entries(row.item?.message?.reactions ?? {});
  return reactions.length > 0 && make('ul', { class: 'reactions' },
    ...reactions.map(([emoji, count]) => make('li', { text: `${emoji} ${count}` })));
}

customElements.define('parley-message', ParleyMessage);
