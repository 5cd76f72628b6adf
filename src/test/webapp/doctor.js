// @ts-check
/** What the connection doctor makes of its findings: part of what models.js tries. */
import { Examination } from '/js/doctor/examination.js';
import { clock, poll, reach, stream } from '/js/doctor/questions.js';
import { BASE } from './fake-server.js';
import { equal } from './tools.js';

/** Asks while every request is answered so. */
async function answering(answer, ask) {
  const real = globalThis.fetch;
  globalThis.fetch = async (url, { signal } = {}) => answer(signal);
  try {
    return await ask();
  } finally {
    globalThis.fetch = real;
  }
}

export const doctor = {
  theDoctorSaysByWhichWayThePageGoesAsSoonAsThatIsKnown() {
    const examination = new Examination(BASE);
    const ways = [];
    const finds = (question, state, what = '', value = 0) => {
      examination.findings.set(question, { state, what, value });
      ways.push(examination.way);
    };
    finds('stream', 'bad');
    finds('frames', 'bad');
    finds('poll', 'bad', 'endedAfter', 3);
    finds('poll', 'bad', 'endedAfter', 0);
    finds('stream', 'good');
    finds('frames', 'good');
    equal(ways, [undefined, undefined, 'poll', null, 'stream', 'frames']);
  },

  aClockThatIsWrongByHalfAMinuteIsWorthKnowing() {
    const now = 1_000_000;
    equal([0, 20, -20, 90, -90].map((s) => clock(now, now + 500 + s * 1_000).what), ['same', 'same', 'same', 'ahead', 'behind']);
  },

  whatTheServerItselfSaysNoToIsNoFaultOnTheWay() {
    return (async () => {
      const problem = (status, code, detail) => new Response(JSON.stringify({ code, title: 'No.', detail }), { status, headers: { 'Content-Type': 'application/problem+json' } });
      const never = new AbortController().signal;
      const asks = async () => [(await reach(BASE, never)).reach, await stream(BASE, never), await poll(BASE, never)];
      for (const [status, code] of [[503, 'unavailable'], [429, 'too_many'], [401, 'not_authenticated']]) {
        const found = await answering(() => problem(status, code, 'come later'), asks);
        equal([code, found], [code, [1, 2, 3].map(() => ({ state: 'odd', what: 'says', words: 'come later' }))]);
      }
      const forbidden = await answering(() => problem(403, 'forbidden', 'this name is not listed'), asks);
      const refused = { state: 'bad', what: 'refused', value: 403 };
      equal(forbidden, [refused, refused, refused]);
      const foreign = await answering(() => new Response('<html>', { status: 502 }), asks);
      equal(foreign.map(({ state, what }) => [state, what]), [['bad', 'refused'], ['bad', 'refused'], ['bad', 'endedAfter']]);
    })();
  },

  aServerThatDoesNotAnswerIsUnreachableAfterAWhile() {
    return (async () => {
      const silent = (signal) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
      const found = answering(silent, () => reach(BASE, new AbortController().signal, 20));
      const late = new Promise((resolve) => setTimeout(() => resolve('still waiting'), 2_000));
      equal((await Promise.race([found, late])).reach, { state: 'bad', what: 'unreachable' });
    })();
  },

  aServerThatSaysNoByEveryWayIsNamedInTheVerdict() {
    const examination = new Examination(BASE);
    for (const way of ['stream', 'poll']) examination.findings.set(way, { state: 'odd', what: 'says', words: 'come later' });
    examination.findings.set('frames', { state: 'bad', what: 'swallowed' });
    equal([examination.way, examination.refused, examination.bad], [null, true, ['frames']]);
    examination.findings.set('poll', { state: 'good', what: 'held' });
    equal([examination.way, examination.refused], ['poll', true]);
  },
};
