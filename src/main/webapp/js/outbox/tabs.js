// @ts-check
import { newKey } from './key.js';

/**
 * This tab, among those of the same person. Each holds a lock as long as it lives, by which the others know that it is gone.
 */
export class Tabs {
  id = newKey();
  #locks;
  #prefix;
  /** @type {() => void} */
  #release = () => {};

  /** @param {LockManager|undefined} locks where there are none, every tab takes care of everything @param {string} path */
  constructor(locks, path) {
    this.#locks = locks;
    this.#prefix = `parley:${path}:tab:`;
    void locks?.request(this.#prefix + this.id, () => new Promise((resolve) => (this.#release = () => resolve(undefined))));
  }

  /** @param {string} id of a tab @param {() => void} then called once it is no more */
  whenGone(id, then) {
    if (id === this.id) return;
    if (this.#locks) void this.#locks.request(this.#prefix + id, then);
    else then();
  }

  leave() {
    this.#release();
  }
}
