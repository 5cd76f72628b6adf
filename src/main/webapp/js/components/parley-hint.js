// @ts-check
import { text } from '../text/text.js';
import { make } from './dom.js';
import { askName } from './parley-ask.js';
import { avatarOf } from './parley-avatar.js';
import { Part } from './part.js';

/** Tells newcomers the name they were given, and whoever lost theirs why; gone once that is settled. */
export class ParleyHint extends Part {
  build() {
    this.watch(this.chat.identity, 'change');
  }

  update() {
    const { you, missed, settled } = this.chat.identity;
    this.hidden = !you || (settled && missed === null);
    if (!you || this.hidden) {
      this.replaceChildren();
      return;
    }
    const words = missed === null ? text.hereAs(you.name) : text.hereInstead(missed, you.name);
    const choose = () => askName(this, this.chat);
    this.replaceChildren(
      avatarOf(you),
      make('p', { text: words }),
      make('div', { class: 'buttons' },
        make('button', { type: 'button', class: 'button', text: text.keepName, on: { click: () => this.chat.identity.putOff() } }),
        make('button', { type: 'button', class: 'button primary', text: text.chooseName, on: { click: choose } })));
  }
}

customElements.define('parley-hint', ParleyHint);
