// @ts-check
/** When to come back after a connection has ended, and whether to at all. */

const FIRST_MS = 150;
const STEP_MS = 500;
const LONGEST_MS = 15_000;
const OVERLOADED_MS = 5_000;
const FLOODING_MS = 30_000;

/** The server has put this person out: it will not have them back by themselves. */
export const FORBIDDEN = 3003;

/** Codes that mean: coming back changes nothing. */
const FINAL = new Set([1008, FORBIDDEN]);

/** Codes that mean: come back, but not at once. */
const LEAST_MS = new Map([
  [1002, OVERLOADED_MS],
  [1003, OVERLOADED_MS],
  [1007, OVERLOADED_MS],
  [1009, OVERLOADED_MS],
  [1013, OVERLOADED_MS],
  [4002, FLOODING_MS],
]);

/** The server wants another identity: the kept token is worth nothing. */
export const UNAUTHORISED = 3000;

/**
 * Full jitter over the upper half, so that a thousand pages do not come back in the same moment.
 *
 * @param {number} attempt 0 for the first one after a working connection
 * @param {() => number} random
 */
export function delayMs(attempt, random) {
  const most = attempt === 0 ? FIRST_MS : Math.min(LONGEST_MS, STEP_MS * 2 ** (attempt - 1));
  return most * (0.5 + random() / 2);
}

/**
 * @param {import('./types.js').Ending} ending
 * @returns {{reconnect: boolean, leastMs: number}}
 */
export function verdictOn({ code, bye }) {
  if (bye?.reconnect === false || FINAL.has(code)) {
    return { reconnect: false, leastMs: 0 };
  }
  return { reconnect: true, leastMs: Math.max(bye?.retryAfter ?? 0, LEAST_MS.get(code) ?? 0) };
}
