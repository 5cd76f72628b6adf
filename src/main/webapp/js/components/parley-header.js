// @ts-check
import { html, nothing } from 'lit-html';
import { LOBBY } from '../chat/chat.js';
import { text } from '../text/text.js';
import { go, linkTo } from './address.js';
import { copied } from './clipboard.js';
import { icon, iconButton } from './icons.js';
import { askTopic } from './parley-ask.js';
import { Part } from './part.js';
import { menu } from './pop-up.js';

/** The room's name, topic and menu, and on a small screen the ways to rooms and people. Emits `drawer` with which. */
export class ParleyHeader extends Part {
  build() {
    this.watch(this.chat, 'room');
    this.watch(this.chat.reading, 'change');
    this.watch(this.chat.rooms, 'entry');
    this.watch(this.chat.rooms, 'change', (log) => log === this.chat.current && this.later());
  }

  template() {
    const log = this.chat.current;
    if (!log) return nothing;
    const { count } = log.presence;
    const people = count > 0 ? text.peopleCount(count) : text.openPeople;
    return html`
      ${iconButton(this.#elsewhere ? text.openRoomsNew : text.openRooms, 'menu', () => this.tell('drawer', 'rooms'), `menu ${this.#elsewhere ? 'fresh' : ''}`)}
      <h1><span class="hash" aria-hidden="true">#</span><bdi>${log.name}</bdi></h1>
      ${log.topic
        ? html`<button type="button" class="topic" dir="auto" title=${log.topic} @click=${() => askTopic(this, this.chat, log)}>${log.topic}</button>`
        : html`<span class="topic"></span>`}
      <button type="button" class="people-button" aria-label=${people} title=${people} @click=${() => this.tell('drawer', 'people')}>
        ${icon('people')}<span>${count > 0 ? count : nothing}</span>
      </button>
      ${log.state === 'refused' ? nothing : iconButton(text.aboutRoom, 'more', (event) => this.#menu(event), 'room-menu')}`;
  }

  /** Something new in another room, which a small screen does not show. */
  get #elsewhere() {
    return this.chat.rooms.all.some((log) => log !== this.chat.current && this.chat.fresh(log.name).unread > 0);
  }

  /** @param {Event} event */
  #menu(event) {
    const log = this.chat.current;
    if (!log) return;
    menu(/** @type {HTMLElement} */ (event.currentTarget), text.aboutRoom, [
      { label: text.changeTopic, drawing: 'topic', act: () => askTopic(this, this.chat, log) },
      { label: text.copyLink, drawing: 'link', act: () => void copied(this.chat, linkTo(log.name), text.linkCopied) },
      log.name !== LOBBY && { label: text.leaveRoom, drawing: 'leave', act: () => this.#leave(log.name) },
    ]);
  }

  /** @param {string} room */
  #leave(room) {
    this.chat.leave(room);
    go(LOBBY);
  }
}

customElements.define('parley-header', ParleyHeader);
