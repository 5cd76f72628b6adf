// @ts-check
/** @typedef {import('../log/room-log.js').RoomLog} RoomLog */

const EVERY_MS = 20_000;

/** By then oneself, too, is known to be there: by the first poll. */
const SOON_MS = 1_500;

/**
 * What a way that is no WebSocket does not tell of its own accord is asked for, while somebody looks: the list of rooms, and
 * where polls carry no signals, who is in the room that is looked at. Of every other room nobody knows it then.
 */
export class Rounds {
  #chat;
  #clock;
  #visible;
  /** @type {any} */
  #timer;

  /** @param {import('./chat.js').Chat} chat @param {import('../connection/link.js').Clock} clock @param {() => boolean} visible */
  constructor(chat, clock, visible) {
    this.#chat = chat;
    this.#clock = clock;
    this.#visible = visible;
    chat.connection.on('ready', () => this.#again());
    chat.connection.on('parted', () => clock.clearTimeout(this.#timer));
    chat.on('room', (log) => this.#arrived(log));
    chat.rooms.on('joined', (log) => this.#arrived(log));
  }

  /** The page was looked at again. */
  look() {
    if (this.#chat.current) this.#askWho(this.#chat.current);
  }

  #again() {
    this.#clock.clearTimeout(this.#timer);
    if (this.#chat.connection.way?.name === 'websocket') return;
    this.#timer = this.#clock.setTimeout(() => this.#go(), EVERY_MS);
  }

  #go() {
    if (this.#visible()) {
      this.#chat.directory.refresh();
      this.look();
    }
    this.#again();
  }

  /** Who was here when it was looked at last says nothing now. @param {RoomLog} log */
  #arrived(log) {
    if (this.#chat.connection.way?.name !== 'poll' || log.state !== 'joined') return;
    log.alone();
    this.#askWho(log);
    this.#clock.setTimeout(() => this.#askWho(log), SOON_MS);
  }

  /** @param {RoomLog} log */
  #askWho(log) {
    const { connection, current } = this.#chat;
    if (connection.way?.name !== 'poll' || log.state !== 'joined' || log !== current) return;
    connection.send({ do: 'who', room: log.name }, (refusal, ok) => {
      if (!refusal) log.applyPresence({ type: 'presence', reset: true, ...ok });
    });
  }
}
