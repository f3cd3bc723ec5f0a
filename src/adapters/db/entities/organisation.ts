import { type Role, roles } from '../../../domain/organisation/actor.ts';
import {
  boolean,
  day,
  identity,
  instant,
  integer,
  oneOf,
  optional,
  primary,
  references,
  table,
  text,
  uuid,
} from './table.ts';

export const unitClasses = ['department', 'district', 'central', 'office', 'task_force'] as const;
export type UnitClass = (typeof unitClasses)[number];

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
  },
  {
    checks: [oneOf('unit', 'class', unitClasses)],
    indices: [{ name: 'unit_parent_idx', columns: ['parent'] }],
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
}

export const membershipTable = table<MembershipRow>(
  'membership',
  {
    id: identity('membership'),
    account_id: references(uuid, 'account', 'membership_account_id_fkey'),
    role: text,
    unit: references(optional(text), 'unit', 'membership_unit_fkey'),
    programme: optional(text),
  },
  {
    checks: [oneOf('membership', 'role', roles)],
    indices: [
      { name: 'membership_account_id_idx', columns: ['account_id'] },
      { name: 'membership_unit_role_idx', columns: ['unit', 'role'] },
    ],
  },
);
