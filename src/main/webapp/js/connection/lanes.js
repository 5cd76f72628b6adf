// @ts-check
/** @typedef {import('./types.js').Command} Command */

/** Commands in one body at most; the server takes 64. */
const COMMANDS = 32;
const BODY_CHARACTERS = 24_000;

/**
 * Newest pages asked for in one body at most. The server's answer ends at 256 KiB, and nothing of it is heard before all of it has
 * come: on a slow line, longer than anybody waits for a word.
 */
const NEWEST = 2;

/** Commands whose answers may come out of order, so that none of them waits for another kind. Everything else is in order. */
const ASIDE = new Map([
  ['read', 'marks'],
  ['history', 'pages'],
  ['thread', 'pages'],
  ['search', 'pages'],
  ['rooms', 'lists'],
  ['who', 'lists'],
]);

/**
 * Commands on their way by requests: in each lane one request at a time, with all that has gathered since the last, so that
 * what must take effect in order does.
 */
export class Lanes {
  /** @type {Map<string, {waiting: Command[], busy: boolean}>} */
  #lanes = new Map();
  #carry;

  /** @param {(commands: Command[]) => Promise<Command[]>} carry one request; its end frees the lane, and what it comes back with goes first in the next one */
  constructor(carry) {
    this.#carry = carry;
  }

  /** @param {Command} command */
  add(command) {
    const name = ASIDE.get(command.do) ?? 'in order';
    const lane = this.#lanes.get(name) ?? { waiting: [], busy: false };
    this.#lanes.set(name, lane);
    lane.waiting.push(command);
    // What is said in the same moment goes together.
    queueMicrotask(() => void this.#next(lane));
  }

  /** Whether such a command waits here. @param {(command: Command) => boolean} such */
  some(such) {
    return [...this.#lanes.values()].some(({ waiting }) => waiting.some(such));
  }

  clear() {
    this.#lanes.forEach((lane) => (lane.waiting = []));
  }

  /** @param {{waiting: Command[], busy: boolean}} lane */
  async #next(lane) {
    if (lane.busy || lane.waiting.length === 0) return;
    lane.busy = true;
    try {
      lane.waiting.unshift(...(await this.#carry(taken(lane.waiting))));
    } finally {
      lane.busy = false;
    }
    void this.#next(lane);
  }
}

/** As many from the front as one request bears. @param {Command[]} waiting */
function taken(waiting) {
  let characters = 0;
  let newest = 0;
  const tooMany = waiting.findIndex((command, i) => {
    characters += JSON.stringify(command).length;
    if (command.do === 'join' && command.last !== undefined) newest++;
    return i > 0 && (characters > BODY_CHARACTERS || newest > NEWEST);
  });
  return waiting.splice(0, Math.min(tooMany < 0 ? waiting.length : tooMany, COMMANDS));
}
