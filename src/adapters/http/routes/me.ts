// What people do with their own account: see it, change the password, sessions, second factor, API tokens.

import { z } from 'zod';
import type { changePassword } from '../../../application/people/change-password.ts';
import type { confirmSecondFactor } from '../../../application/people/confirm-second-factor.ts';
import type { createToken } from '../../../application/people/create-token.ts';
import type { endOtherSessions, endSession } from '../../../application/people/end-sessions.ts';
import type { enrolSecondFactor } from '../../../application/people/enrol-second-factor.ts';
import type { SecondFactorStore, SessionFacts, SessionStore, TokenStore } from '../../../application/people/ports.ts';
import type { removeSecondFactor } from '../../../application/people/remove-second-factor.ts';
import type { revokeToken } from '../../../application/people/revoke-token.ts';
import type { Clock } from '../../../application/ports.ts';
import { scopes, signInMethods } from '../../../domain/organisation/access.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { CookieJar } from '../cookies.ts';
import { type Route, route } from '../route.ts';
import { day, text } from '../schemas.ts';
import { placeOf, signedIn } from './sessions.ts';

export interface MeRouteParts {
  readonly changePassword: ReturnType<typeof changePassword>;
  readonly endSession: ReturnType<typeof endSession>;
  readonly endOtherSessions: ReturnType<typeof endOtherSessions>;
  readonly enrolSecondFactor: ReturnType<typeof enrolSecondFactor>;
  readonly confirmSecondFactor: ReturnType<typeof confirmSecondFactor>;
  readonly removeSecondFactor: ReturnType<typeof removeSecondFactor>;
  readonly createToken: ReturnType<typeof createToken>;
  readonly revokeToken: ReturnType<typeof revokeToken>;
  readonly sessions: Pick<SessionStore, 'openSessions'>;
  readonly tokens: Pick<TokenStore, 'tokens'>;
  readonly factors: Pick<SecondFactorStore, 'secondFactor'>;
  readonly clock: Clock;
  readonly cookies: CookieJar;
}

export const membershipView = z.object({
  role: z.string(),
  unit: z.string().optional(),
  programme: z.string().optional(),
  field: z.string().optional(),
  validFrom: z.iso.date().optional(),
  validTo: z.iso.date().optional(),
});

const tokenView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    scopes: z.array(z.enum(scopes)),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ApiToken' });

const sessionView = z
  .object({
    id: z.uuid(),
    createdAt: z.iso.datetime(),
    seenAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    method: z.enum(signInMethods),
    secondFactor: z.boolean(),
    current: z.boolean(),
  })
  .meta({ id: 'Session' });

const byId = z.strictObject({ id: z.uuid() });
const givenPassword = z.string().min(1).max(128);
const givenCode = z.string().min(1).max(64);

/** Routes that tokens may not reach always have one. */
const inSession = (session: SessionFacts | undefined): SessionFacts => {
  if (!session) throw new Refusal('token.session_only');
  return session;
};

export const meRoutes = (parts: MeRouteParts): readonly Route[] => [
  route({
    method: 'get',
    path: '/me',
    tag: 'My account',
    summary: 'Who is signed in, in which roles, and how',
    requires: 'signed_in',
    scope: 'any',
    beforeSecondFactor: true,
    answers: {
      200: {
        description: 'The account. `session` is null with an API token, `scopes` in a session.',
        schema: z.object({
          id: z.string(),
          name: z.string(),
          memberships: z.array(membershipView),
          secondFactor: z.boolean(),
          session: z
            .object({ method: z.enum(signInMethods), secondFactor: z.boolean(), owesSecondFactor: z.boolean() })
            .nullable(),
          scopes: z.array(z.enum(scopes)).nullable(),
        }),
      },
    },
    handle: async ({ actor: { id, name, memberships, scopes: held = null }, session }) => {
      const secondFactor = Boolean((await parts.factors.secondFactor(id))?.confirmedAt);
      const { method, secondFactor: shown, owesSecondFactor = false } = session ?? {};
      const facts = session ? { method, secondFactor: shown, owesSecondFactor } : null;
      return { status: 200, body: { id, name, memberships, secondFactor, session: facts, scopes: held } };
    },
  }),
  route({
    method: 'post',
    path: '/me/password',
    tag: 'My account',
    summary: 'Change the password; ends all other sessions',
    requires: 'signed_in',
    scope: 'session_only',
    body: z.strictObject({ oldPassword: givenPassword, newPassword: z.string().min(12).max(128) }),
    answers: { 204: { description: 'Changed.' } },
    handle: async ({ actor, session, body, req }) => {
      const { address } = placeOf(req);
      await parts.changePassword({ ...body, accountId: actor.id, sessionId: inSession(session).id, address });
      return { status: 204 };
    },
  }),
  route({
    method: 'get',
    path: '/me/sessions',
    tag: 'My account',
    summary: 'My open sessions, the last used first',
    requires: 'signed_in',
    scope: 'session_only',
    answers: { 200: { description: 'Sessions.', schema: z.object({ items: z.array(sessionView) }) } },
    handle: async ({ actor, session }) => {
      const open = await parts.sessions.openSessions(actor.id, parts.clock.now());
      return { status: 200, body: { items: open.map((one) => ({ ...one, current: one.id === session?.id })) } };
    },
  }),
  route({
    method: 'delete',
    path: '/me/sessions/{id}',
    tag: 'My account',
    summary: 'End one of my sessions',
    requires: 'signed_in',
    scope: 'session_only',
    params: byId,
    answers: { 204: { description: 'The session is over.' } },
    handle: async ({ actor, params }) => {
      await parts.endSession({ accountId: actor.id, sessionId: params.id });
      return { status: 204 };
    },
  }),
  route({
    method: 'delete',
    path: '/me/sessions',
    tag: 'My account',
    summary: 'End all my sessions but this one',
    requires: 'signed_in',
    scope: 'session_only',
    answers: { 200: { description: 'Ended.', schema: z.object({ ended: z.number().int() }) } },
    handle: async ({ actor, session }) => ({
      status: 200,
      body: { ended: await parts.endOtherSessions({ accountId: actor.id, sessionId: inSession(session).id }) },
    }),
  }),
  route({
    method: 'post',
    path: '/me/second-factor',
    tag: 'My account',
    summary: 'A new secret for the app (TOTP); of no effect until a code confirms it',
    requires: 'signed_in',
    scope: 'session_only',
    beforeSecondFactor: true,
    body: z.strictObject({
      password: givenPassword.optional().meta({ description: 'Absent only for accounts that have none.' }),
    }),
    answers: {
      201: { description: 'Shown this once.', schema: z.object({ secret: z.string(), uri: z.string() }) },
    },
    handle: async ({ actor, body, req }) => ({
      status: 201,
      body: await parts.enrolSecondFactor({ accountId: actor.id, ...body, address: placeOf(req).address }),
    }),
  }),
  route({
    method: 'post',
    path: '/me/second-factor/confirmation',
    tag: 'My account',
    summary: 'Confirm the second factor with a code of the app; ends all sessions, this one goes on under a new token',
    requires: 'signed_in',
    scope: 'session_only',
    beforeSecondFactor: true,
    body: z.strictObject({ code: givenCode }),
    answers: {
      201: {
        description: 'The new session, and ten recovery codes that are shown this once.',
        schema: signedIn.extend({ recoveryCodes: z.array(z.string()) }),
      },
    },
    handle: async ({ actor, session, body, req, res }) => {
      const confirmed = await parts.confirmSecondFactor({
        accountId: actor.id,
        session: inSession(session),
        ...body,
        ...placeOf(req),
      });
      parts.cookies.set(res, 'session', confirmed.token, confirmed.expiresAt);
      return { status: 201, body: confirmed };
    },
  }),
  route({
    method: 'post',
    path: '/me/second-factor/removal',
    tag: 'My account',
    summary: 'Remove the second factor; asks for both factors',
    requires: 'signed_in',
    scope: 'session_only',
    body: z.strictObject({ password: givenPassword, code: givenCode }),
    answers: { 204: { description: 'Removed.' } },
    handle: async ({ actor, body, req }) => {
      await parts.removeSecondFactor({ accountId: actor.id, ...body, address: placeOf(req).address });
      return { status: 204 };
    },
  }),
  route({
    method: 'get',
    path: '/me/tokens',
    tag: 'My account',
    summary: 'My API tokens, newest first',
    requires: 'signed_in',
    scope: 'session_only',
    answers: { 200: { description: 'Those that can be used.', schema: z.object({ items: z.array(tokenView) }) } },
    handle: async ({ actor }) => ({
      status: 200,
      body: { items: await parts.tokens.tokens(actor.id, parts.clock.now()) },
    }),
  }),
  route({
    method: 'post',
    path: '/me/tokens',
    tag: 'My account',
    summary: 'An API token for a program that acts for me',
    requires: 'signed_in',
    scope: 'session_only',
    body: z.strictObject({
      name: text(100),
      scopes: z.array(z.enum(scopes)).min(1).max(scopes.length),
      expiresOn: day.meta({ description: 'Its last day, at most a year from now.' }),
    }),
    answers: {
      201: { description: 'The token itself is shown this once.', schema: tokenView.extend({ token: z.string() }) },
    },
    handle: async ({ actor, body }) => ({ status: 201, body: await parts.createToken(actor, body) }),
  }),
  route({
    method: 'delete',
    path: '/me/tokens/{id}',
    tag: 'My account',
    summary: 'Revoke one of my API tokens',
    requires: 'signed_in',
    scope: 'session_only',
    params: byId,
    answers: { 204: { description: 'Revoked.' } },
    handle: async ({ actor, params }) => {
      await parts.revokeToken(actor, params.id);
      return { status: 204 };
    },
  }),
];
