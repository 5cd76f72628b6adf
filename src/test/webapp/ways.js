// @ts-check
/** The ways to the server, and the choice between them: part of what models.js tries. */
import { Emitter } from '/js/connection/emitter.js';
import { Rounds } from '/js/chat/rounds.js';
import { Connection } from '/js/connection/connection.js';
import { EventBlocks } from '/js/connection/event-blocks.js';
import { BLOCKED, UNFIT } from '/js/connection/http-socket.js';
import { Network } from '/js/connection/network.js';
import { pollWay } from '/js/connection/poll-way.js';
import { sseWay } from '/js/connection/sse-way.js';
import { BASE, fakeServer, opened, settled, streaming } from './fake-server.js';
import { chance, equal, FakeClock, joinedLog, message } from './tools.js';

/** Sockets that a test opens, answers and closes. */
function fakeWay(name) {
  const sockets = [];
  const open = () => {
    const socket = {
      sent: [], closed: false,
      send: (line) => socket.sent.push(JSON.parse(line)),
      close: () => (socket.closed = true),
      says: (object) => socket.onmessage({ data: JSON.stringify(object) }),
      answers: (ok = {}) => socket.says({ re: socket.sent.at(-1).id, ok }),
      welcomes: () => {
        socket.onopen();
        socket.answers({ you: { id: 'a', name: 'Ada' } });
      },
    };
    sockets.push(socket);
    return socket;
  };
  return { name, open, sockets };
}

function connectionBy(...names) {
  const clock = new FakeClock();
  const ways = names.map(fakeWay);
  const greeter = { hello: () => ({}), refused: () => false, welcomed() {} };
  const connection = new Connection({ ways, clock, greeter, random: () => 0.5 });
  const told = [];
  for (const type of ['ready', 'parted']) connection.on(type, () => told.push(type));
  connection.start();
  return { connection, clock, told, ways: Object.fromEntries(ways.map((way) => [way.name, way.sockets])) };
}

export const ways = {
  theLineGoesByTheNextWayWhenOneIsClosedAndByTheBetterOneWhenThatOpens() {
    const { connection, clock, told, ways } = connectionBy('websocket', 'sse');
    ways.websocket[0].onclose({ code: 1006, reason: '' });
    ways.sse[0].welcomes();
    equal([connection.phase, connection.way.name, connection.best, told], ['open', 'sse', false, ['ready']]);
    clock.pass(5_000);
    ways.websocket[1].welcomes();
    equal([connection.way.name, connection.best, ways.sse[0].closed, told], ['websocket', true, true, ['ready', 'parted', 'ready']]);
    equal(connection.phase, 'open');
  },

  whatIsStoppedIsNotAskedForAnyMore() {
    const { connection, clock, told, ways } = connectionBy('poll');
    const chat = Object.assign(new Emitter(), { connection, rooms: new Emitter(), current: null, directory: { refresh: () => told.push('refresh') } });
    const rounds = new Rounds(chat, clock, () => true);
    ways.poll[0].welcomes();
    clock.pass(20_000);
    connection.stop();
    clock.pass(100_000);
    equal(told, ['ready', 'refresh', 'parted']);
    equal([clock.timers.length, rounds instanceof Rounds], [0, true]);
  },

  aWayThatIsUnfitForThePageIsNotTriedAgainHoweverLongItWent() {
    for (const goodMs of [100, 40_000]) {
      const { connection, clock, ways } = connectionBy('websocket', 'sse', 'poll');
      ways.websocket[0].onclose({ code: BLOCKED, reason: '' });
      ways.sse[0].welcomes();
      for (let i = 0; i < goodMs / 1_000; i++) {
        clock.pass(Math.min(goodMs, 1_000));
        ways.websocket.at(-1).onclose?.({ code: 1006, reason: '' });
        if (ways.sse[0].sent.at(-1).do === 'ping') ways.sse[0].answers();
      }
      equal([connection.phase, connection.way.name], ['open', 'sse']);
      ways.sse[0].onclose({ code: UNFIT, reason: '' });
      ways.poll[0].welcomes();
      const { length } = ways.websocket;
      for (let i = 0; i < 400; i++) {
        clock.pass(1_000);
        ways.websocket.at(-1).onclose?.({ code: 1006, reason: '' });
        if (ways.poll[0].sent.at(-1).do === 'ping') ways.poll[0].answers();
      }
      equal([connection.way.name, ways.sse.length, ways.websocket.length > length], ['poll', 1, true]);
    }
  },

  aWayThatIsUnfitForThePageIsPassedOverOnTheWayDownToo() {
    const { connection, clock, ways } = connectionBy('websocket', 'sse', 'poll');
    ways.websocket[0].onclose({ code: BLOCKED, reason: '' });
    ways.sse[0].welcomes();
    ways.sse[0].onclose({ code: UNFIT, reason: '' });
    ways.poll[0].onclose({ code: 1001, reason: '' });
    clock.pass(1_000);
    ways.websocket[1].welcomes();
    for (let i = 1; i < 3; i++) {
      ways.websocket[i].onclose({ code: 1006, reason: '' });
      clock.pass(1_000);
      ways.websocket[i + 1]?.welcomes();
    }
    equal([connection.phase, ways.websocket.length, ways.sse.length, ways.poll.length], ['connecting', 3, 1, 2]);
    ways.poll[1].onclose({ code: 1001, reason: '' });
    clock.pass(60_000);
    equal([ways.websocket.length, ways.sse.length], [3, 1]);
    const other = connectionBy('websocket', 'sse', 'poll');
    other.ways.websocket[0].onclose({ code: BLOCKED, reason: '' });
    other.ways.sse[0].welcomes();
    other.ways.sse[0].onclose({ code: UNFIT, reason: '' });
    other.ways.poll[0].onclose({ code: 1001, reason: '' });
    other.clock.pass(1_000);
    other.ways.websocket[1].onclose({ code: BLOCKED, reason: '' });
    equal([other.ways.sse.length, other.ways.poll.length], [1, 2]);
  },

  aSocketThatSwallowsWhatIsSaidIsLeftWithinSecondsAndTriedAgainAtGrowingIntervals() {
    const { connection, clock, ways } = connectionBy('websocket', 'sse', 'poll');
    ways.websocket[0].onopen();
    clock.pass(4_000);
    ways.sse[0].onclose({ code: BLOCKED, reason: '' });
    ways.poll[0].welcomes();
    equal(connection.way.name, 'poll');
    const trials = [];
    for (let s = 0; s < 300; s++) {
      clock.pass(1_000);
      if (ways.websocket.length > trials.length + 1) trials.push(s);
      ways.sse.slice(1).filter(({ closed }) => !closed).forEach((socket) => socket.onclose({ code: BLOCKED, reason: '' }));
      if (ways.poll[0].sent.at(-1)?.do === 'ping') ways.poll[0].answers();
    }
    equal([trials.length, connection.way.name], [4, 'poll']);
    const gaps = trials.map((at, i) => at - (trials[i - 1] ?? 0));
    equal(gaps, [...gaps].sort((a, b) => a - b));
  },

  aBetterWayWaitsUntilEverythingOnTheWorseOneIsAnswered() {
    const { connection, clock, ways } = connectionBy('websocket', 'sse');
    ways.websocket[0].onclose({ code: 1006, reason: '' });
    ways.sse[0].welcomes();
    const answers = [];
    clock.pass(4_900);
    connection.send({ do: 'post', text: 'one' }, (refusal, ok) => answers.push([refusal, ok.seq]));
    clock.pass(100);
    ways.websocket[1].welcomes();
    equal(connection.way.name, 'sse');
    connection.send({ do: 'post', text: 'two' }, (refusal, ok) => answers.push([refusal, ok.seq]));
    ways.sse[0].says({ re: ways.sse[0].sent.at(-2).id, ok: { seq: 1 } });
    equal(connection.way.name, 'sse');
    ways.sse[0].answers({ seq: 2 });
    equal([connection.way.name, answers], ['websocket', [[null, 1], [null, 2]]]);
  },

  whatTheServerItselfRefusesNoOtherWayIsTriedFor() {
    for (const code of [1001, 1008, 1013, 3003, 4002]) {
      const { ways } = connectionBy('websocket', 'sse');
      ways.websocket[0].onclose({ code, reason: 'no' });
      equal([code, ways.sse.length], [code, 0]);
    }
  },

  whoWasPutOutForEverIsNotBroughtBackUnlessTheyAskForIt() {
    const { connection, clock, told, ways } = connectionBy('websocket', 'sse');
    ways.websocket[0].welcomes();
    ways.websocket[0].says({ type: 'bye', code: 3003, reason: 'ended', reconnect: false });
    ways.websocket[0].onclose({ code: 3003, reason: 'ended' });
    clock.pass(600_000);
    connection.wake();
    connection.networkChanged();
    clock.pass(600_000);
    equal([connection.phase, connection.code, connection.reason], ['stopped', 3003, 'ended']);
    equal([ways.websocket.length, ways.sse.length, told], [1, 0, ['ready', 'parted']]);
    connection.tryNow();
    equal([connection.phase, connection.code, ways.websocket.length], ['connecting', 0, 2]);
  },

  aServerThatIsRestartedIsComeBackToWhenItSaidSo() {
    const { connection, clock, ways } = connectionBy('websocket', 'sse');
    ways.websocket[0].welcomes();
    ways.websocket[0].says({ type: 'bye', code: 1012, reason: 'restarts', reconnect: true, retryAfter: 4_000 });
    ways.websocket[0].onclose({ code: 1012, reason: 'restarts' });
    equal([connection.phase, connection.code], ['waiting', 0]);
    clock.pass(3_900);
    equal(ways.websocket.length, 1);
    clock.pass(200);
    equal([ways.websocket.length, ways.sse.length], [2, 0]);
  },

  aStreamThatIsForbiddenByTheOperatorsListsIsTriedAgain() {
    return (async () => {
      const { server, socket } = await streaming();
      server.asked.at(-1).with(403, JSON.stringify({ code: 'forbidden', detail: 'this name is not listed' }), 'application/problem+json');
      await settled();
      equal(socket.ending.code, 1013);
    })();
  },

  aPollOrStreamOfWhoIsPutOutIsTheEndAsACloseIs() {
    return (async () => {
      const putOut = [403, JSON.stringify({ code: 'banned', detail: 'ended' }), 'application/problem+json'];
      const { server, socket } = await streaming();
      server.asked.at(-1).with(...putOut);
      await settled();
      equal(socket.ending, { code: 3003, reason: 'ended' });
      const other = fakeServer();
      const poll = await opened(pollWay(BASE, new FakeClock(), 'c', other.fetch));
      poll.sends({ do: 'join', id: 1, room: 'r', last: 50 });
      await settled();
      other.asked[0].oks({ room: 'r', epoch: 'e', head: 7, complete: false });
      await settled();
      other.asked[1].with(...putOut);
      await settled();
      equal(poll.socket.ending, { code: 3003, reason: 'ended' });
    })();
  },

  aNetworkThatIsGoneIsWaitedForFromTheBestWayOn() {
    const { connection, clock, ways } = connectionBy('websocket', 'sse', 'poll');
    ways.websocket[0].onclose({ code: 1006, reason: '' });
    ways.sse[0].onclose({ code: 4902, reason: '' });
    equal([connection.phase, ways.poll.length], ['waiting', 0]);
    clock.pass(1_000);
    equal(ways.websocket.length, 2);
  },

  aWayThatBreaksDownAgainAndAgainIsNotBegunWith() {
    const { connection, clock, ways } = connectionBy('websocket', 'sse');
    for (let i = 0; i < 2; i++) {
      ways.websocket[i].welcomes();
      clock.pass(100);
      ways.websocket[i].onclose({ code: 1006, reason: '' });
      clock.pass(2_000);
    }
    equal([ways.websocket.length, ways.sse.length, connection.phase], [2, 1, 'connecting']);
  },

  aWayThatHasProvenGoodIsGivenTimeByAServerThatHasMuchToDo() {
    const { connection, clock, ways } = connectionBy('websocket', 'sse');
    ways.websocket[0].welcomes();
    clock.pass(20_000);
    connection.send({ do: 'ping' });
    ways.websocket[0].answers();
    clock.pass(11_000);
    ways.websocket[0].answers();
    ways.websocket[0].onclose({ code: 1001, reason: '' });
    clock.pass(1_000);
    ways.websocket[1].onopen();
    clock.pass(9_000);
    equal([connection.phase, ways.sse.length], ['connecting', 0]);
    clock.pass(1_500);
    equal(ways.sse.length, 1);
  },

  anotherNetworkIsAReasonToTryTheBetterWayAtOnce() {
    const { connection, clock, ways } = connectionBy('websocket', 'sse');
    ways.websocket[0].onclose({ code: 1006, reason: '' });
    ways.sse[0].welcomes();
    for (let i = 1; i < 3; i++) {
      clock.pass(5_000 * 3 ** (i - 1));
      ways.websocket[i].onclose({ code: 1006, reason: '' });
    }
    clock.pass(10_000);
    equal(ways.websocket.length, 3);
    connection.wake();
    equal([ways.websocket.length, ways.sse[0].sent.at(-1).do], [3, 'ping']);
    connection.networkChanged();
    equal(ways.websocket.length, 4);
  },

  aNetworkIsAnotherOneWhenItsKindIsNotWhenItsSpeedIs() {
    const information = { type: 'wifi', rtt: 50 };
    const network = new Network(information);
    const changed = [];
    for (const change of [{ rtt: 100 }, { type: 'cellular' }, { downlink: 2 }, { type: 'cellular' }, { type: 'wifi' }]) {
      Object.assign(information, change);
      changed.push(network.hasChanged());
    }
    equal(changed, [false, true, false, false, true]);
    equal(new Network({}).hasChanged(), false);
  },

  commandsGoOneRequestAfterAnotherAndMarksBesideThem() {
    return (async () => {
      const { server, sends, heard } = await streaming();
      const before = server.asked.length;
      sends({ do: 'post', id: 3, text: 'one' });
      await settled();
      sends({ do: 'post', id: 4, text: 'two' });
      sends({ do: 'edit', id: 5, text: 'three' });
      sends({ do: 'read', id: 6, seq: 1 });
      await settled();
      const sent = server.asked.slice(before);
      equal(sent.map((one) => one.lines().map(({ id }) => id)), [[3], [6]]);
      equal(sent[0].headers.Authorization, 'Bearer pg_1');
      sent[0].oks({ seq: 8 });
      await settled();
      equal(server.asked.at(-1).lines().map(({ id }) => id), [4, 5]);
      server.asked.at(-1).with(429, JSON.stringify({ code: 'rate_limited', detail: 'slowly', retryAfter: 900 }), 'application/problem+json');
      await settled();
      equal(heard.slice(-2), [4, 5].map((re) => ({ re, error: { code: 'rate_limited', message: 'slowly', retryAfter: 900 } })));
    })();
  },

  aStreamBeginsWhereTheJoinEndedAndAgainWhereItBroke() {
    return (async () => {
      const { server, heard } = await streaming();
      const stream = server.asked.at(-1);
      equal([stream.headers.Accept, stream.json()], ['text/event-stream', { at: { r: { epoch: 'e', seq: 7 } }, client: 'c' }]);
      stream.streams();
      await settled();
      stream.writes({ type: 'joined', room: 'r', complete: true, present: [{ id: 'a' }], presentCount: 1 }, message(8), message(9));
      await settled();
      equal(heard.slice(-3).map(({ type, seq }) => [type, seq ?? 0]), [['presence', 0], ['message', 8], ['message', 9]]);
      stream.end();
      await settled();
      equal(server.asked.at(-1).json().at, { r: { epoch: 'e', seq: 9 } });
    })();
  },

  aResumedRoomIsFollowedFromItsOwnPosition() {
    return (async () => {
      const { server, sends } = await streaming();
      sends({ do: 'join', id: 3, room: 's', after: 3, epoch: 'f' });
      await settled();
      server.asked.at(-1).oks({ room: 's', epoch: 'f', head: 12, complete: true });
      await settled();
      equal(server.asked.at(-1).json().at, { r: { epoch: 'e', seq: 7 }, s: { epoch: 'f', seq: 3 } });
      sends({ do: 'leave', id: 4, room: 'r' });
      equal(server.asked.at(-1).json().at, { s: { epoch: 'f', seq: 3 } });
    })();
  },

  aStreamThatIsHeldBackIsNoWay() {
    return (async () => {
      const { server, clock, socket } = await streaming();
      server.asked.at(-1).streams();
      await settled();
      clock.pass(4_000);
      equal(socket.ending.code, BLOCKED);
      const other = fakeServer();
      const line = await opened(sseWay(BASE, clock, 'c', other.fetch));
      line.sends({ do: 'hello', id: 1 });
      await settled();
      other.asked[0].oks({ you: {} });
      await settled();
      clock.pass(4_000);
      equal([line.heard, line.socket.ending.code], [[], BLOCKED]);
    })();
  },

  aStreamThatIsHeldBackIsNoWayHoweverOftenItIsBegunAnew() {
    return (async () => {
      const { server, clock, socket, sends } = await streaming();
      for (let id = 3; id < 20 && !socket.ending; id++) {
        clock.pass(1_000);
        sends({ do: 'join', id, room: 'r', after: 3, epoch: 'e' });
        await settled();
        server.asked.at(-1).oks({ room: 'r', epoch: 'e', head: 12, complete: true });
        await settled();
      }
      equal(socket.ending?.code, BLOCKED);
      const other = await streaming();
      for (let id = 3; id < 40; id++) {
        other.server.asked.at(-1).streams();
        await settled();
        other.server.asked.at(-1).writes(message(8));
        await settled();
        other.clock.pass(1_000);
        other.sends({ do: 'join', id, room: 'r', after: 3, epoch: 'e' });
        await settled();
        other.server.asked.at(-1).oks({ room: 'r', epoch: 'e', head: 12, complete: true });
        await settled();
      }
      equal(other.socket.ending, undefined);
    })();
  },

  aSilentStreamIsBegunAgainAndOneThatIsAlwaysCutOffIsLeft() {
    return (async () => {
      const { server, clock, socket } = await streaming();
      server.asked.at(-1).streams();
      await settled();
      server.asked.at(-1).writes(message(8));
      await settled();
      const count = server.asked.length;
      clock.pass(35_000);
      equal([server.asked.length, server.asked.at(-1).json().at.r.seq], [count + 1, 8]);
      for (let i = 0; i < 3; i++) {
        server.asked.at(-1).streams();
        await settled();
        server.asked.at(-1).end();
        await settled();
      }
      equal(socket.ending.code, BLOCKED);
    })();
  },

  aRoomThatBeganAnewIsJoinedAnewAndOneThatIsRefusedIsLeft() {
    return (async () => {
      const { server, sends, heard } = await streaming();
      sends({ do: 'join', id: 3, room: 's', last: 50 });
      await settled();
      server.asked.at(-1).oks({ room: 's', epoch: 'f', head: 1, complete: false });
      await settled();
      server.asked.at(-1).streams();
      await settled();
      server.asked.at(-1).writes(
        { type: 'joined', room: 'r', complete: false, epoch: 'x', head: 1 },
        { type: 'refused', room: 's', error: { code: 'no_such_room', message: 'gone' } },
        message(2, undefined, { room: 's' }),
      );
      await settled();
      equal(heard.filter(({ re }) => !re), [{ type: 'gap', room: 'r' }, { type: 'left', room: 's', reason: 'gone' }]);
    })();
  },

  aServerThatSaysGoodbyeIsBelieved() {
    return (async () => {
      const { server, heard, socket } = await streaming();
      const stream = server.asked.at(-1);
      stream.with(200, 'event: bye\ndata: {"type":"bye","code":1001,"reason":"stops","retryAfter":700}\n\n', 'text/event-stream');
      await settled();
      equal([socket.ending.code, heard.at(-1).retryAfter], [1001, 700]);
    })();
  },

  blocksAreTheSameHoweverTheyAreCut() {
    const text = 'data: {"a":"ü"}\n\nid: 3\n\n:\n\nevent: bye\ndata: {}\n\n';
    const bytes = new TextEncoder().encode(text);
    for (let seed = 1; seed <= 50; seed++) {
      const random = chance(seed);
      const blocks = new EventBlocks();
      const found = [];
      for (let i = 0; i < bytes.length;) {
        const end = i + 1 + random(6);
        found.push(...blocks.take(bytes.slice(i, end)));
        i = end;
      }
      equal(found, [{ event: 'message', data: '{"a":"ü"}' }, { event: 'bye', data: '{}' }]);
    }
  },

  pollsGoOnWhereTheLastOneEndedAndWaitLessWhereTheyAreCutOff() {
    return (async () => {
      const server = fakeServer();
      const clock = new FakeClock();
      const { sends, heard, socket } = await opened(pollWay(BASE, clock, 'c', server.fetch));
      sends({ do: 'join', id: 1, room: 'r', last: 50 });
      await settled();
      server.asked[0].oks({ room: 'r', epoch: 'e', head: 7, complete: false });
      await settled();
      equal(server.asked[1].json(), { at: { r: { epoch: 'e', seq: 7 } }, wait: 25, client: 'c' });
      server.asked[1].with(200, JSON.stringify({ rooms: { r: { epoch: 'e', head: 9, entries: [message(8), message(9)], more: false } }, at: 'r@e:9' }));
      await settled();
      clock.pass(0);
      equal([heard.slice(1).map(({ seq }) => seq), server.asked[2].json().at.r.seq], [[8, 9], 9]);
      clock.pass(10_000);
      server.asked[2].with(504, '<html>', 'text/html');
      await settled();
      clock.pass(0);
      equal(server.asked[3].json().wait, 5);
      server.asked[3].with(200, JSON.stringify({ rooms: { r: { reset: { type: 'joined' }, entries: [] } }, at: '' }));
      await settled();
      equal(heard.at(-1), { type: 'gap', room: 'r' });
      sends({ do: 'join', id: 2, room: 'r', last: 50 });
      await settled();
      server.asked.at(-1).oks({ room: 'r', epoch: 'x', head: 1, complete: false });
      await settled();
      server.asked.at(-1).breaks();
      await settled();
      equal(socket.ending.code, 4902);
    })();
  },

  whatPollsDoNotTellIsAskedForInTheRoomThatIsLookedAt() {
    const clock = new FakeClock();
    const asked = [];
    const connection = Object.assign(new Emitter(), { way: { name: 'poll' }, send: (command, answer) => asked.push({ command, answer }) });
    const log = joinedLog(1, [message(1)]);
    log.presence.reset([{ id: 'x', name: 'Xia' }]);
    let refreshed = 0;
    const chat = Object.assign(new Emitter(), { connection, rooms: new Emitter(), current: log, directory: { refresh: () => refreshed++ } });
    const rounds = new Rounds(chat, clock, () => true);
    connection.emit('ready');
    chat.emit('room', log);
    equal([log.presence.count, asked.map(({ command }) => command)], [0, [{ do: 'who', room: 'r' }]]);
    asked[0].answer(null, { present: [{ id: 'a', name: 'Ada' }], presentCount: 1 });
    equal(log.presence.users.map(({ name }) => name), ['Ada']);
    clock.pass(20_000);
    equal([asked.length, refreshed, log.presence.count], [3, 1, 1]);
    rounds.look();
    equal(asked.length, 4);
    connection.way = { name: 'websocket' };
    connection.emit('ready');
    clock.pass(60_000);
    equal(asked.length, 4);
  },
};
