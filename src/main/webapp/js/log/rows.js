// @ts-check
/** @typedef {import('./stretch.js').Item} Item */
/** @typedef {import('../outbox/outbox.js').Unsent} Unsent */
/** @typedef {import('../connection/types.js').User} User */

/**
 * One line of the talk.
 *
 * @typedef {object} Row
 * @property {string} id the same for a message before and after it was sent, so that it stays where it is
 * @property {'day'|'new'|'message'|'entry'|'notice'} kind
 * @property {string} at
 * @property {boolean} head begins a group: shows who and when
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

const empty = { at: '', head: false, mine: false, from: null, item: null, unsent: null };

/** @param {Item} item @param {Row|undefined} before @param {User|null} me @returns {Row} */
function rowOf(item, before, me) {
  const { message } = item;
  if (!message) {
    return { ...empty, id: item.id, kind: item.kind, at: item.at, item };
  }
  const mine = message.from.id === me?.id;
  const id = mine && message.key ? `k${message.key}` : item.id;
  const row = { ...empty, id, kind: item.kind, at: item.at, from: message.from, mine, item };
  return { ...row, head: begins(row, before) };
}

/** @param {Unsent} unsent @param {Row|undefined} before @param {User|null} me @returns {Row} */
function unsentRow(unsent, before, me) {
  const row = { ...empty, id: `k${unsent.key}`, kind: /** @type {'message'} */ ('message'), at: unsent.at, unsent };
  const mine = { ...row, from: me ?? { id: '', name: '…' }, mine: true };
  return { ...mine, head: begins(mine, before) };
}

/** @param {Row} row @param {Row|undefined} before */
function begins(row, before) {
  return (
    before?.kind !== 'message' ||
    before.from?.id !== row.from?.id ||
    before.from?.name !== row.from?.name ||
    answered(row) !== undefined ||
    isAction(row) ||
    isAction(before) ||
    Date.parse(row.at) - Date.parse(before.at) > GROUP_MS
  );
}

/** @param {Row} row */
export function isAction(row) {
  return (row.item?.message?.style ?? row.unsent?.style) === 'action';
}

/** The message that a row answers. @param {Row} row @returns {number|undefined} */
export function answered({ item, unsent }) {
  return item?.message?.replyTo ?? item?.message?.thread ?? unsent?.replyTo;
}
