// @ts-check
import { Ascent } from './ascent.js';
import { delayMs, UNAUTHORISED, verdictOn } from './backoff.js';
import { Emitter } from './emitter.js';
import { isBlocked, Ladder } from './ladder.js';
import { DISCONNECTED, Link, SILENT } from './link.js';

/** @typedef {import('./types.js').Command} Command */
/** @typedef {import('./types.js').Answer} Answer */
/** @typedef {import('./types.js').Welcome} Welcome */
/** @typedef {import('./types.js').Way} Way */
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

/** How long a way may be silent at its beginning while there is another one to try. */
const OPENING_MS = 5_000;
const HELLO_MS = 4_000;

/** A connection that lasted so long was a working one: the next attempt is a first one again. */
const WORKING_MS = 5_000;

/** Refusals of a `hello` that the next one would get too. */
const FINAL_REFUSALS = new Set(['not_authenticated', 'forbidden', 'banned']);

/**
 * The page's one line to the server, made again whenever it breaks. Holds no room and no message: positions are what
 * makes a new socket as good as the old one, and those are the rooms' own. So it may also go another way than before: by the
 * best that carries, and by a better one as soon as that does.
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
  /** With which code the line was closed for good; 0 while it may go on. */
  code = 0;
  /** The way that the line goes, once there is one. @type {Way|null} */
  way = null;

  #ladder;
  #ascent;
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
   * @param {Way[]} parts.ways the best first
   * @param {string} [parts.usual] the name of the way that went the last time
   * @param {Greeter} parts.greeter
   * @param {import('./link.js').Clock} parts.clock
   * @param {() => number} [parts.random]
   * @param {() => boolean} [parts.visible] whether anybody looks at the page: only then it pings
   */
  constructor({ ways, usual, greeter, clock, random = Math.random, visible = () => true }) {
    super();
    this.#ladder = new Ladder(ways, usual);
    this.#ascent = new Ascent({ clock, random, open: (way) => new Link(way.open(), clock, OPENING_MS), hello: () => this.#hello() });
    this.#ascent.on('arrived', (better) => this.#change(better));
    this.#greeter = greeter;
    this.#clock = clock;
    this.#random = random;
    this.#visible = visible;
  }

  start() {
    this.since ??= this.#clock.now();
    this.#connect();
  }

  /** Whether this is the best way that there is. */
  get best() {
    return this.way === null || this.#ladder.above(this.way).length === 0;
  }

  stop() {
    const parts = this.phase === 'open';
    this.#ascent.end();
    this.#clock.clearTimeout(this.#timer);
    this.#clock.clearTimeout(this.#pinger);
    this.#become('stopped');
    this.#link?.drop('left');
    if (parts) this.emit('parted');
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

  /** What was learnt of the network says nothing any more: a better way may lead through this one. */
  networkChanged() {
    this.#ascent.hurry();
  }

  /** A person asked for it, so a final answer is asked for again too. */
  tryNow() {
    if (this.phase === 'waiting' || this.phase === 'stopped') {
      this.#clock.clearTimeout(this.#timer);
      this.#connect();
    }
  }

  /** @param {Way} [way] */
  #connect(way = this.#ladder.first) {
    this.code = 0;
    this.#become('connecting');
    const link = new Link(way.open(), this.#clock, this.#ladder.suspects(way) ? OPENING_MS : undefined);
    this.#link = link;
    link.on('open', () => this.#greet(link, way));
    this.#listen(link, way);
  }

  /** @param {Link} link @param {Way} way */
  #listen(link, way) {
    link.on('event', (event) => link === this.#link && this.emit('event', event));
    link.on('close', (ending) => link === this.#link && this.#closed(ending, way));
  }

  #hello() {
    return { do: 'hello', frames: 'binary', ...this.#greeter.hello() };
  }

  /** @param {Link} link @param {Way} way */
  #greet(link, way) {
    const patienceMs = this.#ladder.suspects(way) && way.name === 'websocket' ? HELLO_MS : undefined;
    const answer = (/** @type {import('./types.js').Refusal|null} */ refusal, /** @type {any} */ ok) => {
      if (!refusal) {
        this.#ready(link, way, ok);
      } else if (refusal === DISCONNECTED) {
        return;
      } else if (this.#greeter.refused(refusal)) {
        this.#greet(link, way);
      } else {
        this.reason = refusal.message;
        if (FINAL_REFUSALS.has(refusal.code)) this.#become('stopped');
        link.drop(refusal.code);
      }
    };
    link.send(this.#hello(), answer, patienceMs);
  }

  /** @param {Link} link @param {Way} way @param {Welcome} welcome */
  #ready(link, way, welcome) {
    if (welcome.limits?.pending) link.limit(welcome.limits.pending);
    this.way = way;
    this.#readyAt = this.#clock.now();
    this.#notBefore = 0;
    this.since = null;
    this.reason = '';
    this.#greeter.welcomed(welcome);
    this.#become('open');
    this.emit('ready', welcome);
    this.#pingEvery(welcome.pingInterval ?? PING_MS);
    this.#ascent.begin(this.#ladder.above(way), link);
  }

  /** A better way is open, and nothing is unanswered on this one: the rooms go on where they are. @param {import('./ascent.js').Arrived} better */
  #change({ link, way, welcome }) {
    const before = this.#link;
    this.#link = link;
    before?.drop('there is a better way');
    this.#listen(link, way);
    this.emit('parted');
    this.#ready(link, way, welcome);
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

  /** @param {import('./types.js').Ending} ending @param {Way} way */
  #closed(ending, way) {
    const now = this.#clock.now();
    const link = this.#link;
    const before = this.phase;
    this.#ascent.end();
    if (before === 'open') this.emit('parted');
    if (before === 'stopped') return;
    if (before === 'open') this.#ladder.lasted(way, now - this.#readyAt, ending);
    if (before === 'open' && now - this.#readyAt >= WORKING_MS) {
      this.#attempt = 0;
      this.#renewed = false;
    }
    this.#link = null;
    this.since ??= now;
    const below = isBlocked(ending, link?.heard ?? false) ? this.#ladder.below(way) : null;
    if (below) {
      this.#connect(below);
      return;
    }
    if (ending.code !== SILENT) this.reason = ending.bye?.reason || ending.reason;
    const { reconnect, leastMs } = this.#judge(ending);
    if (!reconnect) {
      this.code = ending.code;
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
