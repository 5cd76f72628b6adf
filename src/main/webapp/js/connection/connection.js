// @ts-check
import { delayMs, UNAUTHORISED, verdictOn } from './backoff.js';
import { Emitter } from './emitter.js';
import { DISCONNECTED, Link, SILENT } from './link.js';

/** @typedef {import('./types.js').Command} Command */
/** @typedef {import('./types.js').Answer} Answer */
/** @typedef {import('./types.js').Welcome} Welcome */
/** @typedef {'idle'|'connecting'|'open'|'waiting'|'stopped'} Phase */

/**
 * Who says hello, and hears the answer.
 *
 * @typedef {object} Greeter
 * @property {() => Record<string, unknown>} hello the fields of the next `hello`
 * @property {(refusal: import('./types.js').Refusal) => boolean} refused whether another `hello` is worth it
 * @property {(welcome: Welcome) => void} welcomed
 */

const PING_MS = 25_000;
const WAKING_PATIENCE_MS = 4_000;

/** A connection that lasted so long was a working one: the next attempt is a first one again. */
const WORKING_MS = 5_000;

/** Refusals of a `hello` that the next one would get too. */
const FINAL_REFUSALS = new Set(['not_authenticated', 'forbidden', 'banned']);

/**
 * The page's one line to the server, made again whenever it breaks. Holds no room and no message: positions are what
 * makes a new socket as good as the old one, and those are the rooms' own.
 *
 * Emits `state`, `ready` (welcomed: rooms may be joined), `event` and `parted` (what was joined is so no longer).
 */
export class Connection extends Emitter {
  /** @type {Phase} */
  phase = 'idle';
  /** Since when there has been no working connection; null while there is one. @type {number|null} */
  since = null;
  /** When the next attempt is due. */
  nextAt = 0;
  /** In the server's words, if it said why. */
  reason = '';

  #open;
  #greeter;
  #clock;
  #random;
  #visible;
  /** @type {Link|null} */
  #link = null;
  #attempt = 0;
  #readyAt = 0;
  #notBefore = 0;
  #renewed = false;
  /** @type {any} */
  #timer;
  /** @type {any} */
  #pinger;

  /**
   * @param {object} parts
   * @param {() => WebSocket} parts.open
   * @param {Greeter} parts.greeter
   * @param {import('./link.js').Clock} parts.clock
   * @param {() => number} [parts.random]
   * @param {() => boolean} [parts.visible] whether anybody looks at the page: only then it pings
   */
  constructor({ open, greeter, clock, random = Math.random, visible = () => true }) {
    super();
    this.#open = open;
    this.#greeter = greeter;
    this.#clock = clock;
    this.#random = random;
    this.#visible = visible;
  }

  start() {
    this.since ??= this.#clock.now();
    this.#connect();
  }

  stop() {
    this.#clock.clearTimeout(this.#timer);
    this.#become('stopped');
    this.#link?.drop('left');
  }

  /** @param {Command} command @param {Answer} [answer] called at once when there is no connection */
  send(command, answer) {
    if (this.phase === 'open' && this.#link) {
      this.#link.send(command, answer);
    } else {
      answer?.(DISCONNECTED, null);
    }
  }

  /** @param {Command} command @returns {Promise<any>} rejected with a Refusal */
  ask(command) {
    return new Promise((resolve, reject) => {
      this.send(command, (refusal, ok) => (refusal ? reject(refusal) : resolve(ok)));
    });
  }

  /**
   * The page was looked at again, or the network came back: find a dead socket now, or try now.
   *
   * @param {Command} [question] @param {Answer} [answer]
   */
  wake(question = { do: 'ping' }, answer) {
    if (this.phase === 'open') {
      this.#link?.send(question, answer, WAKING_PATIENCE_MS);
    } else if (this.phase === 'waiting') {
      this.#schedule(Math.max(0, this.#notBefore - this.#clock.now()));
    }
  }

  /** A person asked for it, so a final answer is asked for again too. */
  tryNow() {
    if (this.phase === 'waiting' || this.phase === 'stopped') {
      this.#clock.clearTimeout(this.#timer);
      this.#connect();
    }
  }

  #connect() {
    this.#become('connecting');
    const link = new Link(this.#open(), this.#clock);
    this.#link = link;
    link.on('open', () => this.#greet(link));
    link.on('event', (event) => this.emit('event', event));
    link.on('close', (ending) => this.#closed(ending));
  }

  /** @param {Link} link */
  #greet(link) {
    link.send({ do: 'hello', frames: 'binary', ...this.#greeter.hello() }, (refusal, ok) => {
      if (!refusal) {
        this.#ready(link, ok);
      } else if (refusal === DISCONNECTED) {
        return;
      } else if (this.#greeter.refused(refusal)) {
        this.#greet(link);
      } else {
        this.reason = refusal.message;
        if (FINAL_REFUSALS.has(refusal.code)) this.#become('stopped');
        link.drop(refusal.code);
      }
    });
  }

  /** @param {Link} link @param {Welcome} welcome */
  #ready(link, welcome) {
    if (welcome.limits?.pending) link.limit(welcome.limits.pending);
    this.#readyAt = this.#clock.now();
    this.#notBefore = 0;
    this.since = null;
    this.reason = '';
    this.#greeter.welcomed(welcome);
    this.#become('open');
    this.emit('ready', welcome);
    this.#pingEvery(welcome.pingInterval ?? PING_MS);
  }

  /** @param {number} intervalMs */
  #pingEvery(intervalMs) {
    this.#clock.clearTimeout(this.#pinger);
    this.#pinger = this.#clock.setTimeout(() => {
      if (this.phase !== 'open') return;
      if (this.#visible()) this.send({ do: 'ping' });
      this.#pingEvery(intervalMs);
    }, intervalMs);
  }

  /** @param {import('./types.js').Ending} ending */
  #closed(ending) {
    const now = this.#clock.now();
    if (this.phase === 'open') this.emit('parted');
    if (this.phase === 'stopped') return;
    if (this.phase === 'open' && now - this.#readyAt >= WORKING_MS) {
      this.#attempt = 0;
      this.#renewed = false;
    }
    this.#link = null;
    this.since ??= now;
    if (ending.code !== SILENT) this.reason = ending.bye?.reason || ending.reason;
    const { reconnect, leastMs } = this.#judge(ending);
    if (!reconnect) {
      this.#become('stopped');
      return;
    }
    this.#notBefore = now + leastMs;
    this.#become('waiting');
    this.#schedule(Math.max(leastMs, delayMs(this.#attempt++, this.#random)));
  }

  /** A token that is refused is forgotten once; refused without one, there is nothing left to try. @param {import('./types.js').Ending} ending */
  #judge(ending) {
    if (ending.code !== UNAUTHORISED) return verdictOn(ending);
    const again = !this.#renewed && this.#greeter.refused({ code: 'not_authenticated', message: ending.reason });
    this.#renewed = true;
    return { reconnect: again, leastMs: 0 };
  }

  /** @param {number} waitMs */
  #schedule(waitMs) {
    this.#clock.clearTimeout(this.#timer);
    this.nextAt = this.#clock.now() + waitMs;
    this.#timer = this.#clock.setTimeout(() => this.#connect(), waitMs);
    this.emit('state', this.phase);
  }

  /** @param {Phase} phase */
  #become(phase) {
    this.phase = phase;
    this.emit('state', phase);
  }
}
