// Who may appraise a task on a given day. Resolved when the round opens and again at every decision, never stored as truth:
// people go on leave, change units and come back while 84 of 293 items wait (report 158/BC-SKHĐT).

import type { Conflict } from '../organisation/separation.ts';
import type { Signing } from '../organisation/signing.ts';
import type { CivilDate } from '../schedule/civil-date.ts';
import type { Task } from '../workflow/task.ts';

export interface Person {
  readonly account: string;
  readonly name: string;
  /** Every unit the person has belonged to since the task was assigned. */
  readonly units: readonly string[];
}

export interface Absence {
  readonly from: CivilDate;
  /** The first day on which the person is back. */
  readonly until: CivilDate;
  readonly substitute: Person | null;
  readonly signing: Signing | null;
}

/** An account with the role of appraiser for an agency on the task, in the task's field or in all. */
export interface Appraiser extends Person {
  readonly unit: string;
  readonly validFrom: CivilDate | null;
  readonly validTo: CivilDate | null;
  readonly absences: readonly Absence[];
}

export interface Voter {
  readonly account: string;
  readonly name: string;
  /** Whom they stand in for; null: they are the member. */
  readonly onBehalfOf: string | null;
  readonly signing: Signing | null;
}

/** Why nobody can fill a seat at present. */
export type EmptySeat = 'absent' | 'fills_another_seat' | Conflict;

export interface Seat {
  /** Account and name of the member. */
  readonly seat: string;
  readonly name: string;
  readonly unit: string;
  readonly lead: boolean;
  readonly voter: Voter | null;
  readonly empty?: EmptySeat;
}

export interface Panel {
  readonly seats: readonly Seat[];
  /** The agencies that speak, the leading one first; one without any appraiser is here all the same. */
  readonly agencies: readonly string[];
}

type Appraised = Pick<Task, 'appraiserUnit' | 'participants' | 'submittedBy' | 'evidenceBy'>;

/**
 * The panel of a task on a day. Absences put the substitute in the seat, one hop; exclusions are tested afterwards, on
 * whoever would act. One person has one voice: a member of two agencies sits for the one that leads, and whoever fills
 * a seat already stands in for nobody else.
 * @param unitLine the appraised unit, all above it and all below it
 */
export const panelOf = (
  task: Appraised,
  appraisers: readonly Appraiser[],
  unitLine: readonly string[],
  day: CivilDate,
): Panel => {
  const agencies = task.appraiserUnit === null ? [] : [...new Set([task.appraiserUnit, ...task.participants])];
  const members = onePerPerson(
    agencies.flatMap((agency) => appraisers.filter((each) => each.unit === agency && inForce(each, day))),
  );
  const present = new Set(members.filter((member) => !absenceOn(member, day)).map(({ account }) => account));
  const taken = new Set<string>();
  const seats = members.map((member): Seat => {
    const { account: seat, name, unit } = member;
    const base = { seat, name, unit, lead: unit === task.appraiserUnit };
    const filled = fill(member, present, day);
    if (typeof filled === 'string') return { ...base, voter: null, empty: filled };
    const conflict = conflictOf(filled.person, task, unitLine);
    if (conflict) return { ...base, voter: null, empty: conflict };
    if (taken.has(filled.person.account)) return { ...base, voter: null, empty: 'fills_another_seat' };
    taken.add(filled.person.account);
    return { ...base, voter: filled.voter };
  });
  return { seats, agencies };
};

const onePerPerson = (members: readonly Appraiser[]): readonly Appraiser[] =>
  members.filter((member, index) => members.findIndex(({ account }) => account === member.account) === index);

/** Who would act in the seat, before exclusions. */
const fill = (
  member: Appraiser,
  present: ReadonlySet<string>,
  day: CivilDate,
): EmptySeat | { readonly person: Person; readonly voter: Voter } => {
  const absence = absenceOn(member, day);
  if (!absence)
    return {
      person: member,
      voter: { account: member.account, name: member.name, onBehalfOf: null, signing: null },
    };
  const { substitute, signing } = absence;
  if (!substitute) return 'absent';
  if (present.has(substitute.account)) return 'fills_another_seat';
  return {
    person: substitute,
    voter: { account: substitute.account, name: substitute.name, onBehalfOf: member.account, signing },
  };
};

/** The same three exclusions as for anybody (organisation/separation.ts), on people who are not the one asking. */
const conflictOf = (
  { account, units }: Person,
  { submittedBy, evidenceBy }: Appraised,
  unitLine: readonly string[],
): Conflict | undefined => {
  if (account === submittedBy) return 'submitter';
  if (evidenceBy.includes(account)) return 'evidence_author';
  return units.some((unit) => unitLine.includes(unit)) ? 'own_line' : undefined;
};

const inForce = ({ validFrom, validTo }: Appraiser, day: CivilDate): boolean =>
  (validFrom === null || validFrom <= day) && (validTo === null || day < validTo);

/** Of several absences on a day the one that names a substitute, so that a seat is not left empty by a double entry. */
const absenceOn = ({ absences }: Appraiser, day: CivilDate): Absence | undefined => {
  const now = absences.filter(({ from, until }) => from <= day && day < until);
  return now.find(({ substitute }) => substitute !== null) ?? now[0];
};

/** The seat this person can fill now. */
export const seatOf = (account: string, { seats }: Panel): Seat | undefined =>
  seats.find(({ voter }) => voter?.account === account);
