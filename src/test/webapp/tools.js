// @ts-check
/** What the tests of several models need. */
import { RoomLog } from '/js/log/room-log.js';

export const ada = { id: 'a', name: 'Ada' };
export const tom = { id: 't', name: 'Tom' };

export function equal(actual, expected) {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${a} is not ${b}`);
}

/** Time goes on when it is told to. */
export class FakeClock {
  time = 0;
  timers = [];
  setTimeout(f, ms) {
    const timer = { f, at: this.time + ms };
    this.timers.push(timer);
    return timer;
  }
  clearTimeout(timer) {
    this.timers = this.timers.filter((other) => other !== timer);
  }
  now() {
    return this.time;
  }
  pass(ms) {
    const end = this.time + ms;
    for (;;) {
      const next = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.clearTimeout(next);
      this.time = next.at;
      next.f();
    }
    this.time = end;
  }
}

/** Small numbers that look like chance, the same each time. */
export function chance(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
}

export const message = (seq, from = tom, more = {}) => ({ type: 'message', room: 'r', seq, at: `2026-01-01T00:00:${String(seq % 60).padStart(2, '0')}.000Z`, from, text: `m${seq}`, ...more });

export function joinedLog(head, messages, first = 1) {
  const log = new RoomLog('r', () => 'a');
  log.join();
  log.joined({ room: 'r', epoch: 'e', first, head, messages, mine: {}, complete: false, present: [], presentCount: 0 });
  return log;
}

export const seqs = (items) => items.map(({ seq }) => seq);
