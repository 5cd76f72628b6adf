// @ts-check
import { Emitter } from './emitter.js';
import { objectsOf } from './frames.js';

/** @typedef {import('./types.js').Command} Command */
/** @typedef {import('./types.js').Answer} Answer */
/** @typedef {{setTimeout: Function, clearTimeout: Function, now: () => number}} Clock */
/** @typedef {import('./types.js').Socket} Socket */

const OPENING_MS = 10_000;
const SILENCE_MS = 10_000;
const PENDING = 64;
const QUEUED = 1_000;

/** A socket's state, after which it takes nothing any more, though its end is still to come. */
const OPEN = 1;

/** The close code for an end that this side found: it never travels. */
export const SILENT = 4900;

/** What every unanswered command gets when its connection ends. */
export const DISCONNECTED = { code: 'disconnected', message: 'The connection has ended.' };

/**
 * One socket from its opening to its end: commands out, replies matched to them, events in the order they came.
 *
 * Answers are called while the line is being read, never later: what follows a reply in the same message relies on it.
 * Emits `open`, `event`, `idle` when nothing is unanswered any more and, exactly once, `close` with an Ending.
 */
export class Link extends Emitter {
  /** Whether anything was ever heard of the server. */
  heard = false;

  #socket;
  #clock;
  #nextId = 1;
  /** @type {Map<number, {answer: Answer, at: number}>} */
  #unanswered = new Map();
  /** @type {{command: Command, answer: Answer}[]} */
  #queue = [];
  #pending = PENDING;
  #heardAt;
  #closed = false;
  /** @type {import('./types.js').Bye|null} */
  #bye = null;
  /** @type {any} */
  #timer;

  /** @param {Socket} socket @param {Clock} clock @param {number} [openingMs] how long it may take to open */
  constructor(socket, clock, openingMs = OPENING_MS) {
    super();
    this.#socket = socket;
    this.#clock = clock;
    this.#heardAt = clock.now();
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.#opened();
    socket.onmessage = ({ data }) => this.#received(data);
    socket.onclose = ({ code, reason }) => this.#end(code, reason);
    this.#timer = clock.setTimeout(() => this.drop('not opened in time'), openingMs);
    // One that was opened ahead of time will not say so again.
    if (socket.readyState === OPEN) queueMicrotask(() => !this.#closed && this.#opened());
  }

  /** Whether every command has its answer. */
  get idle() {
    return this.#unanswered.size === 0 && this.#queue.length === 0;
  }

  /** @param {number} pending how many unanswered commands the server bears */
  limit(pending) {
    this.#pending = pending;
  }

  /**
   * @param {Command} command
   * @param {Answer} [answer]
   * @param {number} [patienceMs] how long silence may last after this command
   */
  send(command, answer = () => {}, patienceMs = SILENCE_MS) {
    if (this.#closed || this.#socket.readyState > OPEN || this.#queue.length >= QUEUED) {
      answer(DISCONNECTED, null);
    } else if (this.#unanswered.size >= this.#pending) {
      this.#queue.push({ command, answer });
    } else {
      const id = this.#nextId++;
      this.#unanswered.set(id, { answer, at: this.#clock.now() });
      this.#socket.send(JSON.stringify({ ...command, id }));
      this.#watch(patienceMs);
    }
  }

  /** Ends it now. A dead network would keep the closing handshake waiting, so nobody waits for that. @param {string} why */
  drop(why) {
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
    this.#end(SILENT, why);
  }

  #opened() {
    this.#clock.clearTimeout(this.#timer);
    this.#heardAt = this.#clock.now();
    this.emit('open');
  }

  /** @param {string|ArrayBuffer} data */
  #received(data) {
    this.#heardAt = this.#clock.now();
    this.heard = true;
    for (const object of objectsOf(data)) {
      if (this.#closed) return;
      if ('re' in object) {
        this.#answered(object);
      } else if (object.type === 'bye') {
        this.#bye = object;
      } else if (typeof object.type === 'string') {
        this.emit('event', object);
      } else if (object.error) {
        console.warn('The server could not read a line:', object.error.message);
      }
    }
    if (this.idle) this.emit('idle');
  }

  /** @param {Record<string, any>} reply */
  #answered(reply) {
    const waiting = this.#unanswered.get(reply.re);
    if (!waiting) return;
    this.#unanswered.delete(reply.re);
    waiting.answer(reply.error ?? null, reply.ok ?? {});
    const next = this.#queue.shift();
    if (next) this.send(next.command, next.answer);
  }

  /** Whatever is heard counts as life; only silence with something unanswered is death. @param {number} patienceMs */
  #watch(patienceMs) {
    const sentAt = this.#clock.now();
    this.#clock.setTimeout(() => {
      const oldest = this.#unanswered.values().next().value;
      if (!this.#closed && oldest && oldest.at <= sentAt && this.#heardAt <= sentAt) {
        this.drop('no answer');
      }
    }, patienceMs);
  }

  /** @param {number} code @param {string} reason */
  #end(code, reason) {
    if (this.#closed) return;
    this.#closed = true;
    this.#clock.clearTimeout(this.#timer);
    const left = [...this.#unanswered.values(), ...this.#queue];
    this.#unanswered.clear();
    this.#queue = [];
    left.forEach(({ answer }) => answer(DISCONNECTED, null));
    this.emit('close', { code, reason, bye: this.#bye });
  }
}
