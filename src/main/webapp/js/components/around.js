// @ts-check
/** @typedef {import('../log/room-log.js').RoomLog} RoomLog */

/** So far back people are looked for whom a text may name. */
const LOOKED_BACK = 200;

/**
 * What messages of a room have to know of the others.
 *
 * @param {import('../chat/chat.js').Chat} chat @param {RoomLog} log @param {number|null} thread where only that is shown
 * @returns {import('./parley-message.js').Around}
 */
export function aroundOf(chat, log, thread) {
  const me = chat.identity.you;
  const names = new Map(log.presence.users.map(({ id, name }) => [id, name]));
  const said = [...log.items.slice(-LOOKED_BACK), ...(chat.threads.current?.items.slice(-LOOKED_BACK) ?? [])];
  for (const { message } of said) if (message && !names.has(message.from.id)) names.set(message.from.id, message.from.name);
  if (me) names.set(me.id, me.name);
  return {
    me: me?.id,
    room: log.name,
    thread,
    quoted: (seq) => chat.quotes.of(log, seq),
    names: (ids) => ids.map((id) => names.get(id)).filter((name) => name !== undefined),
  };
}
