// @ts-check
import { Emitter } from '../connection/emitter.js';

/** @typedef {import('../connection/types.js').Message} Message */
/** @typedef {import('../log/room-log.js').RoomLog} RoomLog */

const KEPT = 500;

/** Messages that others answer, and that are not at hand: each is asked for once. Emits `change`. */
export class Quotes extends Emitter {
  /** @type {Map<string, Message|null>} */
  #known = new Map();
  #ask;

  /** @param {(command: import('../connection/types.js').Command) => Promise<any>} ask */
  constructor(ask) {
    super();
    this.#ask = ask;
  }

  /** @param {RoomLog} log @param {number} seq @returns {Message|null} null until it is known */
  of(log, seq) {
    const here = log.message(seq);
    if (here) return here;
    const name = `${log.name} ${log.epoch} ${seq}`;
    if (!this.#known.has(name)) void this.#fetch(name, log.name, seq);
    return this.#known.get(name) ?? null;
  }

  /** @param {string} name @param {string} room @param {number} seq */
  async #fetch(name, room, seq) {
    if (this.#known.size >= KEPT) this.#known.delete(this.#known.keys().next().value ?? '');
    this.#known.set(name, null);
    try {
      const page = await this.#ask({ do: 'history', room, before: seq + 1, limit: 1 });
      const [message] = page.messages ?? [];
      if (message?.seq !== seq) return;
      this.#known.set(name, message);
      this.emit('change');
    } catch {
      // Without an answer it may be asked for again.
      this.#known.delete(name);
    }
  }
}
