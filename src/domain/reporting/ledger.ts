// In whose court the ball was, in working days. Rule: the day on which the ball passes on still counts for whoever had it;
// it is day zero of the next holder (domain rule M5: a period begins the day after the event). What has ended counts for
// nobody. So the days of all holders together are the working days from the assignment to the end, whatever happened.

import { type CivilDate, dayOf } from '../schedule/civil-date.ts';
import { applyOffset } from '../schedule/offset.ts';
import { type WorkingCalendar, workingDaysBetween } from '../schedule/working-calendar.ts';
import { type Category, type Definition, type Holder, holders } from '../workflow/definition.ts';
import type { TaskEvent } from '../workflow/task.ts';

export interface Stretch {
  readonly holder: Holder;
  /** The lead unit, or the appraising agency; null: the office, the province. */
  readonly unit: string | null;
  /** Day zero: the day on which the holder got it. */
  readonly from: CivilDate;
  /** The last day that counts for this holder. */
  readonly to: CivilDate;
  readonly workingDays: number;
}

export interface RoundEntry {
  readonly round: number;
  /** Who was to answer; null: the office or the province. */
  readonly agency: string | null;
  readonly openedOn: CivilDate;
  /** The day of the answer, or on which the round ended without one. */
  readonly closedOn: CivilDate | null;
  /** withdrawn: recalled, given to others or stopped before there was an answer. */
  readonly end: 'answered' | 'withdrawn' | 'open';
  /** Last good day of the agency's own deadline as it last counted; null: it has none. */
  readonly appraiseBy: CivilDate | null;
  /** Beyond that deadline. A question to the unit ends a count and its answer begins another: they are added up. */
  readonly workingDaysLate: number;
}

export interface Ledger {
  readonly assignedOn: CivilDate;
  /** The day of the end, or the day asked for. */
  readonly until: CivilDate;
  readonly stretches: readonly Stretch[];
  readonly totals: Readonly<Record<Holder, number>>;
  /** Working days between an end and a reopening, which count for nobody. */
  readonly ended: number;
  /** From the assignment until then: the totals and `ended` together. */
  readonly workingDays: number;
  readonly rounds: readonly RoundEntry[];
}

interface Court {
  readonly holder: Holder | null;
  readonly category: Category;
  readonly state: string;
  readonly leadUnit: string;
  readonly agency: string | null;
}

/**
 * @param events of one task, in order; what took effect after the day asked for is left out
 * @param definition names the agency's own deadline of each appraisal
 * @param asOf the last day that counts
 * @returns undefined when the task was not assigned by then
 */
export const ledgerOf = (
  events: readonly TaskEvent[],
  definition: Pick<Definition, 'appraisals'>,
  calendar: WorkingCalendar,
  asOf: CivilDate,
): Ledger | undefined => {
  const [first, ...rest] = events.map((event) => ({ event, on: dayOf(new Date(event.effectiveAt), calendar.zone) }));
  if (first?.event.type !== 'task.assigned' || first.on > asOf) return undefined;
  const { holder, category, state, leadUnit, appraiserUnit } = first.event.payload;
  let court: Court = { holder, category, state, leadUnit, agency: appraiserUnit ?? null };
  let since = first.on;
  let endedSince: CivilDate | undefined;
  let ended = 0;
  const stretches: Stretch[] = [];
  const rounds = roundBook(definition, calendar);

  for (const { event, on } of rest) {
    if (on > asOf) break;
    const next = courtAfter(court, event);
    if (next === undefined) continue;
    // An entry may be dated back behind a question or an answer; a holder never had fewer than no days.
    const day = on < since ? since : on;
    if (court.holder !== null) stretches.push(stretchOf(court, since, day, calendar));
    else ended += workingDaysBetween(calendar, since, day);
    endedSince = next.holder === null ? day : undefined;
    rounds.note(event, next, day);
    court = next;
    since = day;
  }
  if (court.holder !== null) stretches.push(stretchOf(court, since, asOf, calendar));
  const joined = joinedStretches(stretches, calendar);
  const totals = Object.fromEntries(
    holders.map((each) => [each, sum(joined.filter((stretch) => stretch.holder === each))]),
  ) as Record<Holder, number>;
  return {
    assignedOn: first.on,
    until: endedSince ?? asOf,
    stretches: joined,
    totals,
    ended,
    workingDays: workingDaysBetween(calendar, first.on, endedSince ?? asOf),
    rounds: rounds.entries(asOf),
  };
};

/** Undefined: the ball stays where it is. */
const courtAfter = (court: Court, event: TaskEvent): Court | undefined => {
  switch (event.type) {
    case 'task.moved':
    case 'task.recalled': {
      const { holder, category, to } = event.payload;
      return { ...court, holder, category, state: to };
    }
    case 'task.information_requested':
      return { ...court, holder: 'unit' };
    case 'task.information_given':
      return { ...court, holder: event.payload.holder };
    case 'task.reassigned':
      return { ...court, agency: event.payload.appraiserUnit };
    case 'task.transferred': {
      const { to, appraisal } = event.payload;
      return { ...court, leadUnit: to ?? court.leadUnit, agency: appraisal ? appraisal.appraiserUnit : court.agency };
    }
    default:
      return undefined;
  }
};

const stretchOf = (
  { holder, leadUnit, agency }: Court,
  from: CivilDate,
  to: CivilDate,
  calendar: WorkingCalendar,
): Stretch => ({
  holder: holder as Holder,
  unit: holder === 'unit' ? leadUnit : holder === 'appraiser' ? agency : null,
  from,
  to,
  workingDays: workingDaysBetween(calendar, from, to),
});

/** A move within one court is no hand-over. */
const joinedStretches = (stretches: readonly Stretch[], calendar: WorkingCalendar): readonly Stretch[] => {
  const joined: Stretch[] = [];
  for (const stretch of stretches) {
    const last = joined.at(-1);
    if (last && last.holder === stretch.holder && last.unit === stretch.unit && last.to === stretch.from)
      joined.push({
        ...(joined.pop() as Stretch),
        to: stretch.to,
        workingDays: workingDaysBetween(calendar, last.from, stretch.to),
      });
    else joined.push(stretch);
  }
  return joined;
};

const sum = (stretches: readonly Stretch[]): number =>
  stretches.reduce((total, { workingDays }) => total + workingDays, 0);

interface OpenRound {
  readonly round: number;
  readonly agency: string | null;
  readonly openedOn: CivilDate;
  readonly state: string;
  /** Day from which the agency's deadline counts; null while the unit owes it an answer. */
  readonly since: CivilDate | null;
  readonly appraiseBy: CivilDate | null;
  readonly late: number;
}

/** Keeps the rounds: opened, held up by a question, begun anew for others, answered. */
const roundBook = ({ appraisals }: Pick<Definition, 'appraisals'>, calendar: WorkingCalendar) => {
  const closed: RoundEntry[] = [];
  let open: OpenRound | undefined;
  let number = 0;

  const deadline = (state: string, since: CivilDate): CivilDate | null => {
    const within = appraisals.find((appraisal) => appraisal.state === state)?.within;
    return within === undefined ? null : applyOffset(since, within, calendar);
  };
  const counted = ({ since, appraiseBy, late }: OpenRound, day: CivilDate): number =>
    since === null || appraiseBy === null || day <= appraiseBy
      ? late
      : late + workingDaysBetween(calendar, appraiseBy, day);
  const openAt = (round: number, { state, holder, agency }: Court, day: CivilDate): OpenRound => ({
    round,
    agency: holder === 'appraiser' || holder === 'unit' ? agency : null,
    openedOn: day,
    state,
    since: day,
    appraiseBy: deadline(state, day),
    late: 0,
  });
  const entry = (round: OpenRound, day: CivilDate, end: RoundEntry['end']): RoundEntry => ({
    round: round.round,
    agency: round.agency,
    openedOn: round.openedOn,
    closedOn: end === 'open' ? null : day,
    end,
    appraiseBy: round.appraiseBy,
    workingDaysLate: counted(round, day),
  });
  const close = (day: CivilDate, end: RoundEntry['end']): void => {
    if (open) closed.push(entry(open, day, end));
    open = undefined;
  };

  return {
    note(event: TaskEvent, next: Court, day: CivilDate): void {
      switch (event.type) {
        case 'task.moved':
        case 'task.recalled': {
          close(day, event.type === 'task.moved' && event.payload.answer !== undefined ? 'answered' : 'withdrawn');
          if (next.category !== 'awaiting_appraisal') return;
          // Of several stages of one submission each has its own entry under the one number.
          if (event.payload.fromCategory !== 'awaiting_appraisal') number += 1;
          open = openAt(number, next, day);
          return;
        }
        case 'task.information_requested':
          if (open) open = { ...open, late: counted(open, day), since: null };
          return;
        case 'task.information_given':
          if (open) open = { ...open, since: day, appraiseBy: deadline(open.state, day) };
          return;
        case 'task.reassigned': {
          if (!open) return;
          const waits = open.since === null;
          close(day, 'withdrawn');
          number += 1;
          const begun = openAt(number, next, day);
          open = waits ? { ...begun, since: null } : begun;
          return;
        }
        case 'task.transferred':
          // A successor goes on with the round of its predecessor; other agencies begin another.
          if (!open || !event.payload.appraisal) return;
          if (event.payload.appraisal.replacedOn === undefined) open = { ...open, agency: next.agency };
          else {
            close(day, 'withdrawn');
            number += 1;
            open = openAt(number, next, day);
          }
          return;
        default:
      }
    },
    entries: (asOf: CivilDate): readonly RoundEntry[] => (open ? [...closed, entry(open, asOf, 'open')] : closed),
  };
};
