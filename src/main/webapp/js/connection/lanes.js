// @ts-check
/** @typedef {import('./types.js').Command} Command */

/** Commands in one body at most; the server takes 64. */
const COMMANDS = 32;
const BODY_CHARACTERS = 24_000;

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

  /** @param {(commands: Command[]) => Promise<void>} carry one request; its end frees the lane */
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

  clear() {
    this.#lanes.forEach((lane) => (lane.waiting = []));
  }

  /** @param {{waiting: Command[], busy: boolean}} lane */
  async #next(lane) {
    if (lane.busy || lane.waiting.length === 0) return;
    lane.busy = true;
    try {
      await this.#carry(taken(lane.waiting));
    } finally {
      lane.busy = false;
    }
    void this.#next(lane);
  }
}

/** As many from the front as one request bears. @param {Command[]} waiting */
function taken(waiting) {
  let characters = 0;
  const fits = waiting.findIndex((command, i) => (characters += JSON.stringify(command).length) > BODY_CHARACTERS && i > 0);
  return waiting.splice(0, Math.min(fits < 0 ? waiting.length : fits, COMMANDS));
}
