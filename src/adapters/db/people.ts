// Accounts and what they may act as. Signing in is in sign-in.ts, administration in accounts.ts; the check of a session,
// asked with every request, in session-query.ts.

import { type DataSource, type EntityManager, IsNull } from 'typeorm';
import type { NewAccount, NewMembership, SignInAccount, SignInStore } from '../../application/people/ports.ts';
import type { AuditEntry } from '../../application/ports.ts';
import type { Actor, Membership } from '../../domain/organisation/actor.ts';
import type { TaskRole } from '../../domain/workflow/definition.ts';
import type { Task } from '../../domain/workflow/task.ts';
import { recordIn } from './audit.ts';
import { accountTable, type MembershipRow, membershipTable } from './entities/organisation.ts';
import { sessionTable } from './entities/sign-in.ts';
import { orRefuse } from './refusals.ts';
import { signInStore } from './sign-in.ts';

export type { NewAccount, NewMembership } from '../../application/people/ports.ts';

export interface Recipient {
  readonly accountId: string;
  readonly email: string;
  readonly name: string;
}

export interface PeopleStore extends SignInStore {
  /** @throws Refusal user.exists, unit.not_found */
  createAccount(account: NewAccount, entry?: AuditEntry): Promise<void>;
  /** Addresses are the same in upper and lower case. Deactivated accounts are found too. */
  accountByEmail(email: string): Promise<SignInAccount | undefined>;
  /** Active accounts only. */
  actor(accountId: string): Promise<Actor | undefined>;
  revokeAllSessions(accountId: string, at: Date): Promise<void>;
  /** Active accounts that hold the role on a task, in order of address. */
  accountsWithTaskRole(role: TaskRole, task: RoleTask): Promise<readonly Recipient[]>;
}

/** The parts of a task that its roles are resolved by. Without `submittedBy` nobody is the submitter. */
export type RoleTask = Pick<Task, 'leadUnit' | 'appraiserUnit'> & Partial<Pick<Task, 'submittedBy'>>;

export const peopleStore = (source: DataSource): PeopleStore => ({
  ...signInStore(source),

  async createAccount({ id, email, name, passwordHash, memberships, at }, entry) {
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
      if (entry) await recordIn(manager, entry);
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

  async revokeAllSessions(accountId, at) {
    await source.manager.update(sessionTable, { account_id: accountId, revoked_at: IsNull() }, { revoked_at: at });
  },

  accountsWithTaskRole(role, task) {
    return source.query(recipientsText, [...holdersOf(role, task)]);
  },
});

export const addMemberships = async (
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

export const membershipOf = ({ role, unit, programme }: MembershipRow): Membership => ({
  role,
  ...(unit === null ? {} : { unit }),
  ...(programme === null ? {} : { programme }),
});

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
