// @ts-check
import { LOBBY } from '../chat/chat.js';
import { text } from '../text/text.js';
import { addressOf, go } from './address.js';
import { iconButton, make } from './dom.js';
import { askRoom } from './parley-ask.js';
import { Part } from './part.js';

/** @typedef {{room: string, unread: number, moved: boolean}} Shown */

/** The public rooms and those that are followed, with what is new in them. */
export class ParleyRooms extends Part {
  /** @type {HTMLElement} */
  #list;

  build() {
    this.#list = make('ul', {});
    this.append(
      make('div', { class: 'heading' },
        make('h2', { text: text.rooms }),
        iconButton(text.newRoom, 'plus', () => askRoom(this, this.chat, go))),
      this.#list);
    this.watch(this.chat, 'room');
    this.watch(this.chat.directory, 'change');
    this.watch(this.chat.reading, 'change');
    this.watch(this.chat.rooms, 'change');
    this.watch(this.chat.identity, 'change');
  }

  update() {
    const links = new Map([...this.#list.children].map((item) => [/** @type {HTMLElement} */ (item).dataset.room, item]));
    const items = this.#shown().map((shown) => this.#item(shown, links.get(shown.room)));
    const same = items.length === this.#list.children.length && items.every((item, i) => item === this.#list.children[i]);
    if (!same) this.#list.replaceChildren(...items);
  }

  /** @returns {Shown[]} the lobby first, the others by name */
  #shown() {
    const { rooms, directory } = this.chat;
    const followed = rooms.all.filter(({ state }) => state !== 'refused').map(({ name }) => name);
    const names = [...new Set([LOBBY, ...directory.rooms.keys(), ...followed])];
    names.sort((a, b) => Number(b === LOBBY) - Number(a === LOBBY) || a.localeCompare(b));
    return names.map((room) => ({ room, ...this.#newIn(room) }));
  }

  /** @param {string} room */
  #newIn(room) {
    const log = this.chat.rooms.get(room);
    if (log) {
      return { unread: this.chat.reading.unread(log, this.chat.identity.you?.id), moved: false };
    }
    return { unread: 0, moved: this.chat.reading.moved(room, this.chat.directory.rooms.get(room)?.head ?? 0) };
  }

  /** @param {Shown} shown @param {Element} [known] the focus stays where it is, so what is there is used again */
  #item({ room, unread, moved }, known) {
    const item = known ?? make('li', { 'data-room': room }, make('a', { href: addressOf(room) }));
    const link = /** @type {HTMLElement} */ (item.firstElementChild);
    const current = room === this.chat.current?.name;
    const fresh = !current && (unread > 0 || moved);
    const label = unread > 0 ? text.unread(unread) : text.unreadSome;
    const badge = make('span', { class: unread > 0 ? 'badge' : 'badge dot', text: unread > 99 ? '99+' : unread || '', title: label });
    link.classList.toggle('unread', fresh);
    if (current) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
    if (link.dataset.shown === `${fresh} ${unread}`) return item;
    link.dataset.shown = `${fresh} ${unread}`;
    link.replaceChildren(
      make('span', { class: 'hash', 'aria-hidden': 'true', text: '#' }),
      make('bdi', { class: 'name', text: room }),
      ...(fresh ? [badge, make('span', { class: 'unseen', text: label })] : []));
    return item;
  }
}

customElements.define('parley-rooms', ParleyRooms);
