// @ts-check
import { EventBlocks } from '../connection/event-blocks.js';
import { openedSocket } from '../connection/websocket-way.js';

/**
 * What one question found. `bad` wants something changed, `odd` is worth knowing, `skipped` could not be asked. `words` are the
 * server's own.
 *
 * @typedef {{state: 'good'|'bad'|'odd'|'skipped', what: string, value?: number, words?: string}} Finding
 */

const REACH_MS = 10_000;
const OPENING_MS = 5_000;
const ANSWER_MS = 5_000;
const FIRST_BLOCK_MS = 4_000;

/** A frame that is longer than what some things in between gather before they let it go. */
const LONG_CHARACTERS = 16_000;

const CLOCK_ODD_S = 30;

/** What a page of Parley waits for; the server takes up to 60. */
const POLL_S = 20;

/** Longer than the minute after which most proxies drop what is silent. */
export const IDLE_S = 70;

/** @param {URL} base @param {string} door @param {RequestInit & {headers?: Record<string, string>}} [more] */
function asked(base, door, more = {}) {
  return fetch(new URL(door, base), { cache: 'no-store', ...more });
}

/** @param {number} ms @param {AbortSignal} signal @returns {Promise<null>} */
function late(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), ms);
    signal.addEventListener('abort', () => clearTimeout(timer));
  });
}

/**
 * What a no is: the server's own, which no proxy can be made to change, or that of something on the way. `forbidden` may be both, since the
 * server says it to whom a proxy names wrongly.
 *
 * @param {Response} response @param {Finding} [otherwise] when it is none of Parley's @returns {Promise<Finding>}
 */
async function no(response, otherwise) {
  /** @type {Finding} */
  const refused = { state: 'bad', what: 'refused', value: response.status };
  const problem = await response.json().catch(() => null);
  if (typeof problem?.code !== 'string') return otherwise ?? refused;
  return problem.code === 'forbidden' ? refused : { state: 'odd', what: 'says', words: problem.detail ?? problem.title ?? problem.code };
}

/**
 * Whether the server answers at all, and what time it has.
 *
 * @param {URL} base @param {AbortSignal} signal @param {number} [patienceMs]
 * @returns {Promise<{reach: Finding, clock: Finding}>}
 */
export async function reach(base, signal, patienceMs = REACH_MS) {
  /** @type {Finding} */
  const unknown = { state: 'skipped', what: 'unknown' };
  const began = Date.now();
  const ended = new AbortController();
  signal.addEventListener('abort', () => ended.abort());
  const ping = { method: 'POST', body: '{"do":"ping","id":1}', headers: { 'Content-Type': 'application/json' }, signal: ended.signal };
  try {
    const response = await Promise.race([asked(base, 'api/do', ping), late(patienceMs, signal)]);
    if (!response) return { reach: { state: 'bad', what: 'unreachable' }, clock: unknown };
    const tookMs = Date.now() - began;
    if (!response.ok) return { reach: await no(response), clock: unknown };
    const date = Date.parse(response.headers.get('Date') ?? '');
    return { reach: { state: 'good', what: 'answered', value: tookMs }, clock: Number.isNaN(date) ? unknown : clock(date, began + tookMs / 2) };
  } catch {
    return { reach: { state: 'bad', what: 'unreachable' }, clock: unknown };
  } finally {
    ended.abort();
  }
}

/** @param {number} theirsMs in whole seconds @param {number} oursMs @returns {Finding} */
export function clock(theirsMs, oursMs) {
  const aheadS = Math.round((oursMs - theirsMs - 500) / 1_000);
  if (Math.abs(aheadS) < CLOCK_ODD_S) return { state: 'good', what: 'same', value: Math.abs(aheadS) };
  return { state: 'odd', what: aheadS > 0 ? 'ahead' : 'behind', value: Math.abs(aheadS) };
}

/** Whether a WebSocket opens. @param {URL} base @param {AbortSignal} signal @returns {Promise<{upgrade: Finding, socket: WebSocket|null}>} */
export async function upgrade(base, signal) {
  if (!('WebSocket' in globalThis)) return { upgrade: { state: 'bad', what: 'noSocket' }, socket: null };
  const began = Date.now();
  const socket = openedSocket(base);
  signal.addEventListener('abort', () => socket.close());
  const opened = new Promise((resolve) => {
    socket.onopen = () => resolve(true);
    socket.onclose = () => resolve(false);
  });
  const result = await Promise.race([opened, late(OPENING_MS, signal)]);
  if (result) return { upgrade: { state: 'good', what: 'opened', value: Date.now() - began }, socket };
  socket.close();
  return { upgrade: { state: 'bad', what: result === null ? 'noUpgrade' : 'refusedUpgrade' }, socket: null };
}

/** Whether what is sent comes through, and what is answered comes back, short and long. @param {WebSocket|null} socket @param {AbortSignal} signal @returns {Promise<Finding>} */
export async function frames(socket, signal) {
  if (!socket) return { state: 'skipped', what: 'noSocketOpen' };
  const began = Date.now();
  const answer = (/** @type {number} */ id) =>
    new Promise((resolve) => {
      socket.addEventListener('message', ({ data }) => String(data).includes(`"re":${id}`) && resolve(true));
      socket.addEventListener('close', () => resolve(false));
    });
  const short = answer(1);
  socket.send('{"do":"hello","id":1,"client":"parley-doctor"}');
  if (!(await Promise.race([short, late(ANSWER_MS, signal)]))) return { state: 'bad', what: 'swallowed' };
  const tookMs = Date.now() - began;
  const long = answer(2);
  socket.send(`{"do":"ping","id":2,"pad":"${'x'.repeat(LONG_CHARACTERS)}"}`);
  if (!(await Promise.race([long, late(ANSWER_MS, signal)]))) return { state: 'bad', what: 'swallowedLong' };
  return { state: 'good', what: 'bothWays', value: tookMs };
}

/** Whether an event stream comes as it is written. @param {URL} base @param {AbortSignal} signal @returns {Promise<Finding>} */
export async function stream(base, signal) {
  const began = Date.now();
  const ended = new AbortController();
  signal.addEventListener('abort', () => ended.abort());
  try {
    const first = asked(base, 'api/events?at=lobby', { headers: { Accept: 'text/event-stream' }, signal: ended.signal }).then(firstBlock);
    first.catch(() => {});
    const found = await Promise.race([first, late(FIRST_BLOCK_MS, signal)]);
    if (found === null) return { state: 'bad', what: 'heldBack' };
    return found ?? { state: 'good', what: 'flows', value: Date.now() - began };
  } catch {
    return { state: 'bad', what: 'cutOff' };
  } finally {
    ended.abort();
  }
}

/** @param {Response} response @returns {Promise<Finding|undefined>} what is wrong with it; nothing, once something of it has come */
async function firstBlock(response) {
  if (!response.ok || !response.body) return no(response);
  const reader = response.body.getReader();
  const blocks = new EventBlocks();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) throw new TypeError('the stream ended');
    if (blocks.take(value).length > 0) return undefined;
  }
}

/** Whether a request may wait; in a lively lobby it is answered sooner and asked again. @param {URL} base @param {AbortSignal} signal @returns {Promise<Finding>} */
export async function poll(base, signal) {
  const began = Date.now();
  let at = 'lobby';
  for (let waitS = POLL_S; waitS > 0; waitS = POLL_S - Math.floor((Date.now() - began) / 1_000)) {
    const lastedS = () => Math.round((Date.now() - began) / 1_000);
    try {
      const response = await asked(base, `api/events?at=${encodeURIComponent(at)}&wait=${waitS}`, { signal });
      if (!response.ok) return no(response, { state: 'bad', what: 'endedAfter', value: lastedS() });
      at = (await response.json()).at;
    } catch {
      return { state: 'bad', what: 'endedAfter', value: lastedS() };
    }
  }
  return { state: 'good', what: 'held', value: POLL_S };
}

/**
 * Whether a WebSocket by which this side says nothing lives: the server's pings are all that goes over it.
 *
 * @param {WebSocket|null} socket @param {AbortSignal} signal @param {(seconds: number) => void} tell how long it has lived so far
 * @returns {Promise<Finding>}
 */
export async function idle(socket, signal, tell) {
  if (!socket || socket.readyState !== WebSocket.OPEN) return { state: 'skipped', what: 'noSocketOpen' };
  const began = Date.now();
  const lastedS = () => Math.round((Date.now() - began) / 1_000);
  const ticker = setInterval(() => tell(Math.min(IDLE_S, lastedS())), 1_000);
  const closed = new Promise((resolve) => socket.addEventListener('close', () => resolve(true)));
  const cut = await Promise.race([closed, late(IDLE_S * 1_000, signal)]);
  clearInterval(ticker);
  return cut ? { state: 'bad', what: 'endedAfter', value: lastedS() } : { state: 'good', what: 'lived', value: IDLE_S };
}
