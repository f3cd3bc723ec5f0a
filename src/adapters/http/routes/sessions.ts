// Coming in and going out. What one does with one's own account afterwards is in me.ts.

import type { Request } from 'express';
import { z } from 'zod';
import { challengeMinutes } from '../../../application/people/challenge.ts';
import type { completeSignIn } from '../../../application/people/complete-sign-in.ts';
import type { signOut } from '../../../application/people/end-sessions.ts';
import {
  externalSignInMinutes,
  type finishExternalSignIn,
  type startExternalSignIn,
} from '../../../application/people/external-sign-in.ts';
import type { Place } from '../../../application/people/ports.ts';
import type { signIn } from '../../../application/people/sign-in.ts';
import type { Clock } from '../../../application/ports.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { CookieJar } from '../cookies.ts';
import { type Reply, type Route, route } from '../route.ts';

export interface SessionRouteParts {
  readonly signIn: ReturnType<typeof signIn>;
  readonly completeSignIn: ReturnType<typeof completeSignIn>;
  /** Absent: no identity provider is configured. */
  readonly external?: {
    readonly label: string;
    readonly start: ReturnType<typeof startExternalSignIn>;
    readonly finish: ReturnType<typeof finishExternalSignIn>;
  };
  readonly signOut: ReturnType<typeof signOut>;
  readonly clock: Clock;
  readonly cookies: CookieJar;
}

export const signedIn = z.object({ token: z.string(), expiresAt: z.iso.datetime(), name: z.string() });

/** Where a request comes from; the address is the proxy's word only as far as TRUST_PROXY says. */
export const placeOf = (req: Request): Place => ({
  address: req.ip ?? 'unknown',
  userAgent: req.get('User-Agent')?.slice(0, 300),
});

/** A path of this site and of no other: "//host", "/\host" and what browsers make the same of are refused. */
export const isOwnPath = (path: string): boolean =>
  /^\/(?![/\\])[^\\\s]*$/.test(path) && new URL(path, 'http://own.invalid').origin === 'http://own.invalid';

export const sessionRoutes = (parts: SessionRouteParts): readonly Route[] => {
  const { signIn, completeSignIn, external, signOut, clock, cookies } = parts;
  return [
    route({
      method: 'post',
      path: '/sessions',
      tag: 'Sessions',
      summary: 'Sign in: a bearer token, and the same as a cookie',
      description: `With a second factor the answer is \`session.second_factor_required\` with a \`challenge\`, good for ${challengeMinutes} minutes.`,
      requires: 'anyone',
      scope: 'session_only',
      body: z.strictObject({ email: z.string().max(254), password: z.string().min(1).max(128) }),
      answers: { 201: { description: 'Signed in.', schema: signedIn } },
      handle: async ({ body, req, res }) => {
        const session = await signIn({ ...body, ...placeOf(req) });
        cookies.set(res, 'session', session.token, session.expiresAt);
        return { status: 201, body: session };
      },
    }),
    route({
      method: 'post',
      path: '/sessions/second-factor',
      tag: 'Sessions',
      summary: 'The second factor: a code of the app, or a recovery code',
      requires: 'anyone',
      scope: 'session_only',
      body: z.strictObject({
        challenge: z
          .string()
          .max(100)
          .optional()
          .meta({ description: 'Absent: that of the cookie, after signing in at the identity provider.' }),
        code: z.string().min(1).max(64),
      }),
      answers: { 201: { description: 'Signed in.', schema: signedIn } },
      handle: async ({ body, req, res }) => {
        const challenge = body.challenge ?? cookies.read(req, 'challenge') ?? '';
        const session = await completeSignIn({ challenge, code: body.code, ...placeOf(req) });
        cookies.set(res, 'session', session.token, session.expiresAt);
        cookies.clear(res, 'challenge');
        return { status: 201, body: session };
      },
    }),
    route({
      method: 'get',
      path: '/sessions/methods',
      tag: 'Sessions',
      summary: 'How one can sign in here',
      requires: 'anyone',
      scope: 'session_only',
      answers: {
        200: {
          description: 'By password always; `oidc` is null when no identity provider is configured.',
          schema: z.object({ password: z.literal(true), oidc: z.object({ label: z.string() }).nullable() }),
        },
      },
      handle: () => ({ status: 200, body: { password: true, oidc: external ? { label: external.label } : null } }),
    }),
    route({
      method: 'delete',
      path: '/sessions/current',
      tag: 'Sessions',
      summary: 'Sign out',
      requires: 'signed_in',
      scope: 'session_only',
      beforeSecondFactor: true,
      answers: { 204: { description: 'The session is over.' } },
      handle: async ({ actor, session, res }) => {
        // Tokens do not come this far.
        if (session) await signOut({ accountId: actor.id, sessionId: session.id });
        cookies.clear(res, 'session');
        return { status: 204 };
      },
    }),
    ...externalRoutes(external, cookies, clock),
  ];
};

const externalRoutes = (
  configured: SessionRouteParts['external'],
  cookies: CookieJar,
  clock: Clock,
): readonly Route[] => [
  route({
    method: 'get',
    path: '/sessions/oidc/start',
    tag: 'Sessions',
    summary: 'Sign in at the identity provider: sends the browser there',
    description: 'Where none is configured: `service.unavailable`.',
    requires: 'anyone',
    scope: 'session_only',
    query: z.strictObject({
      returnTo: z.string().max(2000).refine(isOwnPath, 'is not a path of this site').default('/'),
    }),
    answers: { 302: { description: 'To the identity provider.' } },
    handle: async ({ query, res }) => {
      const { url, kept } = await there(configured).start(query.returnTo);
      cookies.set(res, 'oidc', kept, new Date(clock.now().getTime() + externalSignInMinutes * 60_000));
      return redirect(url);
    },
  }),
  route({
    method: 'get',
    path: '/sessions/oidc/callback',
    tag: 'Sessions',
    summary: 'Where the identity provider sends the browser back to',
    description:
      'Opens a session and sends the browser on to `returnTo`; with a second factor to `/?signIn=second-factor`, with the challenge in a cookie.',
    requires: 'anyone',
    scope: 'session_only',
    // Providers add keys of their own.
    query: z.looseObject({ code: z.string().optional(), state: z.string().optional(), error: z.string().optional() }),
    answers: { 302: { description: 'Signed in, and on to the page that was asked for.' } },
    handle: async ({ req, res }) => {
      const kept = cookies.read(req, 'oidc');
      const query = new URL(req.originalUrl, 'http://own.invalid').search;
      // One return for each start, whatever comes of it.
      cookies.clear(res, 'oidc');
      try {
        const { session, returnTo } = await there(configured).finish({ kept, query, ...placeOf(req) });
        cookies.set(res, 'session', session.token, session.expiresAt);
        return redirect(returnTo);
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'session.second_factor_required') throw error;
        cookies.set(res, 'challenge', String(error.details.challenge), new Date(String(error.details.expiresAt)));
        return redirect('/?signIn=second-factor');
      }
    },
  }),
];

const there = (configured: SessionRouteParts['external']): NonNullable<SessionRouteParts['external']> => {
  if (!configured) throw new Refusal('service.unavailable', { reason: 'no_identity_provider' });
  return configured;
};

const redirect = (to: string): Reply => ({ status: 302, headers: { Location: to } });
