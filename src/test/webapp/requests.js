// @ts-check
/** What the ways by request do when something goes wrong: part of what models.js tries. */
import { polling, settled } from './fake-server.js';
import { equal } from './tools.js';

const NOTHING = JSON.stringify({ rooms: {}, at: 'r@e:7' });

/** The last poll ends so, after so long; what follows is asked at once. */
async function ends({ server, clock }, ms, how) {
  clock.pass(ms);
  how(server.asked.at(-1));
  await settled();
  clock.pass(0);
}

export const requests = {
  aSleepMakesNoPollWaitLongerThanTheServerLetsIt() {
    return (async () => {
      const line = await polling();
      const waits = () => line.server.asked.at(-1).json().wait;
      line.clock.time += 300_000;
      await ends(line, 0, (poll) => poll.breaks());
      equal(waits(), 25);
      await ends(line, 29_000, (poll) => poll.breaks());
      equal(waits(), 12);
      await ends(line, 16_000, (poll) => poll.breaks());
      equal(waits(), 6);
    })();
  },

  pollsThatLastedLetTheNextOnesWaitLongerAgain() {
    return (async () => {
      const line = await polling();
      const waits = [];
      await ends(line, 2_000, (poll) => poll.breaks());
      for (let i = 0; i < 26; i++) {
        const wait = line.server.asked.at(-1).json().wait;
        if (waits.at(-1) !== wait) waits.push(wait);
        await ends(line, wait * 1_000, (poll) => poll.with(200, NOTHING));
      }
      equal(waits, [1, 2, 4, 8, 16, 25]);
    })();
  },

  aPollThatTheServerCannotUnderstandEndsTheSocket() {
    return (async () => {
      const line = await polling();
      await ends(line, 0, (poll) => poll.with(400, JSON.stringify({ code: 'bad_request', detail: 'wait is at most 60' }), 'application/problem+json'));
      equal(line.socket.ending, { code: 4902, reason: 'wait is at most 60' });
    })();
  },

  aPollWhoseAnswerIsSwallowedIsCutOffAndTheNextOneWaitsLess() {
    return (async () => {
      const { server, clock, socket } = await polling();
      const first = server.asked.at(-1);
      clock.pass(35_000);
      await settled();
      clock.pass(0);
      equal([first.signal.aborted, server.asked.at(-1) === first, server.asked.at(-1).json().wait, socket.ending ?? null], [true, false, 12, null]);
      for (let i = 0; i < 60 && !socket.ending; i++) {
        clock.pass(2_000);
        await settled();
      }
      equal(socket.ending?.code, 4902);
    })();
  },

  aBodyThatDoesNotEndIsCutOffToo() {
    return (async () => {
      const { server, clock } = await polling();
      const first = server.asked.at(-1);
      first.streams();
      await settled();
      clock.pass(35_000);
      await settled();
      clock.pass(0);
      equal([first.signal.aborted, server.asked.at(-1) === first], [true, false]);
    })();
  },

  aServerThatAlwaysRefusesThePollIsNoConnection() {
    return (async () => {
      const line = await polling();
      const no = (poll) => poll.with(429, JSON.stringify({ code: 'too_many', detail: 'too many wait', retryAfter: 500 }), 'application/problem+json');
      for (const ok of [false, false, true, false, false, false]) {
        equal(line.socket.ending ?? null, null);
        await ends(line, 0, ok ? (poll) => poll.with(200, NOTHING) : no);
        line.clock.pass(500);
      }
      equal(line.socket.ending, { code: 1013, reason: 'too many wait' });
    })();
  },
};
