// @ts-check
import { Part } from './part.js';

const SHOWN_MS = 5_000;

/** A few words about what somebody has just done, for a moment. */
export class ParleyToast extends Part {
  #words = '';
  /** @type {any} */
  #timer;

  build() {
    this.setAttribute('role', 'status');
    this.watch(this.chat, 'told', (words) => this.#say(words));
  }

  template() {
    this.classList.toggle('shown', this.#words !== '');
    return this.#words;
  }

  /** @param {string} words */
  #say(words) {
    clearTimeout(this.#timer);
    this.#words = words;
    this.later();
    if (words !== '') this.#timer = setTimeout(() => this.#say(''), SHOWN_MS);
  }
}

customElements.define('parley-toast', ParleyToast);
