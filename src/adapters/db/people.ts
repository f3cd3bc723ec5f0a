// Accounts, what they may act as, and their sessions. The check of a session, asked with every request, is in
// session-query.ts.

import { type DataSource, type EntityManager, IsNull } from 'typeorm';
import type { Actor, Membership, Role } from '../../domain/organisation/actor.ts';
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
  readonly field?: string | undefined;
  /** First day in force; absent: always was. */
  readonly validFrom?: string | undefined;
  /** First day no longer in force; absent: until further notice. */
  readonly validTo?: string | undefined;
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
}

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
});

const addMemberships = async (
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

const membershipOf = ({ role, unit, programme, field }: MembershipRow): Membership => ({
  role,
  ...(unit === null ? {} : { unit }),
  ...(programme === null ? {} : { programme }),
  ...(field === null ? {} : { field }),
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
