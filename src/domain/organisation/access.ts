// How somebody came in, and how far a program that acts for them may go.

/** How a session was opened. */
export const signInMethods = ['password', 'oidc'] as const;
export type SignInMethod = (typeof signInMethods)[number];

/** What an API token may be good for; never more than its owner's roles allow. */
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
export type Scope = (typeof scopes)[number];

/** `any`: every token will do. `session_only`: a person in a session, no program. */
export type NeededScope = Scope | 'any' | 'session_only';

/**
 * May somebody with these scopes do what needs that one?
 * @param held undefined: not a token, so nothing beside the roles limits them
 */
export const withinScopes = (held: readonly Scope[] | undefined, needed: NeededScope): boolean =>
  held === undefined || needed === 'any' || (needed !== 'session_only' && held.includes(needed));
