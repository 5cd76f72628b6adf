// @ts-check
import { Connection } from '../connection/connection.js';
import { Emitter } from '../connection/emitter.js';
import { Outbox } from '../outbox/outbox.js';
import { Acts } from './acts.js';
import { typed } from './commands.js';
import { Directory } from './directory.js';
import { Identity } from './identity.js';
import { Preferences } from './preferences.js';
import { Quotes } from './quotes.js';
import { Reading } from './reading.js';
import { canonical, Rooms } from './rooms.js';
import { Rounds } from './rounds.js';
import { Threads } from './threads.js';
import { Typing } from './typing.js';

/** @typedef {import('../connection/types.js').Event} Event */
/** @typedef {import('../log/room-log.js').RoomLog} RoomLog */

export const LOBBY = 'lobby';
const TEXT_LENGTH = 8_000;

/** So long after the connection broke, who was here says nothing about who is. */
const STALE_PRESENCE_MS = 10_000;

/** A network through which only a worse way led is thought to be the same for so long. */
const SAME_NETWORK_MS = 60 * 60_000;

/** By then whatever was on its way when the server answered has come. */
const EVENTS_MS = 3_000;

/**
 * One person's chat: the models, and how they hang together. Knows no DOM.
 *
 * Emits `room` when another room is current, `heard` with {log, message} for what somebody else has just said, `jump` with
 * the message to look at, `told` with words for the person.
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
   * @param {import('./keep.js').Keep} parts.keep
   * @param {import('../outbox/tabs.js').Tabs} parts.tabs
   * @param {import('../connection/types.js').Way[]} parts.ways the best first
   * @param {import('../connection/link.js').Clock} parts.clock
   * @param {() => boolean} parts.visible
   */
  constructor({ keep, tabs, ways, clock, visible }) {
    super();
    this.#clock = clock;
    this.keep = keep;
    this.identity = new Identity(this.keep);
    this.connection = new Connection({ ways, usual: this.#usualWay(), clock, visible, greeter: this.identity });
    const me = () => this.identity.you?.id ?? null;
    const ask = this.connection.ask.bind(this.connection);
    this.preferences = new Preferences(keep);
    this.acts = new Acts(this.connection);
    this.quotes = new Quotes(ask);
    this.rooms = new Rooms(this.connection, me, clock);
    this.threads = new Threads(ask, this.rooms, me);
    this.directory = new Directory(this.connection, clock);
    this.reading = new Reading({ keep, clock, me, tell: (room, seq) => ask({ do: 'read', room, seq }) });
    this.typing = new Typing(clock, (room, on) => this.#sayTyping(room, on));
    this.outbox = new Outbox({ keep, clock, tabs, author: me, post: (unsent, answer) => this.#post(unsent, answer) });
    this.rounds = new Rounds(this, clock, visible);
    this.#wire();
    this.joined.forEach((room) => this.rooms.follow(room));
  }

  start() {
    this.connection.start();
  }

  stop() {
    this.connection.stop();
  }

  /** The page was looked at again. */
  wake() {
    this.connection.wake(this.rooms.probe(), (refusal, ok) => {
      if (!refusal) this.#clock.setTimeout(() => this.rooms.catchUp(ok.behind ?? {}), EVENTS_MS);
    });
    this.directory.refreshIfStale();
    this.rounds.look();
  }

  /** It is another one, or has come back. */
  networkChanged() {
    this.wake();
    this.connection.networkChanged();
  }

  /** Another tab kept something. @param {string} name */
  #keptElsewhere(name) {
    if (name === 'preferences') this.preferences.reread();
    if (name === 'seen') this.reading.reread();
    if (name === 'rooms') this.joined.forEach((room) => this.rooms.follow(room));
  }

  /** @param {string} name */
  visit(name) {
    this.current?.lookAtNewest();
    this.current = this.rooms.visit(name);
    this.reading.arrive(this.current);
    this.keep.put('room', this.current.name);
    this.#join(this.current.name);
    this.emit('room', this.current);
  }

  /** The rooms that somebody has come to and not left. @returns {string[]} */
  get joined() {
    return this.keep.get('rooms') ?? [LOBBY];
  }

  /** @param {string} name */
  leave(name) {
    this.keep.put('rooms', this.joined.filter((room) => room !== name));
    this.rooms.leave(name);
    this.directory.refresh();
  }

  /** Reads older messages of the current room; rejected with a Refusal. */
  async older() {
    const log = this.current;
    if (!log) return;
    await this.rooms.older(log);
    this.#ownIn(log);
  }

  /** Looks at a message of the current room. @param {number} seq rejected with a Refusal */
  async jump(seq) {
    const log = this.current;
    if (!log) return;
    const there = await this.rooms.find(log, seq);
    if (log === this.current) this.emit('jump', there ? seq : null);
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

  /** @param {string} input @param {{replyTo?: number, thread?: number}} [about] @returns {import('./commands.js').Typed} what it was */
  say(input, { replyTo, thread } = {}) {
    const said = typed(input);
    if (said.kind === 'text' && this.current) {
      const { style } = said;
      this.reading.answered(this.current.name);
      this.outbox.add(this.current.name, said.text, { ...(style && { style }), ...(replyTo && { replyTo }), ...(thread && { thread }) });
    }
    return said;
  }

  /** What is new in a room that one is in. @param {string} room @returns {import('./reading.js').Fresh} */
  fresh(room) {
    if (!this.joined.includes(room)) return { unread: 0, mentions: 0 };
    return this.reading.fresh(this.rooms.get(room), this.directory.rooms.get(room));
  }

  #wire() {
    this.keep.on('change', (name) => this.#keptElsewhere(name));
    this.connection.on('ready', ({ limits }) => this.#ready(limits));
    this.connection.on('event', (event) => this.#take(event));
    this.connection.on('parted', () => this.#parted());
    this.rooms.on('told', ({ room, seq }) => this.reading.told(room, seq));
    this.rooms.on('joined', (log) => this.#joined(log));
    this.rooms.on('entry', ({ log, event }) => this.#handled(log, event));
    this.rooms.on('renamed', ({ from, to }) => this.#roomRenamed(from, to));
    this.rooms.on('change', (log) => {
      if (log.state === 'refused') this.outbox.refuse(log.name, log.refusal);
    });
    this.directory.on('change', () => this.directory.rooms.forEach(({ room, readSeq }) => this.reading.told(room, readSeq)));
    this.outbox.on('adopted', (room) => this.rooms.follow(room));
    this.outbox.on('sent', ({ room }) => this.outbox.passed(room, this.rooms.get(room)?.position ?? 0));
  }

  /** @param {Partial<import('../connection/types.js').Limits>} [limits] */
  #ready(limits) {
    this.#clock.clearTimeout(this.#forgetting);
    const { best, way } = this.connection;
    if (best) this.keep.remove('way');
    else this.keep.put('way', { name: way?.name, at: this.#clock.now() });
    this.textLength = limits?.textLength ?? this.textLength;
    this.reading.forget();
    this.outbox.rooms.forEach((room) => this.rooms.follow(room));
    this.rooms.ready(limits?.rooms);
    void this.directory.read();
  }

  /** The way that led here the last time, so that nobody waits for the blocked ones again. @returns {string|undefined} */
  #usualWay() {
    const known = this.keep.get('way');
    return known && this.#clock.now() - known.at < SAME_NETWORK_MS ? known.name : undefined;
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
    } else if (event.type === 'typing') {
      this.typing.told(event.room ?? '', (event.who ?? []).filter((/** @type {any} */ { id }) => id !== this.identity.you?.id));
    } else if (event.type === 'read') {
      if (event.from?.id === this.identity.you?.id) this.reading.told(event.room ?? '', event.seq);
    } else {
      this.rooms.take(event);
    }
  }

  /** @param {import('../connection/types.js').User} user */
  #renamed(user) {
    this.rooms.all.forEach((log) => log.renamed(user));
  }

  /** The server writes a room's name otherwise. @param {string} from @param {string} to */
  #roomRenamed(from, to) {
    this.outbox.rename(from, to);
    if (this.current?.name === to) this.keep.put('room', to);
    this.keep.put('rooms', [...new Set(this.joined.map((room) => (room === from ? to : room)))]);
  }

  /** @param {RoomLog} log */
  #joined(log) {
    this.#ownIn(log);
    this.outbox.passed(log.name, log.position);
    this.outbox.pump(log.name);
    if (log === this.current && this.reading.line(log.name) === null) this.reading.arrive(log);
  }

  /** @param {string} room */
  #join(room) {
    if (!this.joined.includes(room)) this.keep.put('rooms', [...this.joined, room]);
  }

  /** @param {RoomLog} log */
  #ownIn(log) {
    log.items.forEach(({ message }) => message && this.#own(message));
  }

  /** @param {RoomLog} log @param {Event} event */
  #handled(log, event) {
    if (event.type === 'message') this.#heard(log, /** @type {any} */ (event));
    this.outbox.passed(log.name, log.position);
    this.directory.moved(log.name, event.at);
  }

  /** @param {RoomLog} log @param {import('../connection/types.js').Message} message */
  #heard(log, message) {
    this.#own(message);
    this.typing.said(log.name, message.from.id);
    if (message.from.id !== this.identity.you?.id) this.emit('heard', { log, message });
  }

  /** @param {{key?: string, from?: import('../connection/types.js').User}} message */
  #own({ key, from }) {
    if (key && from?.id === this.identity.you?.id) this.outbox.seen(key);
  }

  /** Nobody needs to know of it that it was refused. @param {string} room @param {boolean} on */
  #sayTyping(room, on) {
    if (this.rooms.get(room)?.state === 'joined') this.connection.send({ do: 'typing', room, on });
  }

  /** @param {import('../outbox/outbox.js').Unsent} unsent @param {import('../connection/types.js').Answer} answer */
  #post({ room, text, style, replyTo, thread, key }, answer) {
    if (this.connection.phase !== 'open' || this.rooms.get(room)?.state !== 'joined') return false;
    this.connection.send({ do: 'post', room, text, key, ...(style && { style }), ...(replyTo && { replyTo }), ...(thread && { thread }) }, answer);
    return true;
  }
}
