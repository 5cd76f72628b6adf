// @ts-check
import { Emitter } from '../connection/emitter.js';

/**
 * @typedef {object} Listed
 * @property {string} room
 * @property {string} topic
 * @property {number} head
 * @property {string|null} at when something was last written
 * @property {number} [readSeq]
 * @property {number} unread
 * @property {number} mentions
 */

const PAGE = 200;
const PAGES = 5;

/** Refreshes closer together than this become one. */
const CALM_MS = 400;
const STALE_MS = 60_000;

/** The public rooms, as the server last told. Emits `change`. */
export class Directory extends Emitter {
  /** @type {Map<string, Listed>} */
  rooms = new Map();

  #connection;
  #clock;
  #askedAt = 0;
  /** @type {any} */
  #timer = null;

  /**
   * @param {import('../connection/connection.js').Connection} connection
   * @param {import('../connection/link.js').Clock} clock
   */
  constructor(connection, clock) {
    super();
    this.#connection = connection;
    this.#clock = clock;
  }

  /** Soon: several reasons in a moment are one question. */
  refresh() {
    if (this.#timer !== null) return;
    this.#timer = this.#clock.setTimeout(() => {
      this.#timer = null;
      void this.read();
    }, CALM_MS);
  }

  /** When the page is looked at again. */
  refreshIfStale() {
    if (this.#clock.now() - this.#askedAt > STALE_MS) this.refresh();
  }

  /** Somebody wrote in a room that this page follows anyway. @param {string} room @param {string} at */
  moved(room, at) {
    const known = this.rooms.get(room);
    if (known) known.at = at;
  }

  async read() {
    this.#askedAt = this.#clock.now();
    try {
      this.rooms = await this.#pages();
      this.emit('change');
    } catch {
      // Without an answer the list stays as it is; the next connection asks again.
    }
  }

  async #pages() {
    /** @type {Map<string, Listed>} */
    const rooms = new Map();
    /** @type {string|undefined} */
    let after;
    for (let page = 0; page < PAGES; page++) {
      const reply = await this.#connection.ask({ do: 'rooms', limit: PAGE, ...(after && { after }) });
      for (const listed of reply.rooms ?? []) {
        after = listed.room;
        rooms.set(listed.room, { topic: '', head: 0, at: null, unread: 0, mentions: 0, ...listed });
      }
      if (!reply.more) break;
    }
    return rooms;
  }
}
