// @ts-check
/**
 * A piece of the page: builds its elements once, then shows the models' state, at most once per frame.
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

  connectedCallback() {
    this.replaceChildren();
    this.build();
    this.update();
  }

  disconnectedCallback() {
    this.#endings.forEach((end) => end());
    this.#endings = [];
  }

  /** Makes the elements and begins to watch. */
  build() {}

  /** Shows the state as it is now. */
  update() {}

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

  later() {
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      if (this.isConnected) this.update();
    });
  }
}
