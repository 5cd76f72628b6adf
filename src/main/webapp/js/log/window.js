// @ts-check
/** @typedef {import('./stretch.js').Item} Item */

const BASE = 100;

/** So few at a time that making them fits into a frame. */
const STEP = 20;

/** As many are shown at most; the far side goes. */
const MOST = 300;

/**
 * Which stretch of a long list is shown. It follows the newest until the reader has gone so far up that the newest had to go.
 */
export class Window {
  #size = BASE;
  /** The newest one shown; null while following. @type {Item|null} */
  #end = null;
  /** @type {Item|null} */
  #newest = null;

  /** Whether the newest is in sight of the window. */
  get follows() {
    return this.#end === null;
  }

  reset() {
    this.#size = BASE;
    this.#end = null;
    this.#newest = null;
  }

  /** Shows one of the list, and what is around it. @param {Item[]} items @param {number} index */
  around(items, index) {
    const end = Math.min(items.length, index + BASE / 2);
    this.#size = BASE;
    this.#end = end === items.length ? null : items[end - 1];
    this.#newest = items.at(-1) ?? null;
  }

  /**
   * @param {Item[]} items
   * @param {boolean} reading the reader is not at the bottom: what they look at must not go
   * @returns {{start: number, end: number}}
   */
  over(items, reading) {
    if (this.#end === null && this.#newest && reading) this.#keep(items);
    if (this.#end === null && !reading) this.#size = Math.min(this.#size, BASE);
    this.#newest = items.at(-1) ?? null;
    return this.#bounds(items);
  }

  /** Shows older ones, which are in the list already or have just come. @param {Item[]} items */
  growUp(items) {
    const { start, end } = this.#bounds(items);
    const grown = this.#size + Math.min(STEP, start);
    this.#size = Math.min(MOST, Math.max(grown, BASE));
    if (grown > MOST) this.#end = items[Math.max(0, end - 1 - (grown - MOST))];
    return start > 0;
  }

  /** Shows newer ones; at the newest it follows again. @param {Item[]} items */
  growDown(items) {
    if (this.#end === null) return;
    const { end } = this.#bounds(items);
    this.#end = end + STEP >= items.length ? null : items[end - 1 + STEP];
  }

  /** What came since: the window grows by it, until it is as large as may be, and then stays. @param {Item[]} items */
  #keep(items) {
    const known = items.lastIndexOf(/** @type {Item} */ (this.#newest));
    const grown = this.#size + (known < 0 ? 0 : items.length - 1 - known);
    if (grown > MOST) this.#end = this.#newest;
    else this.#size = grown;
  }

  /** The list may have been replaced: then there is no old end to hold on to. @param {Item[]} items */
  #bounds(items) {
    const held = this.#end === null ? -1 : items.lastIndexOf(this.#end);
    if (held < 0) this.#end = null;
    const end = held < 0 ? items.length : held + 1;
    return { start: Math.max(0, end - this.#size), end };
  }
}
