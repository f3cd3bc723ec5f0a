// Accounts and what they may act as. Signing in is in sign-in.ts, administration in accounts.ts; the check of a session,
// asked with every request, in session-query.ts.

import { type DataSource, type EntityManager, IsNull } from 'typeorm';
import type { NewAccount, NewMembership, SignInAccount, SignInStore } from '../../application/people/ports.ts';
import type { AuditEntry } from '../../application/ports.ts';
import { recordIn } from './audit.ts';
import { accountTable, type MembershipRow, membershipTable } from './entities/organisation.ts';
import { sessionTable } from './entities/sign-in.ts';
import { orRefuse } from './refusals.ts';
import { signInStore } from './sign-in.ts';

export type { NewAccount, NewMembership } from '../../application/people/ports.ts';

export interface PeopleStore extends SignInStore {
  /** @throws Refusal user.exists, unit.not_found */
  createAccount(account: NewAccount, entry?: AuditEntry): Promise<void>;
  /** Addresses are the same in upper and lower case. Deactivated accounts are found too. */
  accountByEmail(email: string): Promise<SignInAccount | undefined>;
  revokeAllSessions(accountId: string, at: Date): Promise<void>;
}

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

  async revokeAllSessions(accountId, at) {
    await source.manager.update(sessionTable, { account_id: accountId, revoked_at: IsNull() }, { revoked_at: at });
  },
});

export const addMemberships = async (
  manager: EntityManager,
  accountId: string,
  memberships: readonly NewMembership[],
): Promise<void> => {
  if (memberships.length === 0) return;
  const rows = memberships.map(({ role, unit, programme, field, validFrom, validTo }) => ({
    account_id: accountId,
    role,
    unit: unit ?? null,
    programme: programme ?? null,
    field: field ?? null,
    valid_from: validFrom ?? null,
    valid_to: validTo ?? null,
  }));
  await manager.insert(membershipTable, rows);
};

/** With its days, for those who administer it; what is in force today is said by standing-sql.ts. */
export const membershipOf = ({ role, unit, programme, field, valid_from, valid_to }: MembershipRow): NewMembership => ({
  role,
  ...(unit === null ? {} : { unit }),
  ...(programme === null ? {} : { programme }),
  ...(field === null ? {} : { field }),
  ...(valid_from === null ? {} : { validFrom: valid_from }),
  ...(valid_to === null ? {} : { validTo: valid_to }),
});
