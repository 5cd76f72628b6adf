// @ts-check
import { Emitter } from '../connection/emitter.js';
import { Presence } from './presence.js';

/** @typedef {import('../connection/types.js').Message} Message */
/** @typedef {import('../connection/types.js').Event} Event */
/** @typedef {import('../connection/types.js').Command} Command */
/** @typedef {import('../connection/types.js').JoinReply} JoinReply */
/** @typedef {import('../connection/types.js').Refusal} Refusal */

/**
 * What is shown of a log: a message, an entry told in words, or something said to this page alone.
 *
 * @typedef {object} Item
 * @property {'message'|'entry'|'notice'} kind
 * @property {string} id unique in the room
 * @property {number} seq the entry's own; for a notice, that of the entry before it
 * @property {string} at
 * @property {Message|null} message
 * @property {Event|null} entry
 * @property {string} text of a notice
 */

/** @typedef {'new'|'joining'|'joined'|'refused'} State */

const PAGE = 50;

/** Messages kept while the reader is at the newest; far more than anybody scrolls, far less than memory. */
const KEPT = 5_000;

/** Entries that are told in words. */
const TOLD = new Set(['topic', 'member', 'settings']);

/**
 * One room as this page knows it: a stretch of its log and the position up to which everything has been handled.
 *
 * The position advances by events and by joins alone, never by the reply to a post. Emits `change`.
 */
export class RoomLog extends Emitter {
  /** @type {State} */
  state = 'new';
  /** Why it is not joined, once it was refused. @type {Refusal|null} */
  refusal = null;
  topic = '';
  presence = new Presence();
  /** In the order of the log, without holes. @type {Item[]} */
  items = [];
  /** Whether the server has older ones. */
  more = false;
  /** @type {string|null} */
  epoch = null;
  position = 0;

  #name;
  /** @type {Map<number, Item>} */
  #messages = new Map();
  #notices = 0;
  #resume = true;

  /** @param {string} name */
  constructor(name) {
    super();
    this.#name = name;
  }

  get name() {
    return this.#name;
  }

  /** The join that goes on from here, or begins. @returns {Command} */
  join() {
    this.state = 'joining';
    const from = this.#resumes() ? { after: this.position, epoch: this.epoch } : { last: PAGE };
    this.emit('change');
    return { do: 'join', room: this.#name, ...from };
  }

  /** @param {JoinReply} reply */
  joined(reply) {
    const resumed = this.#resumes() && reply.complete === true;
    this.#name = reply.room ?? this.#name;
    this.state = 'joined';
    this.refusal = null;
    this.#resume = true;
    this.topic = reply.topic ?? '';
    this.presence.reset(reply.present, reply.presentCount);
    if (!resumed) {
      this.#replace(reply);
    }
    this.emit('change');
  }

  /** @param {Refusal} refusal */
  refused(refusal) {
    this.state = 'refused';
    this.refusal = refusal;
    this.emit('change');
  }

  /** The connection is gone: what is shown stays, nothing comes until the next join. */
  parted() {
    if (this.state !== 'refused') this.state = 'new';
    this.emit('change');
  }

  /** Nothing has been heard for so long that nobody knows who is here. */
  alone() {
    this.presence.clear();
    this.emit('change');
  }

  /** The next join starts from the newest page. */
  forgetPosition() {
    this.#resume = false;
  }

  /**
   * @param {Event} event
   * @returns {'ignored'|'applied'|'hole'} a hole: entries are missing before this one, join again
   */
  apply(event) {
    const { seq } = event;
    if (this.state !== 'joined' || seq === undefined || seq <= this.position) return 'ignored';
    if (seq !== this.position + 1) return 'hole';
    this.position = seq;
    this.#take(/** @type {Event & {seq: number}} */ (event));
    this.emit('change');
    return 'applied';
  }

  /** @param {Event} event */
  applyPresence(event) {
    this.presence.apply(event);
    this.emit('change');
  }

  /** @param {import('../connection/types.js').User} user with the name they have now */
  renamed(user) {
    if (this.presence.rename(user)) this.emit('change');
  }

  /** @returns {Command|null} what asks for the messages before the oldest one here */
  history() {
    const oldest = this.items.find((item) => item.kind === 'message');
    return this.more && oldest ? { do: 'history', room: this.#name, before: oldest.seq, limit: PAGE } : null;
  }

  /**
   * @param {number} before what was asked for; when the log was replaced meanwhile, the page fits nowhere
   * @param {{messages?: Message[], head?: number, more?: boolean}} page
   */
  prepend(before, { messages = [], head = this.position, more = false }) {
    const oldest = this.items.find((item) => item.kind === 'message');
    if (oldest?.seq !== before) return;
    const fresh = messages.filter(({ seq }) => seq < before).map((message) => this.#message(message, head));
    this.items.unshift(...fresh);
    this.more = more && fresh.length > 0;
    this.emit('change');
  }

  /** Says something to this page alone, below what is there now. @param {string} text */
  notice(text) {
    this.items.push({
      kind: 'notice',
      id: `n${++this.#notices}`,
      seq: this.position,
      at: new Date().toISOString(),
      message: null,
      entry: null,
      text,
    });
    this.emit('change');
  }

  /** Drops the oldest beyond what is kept; to be called while nobody reads them. */
  trim() {
    const excess = this.items.length - KEPT;
    if (excess < KEPT / 10) return;
    this.items.splice(0, excess).forEach(({ seq, kind }) => kind === 'message' && this.#messages.delete(seq));
    this.more = true;
  }

  /** @param {(message: Message) => boolean} which @param {number} after @returns {number} how many messages past a position */
  countAfter(after, which) {
    let count = 0;
    for (let i = this.items.length - 1; i >= 0 && this.items[i].seq > after; i--) {
      const { message } = this.items[i];
      if (message && which(message)) count++;
    }
    return count;
  }

  #resumes() {
    return this.#resume && this.epoch !== null;
  }

  /** @param {JoinReply} reply */
  #replace({ epoch, head, first, messages = [] }) {
    this.epoch = epoch;
    this.position = head;
    this.#messages.clear();
    this.items = messages.map((message) => this.#message(message, head));
    this.more = messages.length > 0 && messages[0].seq > first;
  }

  /** @param {Event & {seq: number}} event */
  #take(event) {
    if (event.type === 'message') {
      this.items.push(this.#message(/** @type {any} */ (event), event.seq));
    } else if (event.type === 'edit') {
      // Without a text: the message is deleted further on.
      if (event.text !== undefined) this.#amend(event, () => ({ text: event.text, mentions: event.mentions, edited: event.at }));
    } else if (event.type === 'delete') {
      this.#amend(event, () => ({ text: undefined, data: undefined, reactions: undefined, deleted: true }));
    } else if (event.type === 'reaction') {
      this.#amend(event, ({ reactions }) => ({ reactions: counted(reactions, event.emoji, event.on ? 1 : -1) }));
    } else if (TOLD.has(event.type)) {
      if (event.type === 'topic') this.topic = event.topic;
      this.items.push({
        kind: 'entry', id: `s${event.seq}`, seq: event.seq, at: event.at, message: null, entry: event, text: '',
      });
    }
  }

  /** A page shows messages as they stood at its head: what came before that is in them already. @param {Event & {seq: number}} event @param {(message: Message) => Partial<Message>} change */
  #amend(event, change) {
    const item = this.#messages.get(event.of);
    if (!item?.message || event.seq <= /** @type {any} */ (item).asOf || item.message.deleted) return;
    item.message = { ...item.message, ...change(item.message) };
  }

  /** @param {Message} message @param {number} asOf @returns {Item} */
  #message(message, asOf) {
    const item = {
      kind: /** @type {'message'} */ ('message'),
      id: `s${message.seq}`,
      seq: message.seq,
      at: message.at,
      message,
      entry: null,
      text: '',
      asOf,
    };
    this.#messages.set(message.seq, item);
    return item;
  }
}

/** @param {Record<string, number>} [reactions] @param {string} emoji @param {number} change @returns {Record<string, number>} */
function counted(reactions, emoji, change) {
  const counts = new Map(Object.entries(reactions ?? {}));
  counts.set(emoji, (counts.get(emoji) ?? 0) + change);
  return Object.fromEntries([...counts].filter(([, count]) => count > 0));
}
