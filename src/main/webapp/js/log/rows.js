// @ts-check
/** @typedef {import('./room-log.js').Item} Item */
/** @typedef {import('../outbox/outbox.js').Unsent} Unsent */

/**
 * One line of the talk.
 *
 * @typedef {object} Row
 * @property {string} id the same for a message before and after it was sent, so that it stays where it is
 * @property {'day'|'message'|'entry'|'notice'} kind
 * @property {string} at
 * @property {boolean} head begins a group: shows who and when
 * @property {boolean} mine
 * @property {import('../connection/types.js').User|null} from
 * @property {Item|null} item
 * @property {Unsent|null} unsent
 */

/** Messages of one author, closer together than this, are one group. */
const GROUP_MS = 5 * 60_000;

/**
 * @param {Item[]} items a stretch of the log
 * @param {Unsent[]} unsent one's own texts that are not in the log yet
 * @param {import('../connection/types.js').User|null} me
 * @returns {Row[]}
 */
export function rowsOf(items, unsent, me) {
  /** @type {Row[]} */
  const rows = [];
  let day = '';
  for (const item of items) {
    const itsDay = new Date(item.at).toDateString();
    if (itsDay !== day) {
      rows.push({ ...empty, id: `d${itsDay}`, kind: 'day', at: item.at });
      day = itsDay;
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

/** @param {Item} item @param {Row|undefined} before @param {import('../connection/types.js').User|null} me @returns {Row} */
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

/** @param {Unsent} unsent @param {Row|undefined} before @param {import('../connection/types.js').User|null} me @returns {Row} */
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
    isAction(row) ||
    isAction(before) ||
    Date.parse(row.at) - Date.parse(before.at) > GROUP_MS
  );
}

/** @param {Row} row */
export function isAction(row) {
  return (row.item?.message?.style ?? row.unsent?.style) === 'action';
}
