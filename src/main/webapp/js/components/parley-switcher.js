// @ts-check
import { html, nothing, render } from 'lit-html';
import { canonical } from '../chat/rooms.js';
import { reasonOf, text } from '../text/text.js';
import { go } from './address.js';

const SHOWN = 8;

/** Goes to a room by a few letters of its name (Ctrl-K, ⌘-K). */
export class ParleySwitcher extends HTMLElement {
  /** @type {import('../chat/chat.js').Chat} */
  // @ts-ignore set by whoever makes the element
  chat;
  #typed = '';
  #chosen = 0;

  open() {
    this.#typed = '';
    this.#chosen = 0;
    this.#show();
    this.#dialog.showModal();
  }

  #show() {
    const found = this.#found();
    const name = canonical(this.#typed.replace(/^#/, '').trim().replace(/\s+/g, '-'));
    this.choices = [...found.map((room) => ({ room, make: false })), ...(name && !found.includes(name) ? [{ room: name, make: true }] : [])];
    this.#chosen = Math.min(this.#chosen, Math.max(0, this.choices.length - 1));
    render(html`
      <dialog class="switcher" aria-label=${text.switchRoom} @close=${() => render(nothing, this)}>
        <input type="text" role="combobox" aria-label=${text.switchRoom} aria-expanded="true" aria-controls="switcher-rooms"
          aria-activedescendant=${this.choices.length > 0 ? `switcher-${this.#chosen}` : nothing} placeholder=${text.switchTo} autocomplete="off"
          autocapitalize="off" spellcheck="false" .value=${this.#typed} @input=${this.#input} @keydown=${this.#pressed}>
        <ul id="switcher-rooms" role="listbox" aria-label=${text.rooms}>
          ${this.choices.map(({ room, make }, i) => this.#choice(room, make, i))}
        </ul>
      </dialog>`, this);
  }

  /** @param {string} room @param {boolean} make @param {number} i */
  #choice(room, make, i) {
    const { unread } = this.chat.fresh(room);
    return html`
      <li role="option" id="switcher-${i}" aria-selected=${String(i === this.#chosen)} @click=${() => void this.#go(i)}>
        ${make ? text.createNamedRoom(room) : html`<span class="hash" aria-hidden="true">#</span><bdi>${room}</bdi>`}
        ${unread > 0 ? html`<span class="badge">${unread}</span>` : nothing}
      </li>`;
  }

  /** Those with something new first, then as well as the letters fit. */
  #found() {
    const letters = canonical(this.#typed.replace(/^#/, ''));
    const { directory, joined, current } = this.chat;
    const rooms = [...new Set([...joined, ...directory.rooms.keys()])];
    const rank = (/** @type {string} */ room) =>
      (room === current?.name ? 8 : 0) + (letters && !room.startsWith(letters) ? 4 : 0) + (this.chat.fresh(room).unread > 0 ? 0 : 2) + (joined.includes(room) ? 0 : 1);
    return rooms.filter((room) => room.includes(letters)).sort((a, b) => rank(a) - rank(b) || a.localeCompare(b, undefined, { numeric: true })).slice(0, SHOWN);
  }

  #input = (/** @type {InputEvent} */ event) => {
    this.#typed = /** @type {HTMLInputElement} */ (event.target).value;
    this.#chosen = 0;
    this.#show();
  };

  #pressed = (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = this.choices?.length ?? 0;
    if (event.isComposing || count === 0) return;
    if (step) this.#chosen = (this.#chosen + step + count) % count;
    else if (event.key === 'Enter') void this.#go(this.#chosen);
    else return;
    event.preventDefault();
    if (step) this.#show();
  };

  /** @param {number} index */
  async #go(index) {
    const choice = this.choices?.[index];
    this.#dialog.close();
    try {
      if (choice) go(choice.make ? await this.chat.open(choice.room) : choice.room);
    } catch (refusal) {
      this.chat.emit('told', reasonOf(refusal));
    }
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.querySelector('dialog'));
  }
}

customElements.define('parley-switcher', ParleySwitcher);
