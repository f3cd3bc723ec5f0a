// What every event carries beside its payload: who, and the two times.

import type { Voter } from '../appraisal/panel.ts';
import type { Actor } from '../organisation/actor.ts';
import type { Signing } from '../organisation/signing.ts';
import { Refusal } from '../refusal.ts';
import { type CivilDate, dayOf, endOfDay, isCivilDate } from '../schedule/civil-date.ts';
import type { Circumstances } from './circumstances.ts';
import type { EffectiveAt, Instant, Task } from './task.ts';

export interface Times {
  readonly effectiveAt: Instant;
  readonly recordedAt: Instant;
}

/** A whole day that is past means its last moment; today and nothing given mean now. Nothing lies in the future. */
export const resolveEffective = (
  asked: EffectiveAt | undefined,
  { now, calendar: { zone } }: Circumstances,
  task: Task | null,
  notBefore?: Instant,
): Times | Refusal => {
  const recordedAt = recorded(now, task);
  const effective = asked === undefined ? new Date(recordedAt) : instantOf(asked, new Date(recordedAt), zone);
  if (Number.isNaN(effective.getTime()) || effective.getTime() < Date.parse(earliestDay))
    return new Refusal('input.invalid', { pointer: '/effectiveAt' });
  const effectiveAt = effective.toISOString();
  if (effectiveAt > recordedAt) return new Refusal('effective.in_future', { effectiveAt: asked, now: recordedAt });
  if (notBefore !== undefined && effectiveAt < notBefore) {
    // "Now" can lie behind an earlier entry only through rounding of whole days; it then counts as simultaneous.
    if (asked === undefined) return { effectiveAt: notBefore, recordedAt };
    return new Refusal('effective.before_previous', { effectiveAt: asked, previous: notBefore });
  }
  return { effectiveAt, recordedAt };
};

/** Before this day lies no entry and no deadline. */
export const earliestDay = '1900-01-01';

const instantOf = (asked: EffectiveAt, now: Date, zone: string): Date => {
  // Without a zone a text would mean another instant on another server.
  if (!isCivilDate(asked)) return new Date(instantPattern.test(asked) ? asked : Number.NaN);
  if (asked === dayOf(now, zone)) return now;
  return new Date(endOfDay(asked, zone).getTime() - 1);
};

const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Records never run backwards within one task, whatever two clocks say. */
export const recorded = (now: Date, task: Task | null): Instant => {
  const instant = now.toISOString();
  return task && task.recordedAt > instant ? task.recordedAt : instant;
};

export const envelope = (taskId: string, seq: number, actor: Actor | null, capacity: string, at: Times) => ({
  taskId,
  seq,
  actor: actor?.id ?? null,
  capacity,
  effectiveAt: at.effectiveAt,
  recordedAt: at.recordedAt,
});

export const lateness = (at: Times, { calendar: { zone } }: Circumstances): { readonly late?: true } =>
  localDay(at.effectiveAt, zone) < localDay(at.recordedAt, zone) ? { late: true } : {};

const localDay = (instant: Instant, zone: string): CivilDate => dayOf(new Date(instant), zone);

/** The key, only when there is a value for it: events hold no undefined. */
export const given = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };

/** Whom the actor stood in for, and how they sign. */
export const capacityFields = (voter: Voter | null | undefined): { onBehalfOf?: string; signing?: Signing } => ({
  ...(voter?.onBehalfOf ? { onBehalfOf: voter.onBehalfOf } : {}),
  ...(voter?.signing ? { signing: voter.signing } : {}),
});
