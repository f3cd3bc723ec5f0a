// One's own account: sessions and API tokens.

import { queryOptions } from '@tanstack/react-query';
import { read } from './client.ts';

export interface OpenSession {
  readonly id: string;
  readonly createdAt: string;
  readonly seenAt: string;
  readonly expiresAt: string;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly method: string;
  readonly secondFactor: boolean;
  readonly current: boolean;
}

export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
}

export const scopes = [
  'tasks:read',
  'tasks:write',
  'reports:read',
  'reports:write',
  'imports:write',
  'organisation:read',
  'workflows:read',
  'notifications:read',
  'notifications:write',
  'operations:read',
  'audit:read',
] as const;

const itemsAt = <T>(key: string, path: string) =>
  queryOptions({
    queryKey: ['account', key],
    queryFn: async ({ signal }) => (await read<{ readonly items: readonly T[] }>(path, {}, signal)).items,
  });

export const sessionsQuery = itemsAt<OpenSession>('sessions', '/me/sessions');
export const tokensQuery = itemsAt<ApiToken>('tokens', '/me/tokens');
