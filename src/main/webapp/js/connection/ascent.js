// @ts-check
import { Emitter } from './emitter.js';
import { DISCONNECTED } from './link.js';

/** @typedef {import('./link.js').Link} Link */
/** @typedef {import('./types.js').Way} Way */
/** @typedef {import('./types.js').Welcome} Welcome */
/** @typedef {{link: Link, way: Way, welcome: Welcome}} Arrived */

const FIRST_MS = 5_000;
const FACTOR = 3;
const LONGEST_MS = 5 * 60_000;

/** A reason to hurry that comes sooner after the last trial is none. */
const CALM_MS = 5_000;

/** The best way went so long: what was learnt before says nothing any more. */
const GOOD_MS = 30_000;

/** A better way that was found waits so long at most for what is unanswered on the one in use. */
const IDLE_MS = 10_000;
const HELLO_MS = 4_000;

/**
 * Tries, while the line goes a worse way than it might, whether a better one carries: beside it, at growing intervals, and at
 * once when the network is another. Emits `arrived` with the link that was welcomed, when nothing is unanswered on the one in
 * use: then no command is at two places.
 */
export class Ascent extends Emitter {
  #clock;
  #random;
  #open;
  #hello;
  /** @type {Way[]} */
  #ways = [];
  /** @type {Link|null} */
  #used = null;
  /** @type {Link|null} */
  #tried = null;
  #trials = 0;
  #best = false;
  #begunAt = 0;
  #triedAt = 0;
  /** @type {any} */
  #timer;

  /**
   * @param {object} parts
   * @param {import('./link.js').Clock} parts.clock
   * @param {() => number} parts.random
   * @param {(way: Way) => Link} parts.open
   * @param {() => import('./types.js').Command} parts.hello
   */
  constructor({ clock, random, open, hello }) {
    super();
    this.#clock = clock;
    this.#random = random;
    this.#open = open;
    this.#hello = hello;
  }

  /** @param {Way[]} ways the better ones, the best first @param {Link} used */
  begin(ways, used) {
    this.end();
    const now = this.#clock.now();
    if (this.#best && now - this.#begunAt >= GOOD_MS) this.#trials = 0;
    this.#begunAt = now;
    this.#best = ways.length === 0;
    this.#ways = ways;
    this.#used = used;
    this.#later();
  }

  end() {
    this.#clock.clearTimeout(this.#timer);
    const tried = this.#tried;
    this.#tried = this.#used = null;
    tried?.drop('not needed any more');
  }

  /** The network may be another one: what was learnt of it says nothing. */
  hurry() {
    if (this.#tried || !this.#used || this.#ways.length === 0 || this.#clock.now() - this.#triedAt < CALM_MS) return;
    this.#trials = 0;
    this.#clock.clearTimeout(this.#timer);
    this.#try(0);
  }

  #later() {
    if (this.#ways.length === 0) {
      return;
    }
    const waitMs = Math.min(LONGEST_MS, FIRST_MS * FACTOR ** this.#trials++);
    this.#timer = this.#clock.setTimeout(() => this.#try(0), waitMs * (0.75 + this.#random() / 2));
  }

  /** @param {number} i which of the ways */
  #try(i) {
    const way = this.#ways[i];
    this.#triedAt = this.#clock.now();
    if (!way) {
      this.#tried = null;
      this.#later();
      return;
    }
    const link = this.#open(way);
    this.#tried = link;
    link.on('close', () => link === this.#tried && this.#try(i + 1));
    link.on('open', () => link.send(this.#hello(), (refusal, ok) => this.#answered(link, way, refusal, ok), HELLO_MS));
  }

  /** @param {Link} link @param {Way} way @param {import('./types.js').Refusal|null} refusal @param {Welcome} welcome */
  #answered(link, way, refusal, welcome) {
    if (refusal === DISCONNECTED || link !== this.#tried) return;
    if (refusal) link.drop(refusal.code);
    else this.#wait({ link, way, welcome });
  }

  /** @param {Arrived} arrived */
  #wait(arrived) {
    const used = this.#used;
    const arrive = () => {
      if (this.#tried !== arrived.link || !used?.idle) return;
      this.#clock.clearTimeout(this.#timer);
      this.#tried = null;
      this.emit('arrived', arrived);
    };
    used?.on('idle', arrive);
    this.#timer = this.#clock.setTimeout(() => arrived.link.drop('never a quiet moment'), IDLE_MS);
    arrive();
  }
}
