// @ts-check
/** @typedef {import('../connection/types.js').Message} Message */
/** @typedef {import('../connection/types.js').Event} Event */

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
 * @property {number} asOf up to which entry the message holds everything about it
 * @property {string[]} mine the reader's own reactions to it
 */

/** @param {Partial<Item> & {kind: Item['kind'], id: string, seq: number, at: string}} fields @returns {Item} */
export function itemOf(fields) {
  return { message: null, entry: null, text: '', asOf: 0, mine: [], ...fields };
}

/** @param {Message} message @param {number} asOf @param {string[]} [mine] @returns {Item} */
export function messageItem(message, asOf, mine = []) {
  return itemOf({ kind: 'message', id: `s${message.seq}`, seq: message.seq, at: message.at, message, asOf, mine });
}

/** A piece of a log without holes, in its order. */
export class Stretch {
  /** @type {Item[]} */
  items = [];
  /** Whether the server has older ones. */
  more = false;
  /** Up to which entry all messages are here, when that is past the newest of them. */
  reached = 0;

  /** @returns {number|null} */
  get oldest() {
    return this.items.find(({ kind }) => kind === 'message')?.seq ?? null;
  }

  get newest() {
    return Math.max(this.reached, this.items.at(-1)?.seq ?? 0);
  }
}
