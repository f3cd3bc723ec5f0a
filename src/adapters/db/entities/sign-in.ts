// How people come in: sessions, throttles, API tokens, second factors, identities at a provider.

import { type Scope, type SignInMethod, signInMethods } from '../../../domain/organisation/access.ts';
import { boolean, instant, integer, oneOf, optional, primary, references, table, text, uuid } from './table.ts';

export interface SessionRow {
  readonly token_hash: string;
  readonly account_id: string;
  readonly created_at: Date;
  readonly seen_at: Date;
  readonly expires_at: Date;
  readonly revoked_at: Date | null;
  /** Names the session in lists; its token is known to its owner alone. */
  readonly id: string;
  readonly user_agent: string | null;
  readonly address: string | null;
  readonly method: SignInMethod;
  readonly second_factor: boolean;
}

export const sessionTable = table<SessionRow>(
  'session',
  {
    token_hash: primary('session', text),
    account_id: references(uuid, 'account', 'session_account_id_fkey'),
    created_at: instant,
    seen_at: instant,
    expires_at: instant,
    revoked_at: optional(instant),
    id: { ...uuid, generated: 'uuid' },
    user_agent: optional(text),
    address: optional(text),
    method: { ...text, default: 'password' },
    second_factor: { ...boolean, default: false },
  },
  {
    checks: [oneOf('session', 'method', signInMethods)],
    indices: [{ name: 'session_account_id_idx', columns: ['account_id'] }],
    uniques: [{ name: 'session_id_key', columns: ['id'] }],
  },
);

export interface LoginAttemptRow {
  readonly subject: string;
  readonly failures: number;
  readonly blocked_until: Date | null;
  readonly last_at: Date | null;
}

export const loginAttemptTable = table<LoginAttemptRow>('login_attempt', {
  subject: primary('login_attempt', text),
  failures: integer,
  blocked_until: optional(instant),
  last_at: optional(instant),
});

export interface SignInChallengeRow {
  readonly token_hash: string;
  readonly account_id: string;
  readonly method: SignInMethod;
  readonly expires_at: Date;
}

export const signInChallengeTable = table<SignInChallengeRow>(
  'sign_in_challenge',
  {
    token_hash: primary('sign_in_challenge', text),
    account_id: references(uuid, 'account', 'sign_in_challenge_account_id_fkey'),
    method: text,
    expires_at: instant,
  },
  {
    checks: [oneOf('sign_in_challenge', 'method', signInMethods)],
    indices: [{ name: 'sign_in_challenge_account_id_idx', columns: ['account_id'] }],
  },
);

export interface ApiTokenRow {
  readonly id: string;
  readonly account_id: string;
  readonly name: string;
  readonly token_hash: string;
  readonly scopes: readonly Scope[];
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly last_used_at: Date | null;
  readonly revoked_at: Date | null;
}

export const apiTokenTable = table<ApiTokenRow>(
  'api_token',
  {
    id: primary('api_token', uuid),
    account_id: references(uuid, 'account', 'api_token_account_id_fkey'),
    name: text,
    token_hash: text,
    scopes: { ...text, array: true },
    created_at: instant,
    expires_at: instant,
    last_used_at: optional(instant),
    revoked_at: optional(instant),
  },
  {
    uniques: [{ name: 'api_token_token_hash_key', columns: ['token_hash'] }],
    indices: [{ name: 'api_token_account_id_idx', columns: ['account_id'] }],
  },
);

export interface SecondFactorRow {
  readonly account_id: string;
  /** AES-256-GCM under the key of label "totp", bound to the account. */
  readonly sealed_secret: string;
  readonly created_at: Date;
  readonly confirmed_at: Date | null;
  /** Read as a text, as every bigint. */
  readonly last_used_step: string | null;
}

export const secondFactorTable = table<SecondFactorRow>('second_factor', {
  account_id: references(primary('second_factor', uuid), 'account', 'second_factor_account_id_fkey'),
  sealed_secret: text,
  created_at: instant,
  confirmed_at: optional(instant),
  last_used_step: optional({ type: 'bigint' }),
});

export interface RecoveryCodeRow {
  readonly account_id: string;
  readonly code_hash: string;
  readonly used_at: Date | null;
}

export const recoveryCodeTable = table<RecoveryCodeRow>('recovery_code', {
  account_id: references(primary('recovery_code', uuid), 'account', 'recovery_code_account_id_fkey'),
  code_hash: primary('recovery_code', text),
  used_at: optional(instant),
});

export interface ExternalIdentityRow {
  readonly issuer: string;
  readonly subject: string;
  readonly account_id: string;
  readonly linked_at: Date;
}

export const externalIdentityTable = table<ExternalIdentityRow>(
  'external_identity',
  {
    issuer: primary('external_identity', text),
    subject: primary('external_identity', text),
    account_id: references(uuid, 'account', 'external_identity_account_id_fkey'),
    linked_at: instant,
  },
  { uniques: [{ name: 'external_identity_account_id_issuer_key', columns: ['account_id', 'issuer'] }] },
);
