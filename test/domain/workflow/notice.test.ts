import { expect } from 'chai';
import { audienceOf } from '../../../src/domain/workflow/audience.ts';
import { categories } from '../../../src/domain/workflow/definition.ts';
import { anchorOf, noticeKindOf } from '../../../src/domain/workflow/notice.ts';
import type { TaskEvent } from '../../../src/domain/workflow/task.ts';

const envelope = { taskId: 't', seq: 1, actor: null, capacity: 'system', effectiveAt: '', recordedAt: '' };

describe('What an event means to the people told of it', () => {
  it('has a name exactly when somebody is told', () => {
    const moves = categories.flatMap((category) =>
      ([undefined, 'achieved', 'not_achieved', 'returned'] as const).map((answer): TaskEvent => {
        const payload = { transition: 't', from: 'a', to: 'b', fromCategory: category, category, holder: null, on: '' };
        return { ...envelope, type: 'task.moved', payload: answer ? { ...payload, answer } : payload };
      }),
    );
    const reported: TaskEvent = { ...envelope, type: 'task.progress_reported', payload: {} };
    const skipped: TaskEvent = {
      ...envelope,
      type: 'task.timer_skipped',
      payload: { rule: 'r', k: 1, anchor: 'due:2026-06-16', reason: 'not_owed' },
    };

    for (const event of [...moves, reported, skipped])
      expect(noticeKindOf(event) !== undefined, JSON.stringify(event.payload)).to.equal(
        audienceOf(event).to.length > 0,
      );
  });

  it('finds what a timer was counted from in the name of its anchor', () => {
    expect(anchorOf('due:2026-06-16')).to.deep.equal({ from: 'due', day: '2026-06-16' });
    expect(anchorOf('appraise_by:2026-06-16#2')).to.deep.equal({ from: 'appraise_by', day: '2026-06-16' });
    expect(anchorOf('odd')).to.deep.equal({ from: 'odd', day: null });
  });
});
