// @ts-check
import { Emitter } from '../connection/emitter.js';
import { newKey } from './key.js';

/** @typedef {import('../connection/types.js').Refusal} Refusal */

/**
 * A text that its author has not yet seen in the log.
 *
 * `waiting` for its turn or a connection; `sending`; `sent`: committed, its event on the way; `failed`: the author decides;
 * `elsewhere`: another tab takes care of it as long as it lives.
 *
 * @typedef {object} Unsent
 * @property {string} key the same for every attempt: the server stores it once
 * @property {string} room
 * @property {string} text
 * @property {string} [style]
 * @property {number} [replyTo]
 * @property {number} [thread]
 * @property {string} at
 * @property {string|null} author who first tried to send it: the key means something only together with them
 * @property {'waiting'|'sending'|'sent'|'failed'|'elsewhere'} state
 * @property {Refusal|null} refusal why it failed
 * @property {number} seq once sent
 * @property {string} tab which takes care of it
 */

/** Refusals that pass by themselves. */
const PASSING = new Set(['rate_limited', 'slow_mode', 'too_many', 'unavailable', 'not_joined']);

const RETRY_MS = 2_000;

/** The code of a text that was begun under another identity. */
export const OTHER_AUTHOR = 'other_author';

/**
 * What was written and is not known to be stored. Kept across reloads, sent again with the same key, one at a time and
 * in order within a room. Emits `change` with the room's name, `adopted` with that of a room that another tab has left to
 * this one.
 */
export class Outbox extends Emitter {
  /** @type {Unsent[]} */
  #all = [];
  #keep;
  #clock;
  #post;
  #author;
  #tabs;
  /** Rooms that wait for a time-out to pass. @type {Map<string, any>} */
  #resting = new Map();

  /**
   * @param {object} parts
   * @param {import('../chat/keep.js').Keep} parts.keep
   * @param {import('../connection/link.js').Clock} parts.clock
   * @param {(unsent: Unsent, answer: import('../connection/types.js').Answer) => boolean} parts.post false when it cannot be sent now
   * @param {() => string|null} parts.author
   * @param {import('./tabs.js').Tabs} parts.tabs
   */
  constructor({ keep, clock, post, author, tabs }) {
    super();
    this.#keep = keep;
    this.#clock = clock;
    this.#post = post;
    this.#author = author;
    this.#tabs = tabs;
    keep
      .all('unsent')
      .filter(({ key, room, text }) => key && room && text)
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
      .forEach((one) => this.#found(one));
    keep.on('change', (name) => name.startsWith('unsent:') && this.#changedElsewhere(name));
  }

  /** @param {string} room @returns {Unsent[]} */
  of(room) {
    return this.#all.filter((one) => one.room === room);
  }

  /** The rooms that somebody still waits to say something in. */
  get rooms() {
    return new Set(this.#all.filter(({ state }) => state !== 'failed' && state !== 'elsewhere').map(({ room }) => room));
  }

  /** @param {string} room @param {string} text @param {{style?: string, replyTo?: number, thread?: number}} [more] */
  add(room, text, more = {}) {
    /** @type {Unsent} */
    const one = {
      key: newKey(), room, text, ...more, at: this.#time(), author: null, state: 'waiting', refusal: null, seq: 0, tab: this.#tabs.id,
    };
    this.#all.push(one);
    this.#store(one);
    this.pump(room);
  }

  /** Sends what waits in a room, if it can be sent. @param {string} room */
  pump(room) {
    this.emit('change', room);
    const queue = this.of(room);
    if (this.#resting.has(room) || queue.some(({ state }) => state === 'sending')) return;
    const next = queue.find(({ state }) => state === 'waiting');
    if (next && this.#claim(next)) this.#send(next);
  }

  /** The connection is gone: whatever was on its way may or may not have arrived. */
  disconnected() {
    for (const one of this.#all) {
      if (one.state === 'sending') one.state = 'waiting';
    }
    this.#resting.forEach((timer) => this.#clock.clearTimeout(timer));
    this.#resting.clear();
    new Set(this.#all.map(({ room }) => room)).forEach((room) => this.emit('change', room));
  }

  /** The text is in the log, as its author's own. @param {string} key */
  seen(key) {
    const one = this.#all.find((other) => other.key === key);
    if (one) this.#remove(one);
  }

  /** The log is handled up to here: what was stored at or before it is in it. @param {string} room @param {number} position */
  passed(room, position) {
    this.of(room)
      .filter(({ state, seq }) => state === 'sent' && seq <= position)
      .forEach((one) => this.#remove(one));
  }

  /** A failed text is sent again; what the server held against its key is avoided by a new one. @param {string} key */
  retry(key) {
    const one = this.#all.find((other) => other.key === key);
    if (one?.state !== 'failed') return;
    if (one.author !== this.#author()) {
      this.#keep.remove(`unsent:${one.key}`);
      one.key = newKey();
    }
    Object.assign(one, { author: null, state: 'waiting', refusal: null, tab: this.#tabs.id });
    this.#store(one);
    this.pump(one.room);
  }

  /** @param {string} key @returns {Unsent|undefined} what was thrown away */
  discard(key) {
    const one = this.#all.find((other) => other.key === key);
    if (one) this.#remove(one);
    return one;
  }

  /** Every text of a room that cannot be sent there at all. @param {string} room @param {Refusal} refusal */
  refuse(room, refusal) {
    this.of(room).filter(({ state }) => state === 'waiting').forEach((one) => this.#fail(one, refusal));
  }

  /** A room's name as the server writes it. @param {string} from @param {string} to */
  rename(from, to) {
    for (const one of this.of(from)) {
      one.room = to;
      this.#store(one);
    }
  }

  /** What another page left behind, or is taking care of. @param {Unsent} one */
  #found(one) {
    const mine = { ...one, state: one.state === 'failed' ? one.state : /** @type {'elsewhere'} */ ('elsewhere') };
    this.#all.push(mine);
    this.#tabs.whenGone(one.tab, () => this.#adopt(mine));
  }

  /** @param {Unsent} one whose tab is gone; that it may have been sent already is what its key is for */
  #adopt(one) {
    if (one.state !== 'elsewhere' || !this.#all.includes(one)) return;
    one.state = 'waiting';
    one.tab = this.#tabs.id;
    this.#store(one);
    this.emit('adopted', one.room);
    this.pump(one.room);
  }

  /** @param {string} name of what another tab put or removed */
  #changedElsewhere(name) {
    const told = this.#keep.get(name);
    const one = this.#all.find(({ key }) => name === `unsent:${key}`);
    if (!one && told) this.#found(told);
    else if (one && one.tab !== this.#tabs.id && !told) this.#all = this.#all.filter((other) => other !== one);
    else if (one && told && told.tab !== this.#tabs.id) Object.assign(one, told, { state: told.state === 'failed' ? 'failed' : 'elsewhere' });
    const room = one?.room ?? told?.room;
    if (room) this.emit('change', room);
  }

  /** A key is a promise to one author; under another name it would be a second message. @param {Unsent} one */
  #claim(one) {
    const author = this.#author();
    if (one.author !== null && author !== null && one.author !== author) {
      this.#fail(one, { code: OTHER_AUTHOR, message: '' });
      this.pump(one.room);
      return false;
    }
    return true;
  }

  /** @param {Unsent} one */
  #send(one) {
    const author = this.#author();
    if (one.author !== author) {
      one.author = author;
      this.#store(one);
    }
    one.state = 'sending';
    if (!this.#post(one, (refusal, ok) => this.#answered(one, refusal, ok))) {
      one.state = 'waiting';
    }
    this.emit('change', one.room);
  }

  /** @param {Unsent} one @param {Refusal|null} refusal @param {any} ok */
  #answered(one, refusal, ok) {
    if (one.state !== 'sending') return;
    if (!refusal) {
      one.state = 'sent';
      one.seq = ok.seq;
      this.#keep.remove(`unsent:${one.key}`);
      this.emit('sent', one);
    } else if (refusal.code === 'disconnected') {
      one.state = 'waiting';
      return;
    } else if (PASSING.has(refusal.code)) {
      one.state = 'waiting';
      this.#rest(one.room, refusal.retryAfter ?? RETRY_MS);
    } else {
      this.#fail(one, refusal);
    }
    this.pump(one.room);
  }

  /** @param {string} room @param {number} waitMs */
  #rest(room, waitMs) {
    const timer = this.#clock.setTimeout(() => {
      this.#resting.delete(room);
      this.pump(room);
    }, waitMs);
    this.#resting.set(room, timer);
  }

  /** @param {Unsent} one @param {Refusal} refusal */
  #fail(one, refusal) {
    one.state = 'failed';
    one.refusal = refusal;
    if (refusal.code === 'key_conflict') one.author = '';
    this.#store(one);
    this.emit('change', one.room);
  }

  /** One place per text, so that two tabs never write over each other's. @param {Unsent} one */
  #store(one) {
    this.#keep.put(`unsent:${one.key}`, one);
  }

  /** @param {Unsent} one */
  #remove(one) {
    this.#all = this.#all.filter((other) => other !== one);
    this.#keep.remove(`unsent:${one.key}`);
    this.emit('change', one.room);
    this.pump(one.room);
  }

  /** Later than every other, whatever the clock says: it is also the order. */
  #time() {
    const last = this.#all.reduce((most, { at }) => (at > most ? at : most), '');
    const now = new Date(this.#clock.now()).toISOString();
    return now > last ? now : new Date(Date.parse(last) + 1).toISOString();
  }
}
