// @ts-check
import { text } from '../text/text.js';
import { icon, iconButton, make } from './dom.js';
import { Part } from './part.js';

/** The room's name and topic, and on a small screen the ways to rooms and people. Emits `drawer` with which. */
export class ParleyHeader extends Part {
  /** @type {HTMLElement} */
  #name;
  /** @type {HTMLElement} */
  #topic;
  /** @type {HTMLButtonElement} */
  #people;
  /** @type {HTMLElement} */
  #count;

  build() {
    this.#name = make('bdi', {});
    this.#topic = make('p', { class: 'topic', dir: 'auto' });
    this.#count = make('span', {});
    this.#people = make('button', { type: 'button', class: 'people-button', on: { click: () => this.#drawer('people') } },
      icon('people'), this.#count);
    this.append(
      iconButton(text.openRooms, 'menu', () => this.#drawer('rooms'), 'menu'),
      make('h1', {}, make('span', { class: 'hash', 'aria-hidden': 'true', text: '#' }), this.#name),
      this.#topic,
      this.#people);
    this.watch(this.chat, 'room');
    this.watch(this.chat.rooms, 'change', (log) => log === this.chat.current && this.later());
  }

  update() {
    const log = this.chat.current;
    if (!log) return;
    const { count } = log.presence;
    this.#name.textContent = log.name;
    this.#topic.textContent = log.topic;
    this.#topic.title = log.topic;
    this.#count.textContent = count > 0 ? String(count) : '';
    const label = count > 0 ? text.peopleCount(count) : text.openPeople;
    this.#people.setAttribute('aria-label', label);
    this.#people.title = label;
  }

  /** @param {'rooms'|'people'} which */
  #drawer(which) {
    this.dispatchEvent(new CustomEvent('drawer', { detail: which, bubbles: true }));
  }
}

customElements.define('parley-header', ParleyHeader);
