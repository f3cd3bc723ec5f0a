import type { CookieOptions, Request, Response } from 'express';

/** __Host-: browsers take it from this very host over TLS only, for no other host and no part of it. */
export const cookieName = (name: CookieName, secure: boolean): string => `${secure ? '__Host-' : ''}dondoc_${name}`;

/** `challenge`: a sign-in that waits for the second factor; `oidc`: one that is at the identity provider. */
type CookieName = 'session' | 'challenge' | 'oidc';

export const cookieOf = (req: Request, wanted: string): string | undefined =>
  req
    .get('Cookie')
    ?.split(';')
    .map((part) => part.trim().split('='))
    .find(([name]) => name === wanted)?.[1];

/** @param secure production: over TLS only */
export const cookieJar = (secure: boolean) => {
  // Lax: sent when the identity provider sends the browser back, not with what other sites post.
  const options: CookieOptions = { httpOnly: true, sameSite: 'lax', secure, path: '/' };
  return {
    set: (res: Response, name: CookieName, value: string, expires: Date): void => {
      res.cookie(cookieName(name, secure), value, { ...options, expires });
    },
    clear: (res: Response, name: CookieName): void => {
      res.clearCookie(cookieName(name, secure), options);
    },
    read: (req: Request, name: CookieName): string | undefined => cookieOf(req, cookieName(name, secure)),
  };
};
export type CookieJar = ReturnType<typeof cookieJar>;
