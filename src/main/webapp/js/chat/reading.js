// @ts-check
import { Emitter } from '../connection/emitter.js';

/** @typedef {import('../log/room-log.js').RoomLog} RoomLog */

/** Up to where each room was read in this browser, and so which have something new. Emits `change`. */
export class Reading extends Emitter {
  /** @type {Record<string, number>} */
  #seen;
  #keep;

  /** @param {import('./keep.js').Keep} keep */
  constructor(keep) {
    super();
    this.#keep = keep;
    this.#seen = keep.get('seen') ?? {};
  }

  /** Everything that is here was looked at. @param {RoomLog} log */
  read(log) {
    if (log.state !== 'joined' || this.#seen[log.name] === log.position) return;
    this.#seen = { ...this.#keep.get('seen'), ...this.#seen, [log.name]: log.position };
    this.#keep.put('seen', this.#seen);
    this.emit('change');
  }

  /** New messages of others in a room that is followed. @param {RoomLog} log @param {string|undefined} me */
  unread(log, me) {
    const seen = this.#seen[log.name];
    return seen === undefined ? 0 : log.countAfter(seen, ({ from, deleted }) => from.id !== me && !deleted);
  }

  /** Something new in a room that is not followed, but was once. @param {string} room @param {number} head */
  moved(room, head) {
    return room in this.#seen && head > this.#seen[room];
  }
}
