// @ts-check
/**
 * What the page keeps in the browser, apart from every other Parley on the same origin. A browser that keeps nothing
 * (private mode, storage full) is borne: then it is remembered as long as the page lives.
 */
export class Keep {
  #storage;
  #prefix;
  /** @type {Map<string, string>} */
  #fallback = new Map();

  /** @param {Storage|null} storage @param {string} path the path that this Parley lies under */
  constructor(storage, path) {
    this.#storage = storage;
    this.#prefix = `parley:${path}:`;
  }

  /** @param {string} name @returns {any} null when there is nothing, or nothing that can be read */
  get(name) {
    try {
      return JSON.parse(this.#read(this.#prefix + name) ?? 'null');
    } catch {
      return null;
    }
  }

  /** @param {string} name @param {unknown} value */
  put(name, value) {
    const text = JSON.stringify(value);
    try {
      if (!this.#storage) throw new Error('no storage');
      this.#storage.setItem(this.#prefix + name, text);
      this.#fallback.delete(this.#prefix + name);
    } catch {
      this.#fallback.set(this.#prefix + name, text);
    }
  }

  /** @param {string} name */
  remove(name) {
    this.#fallback.delete(this.#prefix + name);
    try {
      this.#storage?.removeItem(this.#prefix + name);
    } catch {
      // Nothing was kept there, then.
    }
  }

  /** @param {string} family @returns {any[]} everything kept as `family:…` */
  all(family) {
    const start = `${this.#prefix}${family}:`;
    return this.#names()
      .filter((name) => name.startsWith(start))
      .map((name) => this.get(name.slice(this.#prefix.length)))
      .filter((value) => value !== null);
  }

  /** @param {string} name */
  #read(name) {
    return this.#fallback.get(name) ?? this.#storage?.getItem(name) ?? null;
  }

  #names() {
    const stored = [];
    for (let i = 0; i < (this.#storage?.length ?? 0); i++) {
      stored.push(this.#storage?.key(i) ?? '');
    }
    return [...new Set([...stored, ...this.#fallback.keys()])];
  }
}
