// @ts-check
import { Emitter } from '../connection/emitter.js';
import { frames, idle, poll, reach, stream, upgrade } from './questions.js';

/** @typedef {import('./questions.js').Finding} Finding */
/** @typedef {'reach'|'clock'|'upgrade'|'frames'|'stream'|'poll'|'idle'} Question */

/** In the order in which they are shown. @type {Question[]} */
export const QUESTIONS = ['reach', 'clock', 'upgrade', 'frames', 'stream', 'poll', 'idle'];

/** Of which a good one is a way to talk. @type {Question[]} */
const WAYS = ['frames', 'stream', 'poll'];

/** Requests that are cut off in waiting carry nevertheless: the page asks more often. @param {Question} way @param {Finding} finding */
function carries(way, { state, what, value = 0 }) {
  return state === 'good' || (way === 'poll' && what === 'endedAfter' && value > 0);
}

/** One round of questions to everything between this browser and the server. Emits `change`. */
export class Examination extends Emitter {
  /** @type {Map<Question, Finding>} */
  findings = new Map();
  /** For how long the silent connection has lived. */
  seconds = 0;

  #base;
  #ended = new AbortController();

  /** @param {URL} base */
  constructor(base) {
    super();
    this.#base = base;
  }

  get done() {
    return this.findings.size === QUESTIONS.length;
  }

  /** By which the page would go, as far as is known; null: by none. @returns {Question|null|undefined} undefined while that is open */
  get way() {
    for (const way of WAYS) {
      const finding = this.findings.get(way);
      if (!finding) return undefined;
      if (carries(way, finding)) return way;
    }
    return null;
  }

  /** Whether the server itself said no to something, whatever lies on the way. */
  get refused() {
    return [...this.findings.values()].some(({ what }) => what === 'says');
  }

  /** What is wrong. */
  get bad() {
    return QUESTIONS.filter((question) => this.findings.get(question)?.state === 'bad');
  }

  async run() {
    const { signal } = this.#ended;
    const answered = await reach(this.#base, signal);
    this.#found('clock', answered.clock);
    this.#found('reach', answered.reach);
    if (answered.reach.what === 'unreachable') {
      QUESTIONS.filter((question) => !this.findings.has(question)).forEach((question) => this.#found(question, { state: 'skipped', what: 'unknown' }));
      return;
    }
    await Promise.all([
      this.#socket(),
      stream(this.#base, signal).then((finding) => this.#found('stream', finding)),
      poll(this.#base, signal).then((finding) => this.#found('poll', finding)),
    ]);
    this.end();
  }

  end() {
    this.#ended.abort();
  }

  async #socket() {
    const { signal } = this.#ended;
    const opened = await upgrade(this.#base, signal);
    this.#found('upgrade', opened.upgrade);
    const both = await frames(opened.socket, signal);
    this.#found('frames', both);
    this.#found('idle', await idle(both.state === 'good' ? opened.socket : null, signal, (seconds) => this.#lived(seconds)));
  }

  /** @param {number} seconds */
  #lived(seconds) {
    this.seconds = seconds;
    this.emit('change');
  }

  /** @param {Question} question @param {Finding} finding */
  #found(question, finding) {
    if (this.#ended.signal.aborted) return;
    this.findings.set(question, finding);
    this.emit('change');
  }
}
