// The part of compose.ts that is about people: signing in, their own accounts, the administration of accounts.

import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { deriveKey } from './adapters/auth/keys.ts';
import { oidcProvider } from './adapters/auth/oidc.ts';
import { oneTimeCodes } from './adapters/auth/one-time-codes.ts';
import { sealer } from './adapters/auth/seal.ts';
import { accountStore } from './adapters/db/accounts.ts';
import { tokenStore } from './adapters/db/api-tokens.ts';
import type { PeopleStore } from './adapters/db/people.ts';
import { listAccounts } from './adapters/db/queries/accounts.ts';
import { identityStore, secondFactorStore } from './adapters/db/second-factors.ts';
import { sessionActor } from './adapters/db/session-query.ts';
import { tokenActor } from './adapters/db/token-query.ts';
import { viewStore } from './adapters/db/views.ts';
import { cookieJar } from './adapters/http/cookies.ts';
import { accountRoutes } from './adapters/http/routes/accounts.ts';
import { meRoutes } from './adapters/http/routes/me.ts';
import { sessionRoutes } from './adapters/http/routes/sessions.ts';
import { viewRoutes } from './adapters/http/routes/views.ts';
import { changeMemberships } from './application/people/change-memberships.ts';
import { changePassword } from './application/people/change-password.ts';
import { completeSignIn } from './application/people/complete-sign-in.ts';
import { confirmSecondFactor } from './application/people/confirm-second-factor.ts';
import { createAccount } from './application/people/create-account.ts';
import { createToken, tokenPrefix } from './application/people/create-token.ts';
import { deactivateAccount } from './application/people/deactivate-account.ts';
import { endOtherSessions, endSession, signOut } from './application/people/end-sessions.ts';
import { enrolSecondFactor } from './application/people/enrol-second-factor.ts';
import { finishExternalSignIn, startExternalSignIn } from './application/people/external-sign-in.ts';
import type { Caller } from './application/people/ports.ts';
import { reactivateAccount } from './application/people/reactivate-account.ts';
import { removeSecondFactor } from './application/people/remove-second-factor.ts';
import { resetPassword } from './application/people/reset-password.ts';
import { resetSecondFactor } from './application/people/reset-second-factor.ts';
import { revokeToken } from './application/people/revoke-token.ts';
import { signIn, tokenHash } from './application/people/sign-in.ts';
import { unlinkIdentities } from './application/people/unlink-identities.ts';
import type { AuditLog, Clock, PasswordHasher } from './application/ports.ts';
import { manageViews } from './application/views/manage.ts';
import type { Config } from './config.ts';
import { hasRole } from './domain/organisation/actor.ts';

export type PeopleSettings = Pick<Config, 'SECRET_KEY' | 'NODE_ENV'> &
  Partial<
    Pick<
      Config,
      | 'PUBLIC_URL'
      | 'OIDC_ISSUER'
      | 'OIDC_CLIENT_ID'
      | 'OIDC_CLIENT_SECRET'
      | 'OIDC_LABEL'
      | 'REQUIRE_SECOND_FACTOR_ROLES'
    >
  >;

export interface PeopleParts {
  readonly config: PeopleSettings;
  readonly source: DataSource;
  /** For the check of every request. */
  readonly pool: pg.Pool;
  readonly readPool: pg.Pool;
  readonly people: PeopleStore;
  readonly passwords: PasswordHasher;
  readonly audit: AuditLog;
  readonly clock: Clock;
  /** In which the last day of a token ends. */
  readonly zone: string;
}

export const composePeople = ({ config, source, pool, readPool, zone, ...parts }: PeopleParts) => {
  const { people, passwords, clock } = parts;
  const accounts = accountStore(source);
  const tokens = tokenStore(source);
  const factors = secondFactorStore(source);
  const identities = identityStore(source);
  const codes = oneTimeCodes(sealer(deriveKey(config.SECRET_KEY, 'totp')));
  const secureCookies = config.NODE_ENV === 'production';
  const cookies = cookieJar(secureCookies);
  const all = { ...parts, accounts, factors, codes };

  const provider = providerOf(config);
  const sealed = sealer(deriveKey(config.SECRET_KEY, 'oidc-state'));
  const external = provider && {
    label: provider.label,
    start: startExternalSignIn(provider, sealed, clock),
    finish: finishExternalSignIn({ ...all, provider, sealer: sealed, identities }),
  };

  const bySession = sessionActor(pool);
  const byToken = tokenActor(pool);
  const owing = config.REQUIRE_SECOND_FACTOR_ROLES ?? [];
  /** Whoever a token of the Authorization header or the cookie stands for. */
  const actorOf = async (token: string): Promise<Caller | undefined> => {
    if (token.startsWith(tokenPrefix)) return byToken(tokenHash(token), clock.now());
    const caller = await bySession(tokenHash(token), clock.now());
    if (!caller || caller.session.secondFactor || !hasRole(caller, ...owing)) return caller;
    return { ...caller, session: { ...caller.session, owesSecondFactor: true } };
  };

  const routes = [
    ...sessionRoutes({
      signIn: signIn(all),
      completeSignIn: completeSignIn(all),
      ...(external ? { external } : {}),
      signOut: signOut(people, clock),
      clock,
      cookies,
    }),
    ...meRoutes({
      changePassword: changePassword(accounts, people, passwords, clock, parts.audit),
      endSession: endSession(people, clock),
      endOtherSessions: endOtherSessions(people, clock),
      enrolSecondFactor: enrolSecondFactor(all),
      confirmSecondFactor: confirmSecondFactor(all),
      removeSecondFactor: removeSecondFactor(all),
      createToken: createToken(tokens, clock, zone),
      revokeToken: revokeToken(tokens, clock),
      sessions: people,
      tokens,
      factors,
      clock,
      cookies,
    }),
    ...viewRoutes(manageViews(viewStore(readPool, source), clock, parts.audit)),
    ...accountRoutes({
      accounts,
      list: listAccounts(readPool),
      createAccount: createAccount(accounts, passwords, clock),
      deactivateAccount: deactivateAccount(accounts, clock),
      reactivateAccount: reactivateAccount(accounts, clock),
      changeMemberships: changeMemberships(accounts, clock),
      resetPassword: resetPassword(accounts, passwords, clock),
      resetSecondFactor: resetSecondFactor(factors, accounts, clock),
      unlinkIdentities: unlinkIdentities(identities, accounts, clock),
    }),
  ];
  return { routes, actorOf, secureCookies };
};

const providerOf = (config: PeopleSettings) => {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, PUBLIC_URL: publicUrl } = config;
  if (issuer === undefined || clientId === undefined || publicUrl === undefined) return undefined;
  return oidcProvider({
    issuer,
    clientId,
    clientSecret: config.OIDC_CLIENT_SECRET,
    redirectUri: `${publicUrl.replace(/\/$/, '')}/api/v1/sessions/oidc/callback`,
    label: config.OIDC_LABEL ?? defaultLabel,
  });
};

const defaultLabel = 'Tài khoản định danh';
