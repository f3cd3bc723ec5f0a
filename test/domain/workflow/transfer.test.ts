import { expect } from 'chai';
import { Refusal } from '../../../src/domain/refusal.ts';
import type { Circumstances } from '../../../src/domain/workflow/circumstances.ts';
import { decide } from '../../../src/domain/workflow/decide.ts';
import { evolve, replay } from '../../../src/domain/workflow/evolve.ts';
import type { Command, Task, TaskEvent, TransferTask } from '../../../src/domain/workflow/task.ts';
import { aDocument, anAssignment, cast, circumstances, commitment, eventsOf, units } from '../../support/builders.ts';

const aTask = (...commands: readonly (readonly [Command, Partial<Circumstances>])[]): Task => {
  const events = [...eventsOf(decide(commitment, null, anAssignment(), circumstances({ actor: cast.office })))];
  for (const [command, given] of commands)
    events.push(
      ...eventsOf(
        decide(commitment, replay(events), command, circumstances(given as Parameters<typeof circumstances>[0])),
      ),
    );
  return replay(events);
};
const acknowledge = [{ type: 'transition', transition: 'acknowledge' }, { actor: cast.focalPoint }] as const;
const submit = [
  {
    type: 'transition',
    transition: 'submit',
    evidence: [{ title: 'Báo cáo' }],
    fields: { result: 'Đạt', achieved: 100 },
  },
  { actor: cast.head },
] as const;
const transferTo = (task: Task, given: Partial<TransferTask> = {}): TransferTask => ({
  type: 'transfer',
  reorganisation: 'r',
  kind: 'merge',
  document: aDocument,
  effectiveOn: '2026-03-10',
  leadUnit: 'so-moi',
  appraiserUnit: task.appraiserUnit,
  participants: task.participants,
  replaced: false,
  names: { [units.lead]: 'Sở Y tế', 'so-moi': 'Sở mới' },
  heirs: {},
  ...given,
});
const ordered = (given: Parameters<typeof circumstances>[0] = {}) =>
  circumstances({ actor: cast.administrator, unitLine: ['so-moi'], reorganisation: 'r', now: '2026-03-12', ...given });
const moved = (task: Task, command: TransferTask): Task =>
  eventsOf(decide(commitment, task, command, ordered())).reduce<Task>((before, event) => evolve(before, event), task);

describe('A task that changes hands', () => {
  it('goes on as it is, for the new unit, and remembers who led it', () => {
    const task = aTask(acknowledge);

    const next = moved(task, transferTo(task));

    expect(next.leadUnit).to.equal('so-moi');
    expect(next.formerUnits.map(({ unit }) => unit)).to.deep.equal([units.lead]);
    const { leadUnit: _a, formerUnits: _b, seq: _c, version: _d, recordedAt: _e, ...rest } = next;
    const { leadUnit: _f, formerUnits: _g, seq: _h, version: _i, recordedAt: _j, ...before } = task;
    expect(rest).to.deep.equal(before);
  });

  it('does so from the day of the act, or from its last move when that was later', () => {
    const quiet = aTask(acknowledge);
    const on = (task: Task, effectiveOn: string) =>
      (eventsOf(decide(commitment, task, transferTo(task, { effectiveOn }), ordered()))[0] as TaskEvent).effectiveAt;

    expect(on(quiet, '2026-03-11')).to.equal('2026-03-10T17:00:00.000Z');
    expect(on(quiet, '2026-03-01')).to.equal(quiet.movedAt);
  });

  it('cannot be asked for by anybody but the execution of the act that names it', () => {
    const task = aTask(acknowledge);
    const { reorganisation: _, ...without } = ordered();

    for (const given of [without, ordered({ reorganisation: 'another' }), ordered({ actor: null })]) {
      const decision = decide(commitment, task, transferTo(task), given);
      expect(decision).to.be.instanceOf(Refusal).and.include({ code: 'permission.denied' });
    }
  });

  it('stays where it is once it has ended, and when nothing of it changes', () => {
    const open = aTask(acknowledge);
    const done = aTask(acknowledge, submit, [{ type: 'transition', transition: 'approve' }, { actor: cast.appraiser }]);

    expect(decide(commitment, done, transferTo(done), ordered())).to.deep.equal({ events: [] });
    expect(decide(commitment, open, transferTo(open, { leadUnit: units.lead }), ordered())).to.deep.equal({
      events: [],
    });
  });

  it('is not moved below its own appraiser', () => {
    const task = aTask(acknowledge);

    const decision = decide(commitment, task, transferTo(task), ordered({ unitLine: ['so-moi', units.appraiser] }));

    expect(decision).to.be.instanceOf(Refusal).and.include({ code: 'conflict_of_interest' });
  });

  it('keeps the round when its agency has a successor, and begins another one when it gets another agency', () => {
    const task = aTask(acknowledge, submit);
    const asked = moved(task, transferTo(task, { leadUnit: units.lead }));
    expect(asked).to.equal(task);

    const heirs = { [units.appraiser]: 'so-noi-vu-moi' };
    const inherited = moved(task, transferTo(task, { appraiserUnit: 'so-noi-vu-moi', heirs }));
    const replaced = moved(task, transferTo(task, { appraiserUnit: 'so-tai-chinh', replaced: true }));

    expect([inherited.round, inherited.appraiserUnit]).to.deep.equal([1, 'so-noi-vu-moi']);
    expect([replaced.round, replaced.review?.since]).to.deep.equal([2, '2026-03-12']);
  });
});
