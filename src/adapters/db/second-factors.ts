import type { DataSource } from 'typeorm';
import type { IdentityStore, SecondFactorStore } from '../../application/people/ports.ts';
import { recordIn } from './audit.ts';
import { externalIdentityTable, recoveryCodeTable, secondFactorTable } from './entities/sign-in.ts';
import { endSessions } from './sign-in.ts';

export const secondFactorStore = (source: DataSource): SecondFactorStore => ({
  async secondFactor(accountId) {
    const found = await source.manager.findOneBy(secondFactorTable, { account_id: accountId });
    return found ? { sealedSecret: found.sealed_secret, confirmedAt: found.confirmed_at } : undefined;
  },

  async startSecondFactor(accountId, sealedSecret, at) {
    const written: unknown[] = await source.query(
      `insert into second_factor as f (account_id, sealed_secret, created_at) values ($1, $2, $3)
       on conflict (account_id) do update
         set sealed_secret = excluded.sealed_secret, created_at = excluded.created_at, last_used_step = null
         where f.confirmed_at is null
       returning 1`,
      [accountId, sealedSecret, at],
    );
    return written.length > 0;
  },

  confirmSecondFactor(accountId, sealedSecret, recoveryHashes, entry) {
    return source.transaction(async (manager) => {
      const [, written] = await manager.query(
        `update second_factor set confirmed_at = $3
         where account_id = $1 and sealed_secret = $2 and confirmed_at is null`,
        [accountId, sealedSecret, entry.at],
      );
      if (written === 0) return false;
      const codes = recoveryHashes.map((hash) => ({ account_id: accountId, code_hash: hash, used_at: null }));
      await manager.insert(recoveryCodeTable, codes);
      await endSessions(manager, accountId, null, entry.at);
      await recordIn(manager, entry);
      return true;
    });
  },

  async useStep(accountId, step) {
    const [, written] = await source.query(
      `update second_factor set last_used_step = $2
       where account_id = $1 and (last_used_step is null or last_used_step < $2)`,
      [accountId, step],
    );
    return written > 0;
  },

  async useRecoveryCode(accountId, codeHash, at) {
    const [, written] = await source.query(
      'update recovery_code set used_at = $3 where account_id = $1 and code_hash = $2 and used_at is null',
      [accountId, codeHash, at],
    );
    return written > 0;
  },

  removeSecondFactor(accountId, endAll, entry) {
    return source.transaction(async (manager) => {
      await manager.delete(recoveryCodeTable, { account_id: accountId });
      const { affected } = await manager.delete(secondFactorTable, { account_id: accountId });
      if (!affected) return false;
      if (endAll) await endSessions(manager, accountId, null, entry.at);
      await recordIn(manager, entry);
      return true;
    });
  },
});

export const identityStore = (source: DataSource): IdentityStore => ({
  async accountByIdentity(issuer, subject) {
    const [found] = await source.query(
      `select a.id, a.name, a.email, a.password_hash as "passwordHash", a.active
       from external_identity e join account a on a.id = e.account_id where e.issuer = $1 and e.subject = $2`,
      [issuer, subject],
    );
    return found;
  },

  linkIdentity({ issuer, subject, accountId }, entry) {
    return source.transaction(async (manager) => {
      const written: unknown[] = await manager.query(
        `insert into external_identity (issuer, subject, account_id, linked_at) values ($1, $2, $3, $4)
         on conflict do nothing returning 1`,
        [issuer, subject, accountId, entry.at],
      );
      if (written.length > 0) await recordIn(manager, entry);
      return written.length > 0;
    });
  },

  unlinkIdentities(accountId, entry) {
    return source.transaction(async (manager) => {
      const { affected } = await manager.delete(externalIdentityTable, { account_id: accountId });
      if (!affected) return false;
      await endSessions(manager, accountId, null, entry.at);
      await recordIn(manager, entry);
      return true;
    });
  },
});
