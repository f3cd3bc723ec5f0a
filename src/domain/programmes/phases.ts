// The phases of a programme's year. Letter 000: appraisal and next year's registration begin after the planning department has
// submitted two products, "dự kiến vào cuối tháng 11" – so nothing counts down until that submission is recorded.

import type { CivilDate } from '../schedule/civil-date.ts';
import { daysBetween } from '../schedule/civil-date.ts';
import { lastGoodDay, type Roll } from '../schedule/due.ts';
import type { Offset } from '../schedule/offset.ts';
import type { WorkingCalendar } from '../schedule/working-calendar.ts';
import type { SourceDocument } from '../workflow/task.ts';

export const phaseNames = [
  'registration',
  'opinions',
  'approval',
  'execution',
  'confirmation',
  'appraisal',
  'closing',
] as const;
export type PhaseName = (typeof phaseNames)[number];

export type PhaseStart =
  | { readonly kind: 'on_day'; readonly day: CivilDate }
  /** After what another body submits; the tentative day is a forecast and counts nothing. */
  | {
      readonly kind: 'after_submission';
      readonly event: string;
      readonly unit: string;
      readonly tentativeDay?: CivilDate | undefined;
    };
export type PhaseEnd =
  | { readonly kind: 'on_day'; readonly day: CivilDate }
  /** A period whose day zero is the day on which the phase began. */
  | { readonly kind: 'within'; readonly offset: Offset };

export interface PhaseFact {
  /** The day on which it happened. */
  readonly on: CivilDate;
  readonly by: string;
  readonly document: SourceDocument | null;
  readonly recordedAt: Date;
}

export interface PhasePlan {
  readonly phase: PhaseName;
  readonly starts: PhaseStart;
  readonly ends: PhaseEnd | null;
}
export interface Phase extends PhasePlan {
  readonly started: PhaseFact | null;
  readonly ended: PhaseFact | null;
}

export interface PhaseStanding {
  /** waiting: for what another body submits; overrun: its last day is past and nobody has ended it. */
  readonly state: 'planned' | 'waiting' | 'running' | 'overrun' | 'ended';
  readonly startsOn: CivilDate | null;
  readonly endsOn: CivilDate | null;
  /** To the first day of a planned phase, to the last one of a running one; null while nothing counts down. */
  readonly daysLeft: number | null;
}

/**
 * How a phase stands on a day. One that starts on a day runs from that day on by itself; one that waits for a submission does
 * not, whatever the calendar says.
 */
export const phaseStanding = (
  { starts, ends, started, ended }: Omit<Phase, 'phase'>,
  {
    today,
    calendar,
    roll,
  }: { readonly today: CivilDate; readonly calendar: WorkingCalendar; readonly roll: Roll | null },
): PhaseStanding => {
  const startsOn = started?.on ?? (starts.kind === 'on_day' ? starts.day : null);
  const endsOn =
    ended?.on ??
    (ends?.kind === 'on_day' ? ends.day : ends && startsOn ? within(ends.offset, startsOn, calendar, roll) : null);
  const standing = { startsOn, endsOn };
  if (ended && ended.on <= today) return { ...standing, state: 'ended', daysLeft: null };
  if (startsOn === null) return { startsOn, endsOn: null, state: 'waiting', daysLeft: null };
  if (startsOn > today) return { ...standing, state: 'planned', daysLeft: daysBetween(today, startsOn) };
  if (endsOn === null) return { ...standing, state: 'running', daysLeft: null };
  return { ...standing, state: endsOn < today ? 'overrun' : 'running', daysLeft: daysBetween(today, endsOn) };
};

const within = (offset: Offset, assignedOn: CivilDate, calendar: WorkingCalendar, roll: Roll | null) =>
  lastGoodDay({ kind: 'within', offset }, { assignedOn, calendar, roll: roll ?? undefined });
