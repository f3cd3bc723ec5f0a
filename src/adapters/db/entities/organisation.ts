import { type Role, roles } from '../../../domain/organisation/actor.ts';
import { type ReorganisationKind, reorganisationKinds } from '../../../domain/organisation/reorganisation.ts';
import { type Signing, signings } from '../../../domain/organisation/signing.ts';
import { type UnitClass, unitClasses } from '../../../domain/organisation/units.ts';
import type { SourceDocument } from '../../../domain/workflow/task.ts';
import {
  boolean,
  day,
  identity,
  instant,
  integer,
  json,
  oneOf,
  optional,
  primary,
  references,
  table,
  text,
  uuid,
} from './table.ts';

export interface UnitRow {
  readonly code: string;
  readonly name: string;
  readonly class: UnitClass;
  readonly bloc: string;
  readonly official_order: number;
  readonly parent: string | null;
  readonly valid_from: string;
  /** The first day on which it is no more. */
  readonly valid_to: string | null;
  readonly successor: string | null;
  readonly closing: string | null;
}

export const unitTable = table<UnitRow>(
  'unit',
  {
    code: primary('unit', text),
    name: text,
    class: text,
    bloc: text,
    official_order: integer,
    parent: references(optional(text), 'unit', 'unit_parent_fkey'),
    valid_from: day,
    valid_to: optional(day),
    successor: references(optional(text), 'unit', 'unit_successor_fkey'),
    closing: references(optional(uuid), 'reorganisation', 'unit_closing_fkey'),
  },
  {
    checks: [oneOf('unit', 'class', unitClasses)],
    indices: [{ name: 'unit_parent_idx', columns: ['parent'] }],
  },
);

export interface UnitVersionRow {
  readonly id: string;
  readonly unit: string;
  readonly valid_from: string;
  readonly name: string;
  readonly class: UnitClass;
  readonly bloc: string;
  readonly official_order: number;
  readonly parent: string | null;
  readonly document: SourceDocument | null;
  readonly reorganisation: string | null;
  readonly recorded_at: Date;
  readonly recorded_by: string | null;
  readonly reason: string | null;
}

export const unitVersionTable = table<UnitVersionRow>(
  'unit_version',
  {
    id: identity('unit_version'),
    unit: text,
    valid_from: day,
    name: text,
    class: text,
    bloc: text,
    official_order: integer,
    parent: optional(text),
    document: optional(json),
    reorganisation: references(optional(uuid), 'reorganisation', 'unit_version_reorganisation_fkey'),
    recorded_at: instant,
    recorded_by: optional(text),
    reason: optional(text),
  },
  {
    checks: [oneOf('unit_version', 'class', unitClasses)],
    foreignKeys: [
      {
        name: 'unit_version_unit_fkey',
        target: 'unit',
        columnNames: ['unit'],
        referencedColumnNames: ['code'],
        onDelete: 'CASCADE',
      },
    ],
    indices: [{ name: 'unit_version_unit_idx', columns: ['unit', 'valid_from'] }],
  },
);

export const reorganisationStatuses = ['planned', 'running', 'done', 'refused', 'cancelled'] as const;
export type ReorganisationStatus = (typeof reorganisationStatuses)[number];

export interface ReorganisationRow {
  readonly id: string;
  readonly kind: ReorganisationKind;
  readonly effective_on: string;
  readonly document: SourceDocument;
  readonly request: unknown;
  readonly predecessors: readonly string[];
  readonly successors: readonly string[];
  readonly status: ReorganisationStatus;
  readonly total: number;
  readonly processed: number;
  readonly problem: unknown;
  readonly actor: string;
  readonly created_at: Date;
  readonly finished_at: Date | null;
}

export const reorganisationTable = table<ReorganisationRow>(
  'reorganisation',
  {
    id: primary('reorganisation', uuid),
    kind: text,
    effective_on: day,
    document: json,
    request: json,
    predecessors: json,
    successors: json,
    status: text,
    total: integer,
    processed: integer,
    problem: optional(json),
    actor: text,
    created_at: instant,
    finished_at: optional(instant),
  },
  {
    checks: [
      oneOf('reorganisation', 'kind', reorganisationKinds),
      oneOf('reorganisation', 'status', reorganisationStatuses),
    ],
  },
);

export interface AccountRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly password_hash: string | null;
  readonly active: boolean;
  readonly created_at: Date;
}

export const accountTable = table<AccountRow>(
  'account',
  {
    id: primary('account', uuid),
    email: text,
    name: text,
    password_hash: optional(text),
    active: { ...boolean, default: true },
    created_at: instant,
  },
  { uniques: [{ name: 'account_email_key', columns: ['email'] }] },
);

export interface MembershipRow {
  readonly id: string;
  readonly account_id: string;
  readonly role: Role;
  readonly unit: string | null;
  readonly programme: string | null;
  /** Null: all fields. */
  readonly field: string | null;
  /** Half open: in force from the first day and before the last. */
  readonly valid_from: string | null;
  readonly valid_to: string | null;
}

export const membershipTable = table<MembershipRow>(
  'membership',
  {
    id: identity('membership'),
    account_id: references(uuid, 'account', 'membership_account_id_fkey'),
    role: text,
    unit: references(optional(text), 'unit', 'membership_unit_fkey'),
    programme: optional(text),
    field: optional(text),
    valid_from: optional(day),
    valid_to: optional(day),
  },
  {
    checks: [
      oneOf('membership', 'role', roles),
      { name: 'membership_days_check', expression: 'valid_from < valid_to' },
    ],
    indices: [
      { name: 'membership_account_id_idx', columns: ['account_id'] },
      { name: 'membership_unit_role_idx', columns: ['unit', 'role'] },
    ],
  },
);

export interface AbsenceRow {
  readonly id: string;
  readonly account_id: string;
  readonly from_day: string;
  readonly until_day: string;
  readonly substitute: string | null;
  readonly signing: Signing | null;
  readonly document: SourceDocument | null;
  readonly created_by: string;
  readonly created_at: Date;
  readonly cancelled_at: Date | null;
}

export const absenceTable = table<AbsenceRow>(
  'absence',
  {
    id: primary('absence', uuid),
    account_id: references(uuid, 'account', 'absence_account_id_fkey'),
    from_day: day,
    until_day: day,
    substitute: references(optional(uuid), 'account', 'absence_substitute_fkey'),
    signing: optional(text),
    document: optional(json),
    created_by: text,
    created_at: instant,
    cancelled_at: optional(instant),
  },
  {
    checks: [
      oneOf('absence', 'signing', signings),
      { name: 'absence_days_check', expression: 'from_day < until_day' },
      { name: 'absence_other_check', expression: 'substitute <> account_id' },
    ],
    indices: [
      { name: 'absence_account_id_idx', columns: ['account_id'] },
      { name: 'absence_substitute_idx', columns: ['substitute'] },
    ],
  },
);
