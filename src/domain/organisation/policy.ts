// Who may do what: one table, asked at every door. Roles say who, relations say on what. What the table does not name is
// refused. Within `task.move` the definition says who makes which move, and the panel who answers an appraisal; both can
// only take away from what stands here.

import type { TaskRole } from '../workflow/definition.ts';
import type { Task } from '../workflow/task.ts';
import { type Actor, agenciesOf, type Membership, type Role } from './actor.ts';

/** What an account must have to do with an object. */
export const relations = [
  'anywhere',
  /** The task's lead unit is the unit of the membership. */
  'own_unit',
  /** The task's lead unit is no more, and its work went to the unit of the membership. */
  'former_unit',
  /** The unit of the membership leads the appraisal or takes part in it; for appraisers also where they stand in for somebody. */
  'appraising_agency',
  /** Within every bound (unit, programme, field) of the membership. */
  'followed',
  /** The account was named to follow the task, as a person of the unit of the membership. */
  'named',
  /** A head of a unit also follows it as a specialist: the unit has it in charge. */
  'in_charge',
  /** Of the programme of the membership. */
  'programme',
  /** A difficulty of the task is put to the unit of the membership, which sees of the task that difficulty alone. */
  'addressed',
  /** One's own: account, notification, submission. */
  'self',
] as const;
export type Relation = (typeof relations)[number];

/** The parts of a task by which relations are judged. */
export type BoundTask = Pick<Task, 'programme' | 'field' | 'leadUnit' | 'appraiserUnit' | 'participants'> &
  Partial<Pick<Task, 'followers'>>;

export type PolicyObject =
  /** A task and all that belongs to it: its history, its files, the answers to its appraisal. */
  | {
      readonly kind: 'task';
      readonly task: BoundTask & Partial<Pick<Task, 'submittedBy'>>;
      /** Units to which the difficulty in question is put. */
      readonly addressed?: readonly string[];
    }
  | { readonly kind: 'programme'; readonly programme: string }
  | { readonly kind: 'report'; readonly programme: string }
  | { readonly kind: 'import'; readonly programme: string }
  /** What is registered for a programme: by one unit, or (null) by all. */
  | { readonly kind: 'registration'; readonly programme: string; readonly unit: string | null }
  | { readonly kind: 'notification'; readonly account: string }
  /** Of an account that has these units. */
  | { readonly kind: 'absence'; readonly account: string; readonly units: readonly string[] }
  /** Of the units whose people may read it. */
  | { readonly kind: 'document'; readonly units: readonly string[] }
  /** What a unit says of itself. */
  | { readonly kind: 'scope'; readonly units: readonly string[] }
  | { readonly kind: 'account' | 'unit' | 'definition' | 'calendar' | 'operations' | 'audit' };

type Kind = PolicyObject['kind'];
type Grants = Readonly<Partial<Record<Role | 'anybody', Relation | readonly Relation[]>>>;
interface Rule {
  readonly on: Kind;
  /** In the order in which a person with several roles acts. `anybody`: whoever is signed in. */
  readonly to: Grants;
}

const everybody = {
  administrator: 'anywhere',
  office: 'anywhere',
  specialist: 'anywhere',
  head: 'anywhere',
  focal_point: 'anywhere',
  member: 'anywhere',
  appraiser: 'anywhere',
  aggregator: 'anywhere',
  leader: 'anywhere',
  operator: 'anywhere',
  auditor: 'anywhere',
} as const;
const unitPeople = { head: 'own_unit', focal_point: 'own_unit' } as const;
const unitOrAgency = ['own_unit', 'former_unit', 'appraising_agency', 'named'] as const;

const table = {
  'task.read': {
    on: 'task',
    to: {
      administrator: 'anywhere',
      office: 'anywhere',
      leader: 'anywhere',
      auditor: 'anywhere',
      aggregator: 'programme',
      specialist: 'followed',
      head: unitOrAgency,
      focal_point: unitOrAgency,
      appraiser: unitOrAgency,
      member: 'named',
    },
  },
  // Leaders: deciding on a registration creates next year's tasks, by the province itself.
  'task.assign': {
    on: 'programme',
    to: { administrator: 'anywhere', office: 'anywhere', aggregator: 'programme', leader: 'anywhere' },
  },
  // Administrators write the rules, so they make no move under them.
  'task.move': {
    on: 'task',
    to: {
      ...unitPeople,
      appraiser: 'appraising_agency',
      office: 'anywhere',
      leader: 'anywhere',
      specialist: 'followed',
      // Where the definition lets them: they check the periodic reports that they gather.
      aggregator: 'programme',
    },
  },
  'task.report_progress': { on: 'task', to: unitPeople },
  'task.add_evidence': { on: 'task', to: { ...unitPeople, office: 'anywhere' } },
  'task.decide_deadline': {
    on: 'task',
    to: { leader: 'anywhere', office: 'anywhere', administrator: 'anywhere' },
  },
  'task.recall': { on: 'task', to: { anybody: 'self', head: 'own_unit' } },
  'task.request_information': { on: 'task', to: { appraiser: 'appraising_agency' } },
  'task.answer_information': { on: 'task', to: unitPeople },
  'task.give_opinion': { on: 'task', to: { appraiser: 'appraising_agency' } },
  'task.reassign': { on: 'task', to: { office: 'anywhere', administrator: 'anywhere' } },
  // Letter 000 a: whoever follows a task reports what blocks it, with a fix if there is one.
  'task.report_difficulty': {
    on: 'task',
    to: {
      head: ['own_unit', 'named'],
      focal_point: ['own_unit', 'named'],
      specialist: 'followed',
      member: 'named',
      appraiser: 'named',
      office: 'named',
    },
  },
  // Phân công thành viên phòng: by the head, of tasks of the unit and of what it has in charge (letter 000, item 1).
  'task.name_follower': { on: 'task', to: { head: ['own_unit', 'in_charge'] } },
  'task.answer_difficulty': {
    on: 'task',
    to: {
      leader: 'anywhere',
      office: 'anywhere',
      appraiser: 'appraising_agency',
      head: 'addressed',
      focal_point: 'addressed',
    },
  },
  'task.redirect_difficulty': { on: 'task', to: { leader: 'anywhere', office: 'anywhere' } },
  'task.request_extension': { on: 'task', to: unitPeople },
  'task.propose_deadline': { on: 'task', to: unitPeople },
  'task.explain': { on: 'task', to: unitPeople },
  // Objective causes are confirmed above the unit (Nghị định 335/2025/NĐ-CP), never by itself.
  'task.judge_cause': { on: 'task', to: { leader: 'anywhere', office: 'anywhere' } },
  'task.urge': {
    on: 'task',
    to: { leader: 'anywhere', office: 'anywhere', specialist: 'followed', aggregator: 'programme' },
  },
  'urging.read': {
    on: 'programme',
    to: {
      administrator: 'anywhere',
      office: 'anywhere',
      leader: 'anywhere',
      auditor: 'anywhere',
      specialist: 'anywhere',
      aggregator: 'programme',
    },
  },
  'urging.propose': { on: 'programme', to: { office: 'anywhere', aggregator: 'programme' } },
  'urging.approve': { on: 'programme', to: { office: 'anywhere', leader: 'anywhere', aggregator: 'programme' } },
  'task.import': {
    on: 'programme',
    to: { administrator: 'anywhere', office: 'anywhere', aggregator: 'programme' },
  },
  'import.read': {
    on: 'import',
    to: { administrator: 'anywhere', office: 'anywhere', auditor: 'anywhere', aggregator: 'programme' },
  },
  // Letter 003 goes to all units with the figures of all: they read the whole report, and open only their own tasks.
  'report.read': {
    on: 'report',
    to: {
      administrator: 'anywhere',
      office: 'anywhere',
      leader: 'anywhere',
      auditor: 'anywhere',
      aggregator: 'programme',
      specialist: 'anywhere',
      head: 'anywhere',
      focal_point: 'anywhere',
      member: 'anywhere',
      appraiser: 'anywhere',
    },
  },
  // A unit says of its own tasks whether the figures are right.
  'report.confirm': { on: 'task', to: unitPeople },
  'report.conduct': { on: 'report', to: { office: 'anywhere', aggregator: 'programme' } },
  'report.freeze': { on: 'report', to: { office: 'anywhere', aggregator: 'programme' } },
  // Letter 003 goes to all units with annex IV; what is still a draft is for who may propose it.
  'registration.read': {
    on: 'registration',
    to: {
      administrator: 'anywhere',
      office: 'anywhere',
      leader: 'anywhere',
      auditor: 'anywhere',
      aggregator: 'programme',
      specialist: 'anywhere',
      head: 'anywhere',
      focal_point: 'anywhere',
      member: 'anywhere',
      appraiser: 'anywhere',
    },
  },
  'registration.open': { on: 'registration', to: { office: 'anywhere', aggregator: 'programme' } },
  'registration.propose': {
    on: 'registration',
    to: { ...unitPeople, office: 'anywhere', aggregator: 'programme' },
  },
  // The head signs for the unit (letter 003, II.3.2).
  'registration.submit': { on: 'registration', to: { head: 'own_unit' } },
  'registration.review': { on: 'registration', to: { office: 'anywhere', aggregator: 'programme' } },
  'registration.decide': { on: 'registration', to: { leader: 'anywhere' } },
  'notification.read': { on: 'notification', to: { anybody: 'self' } },
  // The list has one's own, and those in which one stands in.
  'absence.read': {
    on: 'absence',
    to: { administrator: 'anywhere', office: 'anywhere', auditor: 'anywhere', anybody: 'self' },
  },
  'absence.write': {
    on: 'absence',
    to: { administrator: 'anywhere', office: 'anywhere', head: 'own_unit', anybody: 'self' },
  },
  'programme.write': { on: 'programme', to: { administrator: 'anywhere' } },
  // Begins and ends a phase of the year, by what happened.
  'programme.phase': {
    on: 'programme',
    to: { administrator: 'anywhere', office: 'anywhere', aggregator: 'programme' },
  },
  // A unit says which tasks of a standing programme are its own.
  'programme.review_scope': { on: 'scope', to: { administrator: 'anywhere', office: 'anywhere', ...unitPeople } },
  // A view is a filter: sharing one shows nobody more than they may see, but it stands on everybody's page.
  'view.share': { on: 'scope', to: { administrator: 'anywhere', office: 'anywhere', ...unitPeople } },
  'document.read': {
    on: 'document',
    to: {
      administrator: 'anywhere',
      office: 'anywhere',
      leader: 'anywhere',
      auditor: 'anywhere',
      aggregator: 'anywhere',
      specialist: 'anywhere',
      ...unitPeople,
    },
  },
  'document.write': { on: 'document', to: { administrator: 'anywhere', office: 'anywhere' } },
  // Which reports are owed, and when: of whoever may assign the tasks that they are.
  'reporting.write': {
    on: 'programme',
    to: { administrator: 'anywhere', office: 'anywhere', aggregator: 'programme' },
  },
  'organisation.read': { on: 'unit', to: everybody },
  'organisation.write': { on: 'unit', to: { administrator: 'anywhere' } },
  'account.read': { on: 'account', to: { administrator: 'anywhere', auditor: 'anywhere' } },
  'account.write': { on: 'account', to: { administrator: 'anywhere' } },
  'calendar.read': { on: 'calendar', to: everybody },
  'definition.read': { on: 'definition', to: everybody },
  'definition.write': { on: 'definition', to: { administrator: 'anywhere' } },
  'operations.read': { on: 'operations', to: { operator: 'anywhere', administrator: 'anywhere', auditor: 'anywhere' } },
  'operations.act': { on: 'operations', to: { operator: 'anywhere' } },
  'operations.board': { on: 'operations', to: { operator: 'anywhere', administrator: 'anywhere' } },
  // Which panels cannot decide, by code and agency; what the tasks are about it does not tell.
  'appraisal.incidents': {
    on: 'operations',
    to: { operator: 'anywhere', administrator: 'anywhere', office: 'anywhere', auditor: 'anywhere' },
  },
  'audit.seal': { on: 'audit', to: { administrator: 'anywhere' } },
  'audit.read': { on: 'audit', to: { auditor: 'anywhere', administrator: 'anywhere' } },
} as const satisfies Readonly<Record<string, Rule>>;

export type Action = keyof typeof table;
export const actions = Object.keys(table) as readonly Action[];

type Granted = readonly (readonly [Role | 'anybody', Relation])[];
/** Every role with each of its relations, spread out once: the policy is asked several times with every request. */
const granted = Object.fromEntries(
  Object.entries(table).map(([action, { to }]) => [
    action,
    Object.entries(to as Grants).flatMap(([role, relations]) =>
      [relations].flat().map((relation) => [role as Role | 'anybody', relation as Relation] as const),
    ),
  ]),
) as unknown as Readonly<Record<Action, Granted>>;
export type ObjectOf<A extends Action> = Extract<PolicyObject, { readonly kind: (typeof table)[A]['on'] }>;

/** The table row by row, for those who print it or walk through it. */
export const ruleOf = (action: Action): Rule => table[action];

/** May this person do this to this object? */
export const can = <A extends Action>(actor: Actor, action: A, object: ObjectOf<A>): boolean =>
  grantsOf(action).some(
    ([role, relation]) => object.kind === table[action].on && applies(actor, role, relation, object),
  );

/** Is there any object at all to which this person may do this? Asked before one is looked for. */
export const may = (actor: Actor, action: Action): boolean =>
  grantsOf(action).some(([role, relation]) => role === 'anybody' || held(actor, role, relation).length > 0);

/** Units whose head the account is: their people are theirs to name. */
export const headsOf = (actor: Actor): readonly string[] =>
  actor.memberships.flatMap(({ role, unit }) => (role === 'head' && unit !== undefined ? [unit] : []));

/** May this person do this to every object there is? */
export const everywhere = (actor: Actor, action: Action): boolean =>
  grantsOf(action).some(
    ([role, relation]) => role !== 'anybody' && relation === 'anywhere' && held(actor, role, relation).length > 0,
  );

/** In which of a definition's roles a person does something to a task; undefined: not at all. */
export const capacityFor = (
  actor: Actor,
  action: Action,
  task: Extract<PolicyObject, { readonly kind: 'task' }>['task'],
): TaskRole | undefined => {
  const grant = grantsOf(action).find(
    ([role, relation]) => !personal.includes(relation) && applies(actor, role, relation, { kind: 'task', task }),
  );
  return grant && capacities[grant[0]];
};

/** In which of a definition's roles a person does something to one task or another: to capacityFor what may is to can. */
export const capacitiesFor = (actor: Actor, action: Action): readonly TaskRole[] => [
  ...new Set(
    grantsOf(action).flatMap(([role, relation]) =>
      role === 'anybody' || personal.includes(relation) || held(actor, role, relation).length === 0
        ? []
        : (capacities[role] ?? []),
    ),
  ),
];

/** Whoever has something to do with a task by these has no role of a definition on it. */
const personal: readonly Relation[] = ['named', 'in_charge', 'addressed'];

const capacities: Readonly<Partial<Record<Role | 'anybody', TaskRole>>> = {
  anybody: 'submitter',
  head: 'lead_unit.head',
  focal_point: 'lead_unit.focal_point',
  appraiser: 'appraising_agency',
  office: 'office',
  specialist: 'specialist',
  aggregator: 'aggregator',
  leader: 'province_leader',
  administrator: 'administrator',
};

/** Tasks that have all of this; `agency` leads the appraisal or takes part in it. */
export interface TaskBound {
  readonly leadUnit?: string;
  readonly agency?: string;
  readonly programme?: string;
  readonly field?: string;
  /** Who was named to follow it, and for which unit: the two go together. */
  readonly follower?: string;
  readonly followerUnit?: string;
}
/** Which tasks an account sees: all, or those within one of the bounds. The lists ask the database for just these. */
export type TaskScope = 'all' | readonly TaskBound[];

export const taskScope = (actor: Actor): TaskScope => {
  const bounds = grantsOf('task.read').flatMap(([role, relation]) =>
    role === 'anybody' ? [] : held(actor, role, relation).map((membership) => boundOf(actor, membership, relation)),
  );
  return bounds.some((bound) => Object.keys(bound).length === 0) ? 'all' : bounds;
};

/** Units for which the account answers difficulties that were put to them. */
export const answersFor = (actor: Actor): readonly string[] => [
  ...new Set(
    grantsOf('task.answer_difficulty').flatMap(([role, relation]) =>
      role === 'anybody' || relation !== 'addressed'
        ? []
        : held(actor, role, relation).map(({ unit }) => unit as string),
    ),
  ),
];

export const withinBound = (
  task: BoundTask,
  { leadUnit, agency, programme, field, follower, followerUnit }: TaskBound,
): boolean =>
  (leadUnit === undefined || leadUnit === task.leadUnit) &&
  (agency === undefined || agenciesOf(task).includes(agency)) &&
  (programme === undefined || programme === task.programme) &&
  (field === undefined || field === task.field) &&
  (follower === undefined ||
    (task.followers ?? []).some(({ account, unit }) => account === follower && unit === followerUnit));

const grantsOf = (action: Action): Granted => granted[action];

const applies = (actor: Actor, role: Role | 'anybody', relation: Relation, object: PolicyObject): boolean => {
  if (role === 'anybody') return relation === 'self' && ownerOf(object) === actor.id;
  return held(actor, role, relation).some((membership) => {
    if (relation === 'anywhere') return true;
    if (relation === 'addressed')
      return object.kind === 'task' && (object.addressed ?? []).includes(membership.unit as string);
    if (object.kind === 'task') return withinBound(object.task, boundOf(actor, membership, relation));
    if (object.kind === 'registration' && relation === 'own_unit') return object.unit === membership.unit;
    if ('units' in object) return relation === 'own_unit' && object.units.includes(membership.unit as string);
    return relation === 'programme' && 'programme' in object && object.programme === membership.programme;
  });
};

const ownerOf = (object: PolicyObject): string | null | undefined => {
  if (object.kind === 'task') return object.task.submittedBy;
  return 'account' in object ? object.account : undefined;
};

/** Memberships that carry what the relation is judged by; one without it is good for nothing here. */
const held = (actor: Actor, role: Role, relation: Relation): readonly Membership[] => {
  const own = actor.memberships.filter((membership) => membership.role === role);
  switch (relation) {
    case 'own_unit':
      return own.filter(({ unit }) => unit !== undefined);
    case 'former_unit':
      return formerly(actor, own);
    case 'in_charge':
      return own.some(({ unit }) => unit !== undefined)
        ? actor.memberships.filter((membership) => membership.role === 'specialist')
        : [];
    case 'addressed':
    case 'named':
      return [...own.filter(({ unit }) => unit !== undefined), ...formerly(actor, own)];
    case 'appraising_agency':
      return [
        ...own.filter(({ unit }) => unit !== undefined),
        ...(role === 'appraiser' ? (actor.standsInFor ?? []).map(({ unit, field }) => ({ role, unit, field })) : []),
      ];
    case 'programme':
      return own.filter(({ programme }) => programme !== undefined);
    case 'anywhere':
    case 'followed':
      return own;
    case 'self':
      return [];
    default:
      return relation satisfies never;
  }
};

/** The same memberships in the units whose work came to them. */
const formerly = (actor: Actor, own: readonly Membership[]): readonly Membership[] =>
  (actor.succeeds ?? []).flatMap(({ former, unit }) =>
    own.filter((membership) => membership.unit === unit).map((membership) => ({ role: membership.role, unit: former })),
  );

const boundOf = ({ id }: Actor, { role, unit, programme, field }: Membership, relation: Relation): TaskBound => {
  switch (relation) {
    case 'own_unit':
    case 'former_unit':
      return defined({ leadUnit: unit });
    case 'appraising_agency':
      // Heads and focal points read for their whole agency; an appraiser's field bounds what they appraise.
      return defined({ agency: unit, field: role === 'appraiser' ? field : undefined });
    case 'followed':
    case 'in_charge':
      return defined({ leadUnit: unit, programme, field });
    case 'named':
      return defined({ follower: id, followerUnit: unit });
    case 'programme':
      return defined({ programme });
    case 'anywhere':
    case 'addressed':
    case 'self':
      return {};
    default:
      return relation satisfies never;
  }
};

const defined = (bound: { readonly [K in keyof TaskBound]: string | undefined }): TaskBound =>
  Object.fromEntries(Object.entries(bound).filter(([, value]) => value !== undefined));
