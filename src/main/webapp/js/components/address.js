// @ts-check
/** The address bar names the room: `#/room/NAME`. */

/** @param {string} room */
export function addressOf(room) {
  return `#/room/${encodeURIComponent(room)}`;
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

/** @param {string} room */
export function go(room) {
  location.hash = addressOf(room);
}
