// What signing in and the administration of accounts need from the world. Whatever changes an account takes its audit
// entry along and writes both in one transaction: no deed without an entry, no entry without a deed.

import type { Scope, SignInMethod } from '../../domain/organisation/access.ts';
import type { Actor, Role } from '../../domain/organisation/actor.ts';
import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import type { AuditEntry } from '../ports.ts';
import type { ThrottleRule } from './throttle.ts';

/** The session a request came in; absent when it came with an API token. */
export interface SessionFacts {
  readonly id: string;
  readonly method: SignInMethod;
  /** A second factor was shown when it was opened. */
  readonly secondFactor: boolean;
  /** A role of the account asks for a second factor, and this session has none. */
  readonly owesSecondFactor?: boolean;
}

/** Where a request comes from, as far as one can know. */
export interface Place {
  readonly address: string;
  readonly userAgent?: string | undefined;
}

/** Who is behind a request. `scopes` on the actor: they came by API token. */
export type Caller = Actor & { readonly session?: SessionFacts | undefined };

export interface SignInAccount {
  readonly id: string;
  readonly name: string;
  readonly passwordHash: string | null;
  readonly active: boolean;
}

export interface AttemptStore {
  /**
   * Counts an attempt before it is judged; false while blocked. One statement: of attempts at the same moment each counts.
   * @param rule absent: that of one account at one place
   */
  beginLogin(subject: string, at: Date, rule?: ThrottleRule): Promise<boolean>;
  /** May be in the past: then it blocks no more. */
  loginBlockedUntil(subject: string): Promise<Date | null>;
  loginSuccess(subject: string): Promise<void>;
  /** Has this account opened a session from this address since then? */
  knownPlace(email: string, address: string, since: Date): Promise<boolean>;
}

export interface NewSession {
  readonly tokenHash: string;
  readonly accountId: string;
  readonly at: Date;
  readonly expiresAt: Date;
  readonly address?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly method?: SignInMethod;
  readonly secondFactor?: boolean;
}

export interface OpenSession {
  readonly id: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly expiresAt: Date;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly method: SignInMethod;
  readonly secondFactor: boolean;
}

export interface SessionStore {
  createSession(session: NewSession): Promise<void>;
  revokeSession(tokenHash: string, at: Date): Promise<void>;
  /** Those that a request could still use. */
  openSessions(accountId: string, at: Date): Promise<readonly OpenSession[]>;
  /** @returns false when the account has no such session open; nothing is written then */
  endSession(accountId: string, id: string, entry: AuditEntry): Promise<boolean>;
  /** @returns how many; of none there is no entry */
  endOtherSessions(accountId: string, kept: string, entry: AuditEntry): Promise<number>;
}

export interface Challenge {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly method: SignInMethod;
}

export interface ChallengeStore {
  keepChallenge(challenge: {
    readonly tokenHash: string;
    readonly accountId: string;
    readonly method: SignInMethod;
    readonly expiresAt: Date;
  }): Promise<void>;
  /** Of an active account, and not expired. */
  challenge(tokenHash: string, at: Date): Promise<Challenge | undefined>;
  /** @returns false when somebody else used it meanwhile */
  takeChallenge(tokenHash: string): Promise<boolean>;
}

export interface SignInStore extends AttemptStore, SessionStore, ChallengeStore {
  accountByEmail(email: string): Promise<SignInAccount | undefined>;
  /** Replaces a hash of older parameters; not if the password was changed meanwhile. */
  rehash(accountId: string, from: string, to: string): Promise<void>;
}

/** As the domain's, and as requests bring it: a part may be there and undefined. */
export interface NewMembership {
  readonly role: Role;
  readonly unit?: string | undefined;
  readonly programme?: string | undefined;
  readonly field?: string | undefined;
  /** First day in force; absent: always was. */
  readonly validFrom?: CivilDate | undefined;
  /** First day no longer in force; absent: until further notice. */
  readonly validTo?: CivilDate | undefined;
}

export interface NewAccount {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** Null: cannot sign in with a password. */
  readonly passwordHash: string | null;
  readonly memberships: readonly NewMembership[];
  readonly at: Date;
}

export interface AccountView {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly active: boolean;
  readonly createdAt: Date;
  readonly memberships: readonly NewMembership[];
  readonly secondFactor: boolean;
}

/** Open work that nobody would hold any more. */
export interface Duty extends NewMembership {
  readonly openTasks: number;
}

export interface AccountStore {
  /** @throws Refusal user.exists, unit.not_found */
  createAccount(account: NewAccount, entry?: AuditEntry): Promise<void>;
  /** @throws Refusal account.not_found */
  account(id: string): Promise<AccountView & { readonly passwordHash: string | null }>;
  /**
   * Ends the account with its sessions and tokens. Memberships with open work and no other active holder go to `transferTo`.
   * @returns what was handed over
   * @throws Refusal account.not_found, account.has_duties, account.last_administrator; account.not_active for transferTo
   */
  deactivate(id: string, transferTo: string | undefined, entry: AuditEntry): Promise<readonly Duty[]>;
  /** @throws Refusal account.not_found */
  reactivate(id: string, entry: AuditEntry): Promise<void>;
  /** @throws Refusal account.not_found, unit.not_found, account.last_administrator */
  changeMemberships(id: string, memberships: readonly NewMembership[], entry: AuditEntry): Promise<void>;
  /**
   * @param keptSession id of the session that goes on; null: none does, and API tokens end too
   * @throws Refusal account.not_found
   */
  setPassword(id: string, hash: string, keptSession: string | null, entry: AuditEntry): Promise<void>;
}

export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface TokenStore {
  createToken(
    token: ApiToken & { readonly accountId: string; readonly tokenHash: string },
    entry: AuditEntry,
  ): Promise<void>;
  /** Those that can still be used. */
  tokens(accountId: string, at: Date): Promise<readonly ApiToken[]>;
  /** @returns false when the account has no such token; nothing is written then */
  revokeToken(accountId: string, id: string, entry: AuditEntry): Promise<boolean>;
}

export interface SecondFactor {
  readonly sealedSecret: string;
  readonly confirmedAt: Date | null;
}

export interface SecondFactorStore {
  secondFactor(accountId: string): Promise<SecondFactor | undefined>;
  /** @returns false when a confirmed one is there, which stays */
  startSecondFactor(accountId: string, sealedSecret: string, at: Date): Promise<boolean>;
  /** Keeps the hashes of the recovery codes, ends all sessions. @returns false when it was confirmed or replaced meanwhile */
  confirmSecondFactor(
    accountId: string,
    sealedSecret: string,
    recoveryHashes: readonly string[],
    entry: AuditEntry,
  ): Promise<boolean>;
  /** Each period of 30 seconds once, and never an earlier one again. @returns false: taken already */
  useStep(accountId: string, step: number): Promise<boolean>;
  /** Each code once. @returns false: not a code of this account, or used */
  useRecoveryCode(accountId: string, codeHash: string, at: Date): Promise<boolean>;
  /** @param endSessions an administrator took it away @returns false when there was none */
  removeSecondFactor(accountId: string, endSessions: boolean, entry: AuditEntry): Promise<boolean>;
}

/** Time-based codes of RFC 6238; secrets leave it sealed. */
export interface OneTimeCodes {
  /** @param owner the secret can be used for this account only */
  newSecret(owner: { readonly accountId: string; readonly email: string }): {
    readonly sealed: string;
    readonly secret: string;
    readonly uri: string;
  };
  /** The 30-second period in which this code is right, at most one away from now; undefined: it is wrong. */
  stepOf(sealed: string, accountId: string, code: string, at: Date): number | undefined;
}

/** Whom the identity provider vouches for. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | undefined;
  readonly emailVerified: boolean;
  /** The provider says it asked for more than one factor (`amr` has `mfa`, RFC 8176). */
  readonly secondFactor: boolean;
}

/** What must be the same when the browser comes back. */
export interface PendingLogin {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface IdentityProvider {
  /** What people read on the button. */
  readonly label: string;
  /** @throws Refusal service.unavailable */
  start(): Promise<{ readonly url: string; readonly pending: PendingLogin }>;
  /**
   * @param query of the address to which the provider sent the browser
   * @throws Refusal session.oidc_failed, service.unavailable
   */
  finish(query: string, pending: PendingLogin): Promise<Identity>;
}

/** Encrypts what a browser keeps for us, so that it can neither read nor change it. */
export interface Sealer {
  seal(plain: string, purpose: string): string;
  /** Undefined when it is not ours, or for another purpose. */
  open(sealed: string, purpose: string): string | undefined;
}

export interface IdentityStore {
  accountByIdentity(issuer: string, subject: string): Promise<(SignInAccount & { readonly email: string }) | undefined>;
  /** @returns false when the account already has another identity at this issuer */
  linkIdentity(
    identity: { readonly issuer: string; readonly subject: string; readonly accountId: string },
    entry: AuditEntry,
  ): Promise<boolean>;
  /** Ends the account's sessions too. @returns false when there was none; nothing is written then */
  unlinkIdentities(accountId: string, entry: AuditEntry): Promise<boolean>;
}
