// Throttles, sessions and challenges.

import { type DataSource, type EntityManager, IsNull, MoreThan } from 'typeorm';
import type { SignInStore } from '../../application/people/ports.ts';
import { perPlace } from '../../application/people/throttle.ts';
import { recordIn } from './audit.ts';
import { accountTable } from './entities/organisation.ts';
import { loginAttemptTable, type SessionRow, sessionTable, signInChallengeTable } from './entities/sign-in.ts';

export const signInStore = (source: DataSource): Omit<SignInStore, 'accountByEmail'> => ({
  async rehash(accountId, from, to) {
    await source.manager.update(accountTable, { id: accountId, password_hash: from }, { password_hash: to });
  },

  async beginLogin(subject, at, { free, firstSeconds, mostSeconds, forgetAfterSeconds } = perPlace) {
    const parameters = [subject, at, free, firstSeconds, mostSeconds, forgetAfterSeconds];
    const counted: unknown[] = await source.query(beginLoginText, parameters);
    return counted.length > 0;
  },

  async loginBlockedUntil(subject) {
    return (await source.manager.findOneBy(loginAttemptTable, { subject }))?.blocked_until ?? null;
  },

  async loginSuccess(subject) {
    await source.manager.delete(loginAttemptTable, { subject });
  },

  async knownPlace(email, address, since) {
    const [found]: { known: boolean }[] = await source.query(
      `select exists (select from session s join account a on a.id = s.account_id
         where a.email = $1 and s.address = $2 and s.created_at > $3) as known`,
      [email, address, since],
    );
    return found?.known ?? false;
  },

  async createSession({ tokenHash, accountId, at, expiresAt, address, userAgent, method, secondFactor }) {
    await source.manager.insert(sessionTable, {
      token_hash: tokenHash,
      account_id: accountId,
      created_at: at,
      seen_at: at,
      expires_at: expiresAt,
      address: address ?? null,
      user_agent: userAgent ?? null,
      method: method ?? 'password',
      second_factor: secondFactor ?? false,
    });
  },

  async revokeSession(tokenHash, at) {
    await source.manager.update(sessionTable, { token_hash: tokenHash, revoked_at: IsNull() }, { revoked_at: at });
  },

  async openSessions(accountId, at) {
    const idle = new Date(at.getTime() - 30 * 60_000);
    const open = { account_id: accountId, revoked_at: IsNull(), expires_at: MoreThan(at), seen_at: MoreThan(idle) };
    const rows = await source.manager.find(sessionTable, { where: open, order: { seen_at: 'DESC', id: 'ASC' } });
    return rows.map(sessionOf);
  },

  endSession(accountId, id, entry) {
    return source.transaction(async (manager) => {
      const own = { account_id: accountId, id, revoked_at: IsNull() };
      const { affected } = await manager.update(sessionTable, own, { revoked_at: entry.at });
      if (affected) await recordIn(manager, entry);
      return Boolean(affected);
    });
  },

  endOtherSessions(accountId, kept, entry) {
    return source.transaction(async (manager) => {
      const ended = await endSessions(manager, accountId, kept, entry.at);
      if (ended > 0) await recordIn(manager, { ...entry, detail: { ...entry.detail, sessions: ended } });
      return ended;
    });
  },

  async keepChallenge({ tokenHash, accountId, method, expiresAt }) {
    await source.manager.insert(signInChallengeTable, {
      token_hash: tokenHash,
      account_id: accountId,
      method,
      expires_at: expiresAt,
    });
  },

  async challenge(tokenHash, at) {
    const [found] = await source.query(
      `select a.id as "accountId", a.name, a.email, c.method from sign_in_challenge c join account a on a.id = c.account_id
       where c.token_hash = $1 and c.expires_at > $2 and a.active`,
      [tokenHash, at],
    );
    return found;
  },

  async takeChallenge(tokenHash) {
    return Boolean((await source.manager.delete(signInChallengeTable, { token_hash: tokenHash })).affected);
  },
});

/** @param kept id of the one that goes on; null: none @returns how many */
export const endSessions = async (
  manager: EntityManager,
  accountId: string,
  kept: string | null,
  at: Date,
): Promise<number> => {
  // A sign-in that is half done rests on what is ended here.
  await manager.delete(signInChallengeTable, { account_id: accountId });
  const { affected } = await manager
    .createQueryBuilder()
    .update(sessionTable)
    .set({ revoked_at: at })
    .where('account_id = :accountId and revoked_at is null', { accountId })
    .andWhere('(cast(:kept as uuid) is null or id <> cast(:kept as uuid))', { kept })
    .execute();
  return affected ?? 0;
};

const sessionOf = (row: SessionRow) => ({
  id: row.id,
  createdAt: row.created_at,
  seenAt: row.seen_at,
  expiresAt: row.expires_at,
  address: row.address,
  userAgent: row.user_agent,
  method: row.method,
  secondFactor: row.second_factor,
});

// One statement: of failures at the same moment each counts. Rows without last_at were written by the release before.
const beginLoginText = `
  with given as (select $2::timestamptz as at, $3::int as free, $4::float8 as first_s, $5::float8 as most_s, $6::float8 as forget_s)
  insert into login_attempt as l (subject, failures, blocked_until, last_at)
  select $1, 1, null, at from given
  on conflict (subject) do update set
    last_at = excluded.last_at,
    failures = case when l.last_at < excluded.last_at - make_interval(secs => (select forget_s from given)) then 1
      else l.failures + 1 end,
    blocked_until = case
      when l.last_at < excluded.last_at - make_interval(secs => (select forget_s from given)) then null
      when l.failures + 1 >= (select free from given) then excluded.last_at + make_interval(
        secs => (select least(most_s, first_s * power(2, least(l.failures + 1 - free, 10))) from given)) end
    where l.blocked_until is null or l.blocked_until <= excluded.last_at
  returning failures`;
