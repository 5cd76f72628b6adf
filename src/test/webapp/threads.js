// @ts-check
import { Threads } from '/js/chat/threads.js';
import { Emitter } from '/js/connection/emitter.js';
import { rowsOf, threadRowsOf } from '/js/log/rows.js';
import { Thread } from '/js/log/thread.js';
import { ada, equal, joinedLog, message, seqs, tom } from './tools.js';

const below = (seq, more = {}) => message(seq, tom, { thread: 1, ...more });
const page = (head, ...messages) => ({ root: message(1, tom, { replies: messages.length }), messages, head, mine: {}, more: false });

function opened(head, ...messages) {
  const thread = new Thread(joinedLog(head, [message(1)]), 1, () => 'a');
  thread.ask();
  thread.opened(page(head, ...messages));
  return thread;
}

/** Questions that are answered when the test says so. */
class FakeServer {
  asked = [];
  rooms = new Emitter();
  ask = (command) => new Promise((resolve, reject) => this.asked.push({ command, resolve, reject }));
}

/** What waits for an answer has gone on. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

export const threads = {
  whatComesWhileAThreadIsFetchedIsThereOnceAndCountedOnce() {
    const thread = new Thread(joinedLog(2, [message(1)]), 1, () => 'a');
    thread.ask();
    [below(2), below(3), message(4), below(5)].forEach((event) => thread.apply(event));
    thread.opened(page(3, below(2), below(3)));
    equal([seqs(thread.items), thread.root.message.replies], [[2, 3, 5], 3]);
  },

  aThreadTakesWhatIsSaidOfItsMessagesAndOfItsRoot() {
    const thread = opened(3, below(2), below(3));
    thread.apply({ type: 'edit', room: 'r', seq: 4, of: 2, text: 'better', at: 'then', from: tom });
    thread.apply({ type: 'reaction', room: 'r', seq: 5, of: 1, emoji: 'x', on: true, at: '', from: ada });
    thread.apply({ type: 'delete', room: 'r', seq: 6, of: 3, at: '', from: tom });
    thread.apply({ type: 'edit', room: 'r', seq: 3, of: 2, text: 'older than the page', at: '', from: tom });
    equal([thread.items[0].message.text, thread.root.mine, thread.items[1].message.deleted], ['better', ['x'], true]);
  },

  olderAnswersComeBeforeThoseThatAreHere() {
    const thread = new Thread(joinedLog(9, [message(1)]), 1, () => 'a');
    thread.ask();
    thread.opened({ ...page(9, below(8), below(9)), more: true });
    const command = thread.older();
    equal(command, { do: 'thread', room: 'r', seq: 1, before: 8, limit: 50 });
    thread.prepend(8, page(9, below(6), below(7)));
    thread.prepend(8, page(9, below(6), below(7)));
    equal([seqs(thread.items), thread.older()], [[6, 7, 8, 9], null]);
  },

  aThreadIsLeftAsItIsOrFetchedAnewAsItsRoomWas: async () => {
    const server = new FakeServer();
    const threads = new Threads(server.ask, server.rooms, () => 'a');
    const log = joinedLog(2, [message(1)]);
    threads.open(log, 1);
    server.asked[0].resolve(page(2, below(2)));
    await settled();
    equal(seqs(threads.current.items), [2]);
    log.join();
    log.joined({ room: 'r', epoch: 'e', first: 1, head: 3, complete: true });
    server.rooms.emit('joined', log);
    equal(server.asked.length, 1);
    log.forgetPosition();
    log.join();
    log.joined({ room: 'r', epoch: 'e', first: 1, head: 9, complete: false, messages: [message(9)] });
    server.rooms.emit('joined', log);
    server.asked[1].resolve(page(9, below(2), below(8)));
    await settled();
    equal(seqs(threads.current.items), [2, 8]);
  },

  aThreadThatCouldNotBeFetchedIsFetchedWithTheNextConnection: async () => {
    const server = new FakeServer();
    const threads = new Threads(server.ask, server.rooms, () => 'a');
    const log = joinedLog(1, [message(1)]);
    threads.open(log, 1);
    server.asked[0].reject({ code: 'disconnected', message: '' });
    await settled();
    equal([threads.current.root, threads.current.refusal], [null, null]);
    server.rooms.emit('joined', log);
    server.asked[1].reject({ code: 'no_such_message', message: '' });
    await settled();
    equal(threads.current.refusal.code, 'no_such_message');
  },

  theRoomGoesIntoAThreadAndOutOfItAgain() {
    const items = joinedLog(6, [message(1), below(2), below(3), below(4, { from: ada }), message(5, tom, { thread: 2 }), message(6)]).items;
    const rows = rowsOf(items, [], ada).slice(1);
    equal(rows.map(({ head, enters }) => `${head ? '*' : ''}${enters ? '>' : ''}`), ['*', '*>', '', '*', '*>', '*']);
  },

  inAThreadTheDayIsToldOnceAndTheRootStandsAboveTheRest() {
    const thread = opened(3, below(2), below(3));
    equal(threadRowsOf(thread.root, thread.items, [], ada).map(({ kind, head }) => `${kind}${head ? '*' : ''}`), ['day', 'message*', 'replies', 'message*', 'message']);
    equal(threadRowsOf(thread.root, [], [], ada).map(({ kind }) => kind), ['day', 'message']);
  },
};
