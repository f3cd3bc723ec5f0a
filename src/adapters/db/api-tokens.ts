import { type DataSource, IsNull, MoreThan } from 'typeorm';
import type { TokenStore } from '../../application/people/ports.ts';
import { recordIn } from './audit.ts';
import { type ApiTokenRow, apiTokenTable } from './entities/sign-in.ts';
import { row } from './entities/table.ts';

export const tokenStore = (source: DataSource): TokenStore => ({
  async createToken({ id, accountId, tokenHash, name, scopes, createdAt, expiresAt }, entry) {
    await source.transaction(async (manager) => {
      await manager.insert(
        apiTokenTable,
        row<ApiTokenRow>({
          id,
          account_id: accountId,
          name,
          token_hash: tokenHash,
          scopes,
          created_at: createdAt,
          expires_at: expiresAt,
          last_used_at: null,
          revoked_at: null,
        }),
      );
      await recordIn(manager, entry);
    });
  },

  async tokens(accountId, at) {
    const rows = await source.manager.find(apiTokenTable, {
      where: { account_id: accountId, revoked_at: IsNull(), expires_at: MoreThan(at) },
      order: { created_at: 'DESC', id: 'DESC' },
    });
    return rows.map(({ id, name, scopes, created_at, expires_at, last_used_at }) => ({
      id,
      name,
      scopes,
      createdAt: created_at,
      expiresAt: expires_at,
      lastUsedAt: last_used_at,
    }));
  },

  revokeToken(accountId, id, entry) {
    return source.transaction(async (manager) => {
      const own = { account_id: accountId, id, revoked_at: IsNull() };
      const { affected } = await manager.update(apiTokenTable, own, { revoked_at: entry.at });
      if (affected) await recordIn(manager, entry);
      return Boolean(affected);
    });
  },
});
