// @ts-check
import { text } from '../text/text.js';
import { Part } from './part.js';

/** More messages than this within that time are not read out one by one: nobody can listen to a crowd. */
const CROWD = 4;
const CROWD_MS = 5_000;

/** By then it has been taken up to be read out. */
const LINE_MS = 5_000;
const LONGEST = 300;

/**
 * Reads out what others say in the current room, and nothing else: the rows that are shown come and go for many reasons
 * (history, another room, a message drawn anew), so they are silent, and what is to be heard is said here, once.
 */
export class ParleyAnnouncer extends Part {
  /** @type {number[]} */
  #heardAt = [];
  #untold = 0;
  /** @type {any} */
  #timer;

  build() {
    this.className = 'unseen';
    this.setAttribute('role', 'log');
    this.setAttribute('aria-live', 'polite');
    this.setAttribute('aria-relevant', 'additions');
    this.watch(this.chat, 'heard', ({ log, message }) => log === this.chat.current && this.#heard(log, message));
    this.watch(this.chat, 'room', () => this.#calmDown());
    this.watch(this.chat.rooms, 'entry', ({ event }) => event.type === 'delete' && this.#forget(event.room, event.of));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#calmDown();
  }

  /** The lines stay as they were read out, whatever language is spoken now. */
  update() {
    this.setAttribute('aria-label', text.whatIsNew);
  }

  /** @param {import('../log/room-log.js').RoomLog} log @param {import('../connection/types.js').Message} message */
  #heard(log, { seq, from, text: words = '', thread }) {
    if (document.visibilityState !== 'visible') return;
    const now = Date.now();
    this.#heardAt = this.#heardAt.filter((at) => at > now - CROWD_MS);
    this.#heardAt.push(now);
    const cut = words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
    if (this.#untold === 0 && this.#heardAt.length <= CROWD) this.#say(thread ? text.saidInThread(from.name, cut) : text.said(from.name, cut), `${log.name}/${seq}`);
    else this.#count();
  }

  /** Told of by their number, once that time has passed. */
  #count() {
    if (this.#untold++ > 0) return;
    this.#timer = setTimeout(() => {
      this.#say(text.moreSaid(this.#untold));
      this.#untold = 0;
    }, CROWD_MS);
  }

  #calmDown() {
    clearTimeout(this.#timer);
    this.#untold = 0;
    this.#heardAt = [];
  }

  /** @param {string} words @param {string} [of] the message that they are from */
  #say(words, of = '') {
    const line = document.createElement('p');
    line.dir = 'auto';
    line.dataset.of = of;
    line.textContent = words;
    this.append(line);
    setTimeout(() => line.remove(), LINE_MS);
  }

  /** What was deleted is nowhere any more. @param {string|undefined} room @param {number} seq */
  #forget(room, seq) {
    this.querySelector(`[data-of="${CSS.escape(`${room}/${seq}`)}"]`)?.remove();
  }
}

customElements.define('parley-announcer', ParleyAnnouncer);
