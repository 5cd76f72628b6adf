// @ts-check
import { Emitter } from '../connection/emitter.js';
import { countReply, fold } from './fold.js';
import { Presence } from './presence.js';
import { itemOf, messageItem, Stretch } from './stretch.js';

/** @typedef {import('../connection/types.js').Message} Message */
/** @typedef {import('../connection/types.js').Event} Event */
/** @typedef {import('../connection/types.js').Command} Command */
/** @typedef {import('../connection/types.js').JoinReply} JoinReply */
/** @typedef {import('../connection/types.js').Refusal} Refusal */
/** @typedef {import('./stretch.js').Item} Item */

/** @typedef {'new'|'joining'|'joined'|'refused'} State */

/**
 * @typedef {object} Page
 * @property {Message[]} [messages]
 * @property {Record<string, string[]>} [mine]
 * @property {number} [head]
 * @property {boolean} [more]
 */

const PAGE = 50;

/** Messages kept while the reader is at the newest; far more than anybody scrolls, far less than memory. */
const KEPT = 5_000;

/** Entries that are told in words. */
const TOLD = new Set(['topic', 'member', 'settings']);

/**
 * One room as this page knows it: a stretch of its log and the position up to which everything has been handled; and
 * perhaps a stretch further back, where somebody followed a link to.
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
  /** @type {string|null} */
  epoch = null;
  position = 0;
  /** How often what was here made way for the newest page: what came in between is not known. */
  replaced = 0;

  #name;
  #me;
  #live = new Stretch();
  /** @type {Stretch|null} */
  #past = null;
  /** @type {Map<number, Item>} */
  #messages = new Map();
  #notices = 0;
  #resume = true;

  /** @param {string} name @param {() => string|null} [me] the reader's id */
  constructor(name, me = () => null) {
    super();
    this.#name = name;
    this.#me = me;
  }

  get name() {
    return this.#name;
  }

  /** Up to the newest, in the order of the log, without holes. */
  get items() {
    return this.#live.items;
  }

  /** What is looked at: the newest, or a stretch further back. */
  get shown() {
    return (this.#past ?? this.#live).items;
  }

  /** Whether the server has messages older than what is looked at. */
  get more() {
    return (this.#past ?? this.#live).more;
  }

  /** Whether the server has messages between what is looked at and the newest. */
  get isPast() {
    return this.#past !== null;
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

  /** @param {number} seq @returns {Message|null} if it is here */
  message(seq) {
    return this.#messages.get(seq)?.message ?? null;
  }

  /** @returns {Command|null} what asks for the messages before the oldest one looked at */
  history() {
    const { oldest, more } = this.#past ?? this.#live;
    return more && oldest !== null ? { do: 'history', room: this.#name, before: oldest, limit: PAGE } : null;
  }

  /**
   * @param {number} before what was asked for; when the log was replaced meanwhile, the page fits nowhere
   * @param {Page} page
   */
  prepend(before, page) {
    const stretch = [this.#past, this.#live].find((one) => one?.oldest === before);
    if (!stretch) return;
    const fresh = this.#itemsOf(page, (seq) => seq < before);
    stretch.items.unshift(...fresh);
    stretch.more = (page.more ?? false) && fresh.length > 0;
    this.emit('change');
  }

  /** What asks for the messages around one that is not here. @param {number} seq @returns {Command} */
  around(seq) {
    return { do: 'history', room: this.#name, before: seq + PAGE / 2, limit: PAGE };
  }

  /** Looks at a stretch further back, unless it reaches what is here. @param {number} before what was asked for @param {Page} page */
  lookAt(before, page) {
    const border = this.#border;
    this.#past?.items.forEach(({ seq }) => this.#messages.delete(seq));
    this.#past = new Stretch();
    this.#past.items = this.#itemsOf(page, (seq) => seq < border);
    this.#past.more = page.more ?? false;
    if (before >= border || this.#past.items.length === 0) this.#join();
    this.emit('change');
  }

  /** @returns {Command|null} what asks for the messages after the newest one looked at; some of it may be known */
  onwards() {
    return this.#past && { do: 'history', room: this.#name, before: this.#past.newest + 1 + PAGE, limit: PAGE };
  }

  /** @param {number} before what was asked for @param {Page} page */
  append(before, page) {
    if (!this.#past || this.#past.newest + 1 + PAGE !== before) return;
    const { newest } = this.#past;
    const border = this.#border;
    this.#past.items.push(...this.#itemsOf(page, (seq) => seq > newest && seq < border));
    this.#past.reached = before - 1;
    if (before >= border) this.#join();
    this.emit('change');
  }

  /** Looks at the newest again. */
  lookAtNewest() {
    if (!this.#past) return;
    this.#past.items.forEach(({ seq }) => this.#messages.delete(seq));
    this.#past = null;
    this.emit('change');
  }

  /** Says something to this page alone, below what is there now. @param {string} text */
  notice(text) {
    const at = new Date().toISOString();
    this.items.push(itemOf({ kind: 'notice', id: `n${++this.#notices}`, seq: this.position, at, text }));
    this.emit('change');
  }

  /** Drops the oldest beyond what is kept; to be called while nobody reads them. */
  trim() {
    const excess = this.items.length - KEPT;
    if (excess < KEPT / 10 || this.#past) return;
    this.items.splice(0, excess).forEach(({ seq, kind }) => kind === 'message' && this.#messages.delete(seq));
    this.#live.more = true;
  }

  /** @param {number} after @returns {boolean} whether all that came after a position is here */
  knowsAfter(after) {
    return this.epoch !== null && (!this.#live.more || (this.#live.oldest ?? Infinity) <= after + 1);
  }

  /** @param {number} after @param {(message: Message) => boolean} which @returns {number} how many messages past a position */
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
  #replace(reply) {
    const { epoch, head, first, messages = [] } = reply;
    this.epoch = epoch;
    this.position = head;
    this.replaced++;
    this.#messages.clear();
    this.#past = null;
    this.#live = new Stretch();
    this.#live.items = this.#itemsOf(reply, () => true);
    this.#live.more = messages.length > 0 && messages[0].seq > first;
  }

  /** Where the newest stretch begins. */
  get #border() {
    return this.#live.oldest ?? this.position + 1;
  }

  /** The stretch further back has met the newest: they are one. */
  #join() {
    const { items, more } = /** @type {Stretch} */ (this.#past);
    this.#live.items.unshift(...items);
    this.#live.more = more;
    this.#past = null;
  }

  /** @param {Page} page @param {(seq: number) => boolean} wanted @returns {Item[]} */
  #itemsOf({ messages = [], mine = {}, head = this.position }, wanted) {
    return messages.filter(({ seq }) => wanted(seq)).map((message) => this.#keep(messageItem(message, head, mine[message.seq])));
  }

  /** @param {Event & {seq: number}} event */
  #take(event) {
    if (event.type === 'message') {
      this.items.push(this.#keep(messageItem(/** @type {any} */ (event), event.seq)));
      countReply(this.#messages.get(event.thread), event.seq);
    } else if (TOLD.has(event.type)) {
      if (event.type === 'topic') this.topic = event.topic;
      this.items.push(itemOf({ kind: 'entry', id: `s${event.seq}`, seq: event.seq, at: event.at, entry: event }));
    } else {
      fold(this.#messages.get(event.of), event, this.#me());
    }
  }

  /** @param {Item} item */
  #keep(item) {
    this.#messages.set(item.seq, item);
    return item;
  }
}
