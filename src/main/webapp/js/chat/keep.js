// @ts-check
import { Emitter } from '../connection/emitter.js';

const STORE = 'kept';

/**
 * What the page keeps in the browser: all of it at hand, every change written at once, other tabs told of it.
 *
 * A browser that keeps nothing (private mode, storage full) is borne: then it is remembered as long as the page lives.
 * Emits `change` with the name of what another tab put or removed.
 */
export class Keep extends Emitter {
  #database;
  #channel;
  /** @type {Map<string, any>} */
  #all;
  /** @type {Set<string>} */
  #dirty = new Set();

  /** @param {IDBDatabase|null} database @param {Map<string, any>} all what is in it @param {BroadcastChannel|null} channel to the other tabs */
  constructor(database, all, channel) {
    super();
    this.#database = database;
    this.#all = all;
    this.#channel = channel;
    if (channel) channel.onmessage = ({ data }) => this.#heard(data);
  }

  /** Apart from every other Parley on the same origin. @param {string} path the path that this one lies under */
  static async open(path) {
    const name = `parley:${path}`;
    const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(name) : null;
    try {
      const database = await opened(name);
      return new Keep(database, await everything(database), channel);
    } catch {
      return new Keep(null, new Map(), channel);
    }
  }

  /** @param {string} name @returns {any} null when there is nothing */
  get(name) {
    return this.#all.get(name) ?? null;
  }

  /** @param {string} name @param {unknown} value */
  put(name, value) {
    this.#all.set(name, structuredClone(value));
    this.#changed(name);
  }

  /** @param {string} name */
  remove(name) {
    if (this.#all.delete(name)) this.#changed(name);
  }

  /** @param {string} family @returns {any[]} everything kept as `family:…` */
  all(family) {
    return [...this.#all].filter(([name]) => name.startsWith(`${family}:`)).map(([, value]) => value);
  }

  close() {
    this.#flush();
    this.#channel?.close();
    this.#database?.close();
  }

  /** @param {string} name */
  #changed(name) {
    this.#channel?.postMessage({ name, value: this.get(name) });
    if (this.#dirty.size === 0) queueMicrotask(() => this.#flush());
    this.#dirty.add(name);
  }

  /** Committed in so many words: a page that is closed the next moment has written it. */
  #flush() {
    const names = [...this.#dirty];
    this.#dirty.clear();
    if (!this.#database || names.length === 0) return;
    try {
      const transaction = this.#database.transaction(STORE, 'readwrite', { durability: 'strict' });
      const store = transaction.objectStore(STORE);
      for (const name of names) {
        if (this.#all.has(name)) store.put(this.#all.get(name), name);
        else store.delete(name);
      }
      transaction.commit();
    } catch {
      // The browser took the database away: what is at hand is all there is.
      this.#database = null;
    }
  }

  /** @param {{name: string, value: any}} told */
  #heard({ name, value }) {
    if (value === null) this.#all.delete(name);
    else this.#all.set(name, value);
    this.emit('change', name);
  }
}

/** @param {string} name @returns {Promise<IDBDatabase>} */
function opened(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = request.onblocked = () => reject(request.error);
  });
}

/** @param {IDBDatabase} database @returns {Promise<Map<string, any>>} */
function everything(database) {
  return new Promise((resolve, reject) => {
    const store = database.transaction(STORE).objectStore(STORE);
    const names = store.getAllKeys();
    const values = store.getAll();
    values.onsuccess = () => resolve(new Map(names.result.map((name, i) => [String(name), values.result[i]])));
    values.onerror = () => reject(values.error);
  });
}
