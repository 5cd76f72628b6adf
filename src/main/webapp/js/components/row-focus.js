// @ts-check
/** @typedef {import('./parley-message.js').ParleyMessage} ParleyMessage */

/** Where there is no pointer that hovers, a touch on a message offers what can be done with it. */
const TOUCH = matchMedia('(hover: none)');

/** Which message is pointed at, or walked to by the arrow keys: it offers what can be done with it. */
export class RowFocus {
  #rows;
  /** @type {ParleyMessage|null} */
  #active = null;

  /** @param {HTMLElement} scroller @param {HTMLElement} rows */
  constructor(scroller, rows) {
    this.#rows = rows;
    rows.addEventListener('pointerover', (event) => event.pointerType === 'mouse' && this.#activate(messageOf(event.target)));
    rows.addEventListener('pointerleave', () => this.#activate(messageOf(document.activeElement)));
    rows.addEventListener('focusin', (event) => this.#activate(messageOf(event.target)));
    rows.addEventListener('focusout', (event) => messageOf(event.relatedTarget) === null && this.#activate(null));
    rows.addEventListener('click', (event) => this.#touched(event));
    scroller.addEventListener('keydown', (event) => this.#pressed(event));
  }

  last() {
    const messages = this.#rows.querySelectorAll('parley-message');
    /** @type {HTMLElement|undefined} */ (messages[messages.length - 1])?.focus();
  }

  /** @param {ParleyMessage|null} message */
  #activate(message) {
    if (message === this.#active || (message === null && this.#rows.matches(':hover') && this.#active?.matches(':hover'))) return;
    if (this.#active?.isConnected) this.#active.active = false;
    this.#active = message;
    if (message && !TOUCH.matches) message.active = true;
  }

  /** @param {MouseEvent} event */
  #touched(event) {
    const target = /** @type {Element} */ (event.target);
    const message = messageOf(target);
    if (!TOUCH.matches || !message || target.closest('a, button') || !getSelection()?.isCollapsed) return;
    message.dispatchEvent(new CustomEvent('long', { detail: { row: message.row, anchor: message }, bubbles: true }));
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.#walk(messageOf(target), step);
    } else if (event.key === 'Enter' && target.localName === 'parley-message') {
      event.preventDefault();
      const { row } = /** @type {ParleyMessage} */ (target);
      target.dispatchEvent(new CustomEvent('long', { detail: { row, anchor: target }, bubbles: true }));
    }
  }

  /** @param {ParleyMessage|null} from @param {number} step */
  #walk(from, step) {
    if (!from) {
      this.last();
      return;
    }
    let next = step < 0 ? from.previousElementSibling : from.nextElementSibling;
    while (next && next.localName !== 'parley-message') next = step < 0 ? next.previousElementSibling : next.nextElementSibling;
    /** @type {HTMLElement|null} */ (next)?.focus();
  }
}

/** @param {EventTarget|null} target @returns {ParleyMessage|null} */
function messageOf(target) {
  return target instanceof Element ? target.closest('parley-message') : null;
}
