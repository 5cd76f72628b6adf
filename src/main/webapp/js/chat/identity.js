// @ts-check
import { Emitter } from '../connection/emitter.js';

/** @typedef {import('../connection/types.js').User} User */
/** @typedef {import('../connection/types.js').Refusal} Refusal */

/** Refusals of a `hello` that are about the name it offered. */
const ABOUT_NAME = new Set(['name_taken', 'bad_request', 'too_long']);

/**
 * Who this page is: what it says in `hello`, and what it was told. The session is the browser's cookie; only where the
 * server hands out a token, because no cookie came, is that kept here. Emits `change`.
 */
export class Identity extends Emitter {
  /** @type {User|null} */
  you = null;
  /** The name one wanted, while one is called otherwise. @type {string|null} */
  missed = null;

  #keep;
  #offers = true;

  /** @param {import('./keep.js').Keep} keep */
  constructor(keep) {
    super();
    this.#keep = keep;
  }

  /** Whether a name was ever chosen, or choosing one put off. */
  get settled() {
    return this.#keep.get('name') !== null || this.#keep.get('named') === true || this.you?.guest === false;
  }

  /** Content with the name one has. */
  putOff() {
    this.missed = null;
    this.#keep.remove('name');
    this.#keep.put('named', true);
    this.emit('change');
  }

  hello() {
    const name = this.#offers ? this.#keep.get('name') : null;
    const token = this.#keep.get('token');
    return { client: 'parley-page', ...(token && { token }), ...(name && { name }) };
  }

  /** What was offered is not offered again; without it there may be a welcome. @param {Refusal} refusal */
  refused(refusal) {
    const { name, token } = /** @type {any} */ (this.hello());
    if (name && ABOUT_NAME.has(refusal.code)) {
      this.#offers = false;
      return true;
    }
    if (token && ['not_authenticated', 'expired'].includes(refusal.code)) {
      this.#keep.remove('token');
      return true;
    }
    return false;
  }

  /** @param {import('../connection/types.js').Welcome} welcome */
  welcomed({ you, token }) {
    if (token) this.#keep.put('token', token);
    const wanted = this.#keep.get('name');
    this.missed = wanted !== null && folded(wanted) !== folded(you.name) ? wanted : null;
    this.#become(you);
  }

  /** The server took the name. @param {User} you */
  named(you) {
    this.missed = null;
    this.#offers = true;
    this.#keep.put('name', you.name);
    this.#become(you);
  }

  /** @param {User} user somebody's current name, perhaps one's own */
  profile(user) {
    if (this.you && user.id === this.you.id) this.#become({ ...this.you, ...user });
  }

  /** @param {User} you */
  #become(you) {
    this.you = you;
    this.emit('change');
  }
}

/** Names that differ only by case are the same. @param {string} name */
function folded(name) {
  return name.normalize('NFKC').toLowerCase();
}
