// Accounts, what they may act as, and their sessions. The check of a session, asked with every request, is in
// session-query.ts.

import { type DataSource, type EntityManager, IsNull } from 'typeorm';
import type { Actor, Membership, Role } from '../../domain/organisation/actor.ts';
import type { TaskRole } from '../../domain/workflow/definition.ts';
import type { Task } from '../../domain/workflow/task.ts';
import {
  accountTable,
  loginAttemptTable,
  type MembershipRow,
  membershipTable,
  sessionTable,
} from './entities/organisation.ts';
import { orRefuse } from './refusals.ts';

export interface NewAccount {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** Null: cannot log in with a password. */
  readonly passwordHash: string | null;
  readonly memberships: readonly NewMembership[];
  readonly at: Date;
}

/** As the domain's, and as requests bring it: a part may be there and undefined. */
export interface NewMembership {
  readonly role: Role;
  readonly unit?: string | undefined;
  readonly programme?: string | undefined;
}

export interface LoginAccount {
  readonly id: string;
  readonly name: string;
  readonly passwordHash: string | null;
  readonly active: boolean;
}

export interface NewSession {
  readonly tokenHash: string;
  readonly accountId: string;
  readonly at: Date;
  readonly expiresAt: Date;
}

export interface Recipient {
  readonly accountId: string;
  readonly email: string;
  readonly name: string;
}

export interface PeopleStore {
  /** @throws Refusal user.exists, unit.not_found */
  createAccount(account: NewAccount): Promise<void>;
  /** Addresses are the same in upper and lower case. Deactivated accounts are found too. */
  accountByEmail(email: string): Promise<LoginAccount | undefined>;
  /** Active accounts only. */
  actor(accountId: string): Promise<Actor | undefined>;
  createSession(session: NewSession): Promise<void>;
  revokeSession(tokenHash: string, at: Date): Promise<void>;
  revokeAllSessions(accountId: string, at: Date): Promise<void>;
  /**
   * Counts an attempt before it is judged; the tenth and those after it block for 3 s, 6 s, 12 s ... at most 60 s.
   * @returns false while blocked: the attempt must not be judged
   */
  beginLogin(subject: string, at: Date): Promise<boolean>;
  /** May be in the past: then it blocks no more. */
  loginBlockedUntil(subject: string): Promise<Date | null>;
  loginSuccess(subject: string): Promise<void>;
  /** Active accounts that hold the role on a task, in order of address. */
  accountsWithTaskRole(role: TaskRole, task: RoleTask): Promise<readonly Recipient[]>;
}

/** The parts of a task that its roles are resolved by. Without `submittedBy` nobody is the submitter. */
export type RoleTask = Pick<Task, 'leadUnit' | 'appraiserUnit'> & Partial<Pick<Task, 'submittedBy'>>;

export const peopleStore = (source: DataSource): PeopleStore => ({
  async createAccount({ id, email, name, passwordHash, memberships, at }) {
    const account = {
      id,
      email: email.toLowerCase(),
      name,
      password_hash: passwordHash,
      active: true,
      created_at: at,
    };
    const written = source.transaction(async (manager) => {
      await manager.insert(accountTable, account);
      await addMemberships(manager, id, memberships);
    });
    await orRefuse(written, {
      account_email_key: ['user.exists', { email }],
      account_pkey: ['user.exists', { email }],
      membership_unit_fkey: ['unit.not_found', { units: memberships.flatMap(({ unit }) => unit ?? []) }],
    });
  },

  async accountByEmail(email) {
    const row = await source.manager.findOneBy(accountTable, { email: email.toLowerCase() });
    return row ? { id: row.id, name: row.name, passwordHash: row.password_hash, active: row.active } : undefined;
  },

  async actor(accountId) {
    const account = await source.manager.findOneBy(accountTable, { id: accountId, active: true });
    if (!account) return undefined;
    const rows = await source.manager.find(membershipTable, { where: { account_id: accountId }, order: { id: 'ASC' } });
    return { id: account.id, name: account.name, memberships: rows.map(membershipOf) };
  },

  async createSession({ tokenHash, accountId, at, expiresAt }) {
    await source.manager.insert(sessionTable, {
      token_hash: tokenHash,
      account_id: accountId,
      created_at: at,
      seen_at: at,
      expires_at: expiresAt,
    });
  },

  async revokeSession(tokenHash, at) {
    await source.manager.update(sessionTable, { token_hash: tokenHash, revoked_at: IsNull() }, { revoked_at: at });
  },

  async revokeAllSessions(accountId, at) {
    await source.manager.update(sessionTable, { account_id: accountId, revoked_at: IsNull() }, { revoked_at: at });
  },

  async beginLogin(subject, at) {
    const counted: unknown[] = await source.query(beginLoginText, [subject, at]);
    return counted.length > 0;
  },

  async loginBlockedUntil(subject) {
    return (await source.manager.findOneBy(loginAttemptTable, { subject }))?.blocked_until ?? null;
  },

  async loginSuccess(subject) {
    await source.manager.delete(loginAttemptTable, { subject });
  },

  accountsWithTaskRole(role, task) {
    return source.query(recipientsText, [...holdersOf(role, task)]);
  },
});

const addMemberships = async (
  manager: EntityManager,
  accountId: string,
  memberships: readonly NewMembership[],
): Promise<void> => {
  if (memberships.length === 0) return;
  const rows = memberships.map(({ role, unit, programme }) => ({
    account_id: accountId,
    role,
    unit: unit ?? null,
    programme: programme ?? null,
  }));
  await manager.insert(membershipTable, rows);
};

const membershipOf = ({ role, unit, programme }: MembershipRow): Membership => ({
  role,
  ...(unit === null ? {} : { unit }),
  ...(programme === null ? {} : { programme }),
});

// Camunda 7's numbers: ten attempts, then 3 s, doubled each time, at most 60 s. One statement: of failures at the same
// moment each counts.
const beginLoginText = `
  insert into login_attempt (subject, failures) values ($1, 1)
  on conflict (subject) do update set
    failures = login_attempt.failures + 1,
    blocked_until = case when login_attempt.failures + 1 >= 10 then
      $2::timestamptz + interval '1 second' * least(60, 3 * power(2, least(login_attempt.failures + 1 - 10, 5))) end
    where login_attempt.blocked_until is null or login_attempt.blocked_until <= $2
  returning failures`;

/** Said by role, unit and account, any of which may be null: that one does not matter. As holdsTaskRole of the domain. */
const holdersOf = (
  role: TaskRole,
  { leadUnit, appraiserUnit, submittedBy }: RoleTask,
): readonly [role: string | null, unit: string | null, accountId: string | null] => {
  switch (role) {
    case 'lead_unit.head':
      return ['head', leadUnit, null];
    case 'lead_unit.focal_point':
      return ['focal_point', leadUnit, null];
    case 'appraising_agency':
      return appraiserUnit === null ? nobody : ['appraiser', appraiserUnit, null];
    case 'office':
      return ['office', null, null];
    case 'province_leader':
      return ['leader', null, null];
    case 'administrator':
      return ['administrator', null, null];
    case 'submitter':
      return [null, null, submittedBy ?? null];
    default:
      return role satisfies never;
  }
};

const nobody = [null, null, null] as const;

const recipientsText = `
  select id as "accountId", email, name from account a
  where active and (
    id::text = $3
    or exists (select from membership m where m.account_id = a.id and m.role = $1 and ($2::text is null or m.unit = $2)))
  order by email`;
