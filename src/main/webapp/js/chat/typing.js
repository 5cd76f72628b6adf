// @ts-check
import { Emitter } from '../connection/emitter.js';

/** @typedef {import('../connection/types.js').User} User */

/** Said again so often while somebody goes on typing; the server forgets after 6 s. */
const AGAIN_MS = 3_000;
const FORGOTTEN_MS = 7_000;

/** Who is typing where, and telling that oneself is. Emits `change` with the room's name. */
export class Typing extends Emitter {
  /** @type {Map<string, User[]>} */
  #who = new Map();
  /** @type {Map<string, any>} */
  #timers = new Map();
  /** @type {Map<string, number>} */
  #saidAt = new Map();
  #clock;
  #say;

  /** @param {import('../connection/link.js').Clock} clock @param {(room: string, on: boolean) => void} say */
  constructor(clock, say) {
    super();
    this.#clock = clock;
    this.#say = say;
  }

  /** @param {string} room @returns {User[]} */
  in(room) {
    return this.#who.get(room) ?? [];
  }

  /** @param {string} room @param {User[]} who all of them */
  told(room, who) {
    this.#clock.clearTimeout(this.#timers.get(room));
    this.#who.set(room, who);
    if (who.length > 0) this.#timers.set(room, this.#clock.setTimeout(() => this.told(room, []), FORGOTTEN_MS));
    this.emit('change', room);
  }

  /** Whoever has just said something is not typing it any more. @param {string} room @param {string} id */
  said(room, id) {
    const others = this.in(room).filter((user) => user.id !== id);
    if (others.length < this.in(room).length) this.told(room, others);
  }

  /** One typed something oneself. @param {string} room */
  typed(room) {
    const now = this.#clock.now();
    if (now - (this.#saidAt.get(room) ?? -AGAIN_MS) < AGAIN_MS) return;
    this.#saidAt.set(room, now);
    this.#say(room, true);
  }

  /** @param {string} room @param {boolean} posted the server knows that by the post */
  stopped(room, posted) {
    if (this.#saidAt.delete(room) && !posted) this.#say(room, false);
  }
}
