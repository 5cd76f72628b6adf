// @ts-check
import { html, nothing } from 'lit-html';
import { permission } from '../attention/permission.js';
import { text } from '../text/text.js';
import { avatarOf } from './avatar.js';
import { askName } from './parley-ask.js';
import { Part } from './part.js';

/**
 * Tells newcomers the name they were given, and whoever lost theirs why; gone once that is settled. And offers to notify
 * whoever has just been mentioned, once: then they know what for.
 */
export class ParleyHint extends Part {
  #mentioned = false;

  build() {
    this.watch(this.chat.identity, 'change');
    this.watch(this.chat.preferences, 'change');
    this.watch(this.chat, 'heard', ({ message }) => this.#heard(message));
  }

  template() {
    const { you, missed, settled } = this.chat.identity;
    const unsettled = you && !(settled && missed === null);
    const offers = you && !unsettled && this.#mentioned && this.#mayOffer;
    this.hidden = !unsettled && !offers;
    if (!you || this.hidden) return nothing;
    return unsettled ? this.#naming(you, missed) : this.#offer();
  }

  /** @param {import('../connection/types.js').Message} message */
  #heard({ mentions }) {
    this.#mentioned ||= mentions?.includes(this.chat.identity.you?.id ?? '') ?? false;
    this.later();
  }

  get #mayOffer() {
    const { offered, notify, quiet } = this.chat.preferences.all;
    return !offered && !notify && !quiet && 'Notification' in window && Notification.permission === 'default';
  }

  #offer() {
    const accept = async () => {
      this.chat.preferences.set({ offered: true });
      this.chat.preferences.set({ notify: (await permission()) === 'granted' });
    };
    return html`
      <p>${text.offerNotify}</p>
      <div class="buttons">
        <button type="button" class="button" @click=${() => this.chat.preferences.set({ offered: true })}>${text.noThanks}</button>
        <button type="button" class="button primary" @click=${accept}>${text.notifyMe}</button>
      </div>`;
  }

  /** @param {import('../connection/types.js').User} you @param {string|null} missed */
  #naming(you, missed) {
    return html`
      ${avatarOf(you)}
      <p>${missed === null ? text.hereAs(you.name) : text.hereInstead(missed, you.name)}</p>
      <div class="buttons">
        <button type="button" class="button" @click=${() => this.chat.identity.putOff()}>${text.keepName}</button>
        <button type="button" class="button primary" @click=${() => askName(this, this.chat)}>${text.chooseName}</button>
      </div>`;
  }
}

customElements.define('parley-hint', ParleyHint);
