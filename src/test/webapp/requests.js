// @ts-check
/** What the ways by request do when something goes wrong: part of what models.js tries. */
import { Rooms } from '/js/chat/rooms.js';
import { BLOCKED, UNFIT } from '/js/connection/http-socket.js';
import { pollWay } from '/js/connection/poll-way.js';
import { BASE, fakeServer, opened, polling, settled, streaming } from './fake-server.js';
import { equal, FakeClock, message } from './tools.js';

const NOTHING = JSON.stringify({ rooms: {}, at: 'r@e:7' });

/** The last poll ends so, after so long; what follows is asked at once. */
async function ends({ server, clock }, ms, how) {
  clock.pass(ms);
  how(server.asked.at(-1));
  await settled();
  clock.pass(0);
}

/** Rooms over a connection whose commands the test answers. */
function roomsOf() {
  const clock = new FakeClock();
  const sent = [];
  const connection = { phase: 'open', send: (command, answer) => sent.push({ command, answer }) };
  return { rooms: new Rooms(connection, () => 'a', clock), sent, clock };
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

  roomsThatAreReadFromTheirNewestPageAreJoinedTwoByTwo() {
    return (async () => {
      const server = fakeServer();
      const { sends, heard } = await opened(pollWay(BASE, new FakeClock(), 'c', server.fetch));
      const rooms = ['a', 'b', 'c', 'd', 'e'];
      rooms.forEach((room, i) => sends({ do: 'join', id: i + 1, room, last: 50 }));
      for (let id = 6; id < 10; id++) sends({ do: 'join', id, room: `f${id}`, after: 3, epoch: 'e' });
      const bodies = [];
      for (let i = 0; i < 3; i++) {
        await settled();
        const asked = server.asked.filter(({ door }) => door.endsWith('/api/do')).at(-1);
        bodies.push(asked.lines().map(({ id }) => id));
        asked.oks(...asked.lines().map(({ room }) => ({ room, epoch: 'e', head: 3, complete: room.length > 1 })));
      }
      await settled();
      equal(bodies, [[1, 2], [3, 4], [5, 6, 7, 8, 9]]);
      equal(heard.map(({ re }) => re), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    })();
  },

  whatIsFollowedBeginsAgainOnceAllJoinsAreAnsweredHoweverTheyAre() {
    return (async () => {
      const { server, sends, heard } = await polling();
      const before = server.asked.at(-1);
      const polls = () => server.asked.filter(({ door }) => door.endsWith('/api/events'));
      ['a', 'b', 'c', 'd', 'e'].forEach((room, i) => sends({ do: 'join', id: i + 2, room, last: 50 }));
      for (let i = 0; i < 3; i++) {
        await settled();
        equal([i, polls().length, before.signal.aborted], [i, 1, i > 0]);
        const asked = server.asked.at(-1);
        if (i < 2) asked.oks(...asked.lines().map(({ room }) => ({ room, epoch: 'e', head: 3, complete: false })));
        else asked.with(503, JSON.stringify({ code: 'unavailable', detail: 'later' }), 'application/problem+json');
      }
      await settled();
      equal([heard.at(-1).error.code, polls().length, Object.keys(polls().at(-1).json().at)], ['unavailable', 2, ['r', 'a', 'b', 'c', 'd']]);
    })();
  },

  whatHadNoRoomInALongAnswerIsAskedForAgainBeforeAllElse() {
    return (async () => {
      const server = fakeServer();
      const { sends, heard } = await opened(pollWay(BASE, new FakeClock(), 'c', server.fetch));
      for (const [i, room] of ['a', 'b', 'c'].entries()) sends({ do: 'join', id: i + 1, room, after: 1, epoch: 'e' });
      sends({ do: 'post', id: 4, room: 'a', text: 'x' });
      await settled();
      sends({ do: 'post', id: 5, room: 'a', text: 'y' });
      const full = (re) => ({ re, error: { code: 'too_large', message: 'the answer is long already' } });
      const joined = (re, room) => ({ re, ok: { room, epoch: 'e', head: 1, complete: true } });
      const says = (asked, ...replies) => asked.with(200, replies.map((reply) => JSON.stringify(reply)).join('\n'));
      says(server.asked[0], joined(1, 'a'), full(2), full(3), full(4));
      await settled();
      equal(heard.map(({ re, error }) => [re, error?.code ?? 'ok']), [[1, 'ok'], [4, 'too_large']]);
      const again = server.asked.filter(({ door }) => door.endsWith('/api/do')).at(-1);
      equal(again.lines().map(({ id }) => id), [2, 3, 5]);
      says(again, full(2), joined(3, 'c'), { re: 5, ok: { seq: 1 } });
      await settled();
      equal(heard.slice(2).map(({ re, error }) => [re, error?.code ?? 'ok']), [[2, 'too_large'], [3, 'ok'], [5, 'ok']]);
    })();
  },

  anAnswerThatIsCutOffRefusesNothing() {
    return (async () => {
      const server = fakeServer();
      const { socket, sends, heard } = await opened(pollWay(BASE, new FakeClock(), 'c', server.fetch));
      sends({ do: 'post', id: 1, room: 'r', text: 'x' });
      await settled();
      server.asked[0].streams();
      await settled();
      server.asked[0].writes({ re: 1 });
      server.asked[0].cuts();
      await settled();
      equal([heard, socket.ending?.code], [[], 4902]);
    })();
  },

  aJoinThatCannotBeDoneJustNowIsTriedAgain() {
    for (const [code, retryAfter, ms] of [['unavailable', 700, 700], ['rate_limited', undefined, 2_000], ['too_many', undefined, 2_000], ['internal', undefined, 2_000]]) {
      const { rooms, sent, clock } = roomsOf();
      const log = rooms.visit('r');
      sent[0].answer({ code, message: 'no', retryAfter }, null);
      equal([code, log.state, log.refusal], [code, 'joining', null]);
      clock.pass(ms - 1);
      equal(sent.length, 1);
      clock.pass(1);
      equal(sent.map(({ command }) => command.do), ['join', 'join']);
      sent[1].answer({ code: 'no_such_room', message: 'gone' }, null);
      clock.pass(60_000);
      equal([log.state, sent.length], ['refused', 2]);
    }
  },

  aJoinIsNotTriedAgainWhereItIsNotWantedAnyMore() {
    const { rooms, sent, clock } = roomsOf();
    const no = { code: 'unavailable', message: 'no' };
    rooms.visit('r');
    rooms.visit('s');
    sent.forEach(({ answer }) => answer(no, null));
    rooms.leave('r');
    rooms.parted();
    rooms.ready();
    equal(sent.length, 3);
    clock.pass(60_000);
    equal(sent.map(({ command }) => command.room), ['r', 's', 's']);
  },

  aStreamThatBeginsAgainLeavesOutTheRoomThatItWasPutOutOf() {
    return (async () => {
      const { server, heard, sends, socket } = await streaming();
      sends({ do: 'join', id: 3, room: 's', after: 3, epoch: 'f' });
      await settled();
      server.asked.at(-1).oks({ room: 's', epoch: 'f', head: 3, complete: true });
      await settled();
      const stream = server.asked.at(-1);
      stream.streams();
      await settled();
      stream.writes({ type: 'left', room: 'r', reason: 'removed' }, message(8));
      await settled();
      stream.end();
      await settled();
      equal(heard.filter(({ type }) => type), [{ type: 'left', room: 'r', reason: 'removed' }]);
      const next = server.asked.at(-1);
      equal([next === stream, next.json().at], [false, { s: { epoch: 'f', seq: 3 } }]);
      next.streams();
      await settled();
      next.writes({ type: 'left', room: 's', reason: 'removed' });
      await settled();
      equal([next.signal.aborted, server.asked.at(-1) === next, socket.ending ?? null], [true, true, null]);
    })();
  },

  requestsCarryTheNameThatAGuestHasJustNow() {
    return (async () => {
      const server = fakeServer();
      const { sends } = await opened(pollWay(BASE, new FakeClock(), 'c', server.fetch));
      const says = async (command, ok) => {
        sends(command);
        await settled();
        const asked = server.asked.at(-1);
        asked.oks(ok);
        await settled();
        return asked.search;
      };
      equal(await says({ do: 'hello', id: 1 }, { you: { id: 'a', name: 'Åda & Co', guest: true } }), '');
      equal(await says({ do: 'who', id: 2, room: 'r' }, {}), '?name=%C3%85da+%26+Co');
      equal(await says({ do: 'name', id: 3, name: 'Eve' }, { you: { id: 'a', name: 'Eve', guest: true } }), '?name=%C3%85da+%26+Co');
      equal(await says({ do: 'join', id: 4, room: 'r', last: 50 }, { room: 'r', epoch: 'e', head: 7 }), '?name=Eve');
      equal([server.asked.at(-1).door, server.asked.at(-1).search], ['/talk/api/events', '?name=Eve']);
      equal(await says({ do: 'hello', id: 5 }, { you: { id: 'a', name: 'Eve', guest: false } }), '?name=Eve');
      equal(await says({ do: 'who', id: 6, room: 'r' }, {}), '');
    })();
  },

  aStreamThatCannotNameAllRoomsIsUnfit() {
    return (async () => {
      for (const [field, code] of [['at', UNFIT], ['client', BLOCKED]]) {
        const { server, socket } = await streaming();
        server.asked.at(-1).with(400, JSON.stringify({ code: 'bad_request', detail: 'too long', field }), 'application/problem+json');
        await settled();
        equal([field, socket.ending], [field, { code, reason: 'too long' }]);
      }
    })();
  },
};
