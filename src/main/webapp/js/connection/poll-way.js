// @ts-check
import { FORBIDDEN } from './backoff.js';
import { GONE, HttpSocket, nobody, OVERLOADED } from './http-socket.js';

const LONGEST_WAIT_S = 25;

/** Where nothing on the way lets a request wait. */
const REST_MS = 2_000;

/** A request that fails sooner did not fail for its waiting. */
const WAITED_MS = 1_500;

/** By so much later than it should have, a poll has been answered, unless something on the way swallowed the answer. */
const LATE_MS = 10_000;

/** One that fails so much later was slept through: that says nothing of what lies on the way. */
const SLEPT_MS = 15_000;

/** A server that says no so often, one time after another, is not one that the page is connected to. */
const REFUSALS = 3;

/** So many polls that lasted, one after another, and the next may wait longer: one that was cut off may have been bad luck. */
const LASTED = 5;

/**
 * Where event streams are held back too: long polls for what comes, requests for what goes.
 *
 * @param {URL} base @param {import('./link.js').Clock} clock @param {string} client the page's name for itself
 * @param {typeof fetch} [fetcher]
 * @returns {import('./types.js').Way}
 */
export function pollWay(base, clock, client, fetcher = (...asked) => fetch(...asked)) {
  return { name: 'poll', open: () => new PollSocket({ base, clock, client, fetch: fetcher }) };
}

/** Asks again and again what is new in its rooms; polls carry entries and no signals. */
class PollSocket extends HttpSocket {
  #clock;
  #client;
  #poll = new AbortController();
  #waitS = LONGEST_WAIT_S;
  #lasted = 0;
  #refusals = 0;
  /** @type {any} */
  #timer;

  /** @param {{base: URL, fetch: typeof fetch, clock: import('./link.js').Clock, client: string}} parts */
  constructor(parts) {
    super(parts);
    this.#clock = parts.clock;
    this.#client = parts.client;
  }

  halt() {
    this.#poll.abort();
    this.#clock.clearTimeout(this.#timer);
  }

  follow() {
    this.halt();
    if (this.at.size > 0) void this.#ask();
  }

  close() {
    super.close();
    this.halt();
  }

  async #ask() {
    const poll = new AbortController();
    this.#poll = poll;
    const askedAt = this.#clock.now();
    const wanted = { at: Object.fromEntries(this.at), wait: this.#waitS, client: this.#client };
    const late = new AbortController();
    const deadline = this.#clock.setTimeout(() => late.abort(), this.#waitS * 1_000 + LATE_MS);
    const response = await this.request(wanted, {}, undefined, AbortSignal.any([poll.signal, late.signal])).catch(nobody);
    const told = response?.ok ? await response.json().catch(nobody) : null;
    this.#clock.clearTimeout(deadline);
    if (poll.signal.aborted) return;
    const lastedMs = this.#clock.now() - askedAt;
    if (told?.rooms) {
      this.#held(lastedMs);
      this.#take(told, poll.signal);
    } else {
      await this.#failed(response, lastedMs);
    }
  }

  /** @param {any} told @param {AbortSignal} signal */
  #take(told, signal) {
    for (const [room, news] of Object.entries(told.rooms)) {
      if (news.type === 'refused') this.refused(room, news.error);
      else if (news.reset) this.lost(room);
      else this.#entries(news.entries ?? []);
      // Whoever hears of it may have left or joined rooms: another request is on its way then.
      if (signal.aborted) return;
    }
    this.#soon(told.retryAfter ?? (this.#waitS === 0 ? REST_MS : 0));
  }

  /** @param {any[]} entries of one room */
  #entries(entries) {
    entries.forEach((entry) => this.moved(entry));
    this.hear(entries);
  }

  /** @param {number} lastedMs of a poll that was answered */
  #held(lastedMs) {
    this.#refusals = 0;
    if (this.#waitS === LONGEST_WAIT_S || lastedMs < this.#waitS * 1_000 || ++this.#lasted < LASTED) return;
    this.#lasted = 0;
    this.#waitS = Math.min(LONGEST_WAIT_S, Math.max(2, this.#waitS * 2));
  }

  /** What is cut off while it waits waits less the next time. @param {Response|null} response @param {number} lastedMs */
  async #failed(response, lastedMs) {
    const problem = response && (await this.problem(response));
    this.#lasted = 0;
    if (this.readyState > 1) return;
    if (problem?.code === 'bad_request') {
      // The same would be asked again, and refused again: a new socket begins with other words.
      this.fail(GONE, problem.detail ?? problem.title ?? '');
    } else if (problem?.code === 'banned') {
      this.fail(FORBIDDEN, problem.detail ?? problem.title ?? '');
    } else if (problem && ++this.#refusals >= REFUSALS) {
      this.fail(OVERLOADED, problem.detail ?? problem.title ?? '');
    } else if (problem) {
      this.#soon(problem.retryAfter ?? REST_MS);
    } else if (this.#waitS > 0 && lastedMs >= WAITED_MS) {
      this.#shorten(lastedMs);
      this.#soon(0);
    } else {
      this.fail(GONE, 'a poll was not answered');
    }
  }

  /** Each time at least by half, so that what is always cut off comes to its end. @param {number} lastedMs */
  #shorten(lastedMs) {
    if (lastedMs < this.#waitS * 1_000 + SLEPT_MS) this.#waitS = Math.floor(Math.min(this.#waitS / 2, lastedMs / 2_000));
  }

  /** @param {number} ms */
  #soon(ms) {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#clock.setTimeout(() => this.follow(), ms);
  }
}
