// @ts-check
/** @typedef {import('../connection/connection.js').Connection} Connection */

/** What people do to messages and rooms that are there already. Each is rejected with a Refusal. */
export class Acts {
  #connection;

  /** @param {Connection} connection */
  constructor(connection) {
    this.#connection = connection;
  }

  /** @param {string} room @param {number} seq @param {string} text */
  edit(room, seq, text) {
    return this.#connection.ask({ do: 'edit', room, seq, text });
  }

  /** @param {string} room @param {number} seq */
  erase(room, seq) {
    return this.#connection.ask({ do: 'delete', room, seq });
  }

  /** @param {string} room @param {number} seq @param {string} emoji @param {boolean} on */
  react(room, seq, emoji, on) {
    return this.#connection.ask({ do: 'react', room, seq, emoji, on });
  }

  /** @param {string} room @param {string} topic */
  entitle(room, topic) {
    return this.#connection.ask({ do: 'manage', room, set: { topic: topic.replace(/\s+/g, ' ').trim() } });
  }
}
