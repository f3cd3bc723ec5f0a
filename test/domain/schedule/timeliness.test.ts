import { expect } from 'chai';
import {
  type DeadlineClass,
  daysOverdue,
  deadlineClass,
  type Exposure,
} from '../../../src/domain/schedule/timeliness.ts';
import type { Category } from '../../../src/domain/workflow/definition.ts';

const dueOn = '2026-06-16';

const anExposure = (changes: Partial<Exposure>): Exposure => ({
  category: 'in_progress',
  dueOn,
  submittedOn: null,
  today: '2026-06-01',
  ...changes,
});

const classOf = (changes: Partial<Exposure> & { soonDays?: number }) =>
  deadlineClass({ ...anExposure(changes), soonDays: changes.soonDays });

describe('the deadline class', () => {
  // Every category, with and without a deadline, with and without a submission, before and after the last day.
  const table: Readonly<Record<Category, readonly [string | null, string | null, string, DeadlineClass, number][]>> = {
    assigned: openRows(),
    in_progress: openRows(),
    awaiting_appraisal: handedInRows('submitted'),
    done: handedInRows('done'),
    not_done: closedRows(),
    stopped: closedRows(),
  };

  for (const [category, rows] of Object.entries(table) as [Category, (typeof table)[Category]][]) {
    it(`of a task ${category} follows the table, and so do the days overdue`, () => {
      const answers = rows.map(([due, submittedOn, today]) => {
        const exposure = { category, dueOn: due, submittedOn, today };
        return [due, submittedOn, today, deadlineClass(exposure), daysOverdue(exposure)];
      });

      expect(answers).to.deep.equal(rows);
    });
  }

  function openRows(): [string | null, string | null, string, DeadlineClass, number][] {
    return [
      [dueOn, null, '2026-06-12', 'in_time', 0],
      [dueOn, null, '2026-06-13', 'due_soon', 0],
      [dueOn, null, '2026-06-16', 'due_soon', 0],
      [dueOn, null, '2026-06-17', 'overdue', 1],
      [dueOn, null, '2026-07-16', 'overdue', 30],
      // Returned: a submission that was not accepted stops nothing.
      [dueOn, '2026-06-10', '2026-06-12', 'in_time', 0],
      [dueOn, '2026-06-10', '2026-06-17', 'overdue', 1],
      [null, null, '2026-06-17', 'undated', 0],
      [null, '2026-06-10', '2026-06-17', 'undated', 0],
    ];
  }

  function handedInRows(stage: 'submitted' | 'done'): [string | null, string | null, string, DeadlineClass, number][] {
    return [
      [dueOn, '2026-06-15', '2026-06-15', `${stage}_on_time`, 0],
      [dueOn, '2026-06-16', '2026-06-16', `${stage}_on_time`, 0],
      // Months later, through nobody's fault but the appraiser's: still on time.
      [dueOn, '2026-06-16', '2026-12-31', `${stage}_on_time`, 0],
      [dueOn, '2026-06-17', '2026-06-17', `${stage}_late`, 1],
      [dueOn, '2026-06-26', '2026-12-31', `${stage}_late`, 10],
      [null, '2026-06-17', '2026-12-31', `${stage}_undated`, 0],
      [dueOn, null, '2026-06-01', `${stage}_undated`, 0],
      [dueOn, null, '2026-12-31', `${stage}_undated`, 0],
      [null, null, '2026-12-31', `${stage}_undated`, 0],
    ];
  }

  function closedRows(): [string | null, string | null, string, DeadlineClass, number][] {
    return [dueOn, null].flatMap((due) =>
      ['2026-06-20', null].flatMap((submittedOn) =>
        ['2026-06-01', '2026-12-31'].map((today): [string | null, string | null, string, DeadlineClass, number] => [
          due,
          submittedOn,
          today,
          'closed',
          0,
        ]),
      ),
    );
  }

  it('warns as many calendar days ahead as asked', () => {
    expect(classOf({ today: '2026-06-09', soonDays: 7 })).to.equal('due_soon');
    expect(classOf({ today: '2026-06-08', soonDays: 7 })).to.equal('in_time');
    expect(classOf({ today: '2026-06-15', soonDays: 0 })).to.equal('in_time');
    expect(classOf({ today: '2026-06-16', soonDays: 0 })).to.equal('due_soon');
  });

  it('of what waits on an appraiser is never overdue, on any day', () => {
    const classes = ['2026-06-01', '2026-06-17', '2027-06-17'].flatMap((today) =>
      ['2026-06-16', '2026-06-17', null].map((submittedOn) =>
        classOf({ category: 'awaiting_appraisal', submittedOn, today }),
      ),
    );

    expect(classes).to.not.include('overdue');
    expect([...new Set(classes)].toSorted()).to.deep.equal([
      'submitted_late',
      'submitted_on_time',
      'submitted_undated',
    ]);
  });

  it('of a task returned after the last day is overdue again, and late once submitted anew', () => {
    const submitted = classOf({ category: 'awaiting_appraisal', submittedOn: '2026-06-16', today: '2026-06-20' });
    const returned = classOf({ category: 'in_progress', submittedOn: '2026-06-16', today: '2026-06-21' });
    const accepted = classOf({ category: 'done', submittedOn: '2026-06-22', today: '2026-06-30' });

    expect([submitted, returned, accepted]).to.deep.equal(['submitted_on_time', 'overdue', 'done_late']);
  });
});
