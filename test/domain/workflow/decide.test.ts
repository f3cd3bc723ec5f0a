import { expect } from 'chai';
import type { Membership } from '../../../src/domain/organisation/actor.ts';
import { Refusal } from '../../../src/domain/refusal.ts';
import { ladderOf, occurrence, owedTimers } from '../../../src/domain/schedule/owed-timers.ts';
import { audienceOf } from '../../../src/domain/workflow/audience.ts';
import type { Decision } from '../../../src/domain/workflow/circumstances.ts';
import { decide } from '../../../src/domain/workflow/decide.ts';
import { evolve, replay } from '../../../src/domain/workflow/evolve.ts';
import type {
  Command,
  DecideDeadline,
  FireTimer,
  MoveTask,
  Task,
  TaskEvent,
} from '../../../src/domain/workflow/task.ts';
import {
  aDocument,
  anActor,
  anAssignment,
  applied,
  aTask,
  builtIn,
  calendar,
  cast,
  changed,
  circumstances,
  codeOf,
  commitment,
  eventsOf,
  pin,
  units,
} from '../../support/builders.ts';

type Given = Parameters<typeof circumstances>[0];

const move = (task: Task, transition: string, command: Partial<MoveTask> = {}, given: Given = {}): Decision =>
  decide(commitment, task, { ...complete(transition), ...command }, circumstances(given));

/** A command that brings everything its transition could ask for. */
const complete = (transition: string): MoveTask => ({
  type: 'transition',
  transition,
  evidence: [{ title: 'Báo cáo kết quả', reference: '45/BC-SYT' }],
  reason: 'Theo kết quả kiểm tra',
  document: aDocument,
  ...(transition === 'submit' ? { fields: { result: '92,3%', achieved: 97 } } : {}),
});

const refusal = (decision: Decision): Refusal => {
  if (!(decision instanceof Refusal)) throw new Error('Was not refused.');
  return decision;
};

const only = (decision: Decision): TaskEvent => {
  const [event, ...others] = eventsOf(decision);
  if (!event || others.length > 0) throw new Error(`${others.length + 1} events.`);
  return event;
};

describe('moving a commitment', () => {
  // Written from the table of states of the domain notes, not from the definition.
  const mayMove: Readonly<Record<string, Readonly<Record<string, readonly (keyof typeof cast)[]>>>> = {
    assigned: { acknowledge: ['head', 'focalPoint'], stop: ['office', 'leader'] },
    in_progress: { submit: ['head', 'focalPoint'], fail: ['head'], stop: ['office', 'leader'] },
    awaiting_appraisal: {
      approve: ['appraiser'],
      reject: ['appraiser'],
      return: ['appraiser'],
      stop: ['office', 'leader'],
    },
    done: { reopen: ['office'] },
    not_done: { reopen: ['office'] },
    stopped: {},
  };
  const leadsTo: Readonly<Record<string, string>> = {
    acknowledge: 'in_progress',
    submit: 'awaiting_appraisal',
    approve: 'done',
    reject: 'not_done',
    return: 'in_progress',
    fail: 'not_done',
    stop: 'stopped',
    reopen: 'in_progress',
  };
  const answers = ['approve', 'reject', 'return'];
  const ofTheUnit = ['head', 'focalPoint'];

  for (const [state, allowed] of Object.entries(mayMove))
    for (const [transition, to] of Object.entries(leadsTo))
      for (const [person, actor] of Object.entries(cast)) {
        const people: readonly string[] | undefined = allowed[transition];
        if (people?.includes(person))
          it(`${person} may ${transition} a task that is ${state}`, () => {
            // What has ended is opened by two persons: here the first has asked already.
            const proposal = { transition, by: 'first-person', at: '2026-03-01T00:00:00.000Z' };
            const task = aTask({ state, proposal: transition === 'reopen' ? proposal : null });
            const event = only(move(task, transition, {}, { actor }));

            expect(event).to.deep.include({ type: 'task.moved', seq: 2, actor: actor.id });
            expect(event.payload).to.deep.include({ transition, from: state, to, category: to, on: '2026-03-10' });
          });
        else {
          const conflict = answers.includes(transition) && ofTheUnit.includes(person);
          const code = !people ? 'task.wrong_state' : conflict ? 'conflict_of_interest' : 'permission.denied';
          it(`${person} may not ${transition} a task that is ${state}: ${code}`, () => {
            expect(codeOf(move(aTask({ state }), transition, {}, { actor }))).to.equal(code);
          });
        }
      }

  it('is not for the system', () => {
    expect(codeOf(move(aTask(), 'acknowledge', {}, { actor: null }))).to.equal('permission.denied');
  });

  it('knows no transition that the definition does not name', () => {
    expect(codeOf(move(aTask(), 'toString', {}, { actor: cast.office }))).to.equal('transition.unknown');
  });

  it('names the states from which the transition is possible', () => {
    expect(refusal(move(aTask(), 'submit', {}, { actor: cast.head })).details).to.deep.equal({
      state: 'assigned',
      transition: 'submit',
      from: ['in_progress'],
    });
  });

  it('names the first role of the definition that the actor holds', () => {
    const both = anActor({ role: 'head', unit: units.lead }, { role: 'focal_point', unit: units.lead });

    expect(only(move(aTask(), 'acknowledge', {}, { actor: both })).capacity).to.equal('lead_unit.focal_point');
  });

  it('lets a unit report failure only where a deadline was set', () => {
    const undated = aTask({ state: 'in_progress', due: { kind: 'none', reason: 'x' }, dueOn: null });

    expect(codeOf(move(undated, 'fail', {}, { actor: cast.head }))).to.equal('transition.guard_failed');
  });

  it('counts rounds and returns, and fixes timeliness by the submission that stands', () => {
    const given = { actor: cast.head, now: '2026-03-10' };
    const submitted = applied(aTask({ state: 'in_progress' }), complete('submit'), given);
    const returned = applied(submitted, complete('return'), { actor: cast.appraiser, now: '2026-03-20' });
    const again = applied(returned, complete('submit'), { actor: cast.focalPoint, now: '2026-04-01' });
    const done = applied(again, complete('approve'), { actor: cast.appraiser, now: '2026-06-01' });

    const seen = [submitted, returned, again, done].map((task) => [
      task.state,
      task.round,
      task.returns,
      task.submittedOn,
      task.submittedBy,
      task.evidenceBy,
      task.finishedOn,
    ]);
    expect(seen).to.deep.equal([
      ['awaiting_appraisal', 1, 0, '2026-03-10', cast.head.id, [cast.head.id], null],
      ['in_progress', 1, 1, null, null, [], null],
      ['awaiting_appraisal', 2, 1, '2026-04-01', cast.focalPoint.id, [cast.focalPoint.id], null],
      ['done', 2, 1, '2026-04-01', cast.focalPoint.id, [cast.focalPoint.id], '2026-06-01'],
    ]);
  });

  it('forgets the earlier submission when work is reopened, so that it is not on time by it', () => {
    const task = aTask({
      state: 'done',
      round: 1,
      submittedOn: '2026-02-02',
      submittedBy: cast.head.id,
      finishedOn: '2026-02-20',
      proposal: { transition: 'reopen', by: 'first-person', at: '2026-03-01T00:00:00.000Z' },
    });

    expect(applied(task, complete('reopen'), { actor: cast.office })).to.deep.include({
      state: 'in_progress',
      submittedOn: null,
      submittedBy: null,
      evidenceBy: [],
      finishedOn: null,
      returns: 0,
    });
  });

  it('takes the day work was done for its submission where nothing is appraised', () => {
    const concluded = decide(
      builtIn('directive-task'),
      aTask({ state: 'in_progress' }),
      complete('conclude'),
      circumstances({ actor: cast.office }),
    );

    expect(eventsOf(concluded).reduce<Task>(evolve, aTask())).to.deep.include({
      state: 'done',
      submittedOn: '2026-03-10',
    });
  });
});

describe('what a transition asks for', () => {
  const missing = (transition: string, task: Task, actor: Given, command: Partial<MoveTask>) => {
    const decision = decide(commitment, task, { type: 'transition', transition, ...command }, circumstances(actor));
    return decision instanceof Refusal ? [decision.code, Reflect.get(decision.details, 'missing')] : [];
  };
  const evidence = [{ title: 'Báo cáo' }];
  const inProgress = aTask({ state: 'in_progress' });
  const awaiting = aTask({ state: 'awaiting_appraisal' });

  const cases: readonly (readonly [title: string, () => readonly unknown[], missing: readonly unknown[]])[] = [
    [
      'a submission without anything',
      () => missing('submit', inProgress, { actor: cast.head }, {}),
      [
        { pointer: '/fields/result', what: 'field' },
        { pointer: '/evidence', what: 'evidence', least: 1 },
      ],
    ],
    [
      'a submission without evidence',
      () => missing('submit', inProgress, { actor: cast.head }, { fields: { result: 'x' }, evidence: [] }),
      [{ pointer: '/evidence', what: 'evidence', least: 1 }],
    ],
    [
      'an empty result',
      () => missing('submit', inProgress, { actor: cast.head }, { fields: { result: '' }, evidence }),
      [{ pointer: '/fields/result', what: 'field' }],
    ],
    [
      'a result of the wrong type',
      () => missing('submit', inProgress, { actor: cast.head }, { fields: { result: 5 }, evidence }),
      [{ pointer: '/fields/result', what: 'field_type' }],
    ],
    [
      'more than a hundred per cent',
      () => missing('submit', inProgress, { actor: cast.head }, { fields: { result: 'x', achieved: 101 }, evidence }),
      [{ pointer: '/fields/achieved', what: 'field_type' }],
    ],
    [
      'a field the form does not have',
      () =>
        missing(
          'submit',
          inProgress,
          { actor: cast.head },
          { fields: { result: 'x', 'a/b': 'y', constructor: 'z' }, evidence },
        ),
      [
        { pointer: '/fields/a~1b', what: 'field_unknown' },
        { pointer: '/fields/constructor', what: 'field_unknown' },
      ],
    ],
    [
      'fields where there is no form',
      () => missing('approve', awaiting, { actor: cast.appraiser }, { fields: { result: 'x' } }),
      [{ pointer: '/fields/result', what: 'field_unknown' }],
    ],
    [
      'a rejection without a reason',
      () => missing('reject', awaiting, { actor: cast.appraiser }, {}),
      [{ pointer: '/reason', what: 'reason' }],
    ],
    [
      'a return with a blank reason',
      () => missing('return', awaiting, { actor: cast.appraiser }, { reason: ' \n' }),
      [{ pointer: '/reason', what: 'reason' }],
    ],
    [
      'a failure without a reason',
      () => missing('fail', inProgress, { actor: cast.head }, {}),
      [{ pointer: '/reason', what: 'reason' }],
    ],
    [
      'a stop without the deciding document',
      () => missing('stop', awaiting, { actor: cast.leader }, { reason: 'x' }),
      [{ pointer: '/document', what: 'document' }],
    ],
    [
      'a reopening without reason and document',
      () => missing('reopen', aTask({ state: 'done' }), { actor: cast.office }, {}),
      [
        { pointer: '/reason', what: 'reason' },
        { pointer: '/document', what: 'document' },
      ],
    ],
  ];
  for (const [title, ask, expected] of cases)
    it(`is missing in ${title}`, () => {
      expect(ask()).to.deep.equal(['requirement.missing', expected]);
    });

  it('is a whole form: each type of field takes its own values only', () => {
    const values = ['text', 5, -1, 50, true, '2026-06-16', '2026-02-30', 'a'] as const;
    const fitting: Readonly<Record<string, readonly unknown[]>> = {
      text: ['text', '2026-06-16', '2026-02-30', 'a'],
      number: [5, -1, 50],
      percent: [5, 50],
      yes_no: [true],
      date: ['2026-06-16'],
      choice: ['a'],
    };

    for (const [type, expected] of Object.entries(fitting)) {
      const definition = changed(commitment, (d) => {
        for (const field of d.forms[0]?.fields ?? []) Object.assign(field, { type, choices: ['a', 'b'] });
      });
      const accepted = values.filter((value) => {
        const command = { ...complete('submit'), fields: { result: value } };
        return codeOf(decide(definition, inProgress, command, circumstances({ actor: cast.head }))) === undefined;
      });
      expect(accepted, type).to.deep.equal(expected);
    }
  });
});

describe('when something took effect', () => {
  const acknowledge = (effectiveAt: string | undefined, now = '2026-03-10', task = aTask()) =>
    move(task, 'acknowledge', effectiveAt === undefined ? {} : { effectiveAt }, { actor: cast.head, now });
  const times = (decision: Decision) => {
    const { effectiveAt, recordedAt, payload } = only(decision);
    return { effectiveAt, recordedAt, on: Reflect.get(payload, 'on'), late: Reflect.get(payload, 'late') };
  };
  const now = '2026-03-10T03:00:00.000Z';

  it('is now if nothing is said, or if today is said', () => {
    const expected = { effectiveAt: now, recordedAt: now, on: '2026-03-10', late: undefined };

    expect(times(acknowledge(undefined))).to.deep.equal(expected);
    expect(times(acknowledge('2026-03-10'))).to.deep.equal(expected);
  });

  it('is the last moment of a whole day that is past, local time, and marked late', () => {
    expect(times(acknowledge('2026-03-05'))).to.deep.equal({
      effectiveAt: '2026-03-05T16:59:59.999Z',
      recordedAt: now,
      on: '2026-03-05',
      late: true,
    });
  });

  it('is an exact instant as given, on its local day', () => {
    expect(times(acknowledge('2026-03-08T18:30:00Z'))).to.deep.include({
      effectiveAt: '2026-03-08T18:30:00.000Z',
      on: '2026-03-09',
      late: true,
    });
    expect(times(acknowledge('2026-03-10T00:10:00+07:00'))).to.deep.include({ on: '2026-03-10', late: undefined });
  });

  for (const future of ['2026-03-11', '2026-03-10T03:00:00.001Z', '2026-03-10T10:00:01+07:00', '9999-12-31'])
    it(`is never in the future: ${future}`, () => {
      expect(codeOf(acknowledge(future))).to.equal('effective.in_future');
    });

  for (const unclear of [
    '2026-03-05T10:00',
    '05/03/2026',
    '2026-02-30',
    'yesterday',
    '',
    '1899-12-31',
    '0001-01-01',
    '+010000-01-01T00:00:00Z',
    '-000001-01-01T00:00:00Z',
    '2026-03-05T25:00:00Z',
  ])
    it(`is never unclear or absurd: ${JSON.stringify(unclear)}`, () => {
      expect(codeOf(acknowledge(unclear))).to.equal('input.invalid');
    });

  it('never lies before the move that came first', () => {
    const task = applied(aTask(), complete('acknowledge'), { actor: cast.head, now: '2026-03-10' });
    const submit = (effectiveAt: string) =>
      move(task, 'submit', { effectiveAt }, { actor: cast.head, now: '2026-03-12' });

    expect(codeOf(submit('2026-03-09'))).to.equal('effective.before_previous');
    expect(codeOf(submit('2026-03-10T02:59:59Z'))).to.equal('effective.before_previous');
    expect(codeOf(submit('2026-03-10T03:00:00Z'))).to.equal(undefined);
    expect(codeOf(submit('2026-03-10'))).to.equal(undefined);
  });

  it('lets two whole days in a row be the same day', () => {
    const given = { actor: cast.head, now: '2026-03-10' };
    const task = applied(aTask(), { ...complete('acknowledge'), effectiveAt: '2026-03-05' }, given);

    expect(codeOf(move(task, 'submit', { effectiveAt: '2026-03-05' }, given))).to.equal(undefined);
  });

  it('runs forward for each kind alone: a report may be older than the last move, not than the assignment', () => {
    const task = applied(aTask(), complete('acknowledge'), { actor: cast.head, now: '2026-03-10' });
    const report = (effectiveAt: string, of: Task) =>
      decide(
        commitment,
        of,
        { type: 'report_progress', progress: 10, effectiveAt },
        circumstances({ actor: cast.head }),
      );

    expect(codeOf(report('2026-02-01', task))).to.equal(undefined);
    expect(codeOf(report('2026-01-05', task))).to.equal(undefined);
    expect(codeOf(report('2026-01-04', task))).to.equal('effective.before_previous');
    const reported = eventsOf(report('2026-02-01', task)).reduce<Task>(evolve, task);
    expect(codeOf(report('2026-01-31', reported))).to.equal('effective.before_previous');
  });

  it('keeps records in order even if a clock runs behind', () => {
    const task = applied(aTask(), complete('acknowledge'), { actor: cast.head, now: '2026-03-10' });

    expect(times(move(task, 'submit', {}, { actor: cast.head, now: '2026-03-09' }))).to.deep.include({
      effectiveAt: now,
      recordedAt: now,
    });
  });
});

describe('separation of duties', () => {
  const appraiserWith = (...more: readonly Membership[]) =>
    anActor({ role: 'appraiser', unit: units.appraiser }, ...more);
  const awaiting = aTask({ state: 'awaiting_appraisal' });
  const conflictOf = (task: Task, actor: ReturnType<typeof anActor>) =>
    (['approve', 'reject', 'return'] as const).map((answer) => {
      const decision = move(task, answer, {}, { actor });
      return decision instanceof Refusal ? Reflect.get(decision.details, 'conflict') : 'allowed';
    });
  const thrice = (conflict: string) => [conflict, conflict, conflict];

  it('keeps the submitter from answering, whatever roles they hold', () => {
    const person = appraiserWith();

    expect(conflictOf({ ...awaiting, submittedBy: person.id }, person)).to.deep.equal(thrice('submitter'));
  });

  it('keeps authors of the evidence from answering', () => {
    const person = appraiserWith();

    expect(conflictOf({ ...awaiting, evidenceBy: ['someone', person.id] }, person)).to.deep.equal(
      thrice('evidence_author'),
    );
  });

  for (const unit of [units.lead, units.parent, units.child])
    it(`keeps people of the appraised unit's line from answering: ${unit}`, () => {
      expect(conflictOf(awaiting, appraiserWith({ role: 'head', unit }))).to.deep.equal(thrice('own_line'));
      expect(conflictOf(awaiting, appraiserWith({ role: 'appraiser', unit }))).to.deep.equal(thrice('own_line'));
    });

  it('does not keep people of a neighbouring unit from answering', () => {
    expect(conflictOf(awaiting, appraiserWith({ role: 'head', unit: 'so-giao-duc' }))).to.deep.equal(thrice('allowed'));
  });

  it('does not keep anyone from what is no answer', () => {
    const person = anActor({ role: 'office' }, { role: 'head', unit: units.lead });

    expect(codeOf(move({ ...awaiting, submittedBy: person.id }, 'stop', {}, { actor: person }))).to.equal(undefined);
  });

  it('counts evidence handed in on the way to the submission, and only until a return', () => {
    const definition = changed(commitment, (d) => {
      Object.assign(d.transitions[0] ?? {}, { require: { evidence: 1 } });
    });
    const given = (actor: Given) => ({ now: '2026-03-10', ...actor });
    const acknowledged = applied(aTask(), complete('acknowledge'), given({ actor: cast.focalPoint }), definition);
    const submitted = applied(acknowledged, complete('submit'), given({ actor: cast.head }), definition);
    const returned = applied(submitted, complete('return'), given({ actor: cast.appraiser }), definition);

    expect([acknowledged, submitted, returned].map(({ evidenceBy }) => evidenceBy)).to.deep.equal([
      [cast.focalPoint.id],
      [cast.focalPoint.id, cast.head.id],
      [],
    ]);
  });

  it('does not let a unit be appraised by its own line from the start', () => {
    for (const appraiserUnit of [units.lead, units.parent, units.child]) {
      const decision = decide(commitment, null, anAssignment({ appraiserUnit }), circumstances());
      expect(codeOf(decision)).to.equal('conflict_of_interest');
    }
  });
});

describe('assigning', () => {
  const assign = (given: Parameters<typeof anAssignment>[0] = {}, at: Given = {}, definition = commitment) =>
    decide(definition, null, anAssignment(given), circumstances(at));

  it('is for the office, leaders, administrators and the aggregator of the programme', () => {
    const elsewhere = anActor({ role: 'aggregator', programme: '2025' });
    const may = Object.entries({ ...cast, elsewhere }).filter(
      ([, actor]) => codeOf(assign({}, { actor })) === undefined,
    );

    expect(may.map(([person]) => person)).to.deep.equal(['office', 'leader', 'administrator', 'aggregator']);
    expect(codeOf(assign({}, { actor: null }))).to.equal('permission.denied');
  });

  it('begins in the first state, held by the unit, on the local day', () => {
    expect(replay(eventsOf(assign({}, { now: '2026-01-05T23:30:00Z' })))).to.deep.include({
      state: 'assigned',
      category: 'assigned',
      holder: 'unit',
      assignedOn: '2026-01-06',
      enteredOn: '2026-01-06',
      dueOn: '2026-11-30',
      dueOriginalOn: '2026-11-30',
      version: 1,
      seq: 1,
      definition: pin,
    });
  });

  it('needs an appraising agency only where one appraises', () => {
    const { appraiserUnit: _, ...without } = anAssignment();

    expect(codeOf(decide(commitment, null, without, circumstances()))).to.equal('requirement.missing');
    expect(codeOf(decide(builtIn('directive-task'), null, without, circumstances()))).to.equal(undefined);
  });

  it('needs a deadline or the reason why there is none', () => {
    expect(codeOf(assign({ due: { kind: 'none', reason: ' ' } }))).to.equal('task.deadline_required');
    expect(codeOf(assign({ due: { kind: 'none', reason: 'Thường xuyên' } }))).to.equal(undefined);
  });

  for (const due of [
    { kind: 'on_or_before', day: '2026-02-30' },
    { kind: 'on_or_before', day: '9999-12-31' },
    { kind: 'before', day: '0001-01-01' },
    { kind: 'recurring', anchor: '2026-06-16', every: 'P1Y', occurrence: 1_000_000 },
    { kind: 'someday' },
  ])
    it(`refuses a deadline that nobody could keep: ${JSON.stringify(due)}`, () => {
      expect(codeOf(assign({ due: due as never }))).to.equal('input.invalid');
    });

  it('happens once', () => {
    expect(codeOf(decide(commitment, aTask(), anAssignment(), circumstances()))).to.equal('task.exists');
    const events = eventsOf(assign());
    expect(() => replay([...events, ...events])).to.throw('assigned twice');
  });

  it('comes before everything else', () => {
    expect(codeOf(decide(commitment, null, complete('acknowledge'), circumstances()))).to.equal('task.not_found');
  });
});

describe('deciding a deadline', () => {
  const to = (day: string, more: Partial<DecideDeadline> = {}): DecideDeadline => ({
    type: 'decide_deadline',
    due: { kind: 'on_or_before', day },
    reason: 'Theo đề nghị của đơn vị',
    ...more,
  });
  const decideOn = (command: DecideDeadline, given: Given = {}, task = aTask()) =>
    decide(commitment, task, command, circumstances(given));

  it('is for the province, the office and administrators', () => {
    const may = Object.entries(cast).filter(([, actor]) => codeOf(decideOn(to('2026-10-30'), { actor })) === undefined);

    expect(may.map(([person]) => person)).to.deep.equal(['office', 'leader', 'administrator']);
  });

  it('moves a deadline away only by document, and counts it', () => {
    expect(codeOf(decideOn(to('2026-12-31')))).to.equal('requirement.missing');
    const extended = applied(aTask(), to('2026-12-31', { document: aDocument }), {});

    expect(extended).to.deep.include({ dueOn: '2026-12-31', dueOriginalOn: '2026-11-30', extensions: 1, version: 2 });
  });

  it('counts taking a deadline away as an extension too', () => {
    const away = to('2026-12-31', { due: { kind: 'none', reason: 'Chờ hướng dẫn' } });

    expect(codeOf(decideOn(away))).to.equal('requirement.missing');
    expect(applied(aTask(), { ...away, document: aDocument }, {})).to.deep.include({ dueOn: null, extensions: 1 });
  });

  it('brings a deadline nearer or sets the first one without a document', () => {
    const undated = aTask({ due: { kind: 'none', reason: 'x' }, dueOn: null, dueOriginalOn: null });

    expect(applied(aTask(), to('2026-10-30'), {})).to.deep.include({ dueOn: '2026-10-30', extensions: 0 });
    expect(applied(undated, to('2026-10-30'), {})).to.deep.include({ dueOriginalOn: '2026-10-30', extensions: 0 });
  });

  it('always has a reason', () => {
    expect(codeOf(decideOn(to('2026-10-30', { reason: '  ' })))).to.equal('requirement.missing');
  });

  it('is over once the task has ended', () => {
    for (const state of ['done', 'not_done', 'stopped'])
      expect(codeOf(decideOn(to('2026-10-30'), {}, aTask({ state })))).to.equal('task.wrong_state');
  });

  it('is never in the future and never before the last decision', () => {
    const decided = applied(aTask(), to('2026-10-30'), { now: '2026-03-10' });

    expect(codeOf(decideOn(to('2026-10-20', { effectiveAt: '2026-03-11' })))).to.equal('effective.in_future');
    expect(codeOf(decideOn(to('2026-10-20', { effectiveAt: '2026-03-09' }), {}, decided))).to.equal(
      'effective.before_previous',
    );
  });

  it('follows the programme in what becomes of a day off', () => {
    // 30 November 2025 was a Sunday.
    const roll = (given: Given) => only(decideOn(to('2025-11-30'), given)).payload;

    expect(roll({})).to.deep.include({ dueOn: '2025-11-30' });
    expect(
      roll({
        programme: { code: '2026', soonDays: 3, illustrative: false, reopenDays: 30, maxExtensions: 1, roll: 'next' },
      }),
    ).to.deep.include({
      dueOn: '2025-12-01',
    });
  });
});

describe('reporting progress', () => {
  const report: Command = { type: 'report_progress', progress: 40, estimate: 'done', result: 12 };

  it('is for the unit while it works', () => {
    const may = Object.entries(cast).filter(
      ([, actor]) => codeOf(decide(commitment, aTask(), report, circumstances({ actor }))) === undefined,
    );

    expect(may.map(([person]) => person)).to.deep.equal(['head', 'focalPoint']);
    for (const state of ['done', 'not_done', 'stopped'])
      expect(codeOf(decide(commitment, aTask({ state }), report, circumstances({ actor: cast.head })))).to.equal(
        'task.wrong_state',
      );
  });

  it('keeps what a later report does not mention', () => {
    const once = applied(aTask(), report, { actor: cast.head });
    const twice = applied(once, { type: 'report_progress', progress: 60 }, { actor: cast.head });

    expect(twice).to.deep.include({ progress: 60, estimate: 'done', result: 12, state: 'assigned', version: 3 });
  });
});

describe('timers', () => {
  const dueOn = (day: string, given: Partial<Task> = {}): Task =>
    aTask({ state: 'in_progress', due: { kind: 'on_or_before', day }, dueOn: day, ...given });
  const overdue = (k: number, day = '2026-03-02'): FireTimer => ({
    type: 'fire_timer',
    rule: 'overdue',
    k,
    anchor: `due:${day}`,
  });
  const fire = (task: Task, command: FireTimer, now: string, definition = commitment) =>
    decide(definition, task, command, circumstances({ actor: null, now }));
  const fired = (decision: Decision) =>
    eventsOf(decision).map(({ type, payload }) => [
      type,
      Reflect.get(payload, 'k'),
      Reflect.get(payload, 'reason') ?? Reflect.get(payload, 'missed'),
    ]);
  const withMisfire = (misfire: 'collapse' | 'all' | 'skip') =>
    changed(commitment, (d) => {
      Object.assign(d.timers[2] ?? {}, { misfire });
    });
  const owed = (task: Task, definition = commitment) =>
    owedTimers(definition, task, calendar).map(
      ({ rule, k, anchor, dueAt }) => `${rule} ${k} ${anchor} ${dueAt.toISOString()}`,
    );

  it('are owed by what the task is: acknowledging, the deadline ahead and the deadline behind', () => {
    expect(owed(aTask())).to.deep.equal([
      'acknowledge 1 acknowledge_by:2026-01-08 2026-01-08T00:30:00.000Z',
      'due_soon 1 due:2026-11-30 2026-10-31T00:30:00.000Z',
      'overdue 1 due:2026-11-30 2026-12-01T00:30:00.000Z',
    ]);
  });

  it('turn to the appraiser once the task is submitted', () => {
    expect(owed(aTask({ state: 'awaiting_appraisal', submittedOn: '2026-03-02' }))).to.deep.equal([
      'appraisal 1 appraise_by:2026-03-23#1 2026-03-18T00:30:00.000Z',
    ]);
  });

  it('urge undated work every three months from its assignment, until it has a deadline', () => {
    const undated = aTask({
      assignedOn: '2025-11-30',
      due: { kind: 'none', reason: 'x' },
      dueOn: null,
      state: 'in_progress',
    });
    const rule = commitment.timers.find(({ key }) => key === 'undated');
    const ladder = rule && ladderOf(rule, commitment, undated, calendar);

    expect(owed(undated)).to.deep.equal(['undated 1 assigned:2025-11-30 2026-02-28T00:30:00.000Z']);
    expect([2, 3].map((k) => ladder && occurrence(ladder, k)?.dueAt.toISOString())).to.deep.equal([
      '2026-05-30T00:30:00.000Z',
      '2026-08-30T00:30:00.000Z',
    ]);
  });

  for (const state of ['done', 'not_done', 'stopped'])
    it(`are not owed by a task that is ${state}`, () => {
      expect(owed(aTask({ state }))).to.deep.equal([]);
    });

  it('climb their ladder, then repeat from its last step, and end at the top', () => {
    const rule = commitment.timers.find(({ key }) => key === 'overdue');
    const ladder = rule && ladderOf(rule, commitment, dueOn('2026-03-02'), calendar);
    const days = [1, 2, 3, 4, 5, 6, 12, 13].map(
      (k) => ladder && occurrence(ladder, k)?.dueAt.toISOString().slice(0, 10),
    );

    expect(days).to.deep.equal([
      '2026-03-03',
      '2026-03-05',
      '2026-03-09',
      '2026-03-17',
      '2026-03-24',
      '2026-03-31',
      '2026-05-12',
      undefined,
    ]);
  });

  it('fire when due, by the system, addressed as the rule says, and leave the version alone', () => {
    const task = dueOn('2026-03-02');
    const event = only(fire(task, overdue(1), '2026-03-03T07:30:00+07:00'));

    expect(event).to.deep.equal({
      type: 'task.timer_fired',
      taskId: task.id,
      seq: 2,
      actor: null,
      capacity: 'system',
      effectiveAt: '2026-03-03T00:30:00.000Z',
      recordedAt: '2026-03-03T00:30:00.000Z',
      payload: {
        rule: 'overdue',
        k: 1,
        anchor: 'due:2026-03-02',
        dueAt: '2026-03-03T00:30:00.000Z',
        action: 'remind',
        to: ['lead_unit.focal_point'],
      },
    });
    expect(evolve(task, event)).to.deep.include({ version: 1, seq: 2, fired: { overdue: { 'due:2026-03-02': 1 } } });
  });

  it('do nothing at all a moment too early', () => {
    expect(eventsOf(fire(dueOn('2026-03-02'), overdue(1), '2026-03-03T07:29:59+07:00'))).to.deep.equal([]);
  });

  it('do nothing early even if a later level is asked for', () => {
    expect(eventsOf(fire(dueOn('2026-03-02'), overdue(4), '2026-03-03T07:00:00+07:00'))).to.deep.equal([]);
    expect(fired(fire(dueOn('2026-03-02'), overdue(4), '2026-03-03'))).to.deep.equal([
      ['task.timer_fired', 1, undefined],
    ]);
  });

  it('fire a level once, however often they are asked', () => {
    const task = applied(dueOn('2026-03-02'), overdue(1), { actor: null, now: '2026-03-03' });

    expect(fired(fire(task, overdue(1), '2026-03-03'))).to.deep.equal([['task.timer_skipped', 1, 'fired_before']]);
    expect(owed(task)).to.include('overdue 2 due:2026-03-02 2026-03-05T00:30:00.000Z');
  });

  it('collapse after an outage: every missed level recorded, one sent', () => {
    const task = dueOn('2026-03-02');

    expect(fired(fire(task, overdue(1), '2026-03-20'))).to.deep.equal([['task.timer_fired', 4, [1, 2, 3]]]);
    expect(owed(applied(task, overdue(1), { actor: null, now: '2026-03-20' }))).to.include(
      'overdue 5 due:2026-03-02 2026-03-24T00:30:00.000Z',
    );
  });

  it('send all after an outage where the rule says so, in order', () => {
    const events = eventsOf(fire(dueOn('2026-03-02'), overdue(1), '2026-03-10', withMisfire('all')));

    expect(
      events.map(({ seq, payload }) => [seq, Reflect.get(payload, 'k'), Reflect.get(payload, 'missed')]),
    ).to.deep.equal([
      [2, 1, undefined],
      [3, 2, undefined],
      [4, 3, undefined],
    ]);
  });

  it('drop what an outage made late where the rule says so, and record each', () => {
    const definition = withMisfire('skip');
    const task = dueOn('2026-03-02');
    const late = fire(task, overdue(1), '2026-03-12', definition);

    expect(fired(late)).to.deep.equal([1, 2, 3].map((k) => ['task.timer_skipped', k, 'misfire_skip']));
    expect(owed(eventsOf(late).reduce<Task>(evolve, task), definition)).to.include(
      'overdue 4 due:2026-03-02 2026-03-17T00:30:00.000Z',
    );
    expect(fired(fire(task, overdue(1), '2026-03-03T20:00:00+07:00', definition))).to.deep.equal([
      ['task.timer_fired', 1, undefined],
    ]);
  });

  it('are skipped with the reason when the day they counted from has moved', () => {
    expect(fired(fire(dueOn('2026-04-02'), overdue(1), '2026-04-20'))).to.deep.equal([
      ['task.timer_skipped', 1, 'stale_anchor'],
    ]);
  });

  it('are skipped with the reason when the state or the data no longer ask for them', () => {
    const notOwed = [['task.timer_skipped', 1, 'not_owed']];
    const unknown: FireTimer = { type: 'fire_timer', rule: 'constructor', k: 1, anchor: 'x' };
    const undated: FireTimer = { type: 'fire_timer', rule: 'undated', k: 1, anchor: 'assigned:2026-01-05' };

    for (const state of ['awaiting_appraisal', 'done', 'not_done', 'stopped'])
      expect(fired(fire(dueOn('2026-03-02', aTask({ state })), overdue(1), '2026-03-10'))).to.deep.equal(notOwed);
    expect(fired(fire(dueOn('2026-03-02'), undated, '2026-06-10'))).to.deep.equal(notOwed);
    expect(fired(fire(dueOn('2026-03-02'), unknown, '2026-06-10'))).to.deep.equal(notOwed);
  });

  it('do not repeat what they sent when a deadline is moved away and back', () => {
    const deadline = (day: string): Command => ({
      type: 'decide_deadline',
      due: { kind: 'on_or_before', day },
      reason: 'x',
      document: aDocument,
    });
    const sent = applied(dueOn('2026-03-02'), overdue(1), { actor: null, now: '2026-03-06' });
    const moved = applied(sent, deadline('2026-03-05'), { now: '2026-03-06' });
    const sentAgain = applied(moved, overdue(1, '2026-03-05'), { actor: null, now: '2026-03-07' });
    const back = applied(sentAgain, deadline('2026-03-02'), { now: '2026-03-07' });

    expect(
      [sent, moved, sentAgain, back].map((task) => owed(task).find((line) => line.startsWith('overdue'))),
    ).to.deep.equal([
      'overdue 3 due:2026-03-02 2026-03-09T00:30:00.000Z',
      'overdue 1 due:2026-03-05 2026-03-06T00:30:00.000Z',
      'overdue 2 due:2026-03-05 2026-03-08T00:30:00.000Z',
      'overdue 3 due:2026-03-02 2026-03-09T00:30:00.000Z',
    ]);
  });

  it('begin anew for the appraiser with each round', () => {
    const task = aTask({ state: 'awaiting_appraisal', submittedOn: '2026-03-02' });
    const again = { ...task, round: 2, fired: { appraisal: { 'appraise_by:2026-03-23#1': 3 } } };

    expect(owed(again)).to.deep.equal(['appraisal 1 appraise_by:2026-03-23#2 2026-03-18T00:30:00.000Z']);
  });
});

describe('whom an event concerns', () => {
  const submitted = (definition: typeof commitment, transition: string) =>
    only(
      decide(
        definition,
        aTask({ state: 'in_progress' }),
        { ...complete(transition), fields: { result: 'x' } },
        circumstances({ actor: cast.head }),
      ),
    );

  it('is whoever holds the task now: the agency that appraises it or the office that confirms it', () => {
    expect(audienceOf(submitted(commitment, 'submit')).to).to.deep.equal(['appraising_agency']);
    expect(audienceOf(submitted(builtIn('directive-task'), 'report')).to).to.deep.equal(['office']);
  });
});
