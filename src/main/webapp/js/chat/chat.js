// @ts-check
import { Connection } from '../connection/connection.js';
import { Emitter } from '../connection/emitter.js';
import { Outbox } from '../outbox/outbox.js';
import { typed } from './commands.js';
import { Directory } from './directory.js';
import { Identity } from './identity.js';
import { Keep } from './keep.js';
import { Reading } from './reading.js';
import { canonical, Rooms } from './rooms.js';

/** @typedef {import('../connection/types.js').Event} Event */
/** @typedef {import('../log/room-log.js').RoomLog} RoomLog */

export const LOBBY = 'lobby';
const TEXT_LENGTH = 8_000;

/** So long after the connection broke, who was here says nothing about who is. */
const STALE_PRESENCE_MS = 10_000;

/**
 * One person's chat: the models, and how they hang together. Knows no DOM.
 *
 * Emits `room` when another room is current, `notice` with what a command of the person's came to.
 */
export class Chat extends Emitter {
  /** The room that is looked at. @type {RoomLog|null} */
  current = null;
  textLength = TEXT_LENGTH;

  #clock;
  /** @type {any} */
  #forgetting;

  /**
   * @param {object} parts
   * @param {string} parts.path the path that this Parley lies under
   * @param {Storage|null} parts.storage
   * @param {() => WebSocket} parts.open
   * @param {import('../connection/link.js').Clock} parts.clock
   * @param {() => boolean} parts.visible
   */
  constructor({ path, storage, open, clock, visible }) {
    super();
    this.#clock = clock;
    this.keep = new Keep(storage, path);
    this.identity = new Identity(this.keep);
    this.reading = new Reading(this.keep);
    this.connection = new Connection({ open, clock, visible, greeter: this.identity });
    this.rooms = new Rooms(this.connection);
    this.directory = new Directory(this.connection, clock);
    this.outbox = new Outbox({
      keep: this.keep,
      clock,
      author: () => this.identity.you?.id ?? null,
      post: (unsent, answer) => this.#post(unsent, answer),
    });
    this.#wire();
  }

  start() {
    this.connection.start();
  }

  stop() {
    this.connection.stop();
  }

  /** The page was looked at again, or the network came back. */
  wake() {
    this.connection.wake();
    this.directory.refreshIfStale();
  }

  /** @param {string} name */
  visit(name) {
    this.current = this.rooms.visit(name);
    this.keep.put('room', this.current.name);
    this.emit('room', this.current);
  }

  /** Reads older messages of the current room; rejected with a Refusal. */
  async older() {
    const log = this.current;
    if (!log) return;
    await this.rooms.older(log);
    this.#ownIn(log);
  }

  /** Where somebody left off. @returns {string} */
  get lastRoom() {
    return this.keep.get('room') ?? LOBBY;
  }

  /** Makes a public room, or finds that it is there. @param {string} name @returns {Promise<string>} its name, rejected with a Refusal */
  async open(name) {
    const reply = await this.connection.ask({ do: 'open', room: canonical(name), kind: 'public' });
    this.directory.refresh();
    return reply.room?.room ?? reply.room ?? canonical(name);
  }

  /** @param {string} name rejected with a Refusal */
  async rename(name) {
    const reply = await this.connection.ask({ do: 'name', name: name.trim() });
    this.identity.named(reply.you);
    this.#renamed(reply.you);
  }

  /** @param {string} input @returns {import('./commands.js').Typed} what it was */
  say(input) {
    const said = typed(input);
    if (said.kind === 'text' && this.current) {
      this.outbox.add(this.current.name, said.text, said.style);
    }
    return said;
  }

  #wire() {
    this.connection.on('ready', ({ limits }) => this.#ready(limits));
    this.connection.on('event', (event) => this.#take(event));
    this.connection.on('parted', () => this.#parted());
    this.rooms.on('joined', (log) => this.#joined(log));
    this.rooms.on('entry', ({ log, event }) => this.#handled(log, event));
    this.rooms.on('renamed', ({ from, to }) => this.outbox.rename(from, to));
    this.rooms.on('change', (log) => {
      if (log.state === 'refused') this.outbox.refuse(log.name, log.refusal);
    });
    this.outbox.on('sent', ({ room }) => this.outbox.passed(room, this.rooms.get(room)?.position ?? 0));
  }

  /** @param {Partial<import('../connection/types.js').Limits>} [limits] */
  #ready(limits) {
    this.#clock.clearTimeout(this.#forgetting);
    this.textLength = limits?.textLength ?? this.textLength;
    this.outbox.rooms.forEach((room) => this.rooms.follow(room));
    this.rooms.ready(limits?.rooms);
    void this.directory.read();
  }

  #parted() {
    this.rooms.parted();
    this.outbox.disconnected();
    this.#clock.clearTimeout(this.#forgetting);
    this.#forgetting = this.#clock.setTimeout(() => this.rooms.all.forEach((log) => log.alone()), STALE_PRESENCE_MS);
  }

  /** @param {Event} event */
  #take(event) {
    if (event.type === 'rooms') {
      this.directory.refresh();
    } else if (event.type === 'profile') {
      this.identity.profile(event.user);
      this.#renamed(event.user);
    } else if (event.type === 'notice') {
      (this.rooms.get(event.room ?? '') ?? this.current)?.notice(event.text);
    } else {
      this.rooms.take(event);
    }
  }

  /** @param {import('../connection/types.js').User} user */
  #renamed(user) {
    this.rooms.all.forEach((log) => log.renamed(user));
  }

  /** @param {RoomLog} log */
  #joined(log) {
    this.#ownIn(log);
    this.outbox.passed(log.name, log.position);
    this.outbox.pump(log.name);
  }

  /** @param {RoomLog} log */
  #ownIn(log) {
    log.items.forEach(({ message }) => message && this.#own(message));
  }

  /** @param {RoomLog} log @param {Event} event */
  #handled(log, event) {
    if (event.type === 'message') this.#own(/** @type {any} */ (event));
    this.outbox.passed(log.name, log.position);
    this.directory.moved(log.name, log.position);
  }

  /** @param {{key?: string, from?: import('../connection/types.js').User}} message */
  #own({ key, from }) {
    if (key && from?.id === this.identity.you?.id) this.outbox.seen(key);
  }

  /** @param {import('../outbox/outbox.js').Unsent} unsent @param {import('../connection/types.js').Answer} answer */
  #post({ room, text, style, key }, answer) {
    if (this.connection.phase !== 'open' || this.rooms.get(room)?.state !== 'joined') return false;
    this.connection.send({ do: 'post', room, text, key, ...(style && { style }) }, answer);
    return true;
  }
}
