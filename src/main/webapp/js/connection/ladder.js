// @ts-check
import { BLOCKED, UNFIT } from './http-socket.js';
import { SILENT } from './link.js';

/** @typedef {import('./types.js').Way} Way */
/** @typedef {import('./types.js').Ending} Ending */

/** A way that went so long goes, whatever ended it. */
const GOOD_MS = 30_000;

/** A way that broke down so often one time after another is not begun with any more. */
const BREAKDOWNS = 2;

/** How a socket ends that was cut off, rather than closed by the server. */
const CUT_OFF = new Set([1005, 1006, SILENT, BLOCKED]);

/** The ways there are, the best first, and with which to begin. */
export class Ladder {
  #ways;
  #usual;
  /** @type {Map<Way, number>} */
  #breakdowns = new Map();
  /** @type {Set<Way>} */
  #proven = new Set();
  /** Those that cannot carry what this page wants: none of them is gone again. @type {Set<Way>} */
  #unfit = new Set();

  /** @param {Way[]} ways @param {string} [usual] the name of the one that went the last time */
  constructor(ways, usual) {
    this.#ways = ways;
    this.#usual = usual;
  }

  /** The one to begin with: the best, or what went the last time, past whatever does not stay. */
  get first() {
    const from = Math.max(0, this.#ways.findIndex(({ name }) => name === this.#usual));
    const good = this.#fit(this.#ways.slice(from)).find((way) => (this.#breakdowns.get(way) ?? 0) < BREAKDOWNS);
    return good ?? this.#ways[this.#ways.length - 1];
  }

  /** @param {Way} way @returns {Way|null} the next worse one */
  below(way) {
    return this.#fit(this.#ways.slice(this.#ways.indexOf(way) + 1))[0] ?? null;
  }

  /** Whether silence at its beginning is thought to come from the way, and not from a server that has much to do. @param {Way} way */
  suspects(way) {
    return this.below(way) !== null && !this.#proven.has(way);
  }

  /** @param {Way} way @returns {Way[]} the better ones, the best first */
  above(way) {
    return this.#fit(this.#ways.slice(0, this.#ways.indexOf(way)));
  }

  /** @param {Way} way @param {number} ms how long it carried @param {Ending} ending */
  lasted(way, ms, { code }) {
    if (code === UNFIT) {
      this.#unfit.add(way);
    } else if (ms >= GOOD_MS && code !== BLOCKED) {
      this.#breakdowns.delete(way);
      this.#proven.add(way);
      this.#usual = way.name;
    } else if (CUT_OFF.has(code)) {
      this.#breakdowns.set(way, (this.#breakdowns.get(way) ?? 0) + 1);
    }
  }

  /** @param {Way[]} ways */
  #fit(ways) {
    return ways.filter((way) => !this.#unfit.has(way));
  }
}

/** Whether this way is closed, rather than the server or the network gone. @param {Ending} ending @param {boolean} heard whether anything came by it */
export function isBlocked({ code }, heard) {
  return code === BLOCKED || code === UNFIT || (!heard && CUT_OFF.has(code));
}
