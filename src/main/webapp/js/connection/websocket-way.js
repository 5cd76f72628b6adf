// @ts-check
/**
 * The best way: one WebSocket for everything, both ways.
 *
 * @param {URL} base the address that the doors lie under
 * @param {WebSocket|null} [ahead] one that was opened before anybody asked for it
 * @returns {import('./types.js').Way}
 */
export function webSocketWay(base, ahead = null) {
  return {
    name: 'websocket',
    open: () => {
      const socket = ahead && ahead.readyState <= WebSocket.OPEN ? ahead : openedSocket(base);
      ahead = null;
      return socket;
    },
  };
}

/** @param {URL} base */
export function openedSocket(base) {
  const address = new URL('chat', base);
  address.protocol = address.protocol.replace('http', 'ws');
  address.search = address.hash = '';
  return new WebSocket(address.href, 'superchat');
}
