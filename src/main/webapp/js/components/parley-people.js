// @ts-check
import { text } from '../text/text.js';
import { iconButton, make } from './dom.js';
import { avatarOf } from './parley-avatar.js';
import { Part } from './part.js';

/** Who is in the current room. Emits `shut`. */
export class ParleyPeople extends Part {
  /** @type {HTMLElement} */
  #count;
  /** @type {HTMLElement} */
  #list;
  /** @type {HTMLElement} */
  #more;
  #shown = '';

  build() {
    this.#count = make('span', { class: 'count' });
    this.#list = make('ul', {});
    this.#more = make('p', { class: 'more' });
    const shut = () => this.dispatchEvent(new CustomEvent('shut', { bubbles: true }));
    this.append(
      make('div', { class: 'heading' }, make('h2', { text: text.people }), this.#count, iconButton(text.close, 'close', shut, 'shut')),
      this.#list,
      this.#more);
    this.watch(this.chat, 'room');
    this.watch(this.chat.identity, 'change');
    this.watch(this.chat.rooms, 'change', (log) => log === this.chat.current && this.later());
  }

  update() {
    const log = this.chat.current;
    if (!log) return;
    const { users, count } = log.presence;
    const me = this.chat.identity.you?.id;
    const shown = JSON.stringify([users, count, me]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const mixed = users.some(({ guest }) => !guest);
    const mine = users.filter(({ id }) => id === me);
    const others = users.filter(({ id }) => id !== me);
    this.#count.textContent = count > 0 ? String(count) : '';
    this.#list.replaceChildren(...[...mine, ...others].map((user) => itemOf(user, tagOf(user, me, mixed))));
    this.#more.textContent = count > users.length ? text.andMore(count - users.length) : count === 0 ? text.nobodyKnown : '';
  }
}

/** That somebody is a guest is worth saying only where not everybody is. @param {import('../connection/types.js').User} user @param {string|undefined} me @param {boolean} mixed */
function tagOf(user, me, mixed) {
  if (user.id === me) return text.you;
  if (user.bot) return text.bot;
  return user.guest && mixed ? text.guest : null;
}

/** @param {import('../connection/types.js').User} user @param {string|null} tag */
function itemOf(user, tag) {
  return make('li', {},
    avatarOf(user),
    make('bdi', { class: 'name', text: user.name }),
    tag && make('span', { class: 'tag', text: tag }));
}

customElements.define('parley-people', ParleyPeople);
