// @ts-check
import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { LOBBY } from '../chat/chat.js';
import { agoOf, text } from '../text/text.js';
import { addressOf, go } from './address.js';
import { iconButton } from './icons.js';
import { askRoom } from './parley-ask.js';
import { Part } from './part.js';

/** What opens the switcher, as keyboards have it. */
const KEYS = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘K' : 'Ctrl+K';

/** The rooms that one is in, with what is new in them, and the others that there are. Emits `switch`. */
export class ParleyRooms extends Part {
  build() {
    this.watch(this.chat, 'room');
    for (const model of [this.chat.directory, this.chat.reading, this.chat.rooms, this.chat.identity]) {
      this.watch(model, 'change');
    }
  }

  template() {
    const { rooms, directory, joined } = this.chat;
    const known = (/** @type {string} */ room) => rooms.get(room)?.state !== 'refused' || directory.rooms.has(room);
    const mine = [...new Set([LOBBY, ...joined])].filter(known).sort(lobbyFirst);
    const others = [...directory.rooms.keys()].filter((room) => !mine.includes(room)).sort(lobbyFirst);
    return html`
      <div class="heading">
        <h2 id="rooms-mine">${text.rooms}</h2>
        ${iconButton(text.switchRoomBy(KEYS), 'search', () => this.tell('switch'), 'find')}
        ${iconButton(text.newRoom, 'plus', () => askRoom(this, this.chat, go))}
      </div>
      <div class="lists">
        <ul aria-labelledby="rooms-mine">${repeat(mine, (room) => room, (room) => this.#item(room))}</ul>
        ${others.length === 0 ? nothing : html`
          <h2 id="rooms-others" class="others">${text.otherRooms}</h2>
          <ul aria-labelledby="rooms-others">${repeat(others, (room) => room, (room) => this.#item(room))}</ul>`}
      </div>`;
  }

  /** @param {string} room */
  #item(room) {
    const current = room === this.chat.current?.name;
    const { unread, mentions } = current ? { unread: 0, mentions: 0 } : this.chat.fresh(room);
    const { at } = this.chat.directory.rooms.get(room) ?? { at: null };
    return html`
      <li data-room=${room}>
        <a href=${addressOf(room)} class=${unread > 0 ? 'unread' : ''} aria-current=${current ? 'page' : nothing}>
          <span class="hash" aria-hidden="true">#</span>
          <bdi class="name" title=${room}>${room}</bdi>
          ${unread > 0 ? badge(unread, mentions) : at && !current ? html`<span class="at">${agoOf(at)}</span>` : nothing}
        </a>
      </li>`;
  }
}

/** @param {number} unread @param {number} mentions */
function badge(unread, mentions) {
  const label = mentions > 0 ? text.unreadMentions(unread, mentions) : text.unread(unread);
  const shown = (/** @type {number} */ count) => (count > 99 ? '99+' : String(count));
  return html`
    <span class="badge ${mentions > 0 ? 'mentions' : ''}" title=${label} aria-hidden="true">${mentions > 0 ? `@ ${shown(mentions)}` : shown(unread)}</span>
    <span class="unseen">${label}</span>`;
}

/** @param {string} a @param {string} b */
function lobbyFirst(a, b) {
  return Number(b === LOBBY) - Number(a === LOBBY) || a.localeCompare(b, undefined, { numeric: true });
}

customElements.define('parley-rooms', ParleyRooms);
