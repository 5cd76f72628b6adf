// @ts-check
import { html, nothing } from 'lit-html';
import { text } from '../text/text.js';
import { avatarOf } from './avatar.js';
import { askName } from './parley-ask.js';
import { Part } from './part.js';

/** Tells newcomers the name they were given, and whoever lost theirs why; gone once that is settled. */
export class ParleyHint extends Part {
  build() {
    this.watch(this.chat.identity, 'change');
  }

  template() {
    const { you, missed, settled } = this.chat.identity;
    this.hidden = !you || (settled && missed === null);
    if (!you || this.hidden) return nothing;
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
