// @ts-check
/** @typedef {import('../connection/types.js').Event} Event */
/** @typedef {import('../connection/types.js').Message} Message */
/** @typedef {import('./stretch.js').Item} Item */

/**
 * What an entry about a message makes of it. A page shows messages as they stood at its head: what came before that is in
 * them already.
 *
 * @param {Item|undefined} item @param {Event & {seq: number}} event @param {string|null} me the reader's id
 */
export function fold(item, event, me) {
  if (!item?.message || item.message.deleted || event.seq <= item.asOf) return;
  if (event.type === 'edit') {
    // Without a text: the message is deleted further on.
    if (event.text !== undefined) amend(item, { text: event.text, mentions: event.mentions, edited: event.at });
  } else if (event.type === 'delete') {
    amend(item, { text: undefined, data: undefined, reactions: undefined, deleted: true });
  } else if (event.type === 'reaction') {
    react(item, event, me);
  }
}

/** Somebody has answered below a message, which may have been deleted. @param {Item|undefined} item @param {number} seq of the answer */
export function countReply(item, seq) {
  if (item?.message && seq > item.asOf) amend(item, { replies: (item.message.replies ?? 0) + 1 });
}

/** @param {Item} item @param {Event} event @param {string|null} me */
function react(item, { emoji, on, from }, me) {
  amend(item, { reactions: counted(item.message?.reactions, emoji, on ? 1 : -1) });
  if (from?.id !== me) return;
  const others = item.mine.filter((one) => one !== emoji);
  item.mine = on ? [...others, emoji] : others;
}

/** Another message in its place: who shows it sees that it changed. @param {Item} item @param {Partial<Message>} change */
function amend(item, change) {
  item.message = { .../** @type {Message} */ (item.message), ...change };
}

/** @param {Record<string, number>|undefined} reactions @param {string} emoji @param {number} change @returns {Record<string, number>} */
function counted(reactions, emoji, change) {
  const counts = new Map(Object.entries(reactions ?? {}));
  counts.set(emoji, (counts.get(emoji) ?? 0) + change);
  return Object.fromEntries([...counts].filter(([, count]) => count > 0));
}
