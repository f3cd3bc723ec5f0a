// A reorganisation as one act with its document: what it does to units, open work, people and programmes, worked out
// before anything is written. The same function answers the preview and decides the execution, so they cannot disagree.
//
// What has ended stays with the old unit under its old name; what is open moves to the successor (story 12 of the domain:
// a unit merged on 1/7). Figures that are frozen are not reached: the day lies after the last frozen day of every
// programme whose open work moves.

import { Refusal } from '../refusal.ts';
import type { CivilDate } from '../schedule/civil-date.ts';
import type { SourceDocument, Task, TaskKind } from '../workflow/task.ts';
import { agenciesOf, type Role } from './actor.ts';
import { cycleIn, lineOf, parentsOf, stands, type Unit, type UnitFacts } from './units.ts';

export const reorganisationKinds = ['rename', 'merge', 'split', 'dissolve'] as const;
export type ReorganisationKind = (typeof reorganisationKinds)[number];

export interface NewUnit extends UnitFacts {
  readonly code: string;
}
/** An existing unit by its code, or a new one in full. */
export type Successor = string | NewUnit;

/** What is given of it changes from the day on: name, class, bloc, place or parent. */
export type UnitChange = { readonly code: string } & Partial<UnitFacts>;

/** Which tasks of a unit that is split go where; the first that fits decides, what fits none goes to the first successor. */
export interface TaskMapping {
  readonly tasks?: readonly string[];
  readonly field?: string;
  readonly kind?: TaskKind;
  readonly to: string;
}

/** Another agency for tasks whose appraiser would be in its own unit's line. */
export interface NewAppraiser {
  readonly tasks: readonly string[];
  readonly appraiserUnit: string;
  readonly participants?: readonly string[];
}

/** Where one person goes; null: nowhere. Everybody else goes to the first successor with the same roles. */
export interface MemberMove {
  readonly account: string;
  readonly to: string | null;
}

export interface Reorganisation {
  readonly kind: ReorganisationKind;
  readonly effectiveOn: CivilDate;
  readonly document: SourceDocument;
  readonly predecessors: readonly string[];
  /** The first is the default successor. */
  readonly successors: readonly Successor[];
  readonly changes: readonly UnitChange[];
  readonly mapping: readonly TaskMapping[];
  readonly appraisers: readonly NewAppraiser[];
  readonly members: readonly MemberMove[];
}

export type AffectedTask = Pick<
  Task,
  'id' | 'code' | 'programme' | 'leadUnit' | 'appraiserUnit' | 'participants' | 'field' | 'kind' | 'category'
> & { readonly inReview: boolean };

export interface Member {
  readonly membership: string;
  readonly account: string;
  readonly name: string;
  readonly role: Role;
  readonly unit: string;
}

export interface AffectedProgramme {
  readonly code: string;
  readonly aggregator: string | null;
  /** The latest day of which its figures are frozen. */
  readonly frozenOn: CivilDate | null;
}

/** What the organisation looks like when the plan is made. */
export interface Situation {
  readonly today: CivilDate;
  /** All of them, ended ones too. */
  readonly units: readonly Unit[];
  /** Units that another reorganisation is ending or filling at this moment. */
  readonly closing: readonly string[];
  /** The latest day on which a version of each unit begins. */
  readonly lastVersions: ReadonlyMap<string, CivilDate>;
  /** Open tasks that a predecessor leads or appraises or takes part in appraising. */
  readonly tasks: readonly AffectedTask[];
  readonly members: readonly Member[];
  readonly programmes: readonly AffectedProgramme[];
}

export interface TaskMove {
  readonly leadUnit: string;
  readonly appraiserUnit: string | null;
  readonly participants: readonly string[];
  /** Another agency by decision, not by succession: an open round begins anew. */
  readonly replaced: boolean;
}

export interface AppraiserConflict {
  readonly task: string;
  readonly code: string;
  readonly leadUnit: string;
  /** The agency that would be in the line of the unit it appraises. */
  readonly agency: string;
}

export interface ReorganisationPlan {
  readonly created: readonly Unit[];
  /** New facts of existing units from the day on. */
  readonly changed: readonly ({ readonly code: string } & UnitFacts)[];
  readonly ended: readonly { readonly code: string; readonly successor: string | null }[];
  readonly moves: readonly { readonly task: AffectedTask; readonly move: TaskMove }[];
  readonly conflicts: readonly AppraiserConflict[];
  readonly members: readonly { readonly member: Member; readonly to: string | null }[];
  readonly aggregators: readonly { readonly programme: string; readonly from: string; readonly to: string | null }[];
}

export const successorCode = (successor: Successor): string =>
  typeof successor === 'string' ? successor : successor.code;

export const defaultSuccessor = ({ successors }: Pick<Reorganisation, 'successors'>): string | null =>
  successors[0] === undefined ? null : successorCode(successors[0]);

/** Predecessors that are no more afterwards; one that is among its own successors goes on. */
export const endedUnits = ({ kind, predecessors, successors }: Reorganisation): readonly string[] =>
  kind === 'rename' ? [] : predecessors.filter((code) => !successors.map(successorCode).includes(code));

/** Where a task goes, or undefined when it stays as it is. */
export const moveOf = (
  request: Reorganisation,
  task: Pick<AffectedTask, 'id' | 'field' | 'kind' | 'leadUnit' | 'appraiserUnit' | 'participants'>,
): TaskMove | undefined => {
  const heir = (unit: string): string => {
    if (request.kind === 'rename' || !request.predecessors.includes(unit)) return unit;
    const mapped = request.mapping.find(
      ({ tasks, field, kind }) =>
        (tasks === undefined || tasks.includes(task.id)) &&
        (field === undefined || field === task.field) &&
        (kind === undefined || kind === task.kind),
    );
    return mapped?.to ?? defaultSuccessor(request) ?? unit;
  };
  const leadUnit = heir(task.leadUnit);
  const given = request.appraisers.find(({ tasks }) => tasks.includes(task.id));
  const appraiserUnit = given?.appraiserUnit ?? (task.appraiserUnit === null ? null : heir(task.appraiserUnit));
  const participants = [...new Set(given?.participants ?? task.participants.map(heir))].filter(
    (unit) => unit !== appraiserUnit,
  );
  const same =
    leadUnit === task.leadUnit &&
    appraiserUnit === task.appraiserUnit &&
    participants.join() === task.participants.join();
  return same ? undefined : { leadUnit, appraiserUnit, participants, replaced: given !== undefined };
};

/**
 * Everything the act would do.
 * @returns the plan, its conflicts listed; or the refusal of an act that no answer to a conflict could mend
 */
export const planOf = (request: Reorganisation, situation: Situation): ReorganisationPlan | Refusal => {
  const { kind, effectiveOn } = request;
  const refused = refusedShape(request) ?? refusedUnits(request, situation);
  if (refused) return refused;
  const created = request.successors.flatMap((successor): Unit[] =>
    typeof successor === 'string' ? [] : [{ ...successor, validFrom: effectiveOn, validTo: null, successor: null }],
  );
  const gone = endedUnits(request);
  const changed = changedUnits(request, situation, gone);
  const after = parentsOf([
    ...situation.units.map((unit) => ({ ...unit, ...changed.find(({ code }) => code === unit.code) })),
    ...created,
  ]);
  const unknown = [...after.values()].find((parent) => parent !== null && !after.has(parent));
  if (unknown != null) return new Refusal('unit.not_found', { unit: unknown });
  const cycle = cycleIn(after);
  if (cycle !== undefined) return new Refusal('unit.cycle', { unit: cycle });

  const moves = situation.tasks.flatMap((task) => {
    const move = moveOf(request, task);
    return move ? [{ task, move }] : [];
  });
  if (kind === 'dissolve' && situation.tasks.length > 0)
    return new Refusal('unit.has_open_tasks', {
      units: request.predecessors,
      tasks: situation.tasks.slice(0, 100).map(({ code }) => code),
      total: situation.tasks.length,
    });
  const frozen = frozenAcross(request, moves, situation);
  if (frozen) return frozen;
  return {
    created,
    changed,
    ended: gone.map((code) => ({ code, successor: defaultSuccessor(request) })),
    moves,
    conflicts: moves.flatMap(({ task, move }) => {
      const line = lineOf(move.leadUnit, after);
      return agenciesOf(move)
        .filter((agency) => line.includes(agency))
        .map((agency) => ({ task: task.id, code: task.code, leadUnit: move.leadUnit, agency }));
    }),
    members: movedMembers(request, situation.members),
    aggregators: situation.programmes.flatMap(({ code, aggregator }) =>
      aggregator !== null && gone.includes(aggregator)
        ? [{ programme: code, from: aggregator, to: defaultSuccessor(request) }]
        : [],
    ),
  };
};

const invalid = (pointer: string, problem: string): Refusal => new Refusal('input.invalid', { pointer, problem });

/** How many of what each kind of act takes. */
const refusedShape = (request: Reorganisation): Refusal | undefined => {
  const { kind, predecessors, successors, changes, mapping } = request;
  const codes = successors.map(successorCode);
  if (new Set(codes).size < codes.length) return invalid('/successors', 'names a unit twice');
  if (kind === 'rename')
    return changes.length === 0 || predecessors.length + successors.length + mapping.length > 0
      ? invalid('/changes', 'a rename names the units it changes, and nothing moves')
      : undefined;
  if (changes.length > 0) return invalid('/changes', 'belongs to a rename');
  if (predecessors.length === 0 || new Set(predecessors).size < predecessors.length)
    return invalid('/predecessors', 'names each unit once, at least one');
  if (kind === 'merge' && successors.length !== 1) return invalid('/successors', 'a merge has one successor');
  if (kind === 'split' && (predecessors.length !== 1 || successors.length < 2))
    return invalid('/successors', 'a split has one predecessor and at least two successors');
  if (kind === 'dissolve' && successors.length > 0)
    return invalid('/successors', 'a unit with successors is merged or split');
  if (kind !== 'split' && mapping.length > 0) return invalid('/mapping', 'belongs to a split');
  const stranger = mapping.find(({ to }) => !codes.includes(to));
  if (stranger) return invalid('/mapping', `${stranger.to} is not among the successors`);
  const lost = request.members.find(({ to }) => to !== null && !codes.includes(to));
  if (lost) return invalid('/members', `${lost.to} is not among the successors`);
  return undefined;
};

const refusedUnits = (request: Reorganisation, { units, closing, lastVersions }: Situation): Refusal | undefined => {
  const known = new Map(units.map((unit) => [unit.code, unit]));
  const changed = request.changes.map(({ code }) => code);
  const named = [
    ...request.predecessors,
    ...changed,
    ...request.successors.filter((each) => typeof each === 'string'),
    ...request.appraisers.flatMap(({ appraiserUnit, participants = [] }) => [appraiserUnit, ...participants]),
  ];
  const coming = new Set(request.successors.flatMap((each) => (typeof each === 'string' ? [] : [each.code])));
  for (const code of named) {
    if (coming.has(code)) continue;
    const unit = known.get(code);
    if (!unit) return new Refusal('unit.not_found', { unit: code });
    if (!stands(unit, request.effectiveOn) || unit.validTo !== null || closing.includes(code))
      return new Refusal('unit.ended', { unit: code, validFrom: unit.validFrom, successor: unit.successor });
  }
  const taken = [...coming].find((code) => known.has(code));
  if (taken !== undefined) return new Refusal('unit.exists', { unit: taken });
  const overtaken = [...request.predecessors, ...changed].find(
    (code) => (lastVersions.get(code) ?? '') > request.effectiveOn,
  );
  if (overtaken !== undefined)
    return new Refusal('effective.before_previous', { unit: overtaken, previous: lastVersions.get(overtaken) });
  return undefined;
};

/** The changes asked for, and new parents for units that lay below one that ends. */
const changedUnits = (
  request: Reorganisation,
  { units }: Situation,
  gone: readonly string[],
): readonly ({ readonly code: string } & UnitFacts)[] =>
  units.flatMap((unit) => {
    const { code, name, class: kind, bloc, officialOrder, parent } = unit;
    const facts = { code, name, class: kind, bloc, officialOrder, parent };
    const asked = request.changes.find((change) => change.code === code);
    if (asked) return [{ ...facts, ...asked }];
    if (parent === null || !gone.includes(parent) || gone.includes(code) || unit.validTo !== null) return [];
    const above = units.find((each) => each.code === parent)?.parent ?? null;
    const heir = defaultSuccessor(request);
    return [{ ...facts, parent: heir === null || heir === code ? above : heir }];
  });

/** Those who leave a unit that ends; a person named in the request goes where it says. */
export const movedMembers = (request: Reorganisation, members: readonly Member[]): ReorganisationPlan['members'] => {
  const gone = endedUnits(request);
  return members.flatMap((member) => {
    const asked = request.members.find(({ account }) => account === member.account);
    if (!gone.includes(member.unit)) return asked && asked.to !== member.unit ? [{ member, to: asked.to }] : [];
    return [{ member, to: asked ? asked.to : defaultSuccessor(request) }];
  });
};

const frozenAcross = (
  { effectiveOn }: Reorganisation,
  moves: ReorganisationPlan['moves'],
  { programmes }: Situation,
): Refusal | undefined => {
  for (const { code, frozenOn } of programmes)
    if (frozenOn !== null && effectiveOn <= frozenOn && moves.some(({ task }) => task.programme === code))
      return new Refusal('reorganisation.frozen', { programme: code, frozenOn, effectiveOn });
  return undefined;
};
