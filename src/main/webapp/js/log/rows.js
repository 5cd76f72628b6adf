// @ts-check
/** @typedef {import('./stretch.js').Item} Item */
/** @typedef {import('../outbox/outbox.js').Unsent} Unsent */
/** @typedef {import('../connection/types.js').User} User */

/**
 * One line of the talk.
 *
 * @typedef {object} Row
 * @property {string} id the same for a message before and after it was sent, so that it stays where it is
 * @property {'day'|'new'|'replies'|'message'|'entry'|'notice'} kind
 * @property {string} at
 * @property {boolean} head begins a group: shows who and when
 * @property {boolean} enters the talk goes into another thread here
 * @property {boolean} mine
 * @property {User|null} from
 * @property {Item|null} item
 * @property {Unsent|null} unsent
 */

/** Messages of one author, closer together than this, are one group. */
const GROUP_MS = 5 * 60_000;

/**
 * @param {Item[]} items a stretch of the log
 * @param {Unsent[]} unsent one's own texts that are not in the log yet
 * @param {User|null} me
 * @param {number|null} [line] the position after which what others said is new
 * @returns {Row[]}
 */
export function rowsOf(items, unsent, me, line = null) {
  /** @type {Row[]} */
  const rows = [];
  let day = '';
  let drawn = line === null;
  for (const item of items) {
    const itsDay = new Date(item.at).toDateString();
    if (itsDay !== day) {
      rows.push({ ...empty, id: `d${itsDay}`, kind: 'day', at: item.at });
      day = itsDay;
    }
    if (!drawn && item.seq > /** @type {number} */ (line) && item.message && item.message.from.id !== me?.id) {
      rows.push({ ...empty, id: 'new', kind: 'new' });
      drawn = true;
    }
    rows.push(rowOf(item, rows.at(-1), me));
  }
  const here = new Set(rows.map(({ id }) => id));
  for (const one of unsent.filter(({ key }) => !here.has(`k${key}`))) {
    rows.push(unsentRow(one, rows.at(-1), me));
  }
  return rows;
}

/**
 * A thread: its root, how much there is below it, and that.
 *
 * @param {Item} root @param {Item[]} items @param {Unsent[]} unsent @param {User|null} me @returns {Row[]}
 */
export function threadRowsOf(root, items, unsent, me) {
  const above = rowsOf([root], [], me);
  const known = new Set(above.map(({ id }) => id));
  // A day is told once.
  const below = rowsOf(items, unsent, me).filter(({ id }) => !known.has(id));
  return below.length > 0 ? [...above, { ...empty, id: 'replies', kind: 'replies', item: root }, ...below] : above;
}

const empty = { at: '', head: false, enters: false, mine: false, from: null, item: null, unsent: null };

/** @param {Item} item @param {Row|undefined} before @param {User|null} me @returns {Row} */
function rowOf(item, before, me) {
  const { message } = item;
  if (!message) {
    return { ...empty, id: item.id, kind: item.kind, at: item.at, item };
  }
  const mine = message.from.id === me?.id;
  const id = mine && message.key ? `k${message.key}` : item.id;
  const row = { ...empty, id, kind: item.kind, at: item.at, from: message.from, mine, item };
  return { ...row, enters: enters(row, before), head: begins(row, before) };
}

/** @param {Unsent} unsent @param {Row|undefined} before @param {User|null} me @returns {Row} */
function unsentRow(unsent, before, me) {
  const row = { ...empty, id: `k${unsent.key}`, kind: /** @type {'message'} */ ('message'), at: unsent.at, unsent };
  const mine = { ...row, from: me ?? { id: '', name: '…' }, mine: true };
  return { ...mine, enters: enters(mine, before), head: begins(mine, before) };
}

/** @param {Row} row @param {Row|undefined} before */
function begins(row, before) {
  return (
    before?.kind !== 'message' ||
    before.from?.id !== row.from?.id ||
    before.from?.name !== row.from?.name ||
    answered(row) !== undefined ||
    threadOf(row) !== threadOf(before) ||
    isAction(row) ||
    isAction(before) ||
    Date.parse(row.at) - Date.parse(before.at) > GROUP_MS
  );
}

/** @param {Row} row @param {Row|undefined} before */
function enters(row, before) {
  return threadOf(row) !== undefined && threadOf(row) !== (before && threadOf(before));
}

/** @param {Row} row */
export function isAction(row) {
  return (row.item?.message?.style ?? row.unsent?.style) === 'action';
}

/** The message that a row answers. @param {Row} row @returns {number|undefined} */
export function answered({ item, unsent }) {
  return item?.message?.replyTo ?? unsent?.replyTo;
}

/** The message that a row hangs below. @param {Row} row @returns {number|undefined} */
export function threadOf({ item, unsent }) {
  return item?.message?.thread ?? unsent?.thread;
}
