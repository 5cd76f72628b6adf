// @ts-check
/** @typedef {import('../connection/types.js').User} User */

/** Who is in a room now. Signals, not entries: nothing here has a position. */
export class Presence {
  /** @type {Map<string, User>} */
  #users = new Map();
  #count = 0;

  /** Those known by name, by name. */
  get users() {
    return [...this.#users.values()].sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  }

  /** All of them; in a large room more than are known by name. */
  get count() {
    return Math.max(this.#count, this.#users.size);
  }

  /** @param {User[]} [present] @param {number} [presentCount] */
  reset(present = [], presentCount = present.length) {
    this.#users = new Map(present.map((user) => [user.id, user]));
    this.#count = presentCount;
  }

  clear() {
    this.reset([]);
  }

  /** @param {import('../connection/types.js').Event} event */
  apply(event) {
    if (event.reset) {
      this.reset(event.present, event.presentCount);
      return;
    }
    for (const user of event.left ?? []) this.#users.delete(user.id ?? user);
    for (const user of event.joined ?? []) this.#users.set(user.id, user);
    this.#count = event.presentCount ?? this.#users.size;
  }

  /** @param {User} user with the name they have now; whoever is not here stays so @returns {boolean} */
  rename(user) {
    const known = this.#users.get(user.id);
    if (known) this.#users.set(user.id, { ...known, ...user });
    return known !== undefined;
  }
}
