// @ts-check
import { FORBIDDEN } from './backoff.js';
import { EventBlocks } from './event-blocks.js';
import { BLOCKED, GONE, HttpSocket, nobody, OVERLOADED, UNFIT } from './http-socket.js';

/** By then the first block of a stream has come, unless something on the way gathers it up. */
const HELD_BACK_MS = 4_000;

/** Begun anew again and again, streams may be so long without a first block, all together. */
const ALL_HELD_BACK_MS = 12_000;

/** Longer than two of the comments by which a stream shows that it lives. */
const SILENCE_MS = 35_000;

/** A stream that ends sooner was cut off; so many of them one after another, and the way is no good. */
const SHORT_MS = 2_000;
const CUT_OFF = 3;

/**
 * Where WebSocket is blocked: an event stream for what comes, requests for what goes.
 *
 * @param {URL} base @param {import('./link.js').Clock} clock @param {string} client the page's name for itself
 * @param {typeof fetch} [fetcher]
 * @returns {import('./types.js').Way}
 */
export function sseWay(base, clock, client, fetcher = (...asked) => fetch(...asked)) {
  return { name: 'sse', open: () => new SseSocket({ base, clock, client, fetch: fetcher }) };
}

/** Follows its rooms by one stream, begun anew where it was whenever the rooms change or it ends. */
class SseSocket extends HttpSocket {
  #clock;
  #client;
  #stream = new AbortController();
  #cutOff = 0;
  #startedAt = 0;
  /** Since the last block of any stream, how long streams were waited for; null while one is heard. @type {number|null} */
  #unheardMs = null;
  /** @type {any} */
  #watch;
  /** @type {() => void} */
  #prove = () => {};

  /** @param {{base: URL, fetch: typeof fetch, clock: import('./link.js').Clock, client: string}} parts */
  constructor(parts) {
    super(parts);
    this.#clock = parts.clock;
    this.#client = parts.client;
  }

  /** A stream that is let through shows it at once, whatever its room. */
  async proven() {
    const heard = new Promise((resolve) => (this.#prove = () => resolve(undefined)));
    void this.#read({ at: { lobby: {} } });
    await heard;
  }

  halt() {
    if (this.#unheardMs !== null && !this.#stream.signal.aborted) this.#unheardMs += this.#clock.now() - this.#startedAt;
    this.#stream.abort();
    this.#clock.clearTimeout(this.#watch);
  }

  follow() {
    this.halt();
    if (this.at.size > 0) void this.#read({ at: Object.fromEntries(this.at), client: this.#client });
  }

  close() {
    super.close();
    this.halt();
  }

  /** @param {object} wanted */
  async #read(wanted) {
    const stream = new AbortController();
    this.#stream = stream;
    this.#startedAt = this.#clock.now();
    this.#unheardMs ??= 0;
    this.#expect(Math.max(0, Math.min(HELD_BACK_MS, ALL_HELD_BACK_MS - this.#unheardMs)), () => this.fail(BLOCKED, 'the event stream is held back'));
    const response = await this.request(wanted, { Accept: 'text/event-stream' }, undefined, stream.signal).catch(nobody);
    if (stream.signal.aborted) return;
    if (!response) this.fail(GONE, 'no event stream');
    else if (!response.ok || !response.body) await this.#problem(response);
    else await this.#pieces(response.body.getReader(), stream.signal);
  }

  /** @param {ReadableStreamDefaultReader<Uint8Array>} reader @param {AbortSignal} signal */
  async #pieces(reader, signal) {
    const blocks = new EventBlocks();
    for (;;) {
      const piece = await reader.read().catch(nobody);
      if (signal.aborted) return;
      if (!piece || piece.done) break;
      this.#prove();
      this.#unheardMs = null;
      this.#expect(SILENCE_MS, () => this.#again());
      this.#take(blocks.take(piece.value));
      if (signal.aborted) return;
    }
    this.#again();
  }

  /** @param {{event: string, data: string}[]} blocks */
  #take(blocks) {
    const events = [];
    const followed = this.at.size > 0;
    for (const { event, data } of blocks) {
      const told = JSON.parse(data);
      if (event === 'bye') {
        this.hear([...events, told]);
        this.fail(typeof told.code === 'number' ? told.code : GONE, told.reason ?? '');
        return;
      }
      if (told.type === 'joined') events.push(...this.#begun(told));
      else if (told.type === 'refused') this.refused(told.room, told.error);
      else if (told.room === undefined || this.at.has(told.room)) events.push(told);
      // Begun again, the stream would join it again.
      if (told.type === 'left') this.at.delete(told.room);
    }
    events.forEach((event) => this.moved(event));
    if (followed && this.at.size === 0) this.halt();
    this.hear(events);
  }

  /** What a stream begins a room with is known from the join, but for who is here. @param {any} told */
  #begun({ room, complete, present, presentCount }) {
    if (!this.at.has(room)) return [];
    if (!complete) this.lost(room);
    return complete ? [{ type: 'presence', room, reset: true, present, presentCount }] : [];
  }

  /** It ended, or fell silent: the positions are at hand. */
  #again() {
    this.#cutOff = this.#clock.now() - this.#startedAt < SHORT_MS ? this.#cutOff + 1 : 0;
    if (this.#cutOff >= CUT_OFF || this.at.size === 0) this.fail(BLOCKED, 'event streams are cut off');
    else if (this.readyState <= 1) this.follow();
  }

  /** More rooms than a stream may have, or something on the way that lets no stream through: a poll may pass. @param {Response} response */
  async #problem(response) {
    const problem = await this.problem(response);
    this.fail(meaning(problem), problem?.detail ?? problem?.title ?? `HTTP ${response.status}`);
  }

  /** @param {number} ms @param {() => void} otherwise */
  #expect(ms, otherwise) {
    this.#clock.clearTimeout(this.#watch);
    this.#watch = this.#clock.setTimeout(otherwise, ms);
  }
}

/** @param {any} problem of a stream that was refused @returns {number} the close code */
function meaning(problem) {
  // Not `forbidden`: that is also said of a name or a page that the operator has not listed, and may list any minute.
  if (problem?.code === 'banned') return FORBIDDEN;
  if (problem?.code !== 'bad_request') return problem ? OVERLOADED : BLOCKED;
  return problem.field === 'at' ? UNFIT : BLOCKED;
}
