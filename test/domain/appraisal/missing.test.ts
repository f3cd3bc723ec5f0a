import { expect } from 'chai';
import { lineOf } from '../../../src/application/notifications/wording.ts';
import { Refusal } from '../../../src/domain/refusal.ts';
import { decide } from '../../../src/domain/workflow/decide.ts';
import { evolve, replay } from '../../../src/domain/workflow/evolve.ts';
import type { MoveTask, Task, TaskEvent } from '../../../src/domain/workflow/task.ts';
import { anAssignment, cast, circumstances, commitment, eventsOf } from '../../support/builders.ts';

const given = (actor: (typeof cast)[keyof typeof cast]) => circumstances({ actor });

const awaiting = (): Task => {
  const events = [...eventsOf(decide(commitment, null, anAssignment(), circumstances()))];
  const asked: readonly [(typeof cast)[keyof typeof cast], MoveTask][] = [
    [cast.focalPoint, { type: 'transition', transition: 'acknowledge' }],
    [
      cast.focalPoint,
      { type: 'transition', transition: 'submit', fields: { result: 'Đạt' }, evidence: [{ title: 'Báo cáo' }] },
    ],
  ];
  for (const [actor, command] of asked)
    events.push(...eventsOf(decide(commitment, replay(events), command, given(actor))));
  return replay(events);
};
const refusal = (
  task: Task,
  command: Omit<MoveTask, 'type'>,
  actor: (typeof cast)[keyof typeof cast] = cast.appraiser,
) => {
  const decision = decide(commitment, task, { type: 'transition', ...command }, given(actor));
  return decision instanceof Refusal
    ? [decision.code, decision.details.pointer ?? decision.details.pointers]
    : decision;
};

describe('An answer named by its outcome', () => {
  it('is the transition that the task’s own workflow has for it', () => {
    const task = awaiting();
    const answers = (['achieved', 'not_achieved', 'returned'] as const).map((outcome) => {
      const [event] = eventsOf(
        decide(commitment, task, { type: 'transition', outcome, reason: 'x' }, given(cast.appraiser)),
      );
      return event?.type === 'task.moved' ? [event.payload.transition, event.payload.answer] : event;
    });

    expect(answers).to.deep.equal([
      ['approve', 'achieved'],
      ['reject', 'not_achieved'],
      ['return', 'returned'],
    ]);
  });

  it('is refused where no round is open, beside a transition, and without either', () => {
    const task = awaiting();
    const idle = replay(eventsOf(decide(commitment, null, anAssignment(), circumstances())));

    expect(refusal(idle, { outcome: 'achieved' })).to.deep.equal(['appraisal.not_open', undefined]);
    expect(refusal(task, { outcome: 'achieved', transition: 'approve' })).to.deep.equal(['input.invalid', '/outcome']);
    expect(refusal(task, {})).to.deep.equal(['transition.unknown', undefined]);
  });
});

describe('What is missing', () => {
  const returning: MoveTask = {
    type: 'transition',
    transition: 'return',
    reason: 'Chưa đủ',
    missing: ['Số liệu.', 'Biên bản'],
  };

  it('stands in the event of the return and in the line that tells the unit', () => {
    const task = awaiting();
    const [event] = eventsOf(decide(commitment, task, returning, given(cast.appraiser)));

    expect(event?.payload).to.deep.include({ answer: 'returned', missing: ['Số liệu.', 'Biên bản'] });
    const line = lineOf(
      {
        event: event as TaskEvent,
        task: evolve(task, event as TaskEvent),
        sourceNumber: null,
        unitName: 'Sở Y tế',
        noun: 'nội dung',
        programmeName: '2026',
        illustrative: false,
      },
      '2026-03-10',
    );
    expect(line).to.equal(
      '[Trả lại] Sở Y tế: Tỷ lệ bao phủ bảo hiểm y tế – lý do: Chưa đủ. Đề nghị bổ sung: 1) Số liệu; 2) Biên bản',
    );
  });

  it('belongs to a return and to nothing else', () => {
    const task = awaiting();

    expect(refusal(task, { transition: 'approve', missing: ['x'] })).to.deep.equal(['input.invalid', '/missing']);
    expect(refusal(task, { transition: 'reject', reason: 'x', missing: ['x'] })).to.deep.equal([
      'input.invalid',
      '/missing',
    ]);
    expect(refusal(task, { transition: 'return', missing: ['x'] })).to.deep.equal(['requirement.missing', undefined]);
  });

  it('is content, which secret work has none of', () => {
    const secret = { ...awaiting(), secret: true };

    expect(refusal(secret, { transition: 'return', missing: ['x'] })).to.deep.equal([
      'task.secret_content',
      ['/missing'],
    ]);
  });
});
