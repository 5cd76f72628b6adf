// @ts-check
/** @typedef {EventTarget & {type?: string}} Information as `navigator.connection`, where a browser has one */

/**
 * By which kind of network the browser goes, as far as it tells. Its `change` comes for each new estimate of speed as well, which says
 * nothing of what a network lets through.
 */
export class Network {
  #information;
  #type;

  /** @param {Information} information */
  constructor(information) {
    this.#information = information;
    this.#type = information.type;
  }

  /** Whether it is of another kind than when this was asked the last time. */
  hasChanged() {
    const before = this.#type;
    this.#type = this.#information.type;
    return this.#type !== before;
  }
}
