import { expect } from 'chai';
import fc from 'fast-check';
import { Refusal } from '../../../src/domain/refusal.ts';
import { type Ledger, ledgerOf } from '../../../src/domain/reporting/ledger.ts';
import { sumsByAgency, sumsByHolder, sumsByUnit } from '../../../src/domain/reporting/ledger-sums.ts';
import { addDays, dayOf } from '../../../src/domain/schedule/civil-date.ts';
import { deadlineClass } from '../../../src/domain/schedule/timeliness.ts';
import { workingDaysBetween } from '../../../src/domain/schedule/working-calendar.ts';
import { decide } from '../../../src/domain/workflow/decide.ts';
import { evolve, replay } from '../../../src/domain/workflow/evolve.ts';
import type { Command, Task, TaskEvent } from '../../../src/domain/workflow/task.ts';
import {
  aDocument,
  anActor,
  anAppraiser,
  anAssignment,
  calendar,
  cast,
  circumstances,
  commitment,
  eventsOf,
  instant,
  units,
} from '../../support/builders.ts';

const other = { unit: 'so-tai-chinh', appraiser: anActor({ role: 'appraiser', unit: 'so-tai-chinh' }) };
const secondOffice = anActor({ role: 'office' });
const appraisers = [anAppraiser(cast.appraiser), anAppraiser(other.appraiser, { unit: other.unit })];

type Step = readonly [day: string, actor: (typeof cast)[keyof typeof cast] | null, command: Command];

const assigned = () =>
  eventsOf(decide(commitment, null, anAssignment(), circumstances({ now: '2026-03-02', appraisers })));

const apply = (events: TaskEvent[], now: Date, actor: Step[1], command: Command): boolean => {
  const decision = decide(commitment, replay(events), command, circumstances({ now, actor, appraisers }));
  if (decision instanceof Refusal) return false;
  events.push(...decision.events);
  return true;
};

const history = (...steps: readonly Step[]): readonly TaskEvent[] => {
  const events = [...assigned()];
  for (const [day, actor, command] of steps)
    if (!apply(events, instant(day), actor, command)) throw new Error(`Refused: ${day} ${JSON.stringify(command)}`);
  return events;
};

const submit: Command = {
  type: 'transition',
  transition: 'submit',
  fields: { result: 'Đạt' },
  evidence: [{ title: 'Báo cáo' }],
};
const move = (transition: string): Command => ({
  type: 'transition',
  transition,
  reason: 'Có lý do',
  document: aDocument,
});
const opened = (day: string): readonly Step[] => [
  ['2026-03-02', cast.focalPoint, { type: 'transition', transition: 'acknowledge' }],
  [day, cast.focalPoint, submit],
];

const ledger = (events: readonly TaskEvent[], asOf: string): Ledger => {
  const found = ledgerOf(events, commitment, calendar, asOf);
  if (!found) throw new Error('Not assigned by then.');
  return found;
};

describe('The ledger of working days', () => {
  it('gives the day of a hand-over to whoever had the task; it is day zero of the next', () => {
    // Monday 2 March to Friday 6, and on to Wednesday 11.
    const events = history(...opened('2026-03-06'), ['2026-03-11', cast.appraiser, move('approve')]);

    const { stretches, totals, workingDays, until } = ledger(events, '2026-03-30');

    expect(stretches).to.deep.equal([
      { holder: 'unit', unit: units.lead, from: '2026-03-02', to: '2026-03-06', workingDays: 4 },
      { holder: 'appraiser', unit: units.appraiser, from: '2026-03-06', to: '2026-03-11', workingDays: 3 },
    ]);
    expect(totals).to.deep.equal({ unit: 4, appraiser: 3, office: 0, province: 0 });
    expect([workingDays, until]).to.deep.equal([7, '2026-03-11']);
  });

  it('counts nothing before the assignment and nothing after the day asked for', () => {
    const events = history(...opened('2026-03-06'), ['2026-03-11', cast.appraiser, move('approve')]);

    expect(ledgerOf(events, commitment, calendar, '2026-03-01')).to.equal(undefined);
    expect(ledger(events, '2026-03-02').workingDays).to.equal(0);
    expect(ledger(events, '2026-03-09').totals).to.deep.equal({ unit: 4, appraiser: 1, office: 0, province: 0 });
    expect(ledger(events, '2026-03-09').rounds[0]?.end).to.equal('open');
  });

  it('counts for the unit while it owes the panel an answer', () => {
    const events = history(
      ...opened('2026-03-06'),
      ['2026-03-09', cast.appraiser, { type: 'request_information', question: 'Số liệu quý IV?' }],
      ['2026-03-17', cast.focalPoint, { type: 'answer_information', answer: 'Gửi kèm' }],
      ['2026-03-18', cast.appraiser, move('approve')],
    );

    expect(
      ledger(events, '2026-03-30').stretches.map(({ holder, workingDays }) => [holder, workingDays]),
    ).to.deep.equal([
      ['unit', 4],
      ['appraiser', 1],
      ['unit', 6],
      ['appraiser', 1],
    ]);
  });

  it('counts a final state for nobody, until it is reopened', () => {
    const events = history(
      ...opened('2026-03-06'),
      ['2026-03-09', cast.appraiser, move('approve')],
      ['2026-03-11', cast.office, move('reopen')],
      ['2026-03-12', secondOffice as Step[1], move('reopen')],
    );

    const { totals, ended, workingDays } = ledger(events, '2026-03-16');

    expect(totals).to.deep.equal({ unit: 6, appraiser: 1, office: 0, province: 0 });
    expect([ended, workingDays]).to.deep.equal([3, 10]);
  });

  it('keeps each agency’s lateness with that agency: a question stops the count, others begin anew', () => {
    // Fifteen working days from Friday 6 March end on Friday 27 March.
    const events = history(
      ...opened('2026-03-06'),
      ['2026-03-31', cast.appraiser, { type: 'request_information', question: 'Số liệu quý IV?' }],
      ['2026-04-07', cast.focalPoint, { type: 'answer_information', answer: 'Gửi kèm' }],
      [
        '2026-04-08',
        cast.office,
        { type: 'reassign', appraiserUnit: other.unit, participants: [], reason: 'Đổi cơ quan' },
      ],
      ['2026-04-09', other.appraiser as Step[1], move('approve')],
    );

    expect(ledger(events, '2026-04-20').rounds).to.deep.equal([
      {
        round: 1,
        agency: units.appraiser,
        openedOn: '2026-03-06',
        closedOn: '2026-04-08',
        end: 'withdrawn',
        appraiseBy: '2026-04-29',
        workingDaysLate: 2,
      },
      {
        round: 2,
        agency: other.unit,
        openedOn: '2026-04-08',
        closedOn: '2026-04-09',
        end: 'answered',
        appraiseBy: '2026-05-04',
        workingDaysLate: 0,
      },
    ]);
  });

  it('leaves the unit in time though its appraiser answers sixty days later; the lateness is the agency’s', () => {
    const events = history(
      ['2026-03-02', cast.focalPoint, { type: 'transition', transition: 'acknowledge' }],
      ['2026-11-27', cast.focalPoint, submit],
      ['2027-01-26', cast.appraiser, move('approve')],
    );
    const task = replay(events);

    expect(deadlineClass({ ...task, today: '2027-02-01' })).to.equal('done_on_time');
    const tasks = [{ id: task.id, code: task.code, ledger: ledger(events, '2027-02-01') }];
    const agency = sumsByAgency(tasks).get(units.appraiser);
    expect(agency?.rounds).to.deep.equal({
      answeredInTime: 0,
      answeredLate: 1,
      open: 0,
      openLate: 0,
      withdrawn: 0,
      workingDaysLate: workingDaysBetween(calendar, '2026-11-27', '2027-01-26') - 15,
    });
    expect([...sumsByUnit(tasks).keys()]).to.deep.equal([units.lead]);
    expect(sumsByHolder(tasks).office).to.deep.equal({ workingDays: 0, tasks: 0, average: 0, longest: null });
  });

  it('gives every working day from assignment to the end to exactly one holder, whatever happened', () => {
    fc.assert(
      fc.property(steps, fc.nat(400), (given, after) => {
        const events = play(given);
        const asOf = addDays('2026-03-02', after);
        const found = ledger(events, asOf);
        const { totals, ended, stretches, until } = found;

        const sum = totals.unit + totals.appraiser + totals.office + totals.province;
        expect(sum + ended).to.equal(workingDaysBetween(calendar, '2026-03-02', until));
        expect(until <= asOf).to.equal(true);
        expect(stretches.every(({ from, to, workingDays }) => from <= to && workingDays >= 0)).to.equal(true);
        expect(stretches.filter(({ unit }) => unit === null)).to.deep.equal([]);
        const then = replayUntil(events, asOf);
        if (then.holder !== null) expect(stretches.at(-1)?.holder).to.equal(then.holder);
        expect(found.rounds.filter(({ end }) => end === 'open').length).to.equal(then.review ? 1 : 0);
        expect(found.rounds.every(({ workingDaysLate }) => workingDaysLate >= 0)).to.equal(true);
      }),
      { numRuns: 200 },
    );
  });

  it('was tried on histories with every kind of hand-over', () => {
    const histories = fc.sample(steps, { numRuns: 100, seed: 1 }).map(play);

    const seen = new Set(histories.flatMap((events) => events.map(({ type }) => type)));
    expect([...seen].toSorted()).to.deep.equal([
      'task.assigned',
      'task.information_given',
      'task.information_requested',
      'task.move_proposed',
      'task.moved',
      'task.reassigned',
      'task.recalled',
    ]);
  });
});

type Doing = readonly [actor: Step[1], command: (today: string, back: number) => Command];

const backDated =
  (command: Command) =>
  (today: string, days: number): Command =>
    ({ ...command, effectiveAt: addDays(today, -days) }) as Command;

const doings: readonly Doing[] = [
  [cast.focalPoint, () => ({ type: 'transition', transition: 'acknowledge' })],
  [cast.focalPoint, backDated(submit)],
  [cast.focalPoint, backDated({ type: 'answer_information', answer: '!' })],
  [cast.head, () => ({ type: 'recall' })],
  ...[cast.appraiser, other.appraiser].flatMap((person): Doing[] => [
    [person as Step[1], () => ({ type: 'transition', outcome: 'achieved' })],
    [person as Step[1], () => ({ type: 'transition', outcome: 'returned', reason: 'Thiếu' })],
    [person as Step[1], backDated({ type: 'request_information', question: '?' })],
  ]),
  [cast.office, () => move('reopen')],
  [secondOffice as Step[1], () => move('reopen')],
  [cast.office, () => ({ type: 'reassign', appraiserUnit: other.unit, participants: [], reason: 'Đổi' })],
  [cast.office, () => ({ type: 'reassign', appraiserUnit: units.appraiser, participants: [], reason: 'Đổi' })],
  [cast.leader, () => move('stop')],
];

const steps = fc.array(
  fc.record({ wait: fc.nat(12), days: fc.constantFrom(0, 0, 1, 4), what: fc.nat(doings.length - 1) }),
  { minLength: 5, maxLength: 40, size: 'max' },
);

/** At each step the first thing from there on that the rules allow then. */
const play = (given: readonly { readonly wait: number; readonly days: number; readonly what: number }[]) => {
  const events = [...assigned()];
  let now = instant('2026-03-02');
  for (const { wait, days, what } of given) {
    now = new Date(now.getTime() + wait * 86_400_000);
    const today = dayOf(now, calendar.zone);
    [...doings.slice(what), ...doings.slice(0, what)].find(([actor, command]) =>
      apply(events, now, actor, command(today, days)),
    );
  }
  return events;
};

/** What the task was after the events up to the first that took effect later. */
const replayUntil = (events: readonly TaskEvent[], asOf: string): Task => {
  const later = events.findIndex(({ effectiveAt }) => dayOf(new Date(effectiveAt), calendar.zone) > asOf);
  const until = later === -1 ? events : events.slice(0, later);
  return until.reduce<Task | null>(evolve, null) as Task;
};
