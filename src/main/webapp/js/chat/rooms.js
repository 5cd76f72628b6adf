// @ts-check
import { Emitter } from '../connection/emitter.js';
import { RoomLog } from '../log/room-log.js';

/** @typedef {import('../connection/types.js').Event} Event */

/** Followed at most, however many the server would bear: the least recently visited is left. */
const ROOMS = 50;

/** Refusals of a join that say nothing of the room: so soon it is tried again, unless the server knows better. */
const PASSING = new Set(['unavailable', 'rate_limited', 'too_many', 'internal']);
const AGAIN_MS = 2_000;

/** So many holes in a row, and the room is read from its newest page instead. */
const HOLES = 3;

/**
 * The rooms that this page has visited, each with its log, all of them followed over one connection.
 *
 * Emits `change` with the log, `entry` with {log, event} for whatever was newly handled, `joined` with the log,
 * `told` with what a join said of where the reader is.
 */
export class Rooms extends Emitter {
  /** Least recently visited first. @type {Map<string, RoomLog>} */
  #logs = new Map();
  /** @type {Map<RoomLog, number>} */
  #holes = new Map();
  /** Of joins that are tried again. @type {Map<RoomLog, any>} */
  #resting = new Map();
  #connection;
  #me;
  #clock;
  #most = ROOMS;

  /**
   * @param {import('../connection/connection.js').Connection} connection
   * @param {() => string|null} me the reader's id
   * @param {import('../connection/link.js').Clock} clock
   */
  constructor(connection, me, clock) {
    super();
    this.#connection = connection;
    this.#me = me;
    this.#clock = clock;
  }

  /** @param {string} name */
  get(name) {
    return this.#logs.get(canonical(name));
  }

  get all() {
    return [...this.#logs.values()];
  }

  /** The room's log, joined as soon as may be; a room that was refused is tried again. @param {string} name */
  visit(name) {
    const known = this.get(name);
    const log = known ?? new RoomLog(canonical(name), this.#me);
    this.#logs.delete(log.name);
    this.#logs.set(log.name, log);
    if (!known) log.on('change', () => this.emit('change', log));
    if (log.state === 'new' || log.state === 'refused') this.#join(log);
    this.#leaveOldest();
    return log;
  }

  /** Rooms that are not shown but written to. @param {string} name */
  follow(name) {
    if (!this.get(name)) this.visit(name);
  }

  /** @param {string} name */
  leave(name) {
    const log = this.get(name);
    if (!log) return;
    this.#logs.delete(log.name);
    this.#rested(log);
    if (log.state === 'joined') this.#connection.send({ do: 'leave', room: log.name });
  }

  /** @param {number} [most] how many rooms one connection may join */
  ready(most) {
    this.#most = Math.min(most ?? ROOMS, ROOMS);
    [...this.#logs.values()].reverse().forEach((log) => this.#join(log));
  }

  parted() {
    this.#holes.clear();
    [...this.#resting.keys()].forEach((log) => this.#rested(log));
    this.#logs.forEach((log) => log.parted());
  }

  /** @param {Event} event one that names a room */
  take(event) {
    const log = this.get(event.room ?? '');
    if (!log) return;
    if (event.type === 'presence') {
      log.applyPresence(event);
    } else if (event.type === 'left') {
      log.refused({ code: 'left', message: event.reason ?? '' });
    } else if (event.type === 'gap') {
      log.forgetPosition();
      this.#join(log);
    } else {
      this.#takeEntry(log, event);
    }
  }

  /** What asks whether anything of the joined rooms is missing here. @returns {import('../connection/types.js').Command} */
  probe() {
    const joined = this.all.filter(({ state }) => state === 'joined');
    return { do: 'probe', rooms: Object.fromEntries(joined.map(({ name, epoch, position }) => [name, { epoch, seq: position }])) };
  }

  /** What is behind, though its events should have come by now, is joined again. @param {Record<string, number>} behind the heads */
  catchUp(behind) {
    for (const [name, head] of Object.entries(behind)) {
      const log = this.get(name);
      if (log?.state === 'joined' && log.position < head) this.#join(log);
    }
  }

  /** Asks for older messages; one question at a time. @param {RoomLog} log @returns {Promise<void>} */
  async older(log) {
    const command = log.history();
    if (!command) return;
    const page = await this.#connection.ask(command);
    log.prepend(/** @type {number} */ (command.before), page);
  }

  /** Asks for newer messages, where somebody looks at old ones. @param {RoomLog} log */
  async newer(log) {
    const command = log.onwards();
    if (!command) return;
    log.append(/** @type {number} */ (command.before), await this.#connection.ask(command));
  }

  /** Looks at a message, wherever it is. @param {RoomLog} log @param {number} seq @returns {Promise<boolean>} whether it is there */
  async find(log, seq) {
    const shown = () => log.shown.some((item) => item.seq === seq);
    if (!shown()) log.lookAtNewest();
    if (!shown()) {
      const command = log.around(seq);
      log.lookAt(/** @type {number} */ (command.before), await this.#connection.ask(command));
    }
    return shown();
  }

  /** @param {RoomLog} log @param {Event} event */
  #takeEntry(log, event) {
    const outcome = log.apply(event);
    if (outcome === 'applied') {
      this.#holes.delete(log);
      this.emit('entry', { log, event });
    } else if (outcome === 'hole') {
      const holes = (this.#holes.get(log) ?? 0) + 1;
      this.#holes.set(log, holes);
      if (holes >= HOLES) log.forgetPosition();
      this.#join(log);
    }
  }

  /** @param {RoomLog} log */
  #join(log) {
    if (this.#connection.phase !== 'open') return;
    this.#rested(log);
    const asked = log.name;
    this.#connection.send(log.join(), (refusal, reply) => {
      if (refusal?.code === 'disconnected') return;
      if (refusal && PASSING.has(refusal.code)) {
        this.#joinLater(log, refusal.retryAfter ?? AGAIN_MS);
      } else if (refusal) {
        log.refused(refusal);
      } else {
        log.joined(reply);
        this.emit('told', { room: log.name, seq: reply.readSeq });
        this.#renamed(asked, log);
        this.emit('joined', log);
      }
    });
  }

  /** The room stays on its way to be joined: what is to be sent to it waits. @param {RoomLog} log @param {number} ms */
  #joinLater(log, ms) {
    this.#rested(log);
    if (this.get(log.name) === log) this.#resting.set(log, this.#clock.setTimeout(() => this.#join(log), ms));
  }

  /** @param {RoomLog} log */
  #rested(log) {
    this.#clock.clearTimeout(this.#resting.get(log));
    this.#resting.delete(log);
  }

  /** @param {string} asked @param {RoomLog} log */
  #renamed(asked, log) {
    if (asked === log.name) return;
    this.#logs.delete(asked);
    this.#logs.set(log.name, log);
    this.emit('renamed', { from: asked, to: log.name });
  }

  #leaveOldest() {
    for (const name of [...this.#logs.keys()]) {
      if (this.#logs.size <= this.#most) return;
      this.leave(name);
    }
  }
}

/** A name as the server writes it, as far as a browser can tell. @param {string} name */
export function canonical(name) {
  return name.trim().normalize('NFKC').toLowerCase();
}
