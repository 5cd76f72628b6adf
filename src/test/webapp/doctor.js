// @ts-check
/** What the connection doctor makes of its findings: part of what models.js tries. */
import { Examination } from '/js/doctor/examination.js';
import { clock } from '/js/doctor/questions.js';
import { equal } from './tools.js';

export const doctor = {
  theDoctorSaysByWhichWayThePageGoesAsSoonAsThatIsKnown() {
    const examination = new Examination(new URL('http://localhost/talk/'));
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
};
