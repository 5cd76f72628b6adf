// @ts-check
import { Emitter } from '../connection/emitter.js';

/**
 * @typedef {object} Wanted
 * @property {'auto'|'light'|'dark'} theme
 * @property {''|'en'|'zh'} language empty: what the browser asks for
 * @property {boolean} notify
 * @property {boolean} offered that was offered once
 * @property {boolean} sound
 * @property {boolean} quiet do not disturb
 */

/** @type {Wanted} */
const USUAL = { theme: 'auto', language: '', notify: false, offered: false, sound: false, quiet: false };

/** How somebody wants the page to be, in this browser. Emits `change`. */
export class Preferences extends Emitter {
  #keep;

  /** @param {import('./keep.js').Keep} keep */
  constructor(keep) {
    super();
    this.#keep = keep;
  }

  /** @returns {Wanted} */
  get all() {
    return { ...USUAL, ...this.#keep.get('preferences') };
  }

  /** @param {Partial<Wanted>} some */
  set(some) {
    this.#keep.put('preferences', { ...this.all, ...some });
    this.emit('change');
  }

  /** Another tab may have changed them. */
  reread() {
    this.emit('change');
  }
}
