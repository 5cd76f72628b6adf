// @ts-check
import { Emitter } from '../connection/emitter.js';

/** @typedef {import('../log/room-log.js').RoomLog} RoomLog */

/** @typedef {{unread: number, mentions: number}} Fresh */

/** Marks closer together than this become one. */
const CALM_MS = 400;

/** @type {Fresh} */
const NOTHING = { unread: 0, mentions: 0 };

/**
 * Up to where the reader has read each room, here and by the server's account, and so what is new in which.
 *
 * Emits `change`.
 */
export class Reading extends Emitter {
  /** @type {Record<string, number>} */
  #seen;
  /** What the server has, as far as this page knows. @type {Map<string, number>} */
  #told = new Map();
  /** After which entry the line is drawn that says: what follows is new. @type {Map<string, number>} */
  #lines = new Map();
  /** @type {Map<string, any>} */
  #timers = new Map();
  #keep;
  #clock;
  #tell;
  #me;

  /**
   * @param {object} parts
   * @param {import('./keep.js').Keep} parts.keep
   * @param {import('../connection/link.js').Clock} parts.clock
   * @param {(room: string, seq: number) => Promise<unknown>} parts.tell the server
   * @param {() => string|null} parts.me
   */
  constructor({ keep, clock, tell, me }) {
    super();
    this.#keep = keep;
    this.#clock = clock;
    this.#tell = tell;
    this.#me = me;
    this.#seen = { ...keep.get('seen') };
  }

  /** @param {string} room @returns {number|undefined} */
  mark(room) {
    return this.#seen[room];
  }

  /** Everything that is here was looked at. @param {RoomLog} log */
  read(log) {
    if (log.state !== 'joined') return;
    if (this.#mark(log.name, log.position)) this.emit('change');
    if ((this.#told.get(log.name) ?? -1) < log.position) this.#tellSoon(log.name);
  }

  /** The server's account: of a join, a list or another of the reader's own pages. @param {string} room @param {number} [seq] */
  told(room, seq) {
    if (seq === undefined) return;
    this.#told.set(room, Math.max(seq, this.#told.get(room) ?? -1));
    if (this.#mark(room, seq)) this.emit('change');
  }

  /** Another tab has read further. */
  reread() {
    for (const [room, seq] of Object.entries(this.#keep.get('seen') ?? {})) {
      this.#seen[room] = Math.max(this.#seen[room] ?? -1, seq);
    }
    this.emit('change');
  }

  /** A new server, or a guest of whom it kept nothing: what it has is asked again. */
  forget() {
    this.#told.clear();
  }

  /** @param {RoomLog|undefined} log @param {import('./directory.js').Listed} [listed] @returns {Fresh} */
  fresh(log, listed) {
    const mark = this.#seen[log?.name ?? listed?.room ?? ''];
    if (mark === undefined) return NOTHING;
    if (log?.knowsAfter(mark)) return this.#counted(log, mark);
    if (!listed || listed.head <= mark) return NOTHING;
    const since = log ? this.#counted(log, listed.head) : NOTHING;
    return { unread: listed.unread + since.unread, mentions: listed.mentions + since.mentions };
  }

  /** Coming to a room: what came since one was there is below a line. @param {RoomLog} log */
  arrive(log) {
    const mark = this.#seen[log.name];
    if (mark === undefined || mark >= log.position) this.#lines.delete(log.name);
    else this.#lines.set(log.name, mark);
  }

  /** Something came while nobody looked: the line is drawn before it, unless there is one. @param {RoomLog} log */
  missed(log) {
    const mark = this.#seen[log.name];
    const line = this.#lines.get(log.name);
    if (mark !== undefined && (line === undefined || this.#counted(log, line).unread === 0)) this.#lines.set(log.name, mark);
  }

  /** Whoever answers has seen it. @param {string} room */
  answered(room) {
    this.#lines.delete(room);
  }

  /** @param {string} room @returns {number|null} */
  line(room) {
    return this.#lines.get(room) ?? null;
  }

  /** @param {RoomLog} log @param {number} mark @returns {Fresh} */
  #counted(log, mark) {
    const me = this.#me();
    const others = (/** @type {import('../connection/types.js').Message} */ { from, deleted }) => from.id !== me && !deleted;
    const calls = (/** @type {import('../connection/types.js').Message} */ message) =>
      others(message) && me !== null && (message.mentions?.includes(me) ?? false);
    return { unread: log.countAfter(mark, others), mentions: log.countAfter(mark, calls) };
  }

  /** @param {string} room @param {number} seq @returns {boolean} whether that was news */
  #mark(room, seq) {
    if ((this.#seen[room] ?? -1) >= seq) return false;
    this.#seen = { ...this.#keep.get('seen'), ...this.#seen, [room]: seq };
    this.#keep.put('seen', this.#seen);
    return true;
  }

  /** @param {string} room */
  #tellSoon(room) {
    if (this.#timers.has(room)) return;
    this.#timers.set(room, this.#clock.setTimeout(() => void this.#tellNow(room), CALM_MS));
  }

  /** What is not told now is told with the next message, or at the next connection. @param {string} room */
  async #tellNow(room) {
    this.#timers.delete(room);
    const seq = this.#seen[room];
    if ((this.#told.get(room) ?? -1) >= seq) return;
    this.#told.set(room, seq);
    try {
      await this.#tell(room, seq);
    } catch {
      this.#told.delete(room);
    }
  }
}
