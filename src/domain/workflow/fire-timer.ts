// A timer that has come due. Time reminds, urges and escalates; it never decides.

import { actionOf, collapsedActionOf, ladderOf, type OwedTimer, occurrence, rulesOf } from '../schedule/owed-timers.ts';
import type { Circumstances, Decision } from './circumstances.ts';
import type { Definition } from './definition.ts';
import { envelope, recorded } from './envelope.ts';
import { softened } from './softening.ts';
import type { FireTimer, Task, TimerSkipReason } from './task.ts';

/** A timer that is not due yet yields no event at all. */
export const fireTimer = (
  definition: Definition,
  task: Task,
  { rule: key, k, anchor }: FireTimer,
  { now, calendar, centralUnits }: Circumstances,
): Decision => {
  const at = { effectiveAt: recorded(now, task), recordedAt: recorded(now, task) };
  const skipped = (reason: TimerSkipReason, levels: readonly number[] = [k]): Decision => ({
    events: levels.map((level, index) => ({
      ...envelope(task.id, task.seq + 1 + index, null, 'system', at),
      type: 'task.timer_skipped',
      payload: { rule: key, k: level, anchor, reason },
    })),
  });
  const rule = rulesOf(definition, task).find((candidate) => candidate.key === key);
  const ladder = rule && ladderOf(rule, definition, task, calendar);
  if (!rule || !ladder) return skipped('not_owed');
  if (ladder.anchor !== anchor) return skipped('stale_anchor');
  if (ladder.nextK > k) return skipped('fired_before');

  const late = lateLevels((level) => occurrence(ladder, level), ladder.nextK, now);
  const last = late.at(-1);
  if (!last) return { events: [] };
  if (rule.misfire === 'skip' && now.getTime() - last.dueAt.getTime() > misfireGraceMs)
    return skipped(
      'misfire_skip',
      late.map((level) => level.k),
    );
  // Collapsed levels go out as one, to everybody any of them was for: an escalation is not lost behind a later urging.
  const collapsed =
    rule.misfire === 'all'
      ? undefined
      : collapsedActionOf(
          rule,
          late.map((level) => level.k),
        );
  const sent = collapsed === undefined ? late : [last];
  return {
    events: sent.map((level, index) => ({
      ...envelope(task.id, task.seq + 1 + index, null, 'system', at),
      type: 'task.timer_fired',
      payload: {
        rule: key,
        k: level.k,
        anchor,
        dueAt: level.dueAt.toISOString(),
        ...('answerBy' in rule && rule.unit !== null ? { unit: rule.unit } : {}),
        ...softened(collapsed ?? actionOf(rule, level.k), rule, task, centralUnits),
        ...(rule.misfire === 'all' || late.length === 1 ? {} : { missed: late.slice(0, -1).map((missed) => missed.k) }),
      },
    })),
  };
};

/** A rule with misfire `skip` drops a level that is more than this late. */
const misfireGraceMs = 24 * 60 * 60 * 1000;

const lateLevels = (level: (k: number) => OwedTimer | undefined, from: number, now: Date): readonly OwedTimer[] => {
  const late: OwedTimer[] = [];
  for (let next = level(from); next && next.dueAt <= now; next = level(next.k + 1)) late.push(next);
  return late;
};
