import { z } from 'zod';
import type { SignedIn } from '../../../application/people/sign-in.ts';
import { tokenHash } from '../../../application/people/sign-in.ts';
import type { Clock, PeopleStore } from '../../../application/ports.ts';
import { sessionCookie } from '../app.ts';
import { type Route, route } from '../route.ts';

export interface SessionRouteParts {
  readonly signIn: (credentials: { email: string; password: string; address: string }) => Promise<SignedIn>;
  readonly people: Pick<PeopleStore, 'revokeSession'>;
  readonly clock: Clock;
  /** Cookies only over TLS. */
  readonly secureCookies: boolean;
}

export const sessionRoutes = ({ signIn, people, clock, secureCookies }: SessionRouteParts): readonly Route[] => [
  route({
    method: 'post',
    path: '/sessions',
    tag: 'Sessions',
    summary: 'Sign in: a bearer token, and the same as a cookie',
    requires: 'anyone',
    body: z.strictObject({ email: z.string().max(254), password: z.string().min(1).max(128) }),
    answers: {
      201: {
        description: 'Signed in.',
        schema: z.object({ token: z.string(), expiresAt: z.iso.datetime(), name: z.string() }),
      },
    },
    handle: async ({ body, req, res }) => {
      const session = await signIn({ ...body, address: req.ip ?? 'unknown' });
      res.cookie(sessionCookie, session.token, {
        httpOnly: true,
        sameSite: 'lax',
        secure: secureCookies,
        path: '/',
        expires: session.expiresAt,
      });
      return { status: 201, body: session };
    },
  }),
  route({
    method: 'delete',
    path: '/sessions/current',
    tag: 'Sessions',
    summary: 'Sign out',
    requires: 'signed_in',
    answers: { 204: { description: 'The session is over.' } },
    handle: async ({ res }) => {
      await people.revokeSession(tokenHash(String(res.locals.token)), clock.now());
      res.clearCookie(sessionCookie, { path: '/' });
      return { status: 204 };
    },
  }),
  route({
    method: 'get',
    path: '/me',
    tag: 'Sessions',
    summary: 'Who is signed in, and in which roles',
    requires: 'signed_in',
    answers: {
      200: {
        description: 'The account.',
        schema: z.object({
          id: z.string(),
          name: z.string(),
          memberships: z.array(
            z.object({ role: z.string(), unit: z.string().optional(), programme: z.string().optional() }),
          ),
        }),
      },
    },
    handle: ({ actor: { id, name, memberships } }) => ({ status: 200, body: { id, name, memberships } }),
  }),
];
