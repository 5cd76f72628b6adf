// @ts-check
import { html, nothing } from 'lit-html';
import { text } from '../text/text.js';
import { avatarOf } from './avatar.js';
import { icon, iconButton } from './icons.js';
import { askName } from './parley-ask.js';
import { Part } from './part.js';

/** Who one is here, and the ways to be called something else and to have the page otherwise. Emits `settings`. */
export class ParleyMe extends Part {
  build() {
    this.watch(this.chat.identity, 'change');
  }

  template() {
    const { you } = this.chat.identity;
    if (!you) return nothing;
    return html`
      <button type="button" class="name-button" title=${text.changeName} @click=${() => askName(this, this.chat)}>
        ${avatarOf(you)}
        <span class="who"><bdi class="name">${you.name}</bdi><span class="what">${you.guest ? text.guest : text.you}</span></span>
        <span class="unseen">${text.changeName}</span>
        ${icon('pencil')}
      </button>
      ${iconButton(text.settings, 'settings', (event) => this.tell('settings', event.currentTarget), 'settings')}`;
  }
}

customElements.define('parley-me', ParleyMe);
