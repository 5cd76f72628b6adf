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
};
