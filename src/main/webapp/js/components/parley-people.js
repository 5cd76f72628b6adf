// @ts-check
import { html, nothing } from 'lit-html';
import { text } from '../text/text.js';
import { linkTo } from './address.js';
import { avatarOf } from './avatar.js';
import { copied } from './clipboard.js';
import { iconButton } from './icons.js';
import { Part } from './part.js';

/** @typedef {import('../connection/types.js').User} User */

/** Who is in the current room. Emits `shut`. */
export class ParleyPeople extends Part {
  build() {
    this.watch(this.chat, 'room');
    this.watch(this.chat.identity, 'change');
    this.watch(this.chat.rooms, 'change', (log) => log === this.chat.current && this.later());
  }

  template() {
    const log = this.chat.current;
    if (!log) return nothing;
    const { users, count } = log.presence;
    const me = this.chat.identity.you?.id;
    const mixed = users.some(({ guest }) => !guest);
    const sorted = [...users.filter(({ id }) => id === me), ...users.filter(({ id }) => id !== me)];
    const alone = log.state === 'joined' && count === 1 && users[0]?.id === me;
    return html`
      <div class="heading">
        <h2>${text.people}</h2><span class="count">${count > 0 ? count : nothing}</span>
        ${iconButton(text.close, 'close', () => this.tell('shut'), 'shut')}
      </div>
      <ul>${sorted.map((user) => itemOf(user, tagOf(user, me, mixed)))}</ul>
      <p class="more">${alone ? text.alone : this.#rest(log)}</p>
      ${alone ? html`<button type="button" class="button invite" @click=${() => void copied(this.chat, linkTo(log.name), text.linkCopied)}>${text.copyLink}</button>` : nothing}`;
  }

  /** Those who are not known by name. @param {import('../log/room-log.js').RoomLog} log */
  #rest({ state, presence: { users, count } }) {
    if (count > users.length) return text.andMore(count - users.length);
    return count === 0 && state !== 'refused' ? text.nobodyKnown : '';
  }
}

/** That somebody is a guest is worth saying only where not everybody is. @param {User} user @param {string|undefined} me @param {boolean} mixed */
function tagOf(user, me, mixed) {
  if (user.id === me) return text.you;
  if (user.bot) return text.bot;
  return user.guest && mixed ? text.guest : null;
}

/** @param {User} user @param {string|null} tag */
function itemOf(user, tag) {
  return html`<li>${avatarOf(user)}<bdi class="name" title=${user.name}>${user.name}</bdi>${tag && html`<span class="tag">${tag}</span>`}</li>`;
}

customElements.define('parley-people', ParleyPeople);
