// @ts-check
/** @typedef {import('../connection/types.js').User} User */
/** @typedef {import('../log/room-log.js').RoomLog} RoomLog */

/** An @ that begins a word, and what has been typed of a name. */
const BEGUN = /(?:^|[\s([{"'“‘])@([^\s@]{0,32})$/u;
const OFFERED = 6;
const LOOKED_BACK = 200;

/**
 * Whom somebody may mean who has just typed `@…`: those who are here first, then those who spoke last.
 *
 * @param {string} before the text before the caret @param {RoomLog} log @param {string|undefined} me
 * @returns {{begun: string, users: User[]}|null}
 */
export function completion(before, log, me) {
  const match = BEGUN.exec(before);
  if (!match) return null;
  const begun = match[1];
  const users = known(log).filter(({ id, name }) => id !== me && words(name).some((word) => word.startsWith(folded(begun))));
  return users.length > 0 ? { begun, users: users.slice(0, OFFERED) } : null;
}

/** @param {RoomLog} log @returns {User[]} */
function known(log) {
  /** @type {Map<string, User>} */
  const users = new Map(log.presence.users.map((user) => [user.id, user]));
  for (const { message } of log.items.slice(-LOOKED_BACK).reverse()) {
    if (message && !users.has(message.from.id)) users.set(message.from.id, message.from);
  }
  return [...users.values()];
}

/** @param {string} name @returns {string[]} the name, and it from each of its words on */
function words(name) {
  const all = folded(name);
  return [all, ...all.split(/[\s._-]+/u)];
}

/** @param {string} text */
function folded(text) {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
