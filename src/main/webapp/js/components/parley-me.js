// @ts-check
import { text } from '../text/text.js';
import { icon, make } from './dom.js';
import { askName } from './parley-ask.js';
import { avatarOf } from './parley-avatar.js';
import { Part } from './part.js';

/** Who one is here, and the way to be called something else. */
export class ParleyMe extends Part {
  build() {
    this.watch(this.chat.identity, 'change');
  }

  update() {
    const { you } = this.chat.identity;
    if (!you) return;
    const button = make('button', {
      type: 'button',
      title: text.changeName,
      on: { click: () => askName(this, this.chat) },
    },
    avatarOf(you),
    make('span', { class: 'who' },
      make('bdi', { class: 'name', text: you.name }),
      make('span', { class: 'what', text: you.guest ? text.guest : text.you })),
    make('span', { class: 'unseen', text: text.changeName }),
    icon('pencil'));
    const focused = this.contains(document.activeElement);
    this.replaceChildren(button);
    if (focused) button.focus();
  }
}

customElements.define('parley-me', ParleyMe);
