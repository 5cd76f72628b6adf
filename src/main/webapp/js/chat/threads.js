// @ts-check
import { Emitter } from '../connection/emitter.js';
import { Thread } from '../log/thread.js';

/** @typedef {import('../log/room-log.js').RoomLog} RoomLog */

/** The thread that is looked at, if any. Emits `change` when it is another one or has changed. */
export class Threads extends Emitter {
  /** @type {Thread|null} */
  current = null;

  #ask;
  #me;

  /**
   * @param {(command: import('../connection/types.js').Command) => Promise<any>} ask
   * @param {import('./rooms.js').Rooms} rooms
   * @param {() => string|null} me
   */
  constructor(ask, rooms, me) {
    super();
    this.#ask = ask;
    this.#me = me;
    rooms.on('entry', ({ log, event }) => log === this.current?.log && this.current?.apply(event));
    rooms.on('joined', (log) => log === this.current?.log && this.#joined());
  }

  /** @param {RoomLog} log @param {number} seq */
  open(log, seq) {
    if (this.current?.log === log && this.current.seq === seq) return;
    const thread = new Thread(log, seq, this.#me);
    thread.on('change', () => thread === this.current && this.emit('change'));
    this.current = thread;
    this.emit('change');
    this.#joined();
  }

  close() {
    if (!this.current) return;
    this.current = null;
    this.emit('change');
  }

  /** Reads what was said before; rejected with a Refusal. */
  async older() {
    const thread = this.current;
    const command = thread?.older();
    if (thread && command) thread.prepend(/** @type {number} */ (command.before), await this.#ask(command));
  }

  /** Only a joined room tells what follows, and only one that went on where it was told all in between. */
  #joined() {
    const thread = this.current;
    if (thread?.log.state === 'joined' && thread.asOf !== thread.log.replaced) void this.#load(thread);
  }

  /** @param {Thread} thread */
  async #load(thread) {
    try {
      const page = await this.#ask(thread.ask());
      if (thread !== this.current) return;
      if (!thread.opened(page)) await this.#load(thread);
    } catch (refusal) {
      // Without an answer it is asked for again when the room is joined again.
      if (/** @type {any} */ (refusal).code === 'disconnected') thread.asOf = -1;
      else thread.refused(/** @type {any} */ (refusal));
    }
  }
}
