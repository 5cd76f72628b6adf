// @ts-check
import { html, nothing, render } from 'lit-html';
import { answered, isAction, threadOf } from '../log/rows.js';
import { written } from '../text/markdown.js';
import { fullTimeOf, language, reasonOf, shortTimeOf, text, timeOf } from '../text/text.js';
import { threadAddressOf } from './address.js';
import { avatarOf } from './avatar.js';
import { icon, iconButton } from './icons.js';

/** @typedef {import('../log/rows.js').Row} Row */
/** @typedef {import('../connection/types.js').Message} Message */

/**
 * What a message has to know of the others.
 *
 * @typedef {object} Around
 * @property {(seq: number) => Message|null} quoted
 * @property {(ids: string[]) => string[]} names
 * @property {string|undefined} me
 * @property {string} room
 * @property {number|null} thread the one that they all hang in, where only that is shown
 */

/** A longer text is folded. */
const LONG_TEXT = 1_500;
const LONG_LINES = 20;

/** One message: who, when, what, and what has become of it. Emits `wish` with what somebody wants to be done with it, `fold` before it becomes longer or shorter. */
export class ParleyMessage extends HTMLElement {
  /** @type {Row} */
  // @ts-ignore shown before it is used
  row;
  /** @type {Around} */
  // @ts-ignore shown before it is used
  around;

  /** @type {unknown[]} */
  #shown = [];
  #written = '';
  #content = document.createElement('div');
  #active = false;
  #open = false;

  /** @param {Row} row @param {Around} around */
  show(row, around) {
    const below = row.enters && around.thread === null ? threadOf(row) : undefined;
    const seq = below ?? answered(row);
    const quoted = seq === undefined ? null : around.quoted(seq);
    const { message, mine } = row.item ?? {};
    // What is in the log is replaced when it changes; what is unsent changes in place.
    const shown = [message, mine, quoted, row.head, row.enters, row.mine, row.unsent && JSON.stringify(row.unsent), this.#active, this.#open, around.me, language()];
    if (shown.every((one, i) => one === this.#shown[i])) return;
    this.#shown = shown;
    this.row = row;
    this.around = around;
    this.className = this.#classes();
    this.tabIndex = -1;
    this.#write();
    render(this.#template(seq, quoted, below !== undefined), this);
  }

  /** Whether what can be done with it is offered. */
  get active() {
    return this.#active;
  }

  set active(active) {
    this.#active = active;
    this.#again();
  }

  #again() {
    if (this.row && this.around) this.show(this.row, this.around);
  }

  /** @param {number|undefined} seq @param {Message|null} quoted @param {boolean} below it hangs below what it quotes */
  #template(seq, quoted, below) {
    const { row } = this;
    const action = isAction(row);
    return html`
      <div class="gutter">${row.head && !action && row.from ? avatarOf(row.from) : timeElement(row, shortTimeOf)}</div>
      <div class="body">
        ${seq === undefined ? nothing : below ? this.#way(seq, quoted) : this.#quote(seq, quoted)}
        ${row.head && !action ? bylineOf(row) : nothing}
        ${this.#content}
        ${this.#isLong ? html`<button type="button" class="link fold" aria-expanded=${String(this.#open)} @click=${this.#fold}>${this.#open ? text.showLess : text.showAll}</button>` : nothing}
        ${this.#reactions()}
        ${this.#replies()}
        ${this.#fate()}
      </div>
      ${this.#active && this.#canAct ? this.#tools() : nothing}`;
  }

  /** @param {number} seq @param {Message|null} quoted */
  #quote(seq, quoted) {
    const words = quoted?.deleted ? text.deleted : quoted?.text ?? '';
    return html`
      <button type="button" class="quote" title=${text.showAnswered} @click=${(/** @type {Event} */ event) => this.#wish('jump', event, seq)}>
        ${quoted ? html`<bdi class="name">${quoted.from.name}</bdi> <span dir="auto">${words.slice(0, 200)}</span>` : text.earlierMessage}
      </button>`;
  }

  /** The way into the thread that this hangs in. @param {number} root @param {Message|null} quoted */
  #way(root, quoted) {
    const words = quoted?.deleted ? text.deleted : quoted?.text ?? '';
    return html`
      <a class="quote way" href=${threadAddressOf(this.around.room, root)} title=${text.openThread}>
        ${icon('thread')}<span class="unseen">${text.thread}</span>
        ${quoted ? html`<bdi class="name">${quoted.from.name}</bdi> <span dir="auto">${words.slice(0, 200)}</span>` : text.earlierMessage}
      </a>`;
  }

  /** How much was said below it. */
  #replies() {
    const { replies = 0, seq = 0 } = this.row.item?.message ?? {};
    if (replies === 0 || this.around.thread !== null) return nothing;
    return html`<a class="replies" href=${threadAddressOf(this.around.room, seq)} title=${text.openThread}>${icon('thread')}<span>${text.replies(replies)}</span></a>`;
  }

  #reactions() {
    const reactions = Object.entries(this.row.item?.message?.reactions ?? {});
    if (reactions.length === 0) return nothing;
    const mine = this.row.item?.mine ?? [];
    return html`
      <div class="reactions">
        ${reactions.map(([emoji, count]) => html`
          <button type="button" aria-pressed=${String(mine.includes(emoji))} title=${mine.includes(emoji) ? text.takeBack : text.reactToo(emoji)}
            @click=${(/** @type {Event} */ event) => this.#wish('react', event, emoji)}>${emoji} <span>${count}</span></button>`)}
        ${this.#canAct ? iconButton(text.react, 'smile', (event) => this.#wish('pick', event), 'add') : nothing}
      </div>`;
  }

  #tools() {
    const { mine, item } = this.row;
    return html`
      <div class="tools" role="group" aria-label=${text.messageActions}>
        ${iconButton(text.react, 'smile', (event) => this.#wish('pick', event))}
        ${iconButton(text.reply, 'reply', (event) => this.#wish('reply', event))}
        ${this.around.thread === null ? iconButton(text.replyInThread, 'thread', (event) => this.#wish('thread', event)) : nothing}
        ${mine && item?.message?.text !== undefined ? iconButton(text.edit, 'pencil', (event) => this.#wish('edit', event)) : nothing}
        ${iconButton(text.messageActions, 'more', (event) => this.#wish('more', event))}
      </div>`;
  }

  #fate() {
    const { unsent } = this.row;
    if (!unsent || unsent.state === 'sent') return nothing;
    if (unsent.state !== 'failed') {
      return html`<p class="fate">${unsent.state === 'sending' ? text.sending : text.waiting}</p>`;
    }
    const button = (/** @type {string} */ label, /** @type {string} */ wish) =>
      html`<button type="button" class="link" @click=${(/** @type {Event} */ event) => this.#wish(wish, event, unsent.key)}>${label}</button>`;
    return html`
      <div class="fate" role="alert">
        <span>${text.failed(reasonOf(unsent.refusal))}</span>
        ${button(text.tryAgain, 'retry')} ${button(text.edit, 'revise')} ${button(text.discard, 'discard')}
      </div>`;
  }

  /** The words are made anew only when they are others: whoever marks a part of them keeps it. */
  #write() {
    const { item, unsent, from } = this.row;
    const message = item?.message;
    const words = unsent?.text ?? message?.text ?? '';
    const called = this.around?.names(message?.mentions ?? []) ?? [];
    const key = JSON.stringify([words, called, message?.edited, message?.deleted, isAction(this.row) && from?.name, language()]);
    this.#content.className = `text ${this.#isLong && !this.#open ? 'folded' : ''}`;
    if (key === this.#written) return;
    this.#written = key;
    this.#content.dir = 'auto';
    if (message?.deleted) this.#content.replaceChildren(text.deleted);
    else this.#content.replaceChildren(...authorOf(this.row), written(words, called), ...editedOf(message));
  }

  get #isLong() {
    const words = this.row.unsent?.text ?? this.row.item?.message?.text ?? '';
    return words.length > LONG_TEXT || words.split('\n', LONG_LINES + 1).length > LONG_LINES;
  }

  #fold = () => {
    this.#open = !this.#open;
    this.dispatchEvent(new CustomEvent('fold', { bubbles: true }));
    this.#again();
    if (!this.#open) this.scrollIntoView({ block: 'nearest' });
  };

  /** Something can be done with what is in the log and was not deleted. */
  get #canAct() {
    const message = this.row.item?.message;
    return message !== undefined && message !== null && !message.deleted;
  }

  #classes() {
    const { row } = this;
    const { deleted, mentions } = row.item?.message ?? {};
    const called = this.around?.me !== undefined && mentions?.includes(this.around.me);
    return [
      row.head && 'head',
      row.mine && 'mine',
      isAction(row) && 'action',
      threadOf(row) !== undefined && this.around.thread === null && 'in-thread',
      deleted && 'deleted',
      called && !deleted && 'calls-me',
      row.unsent && `unsent ${row.unsent.state}`,
    ].filter(Boolean).join(' ');
  }

  /** @param {string} what @param {Event} event @param {unknown} [detail] */
  #wish(what, event, detail) {
    const anchor = event.currentTarget;
    this.dispatchEvent(new CustomEvent('wish', { detail: { what, anchor, row: this.row, detail }, bubbles: true }));
  }
}

/** @param {Row} row */
function bylineOf(row) {
  const tag = row.mine ? text.you : row.from?.bot ? text.bot : null;
  return html`
    <div class="byline">
      <bdi class="name">${row.from?.name ?? ''}</bdi>${tag && html`<span class="tag">${tag}</span>`}${timeElement(row, timeOf)}
    </div>`;
}

/** @param {Row} row @param {(at: string) => string} said */
function timeElement({ at }, said) {
  return html`<time datetime=${at} title=${fullTimeOf(at)}>${said(at)}</time>`;
}

/** @param {Row} row @returns {(Node|string)[]} */
function authorOf(row) {
  if (!isAction(row)) return [];
  const name = document.createElement('bdi');
  name.className = 'name';
  name.textContent = row.from?.name ?? '';
  return [name, ' '];
}

/** @param {Message|null} [message] @returns {Node[]} */
function editedOf(message) {
  if (!message?.edited) return [];
  const edited = document.createElement('span');
  edited.className = 'edited';
  edited.title = fullTimeOf(message.edited);
  edited.textContent = `(${text.edited})`;
  return [edited];
}

customElements.define('parley-message', ParleyMessage);
