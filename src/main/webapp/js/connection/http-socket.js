// @ts-check
import { objectsOf } from './frames.js';
import { Lanes } from './lanes.js';

/** @typedef {import('./types.js').Command} Command */
/** @typedef {{epoch: string, seq: number}} Position */

const OPEN = 1;
const CLOSED = 3;

/** What changes nothing, so that there may be something else before it is asked again: an answer that was long already had no room for it. */
const READING = new Set(['join', 'history', 'thread', 'search', 'rooms', 'who', 'probe']);

/** The close code for a network or server that is not there: no other way leads to it. It never travels. */
export const GONE = 4902;
const UNAUTHORISED = 3000;
const UNAUTHENTICATED_STATUS = 401;

/** What the server says when it can take no more just now. */
export const OVERLOADED = 1013;

/** The close code for a way that is there and does not carry what it should: another one is to be gone. It never travels. */
export const BLOCKED = 4901;

/**
 * The close code for a way that carries, and cannot carry what this page wants: it is not gone again. A trial would find it good each time. It never
 * travels.
 */
export const UNFIT = 4903;

/**
 * Looks like a WebSocket to a Link and is none: commands go by `POST /api/do`, events come as the two kinds of it have them
 * (protocol §5). What it follows is a position per room, so that whatever breaks is begun again where it was.
 *
 * @implements {import('./types.js').Socket}
 */
export class HttpSocket {
  /** @type {BinaryType} */
  binaryType = 'arraybuffer';
  readyState = 0;
  /** @type {import('./types.js').Socket['onopen']} */
  onopen = null;
  /** @type {import('./types.js').Socket['onmessage']} */
  onmessage = null;
  /** @type {import('./types.js').Socket['onclose']} */
  onclose = null;

  /** Where the page is in the rooms that it follows. @type {Map<string, Position>} */
  at = new Map();

  #base;
  #fetch;
  #lanes = new Lanes((commands) => this.#carry(commands));
  #ended = new AbortController();
  /** Whether what it follows is to begin again, once all joins are answered. */
  #halted = false;
  /** @type {string|null} */
  #token = null;
  /** The name of a guest. Who has posted nothing is forgotten soon, and would be given another one. @type {string|null} */
  #name = null;

  /** @param {{base: URL, fetch: typeof fetch}} parts */
  constructor({ base, fetch }) {
    this.#base = base;
    this.#fetch = fetch;
    queueMicrotask(() => {
      if (this.readyState === CLOSED) return;
      this.readyState = OPEN;
      this.onopen?.();
    });
  }

  /** @param {string} line */
  send(line) {
    if (this.readyState === CLOSED) return;
    const command = JSON.parse(line);
    if (command.do === 'leave') this.#leave(command);
    else this.#lanes.add(command);
  }

  close() {
    this.readyState = CLOSED;
    this.#lanes.clear();
    this.#ended.abort();
  }

  /** Follows the rooms of `at` from there, instead of what it followed before. To be overridden. */
  follow() {}

  /** Follows nothing until then: what comes now is older than what is being said. To be overridden. */
  halt() {}

  /** @returns {Promise<void>} once it is sure that events will come this way. To be overridden. */
  async proven() {}

  /**
   * @param {object|string} body @param {Record<string, string>} [headers] @param {string} [door]
   * @param {AbortSignal} [signal] gives up this one request
   */
  request(body, headers = {}, door = 'api/events', signal = this.#ended.signal) {
    const address = new URL(door, this.#base);
    if (this.#name !== null) address.searchParams.set('name', this.#name);
    return this.#fetch(address, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(this.#token && { Authorization: `Bearer ${this.#token}` }), ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      cache: 'no-store',
      signal: AbortSignal.any([signal, this.#ended.signal]),
    });
  }

  /** @param {object[]} objects replies and events, as if they had come in one message */
  hear(objects) {
    if (objects.length > 0 && this.readyState !== CLOSED) this.onmessage?.({ data: objects.map((one) => JSON.stringify(one)).join('\n') });
  }

  /** An event of a room, which moves the position that it would be asked for after. @param {any} event */
  moved(event) {
    const position = this.at.get(event.room);
    if (position && typeof event.seq === 'number') position.seq = Math.max(position.seq, event.seq);
  }

  /** A room that cannot be gone on with where the page is: it is joined anew. @param {string} room */
  lost(room) {
    this.at.delete(room);
    this.hear([{ type: 'gap', room }]);
  }

  /** @param {string} room @param {any} error */
  refused(room, error) {
    this.at.delete(room);
    this.hear([{ type: 'left', room, reason: error?.message ?? '' }]);
  }

  /** @param {number} code @param {string} reason */
  fail(code, reason) {
    if (this.readyState === CLOSED) return;
    this.close();
    this.onclose?.({ code, reason });
  }

  /** What an answer means that is no 200. @param {Response} response @returns {Promise<any>} the problem; null when it is not Parley's */
  async problem(response) {
    const problem = await response.json().catch(nobody);
    if (response.status === UNAUTHENTICATED_STATUS) this.fail(UNAUTHORISED, problem?.detail ?? '');
    return typeof problem?.code === 'string' ? problem : null;
  }

  /** @param {Command} command */
  #leave({ room, id }) {
    queueMicrotask(() => this.hear([{ re: id, ok: {} }]));
    if (this.at.delete(String(room))) this.follow();
  }

  /** @param {Command[]} commands @returns {Promise<Command[]>} those that are to be asked again */
  async #carry(commands) {
    const again = await this.#asked(commands);
    // Begun after each of many joins, what it follows would be cut off again at once.
    if (this.#halted && this.readyState !== CLOSED && !again.some(joins) && !this.#lanes.some(joins)) {
      this.#halted = false;
      this.follow();
    }
    return again;
  }

  /** @param {Command[]} commands @returns {Promise<Command[]>} those that are to be asked again */
  async #asked(commands) {
    for (const { do: name, token } of commands) {
      if (name === 'hello' && typeof token === 'string') this.#token = token;
    }
    const body = commands.map((command) => JSON.stringify(command)).join('\n');
    const response = await this.request(body, {}, 'api/do').catch(nobody);
    if (response && !response.ok) {
      await this.#refused(commands, response);
      return [];
    }
    // An answer that is cut off says of no command that it failed: what was posted may well be stored.
    const answer = await response?.text().catch(nobody);
    if (typeof answer === 'string') return this.#replied(commands, repliesIn(answer));
    this.fail(GONE, 'no answer');
    return [];
  }

  /** @param {Command[]} commands @param {Map<number, any>} replies @returns {Promise<Command[]>} those that are to be asked again */
  async #replied(commands, replies) {
    const replyTo = (/** @type {Command} */ { id }) => replies.get(Number(id));
    const joined = commands.filter((command) => joins(command) && replyTo(command)?.ok);
    const hello = commands.filter((command) => command.do === 'hello').map(replyTo).find((reply) => reply?.ok);
    commands.forEach((command) => this.#called(replyTo(command)?.ok?.you));
    if (hello) {
      this.#token = hello.ok.token ?? this.#token;
      await this.proven();
    }
    if (joined.length > 0) {
      this.#halted = true;
      this.halt();
    }
    joined.forEach((command) => this.#joined(command, replyTo(command).ok));
    const crowded = commands.filter((command, i) => i > 0 && READING.has(command.do) && replyTo(command)?.error?.code === 'too_large');
    const nothing = { code: 'internal', message: 'There was no answer to this.' };
    this.hear(commands.filter((command) => !crowded.includes(command)).map((command) => replyTo(command) ?? { re: command.id, error: nothing }));
    return this.readyState === CLOSED ? [] : crowded;
  }

  /** @param {import('./types.js').User} [you] as `hello` and `name` are answered */
  #called(you) {
    if (you) this.#name = you.guest ? you.name : null;
  }

  /** The reply is the border of the events: they begin after what it says. @param {Command} command @param {any} ok */
  #joined({ after }, { room, epoch, head, complete }) {
    this.at.set(room, { epoch, seq: complete && typeof after === 'number' ? after : head });
  }

  /** @param {Command[]} commands @param {Response} response */
  async #refused(commands, response) {
    const problem = await this.problem(response);
    if (!problem) {
      this.fail(GONE, `HTTP ${response.status}`);
      return;
    }
    const { code, detail, title, retryAfter, field } = problem;
    const error = { code, message: detail ?? title ?? '', ...(retryAfter && { retryAfter }), ...(field && { field }) };
    this.hear(commands.map(({ id }) => ({ re: id, error })));
  }
}

/** @param {Command} command */
function joins(command) {
  return command.do === 'join';
}

/** @param {string} text @returns {Map<number, any>} by the id of their command */
function repliesIn(text) {
  return new Map(objectsOf(text).map((reply) => [reply.re, reply]));
}

/** A network that is not there answers nothing. */
export function nobody() {
  return null;
}
