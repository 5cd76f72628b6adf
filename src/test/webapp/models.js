// @ts-check
/**
 * The page's models, tried in a worker, where there is no DOM: every test is a function by the name of what it shows. Tells
 * what came of each by one message.
 */
import { delayMs, verdictOn } from '/js/connection/backoff.js';
import { Connection } from '/js/connection/connection.js';
import { Reading } from '/js/chat/reading.js';
import { completion } from '/js/chat/completion.js';
import { Drafts } from '/js/chat/draft.js';
import { Keep } from '/js/chat/keep.js';
import { rowsOf } from '/js/log/rows.js';
import { Window } from '/js/log/window.js';
import { Outbox } from '/js/outbox/outbox.js';
import { doctor } from './doctor.js';
import { requests } from './requests.js';
import { threads } from './threads.js';
import { ways } from './ways.js';
import { ada, tom, equal, FakeClock, chance, message, joinedLog, seqs } from './tools.js';

const keep = () => new Keep(null, new Map(), null);

/** Tabs of which the others can be made to go. */
class FakeTabs {
  waiting = [];
  constructor(id = 'here') {
    this.id = id;
  }
  whenGone(id, then) {
    if (id !== this.id) this.waiting.push({ id, then });
  }
  gone(id) {
    this.waiting.filter((one) => one.id === id).forEach(({ then }) => then());
  }
}

function outboxWith(more = {}) {
  const posted = [];
  const parts = { keep: keep(), clock: new FakeClock(), tabs: new FakeTabs(), author: () => 'a', ...more };
  const outbox = new Outbox({ ...parts, post: (unsent, answer) => posted.push({ ...unsent, answer }) > 0 });
  return { outbox, posted, ...parts };
}

const tests = {
  anEventAdvancesThePositionByOneAndIsTakenOnce() {
    const log = joinedLog(1, [message(1)]);
    equal([log.apply(message(2)), log.apply(message(2)), log.apply(message(4)), log.position], ['applied', 'ignored', 'hole', 2]);
    equal(seqs(log.items), [1, 2]);
  },

  whatAPageHoldsAlreadyChangesNothing() {
    const log = joinedLog(5, [message(1, tom, { reactions: { x: 2 } })]);
    log.apply({ type: 'reaction', room: 'r', seq: 6, of: 1, emoji: 'x', on: true, from: ada, at: '' });
    equal([log.message(1).reactions, log.items[0].mine], [{ x: 3 }, ['x']]);
    log.apply({ type: 'reaction', room: 'r', seq: 7, of: 1, emoji: 'x', on: false, from: ada, at: '' });
    equal([log.message(1).reactions, log.items[0].mine], [{ x: 2 }, []]);
  },

  aDeletedMessageLosesItsWordsAndIsNotEditedAnyMore() {
    const log = joinedLog(1, [message(1)]);
    log.apply({ type: 'delete', room: 'r', seq: 2, of: 1, from: tom, at: '' });
    log.apply({ type: 'edit', room: 'r', seq: 3, of: 1, text: 'back', from: tom, at: '' });
    equal([log.message(1).deleted, log.message(1).text], [true, undefined]);
  },

  aResumedJoinKeepsWhatIsHereAndAnotherEpochDropsIt() {
    const log = joinedLog(2, [message(1), message(2)]);
    log.parted();
    equal(log.join(), { do: 'join', room: 'r', after: 2, epoch: 'e' });
    log.joined({ room: 'r', epoch: 'e', first: 1, head: 9, complete: true });
    equal([seqs(log.items), log.position], [[1, 2], 2]);
    log.parted();
    log.join();
    log.joined({ room: 'r', epoch: 'f', first: 1, head: 1, complete: false, messages: [message(1)] });
    equal([seqs(log.items), log.position], [[1], 1]);
  },

  aStretchFarBackGrowsUntilItMeetsTheNewestNeverTwiceNeverOutOfOrder() {
    for (let seed = 1; seed <= 40; seed++) {
      const random = chance(seed);
      const kinds = Array.from({ length: 300 + random(200) }, () => (random(4) === 0 ? 'reaction' : 'message'));
      kinds[kinds.length - 1] = 'message';
      const all = kinds.map((kind, i) => (kind === 'message' ? message(i + 1) : null)).filter(Boolean);
      const head = kinds.length;
      const history = ({ before, limit }) => {
        const older = all.filter(({ seq }) => seq < before);
        return { messages: older.slice(-limit), head, more: older.length > limit };
      };
      const log = joinedLog(head, all.slice(-50));
      const wanted = all[random(all.length - 60)].seq;
      const around = log.around(wanted);
      log.lookAt(around.before, history(around));
      if (!seqs(log.shown).includes(wanted)) throw new Error(`seed ${seed}: ${wanted} is not there`);
      for (let step = 0; log.isPast; step++) {
        const command = random(3) === 0 ? log.history() : log.onwards();
        if (!command) continue;
        if (step > 200) throw new Error(`seed ${seed}: it never meets the newest`);
        if (command.before > log.shown[0].seq) log.append(command.before, history(command));
        else log.prepend(command.before, history(command));
      }
      const shown = seqs(log.items);
      equal(shown, all.map(({ seq }) => seq).filter((seq) => seq >= shown[0]));
      log.apply(message(head + 1));
      equal(log.items.at(-1).seq, head + 1);
    }
  },

  fromOneStretchFarBackToAnotherNothingOfTheFirstIsLeft() {
    const log = joinedLog(900, [message(900)]);
    log.lookAt(125, { messages: [message(99), message(100)], head: 900, more: true });
    log.lookAt(725, { messages: [message(700)], head: 900, more: true });
    equal([seqs(log.shown), log.message(100), log.message(700)?.seq], [[700], null, 700]);
    log.lookAtNewest();
    equal([seqs(log.shown), log.message(700)], [[900], null]);
  },

  aPageOfOlderMessagesHoldsWhatIsStillOnItsWay() {
    const log = joinedLog(900, [message(900)]);
    log.prepend(900, { messages: [message(899, tom, { reactions: { x: 1 } })], head: 901, more: true });
    log.apply({ type: 'reaction', room: 'r', seq: 901, of: 899, emoji: 'x', on: true, from: tom, at: '' });
    equal(log.message(899).reactions, { x: 1 });
    log.apply({ type: 'reaction', room: 'r', seq: 902, of: 899, emoji: 'x', on: true, from: ada, at: '' });
    equal(log.message(899).reactions, { x: 2 });
  },

  aPageThatFitsNowhereIsLeft() {
    const log = joinedLog(100, [message(100)], 1);
    log.prepend(50, { messages: [message(49)], head: 100, more: true });
    log.append(77, { messages: [message(76)], head: 100, more: true });
    equal(seqs(log.items), [100]);
    const far = joinedLog(900, [message(900)]);
    far.lookAt(125, { messages: [message(100)], head: 900, more: true });
    const { before } = far.onwards();
    far.lookAt(525, { messages: [message(500)], head: 900, more: true });
    far.append(before, { messages: [message(101)], head: 900, more: true });
    equal(seqs(far.shown), [500]);
    far.lookAt(890, { messages: [message(880)], head: 900, more: true });
    const toTheNewest = far.onwards().before;
    far.lookAt(525, { messages: [message(500)], head: 900, more: true });
    far.append(toTheNewest, { messages: [message(900)], head: 900, more: true });
    equal([far.isPast, seqs(far.shown)], [true, [500]]);
  },

  theWindowIsNeverLargerThanItMayBeAndFollowsAgainAtTheNewest() {
    const random = chance(7);
    const items = Array.from({ length: 2_000 }, (_, i) => ({ seq: i }));
    const window = new Window();
    for (let i = 0; i < 400; i++) {
      const move = random(3);
      if (move === 0) window.growUp(items);
      else if (move === 1) window.growDown(items);
      else items.push({ seq: items.length });
      const { start, end } = window.over(items, !window.follows || random(2) === 0);
      if (end - start > 300 || start < 0 || end > items.length) throw new Error(`${start} to ${end} of ${items.length}`);
    }
    for (let i = 0; i < 60; i++) {
      window.growUp(items);
      const { start, end } = window.over(items, true);
      if (end - start > 300) throw new Error(`${start} to ${end} after going up`);
    }
    equal(window.follows, false);
    while (!window.follows) window.growDown(items);
    equal(window.over(items, false).end, items.length);
    window.around(items, 1_000);
    const { start, end } = window.over(items, true);
    equal(start <= 1_000 && end > 1_000, true);
  },

  rowsAreGroupedByAuthorAndTheLineIsDrawnBeforeWhatIsNew() {
    const log = joinedLog(4, [message(1), message(2), message(3, ada), message(4)]);
    const rows = rowsOf(log.items, [], ada, 2);
    equal(rows.map(({ kind, head }) => `${kind}${head ? '*' : ''}`), ['day', 'message*', 'message', 'message*', 'new', 'message*']);
  },

  textsGoOneAtATimeInOrderAndAgainUnderTheirKeyAfterABreak() {
    const { outbox, posted } = outboxWith();
    outbox.add('r', 'one');
    outbox.add('r', 'two');
    equal(posted.map(({ text }) => text), ['one']);
    outbox.disconnected();
    outbox.pump('r');
    equal([posted.map(({ text }) => text), posted[0].key === posted[1].key], [['one', 'one'], true]);
    posted[1].answer(null, { seq: 7 });
    equal(posted.map(({ text }) => text), ['one', 'one', 'two']);
    equal(outbox.of('r').map(({ state }) => state), ['sent', 'sending']);
    outbox.passed('r', 7);
    equal(outbox.of('r').map(({ text }) => text), ['two']);
  },

  aReplyToAnAttemptBeforeTheBreakChangesNothing() {
    const { outbox, posted } = outboxWith();
    outbox.add('r', 'one');
    outbox.disconnected();
    posted[0].answer({ code: 'forbidden', message: 'late' }, null);
    equal(outbox.of('r').map(({ state }) => state), ['waiting']);
  },

  whatIsRefusedSaysWhyLetsTheNextGoAndIsSentAgainUnderTheSameKey() {
    const { outbox, posted } = outboxWith();
    outbox.add('r', 'one');
    outbox.add('r', 'two');
    posted[0].answer({ code: 'forbidden', message: 'no' }, null);
    equal(outbox.of('r').map(({ state }) => state), ['failed', 'sending']);
    outbox.retry(posted[0].key);
    posted[1].answer(null, { seq: 1 });
    equal([posted[2].text, posted[2].key === posted[0].key], ['one', true]);
  },

  whatPassesByItselfIsTriedAgainWhenTheServerSays() {
    const { outbox, posted, clock } = outboxWith();
    outbox.add('r', 'one');
    posted[0].answer({ code: 'rate_limited', message: '', retryAfter: 900 }, null);
    clock.pass(899);
    equal(posted.length, 1);
    clock.pass(1);
    equal(posted.length, 2);
  },

  aTextOfSomebodyElseIsNotSentUnderAnotherName() {
    const kept = keep();
    let author = 'a';
    const first = outboxWith({ keep: kept, author: () => author });
    first.outbox.add('r', 'one');
    first.outbox.disconnected();
    author = 'b';
    first.outbox.pump('r');
    equal([first.posted.length, first.outbox.of('r')[0].refusal.code], [1, 'other_author']);
  },

  whatAnotherTabWroteIsShownAndSentOnlyWhenThatTabIsGone() {
    const kept = keep();
    const there = outboxWith({ keep: kept, tabs: new FakeTabs('there') });
    there.outbox.add('r', 'one');
    const tabs = new FakeTabs('here');
    const here = outboxWith({ keep: kept, tabs });
    here.outbox.pump('r');
    equal([here.outbox.of('r').map(({ state }) => state), here.posted.length], [['elsewhere'], 0]);
    tabs.gone('there');
    equal([here.posted.length, here.posted[0].key], [1, there.posted[0].key]);
  },

  whatAnotherTabHasSentIsGoneHereToo() {
    const kept = keep();
    const there = outboxWith({ keep: kept, tabs: new FakeTabs('there') });
    there.outbox.add('r', 'one');
    const here = outboxWith({ keep: kept });
    there.outbox.seen(there.posted[0].key);
    kept.emit('change', `unsent:${there.posted[0].key}`);
    equal(here.outbox.of('r'), []);
  },

  aDraftOutlivesAnEditThatIsBegunAndGivenUp() {
    const drafts = new Drafts(keep());
    const edited = drafts.editing({ text: 'half a sentence' }, message(3, ada));
    equal(edited.text, 'm3');
    equal(drafts.given(drafts.editing(edited, message(2, ada))), { text: 'half a sentence' });
    drafts.put('r', edited);
    equal(drafts.of('r').edit.before, 'half a sentence');
  },

  theUnreadAreCountedFromTheMarkWithoutOnesOwnAndTheDeleted() {
    const told = [];
    const reading = new Reading({ keep: keep(), clock: new FakeClock(), me: () => 'a', tell: async (room, seq) => told.push([room, seq]) });
    const log = joinedLog(5, [message(1), message(2), message(3, ada), message(4, tom, { deleted: true }), message(5, tom, { mentions: ['a'] })]);
    equal(reading.fresh(log), { unread: 0, mentions: 0 });
    reading.told('r', 1);
    equal(reading.fresh(log), { unread: 2, mentions: 1 });
    reading.read(log);
    equal([reading.fresh(log), reading.mark('r')], [{ unread: 0, mentions: 0 }, 5]);
    reading.told('r', 2);
    equal(reading.mark('r'), 5);
  },

  aMarkIsToldOnceAndAgainOnlyWhenItHasMoved() {
    const told = [];
    const clock = new FakeClock();
    const reading = new Reading({ keep: keep(), clock, me: () => 'a', tell: async (room, seq) => told.push(seq) });
    const log = joinedLog(1, [message(1)]);
    reading.read(log);
    log.apply(message(2));
    reading.read(log);
    clock.pass(1_000);
    reading.read(log);
    clock.pass(1_000);
    equal(told, [2]);
    log.apply(message(3));
    reading.read(log);
    reading.told('r', 3);
    clock.pass(1_000);
    equal(told, [2]);
  },

  whereTheMessagesDoNotReachBackTheServersCountIsGoneOnWith() {
    const reading = new Reading({ keep: keep(), clock: new FakeClock(), me: () => 'a', tell: async () => {} });
    const log = joinedLog(100, [message(100)], 1);
    log.apply(message(101));
    reading.told('r', 10);
    equal(reading.fresh(log, { room: 'r', topic: '', head: 100, at: '', unread: 60, mentions: 2 }), { unread: 61, mentions: 2 });
  },

  aNameIsCompletedFromAnyOfItsWordsAndWithoutItsAccents() {
    const log = joinedLog(1, [message(1, { id: 'z', name: 'Zoë Okafor' })]);
    const names = (before) => completion(before, log, 'a')?.users.map(({ name }) => name) ?? [];
    equal([names('hi @zoe'), names('hi @oka'), names('mail@zo'), names('@zo '), names('@x')], [['Zoë Okafor'], ['Zoë Okafor'], [], [], []]);
  },

  theWaitsBetweenAttemptsGrowToAMostAndSomeEndsAreFinal() {
    const waits = Array.from({ length: 12 }, (_, attempt) => delayMs(attempt, () => 1));
    equal([waits[0], waits.at(-1), [...waits].sort((a, b) => a - b).join() === waits.join()], [150, 15_000, true]);
    equal(delayMs(3, () => 0) * 2, delayMs(3, () => 1));
    equal([1008, 3003, 1006, 4001].map((code) => verdictOn({ code, reason: '', bye: null }).reconnect), [false, false, true, true]);
    equal(verdictOn({ code: 1001, reason: '', bye: { retryAfter: 777 } }), { reconnect: true, leastMs: 777 });
  },

  aSilentSocketIsFoundDeadAndOneThatAnsweredIsNot() {
    const clock = new FakeClock();
    const sockets = [];
    const open = () => {
      const socket = { sent: [], send: (line) => socket.sent.push(JSON.parse(line)), close() {} };
      sockets.push(socket);
      return socket;
    };
    const greeter = { hello: () => ({}), refused: () => false, welcomed() {} };
    const connection = new Connection({ ways: [{ name: 'websocket', open }], clock, greeter, random: () => 1 });
    connection.start();
    sockets[0].onopen();
    sockets[0].onmessage({ data: `{"re":${sockets[0].sent[0].id},"ok":{"you":{"id":"a","name":"Ada"}}}` });
    equal(connection.phase, 'open');
    connection.wake();
    const ping = sockets[0].sent.at(-1);
    sockets[0].onmessage({ data: `{"re":${ping.id},"ok":{}}` });
    clock.pass(5_000);
    equal(connection.phase, 'open');
    connection.wake();
    clock.pass(5_000);
    equal([connection.phase === 'open', sockets.length], [false, 2]);
  },
};

const results = [];
for (const [name, test] of Object.entries({ ...tests, ...threads, ...ways, ...requests, ...doctor })) {
  try {
    await test();
    results.push({ name, failure: '' });
  } catch (failure) {
    results.push({ name, failure: String(/** @type {any} */ (failure).stack ?? failure) });
  }
}
postMessage(JSON.stringify(results));
