// @ts-check
/** The address bar names the room, `#/room/NAME`, and perhaps a message in it, `#/room/NAME/SEQ`, or the thread below one, `#/room/NAME/thread/SEQ`. */

/** @param {string} room @param {number} [seq] */
export function addressOf(room, seq) {
  return `#/room/${encodeURIComponent(room)}${seq ? `/${seq}` : ''}`;
}

/** @param {string} room @param {number} seq of the message that the others hang below */
export function threadAddressOf(room, seq) {
  return `${addressOf(room)}/thread/${seq}`;
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

/** @param {string} hash @returns {number|null} */
export function threadIn(hash) {
  const match = /^#\/room\/[^/]+\/thread\/([1-9]\d{0,15})$/.exec(hash);
  return match && Number(match[1]);
}

/** @param {string} room */
export function go(room) {
  location.hash = addressOf(room);
}

/** What is sent to somebody else. @param {string} room @param {number} [seq] */
export function linkTo(room, seq) {
  return whole(addressOf(room, seq));
}

/** @param {string} room @param {number} seq */
export function linkToThread(room, seq) {
  return whole(threadAddressOf(room, seq));
}

/** Whether nobody else can open the address that the page has. */
export function isOfThisMachine() {
  return /^(localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/.test(location.hostname);
}

/** @param {string} address */
function whole(address) {
  const url = new URL(address, location.href);
  // How this page is to connect is nobody else's business.
  url.searchParams.delete('transport');
  return url.href;
}
