// @ts-check
import { html } from 'lit-html';
import { threadOf } from '../log/rows.js';
import { reasonOf, text } from '../text/text.js';
import { linkTo, threadAddressOf } from './address.js';
import { copied } from './clipboard.js';
import { pickEmoji, QUICK } from './emoji.js';
import { ask } from './parley-ask.js';
import { menu } from './pop-up.js';

/** @typedef {import('../log/rows.js').Row} Row */
/** @typedef {{what: string, anchor: HTMLElement, row: Row, detail: any}} Wish */

/** What people want to be done with messages. Emits `compose` at its host: what the composer is to take up. */
export class MessageActs {
  #host;
  #chat;
  #jump;
  #threads;

  /**
   * @param {HTMLElement} host
   * @param {import('../chat/chat.js').Chat} chat
   * @param {{jump?: (seq: number) => Promise<void>, threads?: boolean}} [ways] to where a message stands, by default in the
   *     talk; and whether a thread can be opened from here
   */
  constructor(host, chat, { jump = (seq) => chat.jump(seq), threads = true } = {}) {
    this.#host = host;
    this.#chat = chat;
    this.#jump = jump;
    this.#threads = threads;
  }

  /** @param {Wish} wish */
  fulfil({ what, anchor, row, detail }) {
    const { outbox } = this.#chat;
    if (what === 'jump') this.#tried(this.#jump(detail));
    else if (what === 'react') this.#react(row, detail);
    else if (what === 'pick') pickEmoji(anchor, (emoji) => this.#react(row, emoji, true));
    else if (what === 'reply' || what === 'edit') this.#compose(what, row);
    else if (what === 'thread') this.#openThread(row);
    else if (what === 'more') this.offer({ row, anchor });
    else if (what === 'retry') outbox.retry(detail);
    else if (what === 'discard') outbox.discard(detail);
    else if (what === 'revise') this.#revise(detail);
  }

  /** Everything that can be done with a message. @param {{row: Row, anchor: HTMLElement}} about */
  offer({ row, anchor }) {
    const message = row.item?.message;
    const room = this.#chat.current?.name;
    if (!message || message.deleted || !room) return;
    const own = row.mine;
    menu(anchor, text.messageActions, [
      { label: text.reply, drawing: 'reply', act: () => this.#compose('reply', row) },
      this.#threads && { label: text.replyInThread, drawing: 'thread', act: () => this.#openThread(row) },
      own && { label: text.edit, drawing: 'pencil', act: () => this.#compose('edit', row) },
      { label: text.copyText, drawing: 'copy', act: () => void copied(this.#chat, message.text ?? '', text.textCopied) },
      { label: text.copyLink, drawing: 'link', act: () => void copied(this.#chat, linkTo(room, message.seq), text.linkCopied) },
      own && { label: text.erase, drawing: 'bin', kind: 'grave', act: () => this.#erase(room, message.seq) },
    ], (close) => html`
      <div class="quick">
        ${QUICK.map((emoji) => html`<button type="button" aria-label=${text.reactToo(emoji)} @click=${() => {
          close();
          this.#react(row, emoji, true);
        }}>${emoji}</button>`)}
        <button type="button" class="any" aria-label=${text.chooseEmoji} @click=${() => {
          close();
          pickEmoji(anchor, (emoji) => this.#react(row, emoji, true));
        }}>…</button>
      </div>`);
  }

  /** @param {Row} row @param {string} emoji @param {boolean} [on] by default the other way than it is */
  #react({ item }, emoji, on = !item?.mine.includes(emoji)) {
    const room = this.#chat.current?.name;
    if (room && item) this.#tried(this.#chat.acts.react(room, item.seq, emoji, on));
  }

  /** That below a message, or the one that it hangs in. @param {Row} row */
  #openThread(row) {
    const room = this.#chat.current?.name;
    const seq = threadOf(row) ?? row.item?.seq;
    if (room && seq) location.hash = threadAddressOf(room, seq);
  }

  /** @param {string} room @param {number} seq */
  #erase(room, seq) {
    ask(this.#host, {
      title: text.eraseTitle,
      help: text.eraseHelp,
      grave: true,
      submit: text.erase,
      act: () => this.#chat.acts.erase(room, seq),
    });
  }

  /** @param {string} key */
  #revise(key) {
    const unsent = this.#chat.outbox.discard(key);
    if (unsent) this.#tell({ what: 'insert', text: unsent.text });
  }

  /** @param {'reply'|'edit'} what @param {Row} row */
  #compose(what, { item }) {
    if (item?.message) this.#tell({ what, message: item.message });
  }

  /** @param {unknown} detail */
  #tell(detail) {
    this.#host.dispatchEvent(new CustomEvent('compose', { detail, bubbles: true }));
  }

  /** @param {Promise<unknown>} done */
  #tried(done) {
    done.catch((refusal) => this.#chat.emit('told', reasonOf(refusal)));
  }
}
