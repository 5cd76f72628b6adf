// @ts-check
/** The address bar names the room, `#/room/NAME`, and perhaps a message in it, `#/room/NAME/SEQ`. */

/** @param {string} room @param {number} [seq] */
export function addressOf(room, seq) {
  return `#/room/${encodeURIComponent(room)}${seq ? `/${seq}` : ''}`;
}

/** @param {string} hash @returns {string|null} */
export function roomIn(hash) {
  const match = /^#\/room\/([^/]+)/.exec(hash);
  try {
    return match && decodeURIComponent(match[1]);
  } catch {
    return null;
  }
}

/** @param {string} hash @returns {number|null} */
export function messageIn(hash) {
  const match = /^#\/room\/[^/]+\/([1-9]\d{0,15})$/.exec(hash);
  return match && Number(match[1]);
}

/** @param {string} room */
export function go(room) {
  location.hash = addressOf(room);
}

/** What is sent to somebody else. @param {string} room @param {number} [seq] */
export function linkTo(room, seq) {
  return new URL(addressOf(room, seq), location.href).href;
}
