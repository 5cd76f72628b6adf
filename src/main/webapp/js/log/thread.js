// @ts-check
import { Emitter } from '../connection/emitter.js';
import { countReply, fold } from './fold.js';
import { messageItem, Stretch } from './stretch.js';

/** @typedef {import('../connection/types.js').Command} Command */
/** @typedef {import('../connection/types.js').Message} Message */
/** @typedef {import('./room-log.js').RoomLog} RoomLog */
/** @typedef {import('./stretch.js').Item} Item */

/** @typedef {import('./room-log.js').Page & {root: Message}} ThreadPage */

const PAGE = 50;

/** Entries held while the page is on its way; when they are more, it is asked for once more. */
const HELD = 1_000;

/** A message and what was said below it. It takes the entries of its room as they come. Emits `change`. */
export class Thread extends Emitter {
  /** @type {Item|null} */
  root = null;
  /** Why it cannot be read. @type {import('../connection/types.js').Refusal|null} */
  refusal = null;
  /** How often the room's log had been replaced when it was asked for: then entries are missing. */
  asOf = -1;

  #log;
  #seq;
  #me;
  #head = 0;
  #stretch = new Stretch();
  /** What came while the page was on its way. @type {any[]|null} */
  #held = null;

  /** @param {RoomLog} log @param {number} seq the message that all the others hang below @param {() => string|null} me the reader's id */
  constructor(log, seq, me) {
    super();
    this.#log = log;
    this.#seq = seq;
    this.#me = me;
  }

  get log() {
    return this.#log;
  }

  get seq() {
    return this.#seq;
  }

  /** What was said below, in order, without holes, up to the newest. */
  get items() {
    return this.#stretch.items;
  }

  get more() {
    return this.#stretch.more;
  }

  /** What asks for the newest of it. @returns {Command} */
  ask() {
    this.#held = [];
    this.asOf = this.#log.replaced;
    return { do: 'thread', room: this.#log.name, seq: this.#seq, limit: PAGE };
  }

  /** @param {ThreadPage} page @returns {boolean} false when more came meanwhile than could be held */
  opened(page) {
    const held = this.#held ?? [];
    this.#held = null;
    if (held.length > HELD) return false;
    this.refusal = null;
    this.#head = page.head ?? 0;
    this.root = messageItem(page.root, this.#head, page.mine?.[this.#seq]);
    this.#stretch = new Stretch();
    this.#stretch.items = itemsOf(page);
    this.#stretch.more = page.more ?? false;
    held.forEach((event) => this.#take(event));
    this.emit('change');
    return true;
  }

  /** @param {import('../connection/types.js').Refusal} refusal */
  refused(refusal) {
    this.#held = null;
    this.refusal = refusal;
    this.emit('change');
  }

  /** @returns {Command|null} what asks for those before the oldest one here */
  older() {
    const { oldest, more } = this.#stretch;
    return more && oldest !== null ? { do: 'thread', room: this.#log.name, seq: this.#seq, before: oldest, limit: PAGE } : null;
  }

  /** @param {number} before what was asked for @param {ThreadPage} page */
  prepend(before, page) {
    if (this.#stretch.oldest !== before) return;
    const fresh = itemsOf(page);
    this.items.unshift(...fresh);
    this.#stretch.more = (page.more ?? false) && fresh.length > 0;
    this.emit('change');
  }

  /** @param {import('../connection/types.js').Event & {seq: number}} event the room's next entry */
  apply(event) {
    if (!this.#held) this.#take(event);
    else if (this.#held.length <= HELD) this.#held.push(event);
  }

  /** @param {import('../connection/types.js').Event & {seq: number}} event */
  #take(event) {
    if (!this.root) return;
    if (event.type !== 'message') {
      fold(event.of === this.#seq ? this.root : this.items.find(({ seq }) => seq === event.of), event, this.#me());
    } else if (event.thread === this.#seq && event.seq > this.#head) {
      this.items.push(messageItem(/** @type {any} */ (event), event.seq));
      countReply(this.root, event.seq);
    } else {
      return;
    }
    this.emit('change');
  }
}

/** @param {ThreadPage} page @returns {Item[]} */
function itemsOf({ messages = [], mine = {}, head = 0 }) {
  return messages.map((message) => messageItem(message, head, mine[message.seq]));
}
