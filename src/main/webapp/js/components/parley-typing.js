// @ts-check
import { text } from '../text/text.js';
import { Part } from './part.js';

/** Who is writing now. The line is always there, so that nothing jumps. */
export class ParleyTyping extends Part {
  build() {
    this.watch(this.chat, 'room');
    this.watch(this.chat.typing, 'change', (room) => room === this.chat.current?.name && this.later());
  }

  template() {
    const who = this.chat.typing.in(this.chat.current?.name ?? '');
    return who.length === 0 ? '' : text.typing(who.map(({ name }) => name));
  }
}

customElements.define('parley-typing', ParleyTyping);
