// @ts-check
import { nothing, render } from 'lit-html';
import { languageChanged } from '../text/text.js';

/**
 * A piece of the page: shows the models' state by its template, at most once per frame.
 *
 * Whoever makes one sets `chat` before it enters the document.
 */
export class Part extends HTMLElement {
  /** @type {import('../chat/chat.js').Chat} */
  // @ts-ignore set by whoever makes the element
  chat;

  /** @type {(() => void)[]} */
  #endings = [];
  #due = false;
  #begun = false;

  connectedCallback() {
    if (!this.#begun) this.replaceChildren();
    this.#begun = true;
    this.watch(languageChanged, 'change');
    this.build();
    this.update();
  }

  disconnectedCallback() {
    this.#endings.forEach((end) => end());
    this.#endings = [];
  }

  /** Begins to watch. */
  build() {}

  /** What is to be seen now. @returns {unknown} */
  template() {
    return nothing;
  }

  /** Shows the state as it is now. */
  update() {
    render(this.template(), this, { host: this });
  }

  /**
   * @param {{on: (type: string, listener: (detail: any) => void) => () => void}} model
   * @param {string} type
   * @param {(detail: any) => void} [listener] by default: shows the state, soon
   */
  watch(model, type, listener = () => this.later()) {
    this.#endings.push(model.on(type, listener));
  }

  /** @param {EventTarget} target @param {string} type @param {(event: any) => void} listener */
  hear(target, type, listener) {
    target.addEventListener(type, listener);
    this.#endings.push(() => target.removeEventListener(type, listener));
  }

  /** Tells whoever is above. @param {string} type @param {unknown} [detail] */
  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }

  later() {
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      if (this.isConnected) this.update();
    });
  }
}
