import * as client from 'openid-client';
import type { Identity, IdentityProvider } from '../../application/people/ports.ts';
import { Refusal } from '../../domain/refusal.ts';

export interface OidcSettings {
  /** https, or http on loopback outside production (config.ts refuses others). */
  readonly issuer: string;
  readonly clientId: string;
  /** Absent: a public client, with PKCE alone. */
  readonly clientSecret: string | undefined;
  /** Registered at the provider: PUBLIC_URL and /api/v1/sessions/oidc/callback. */
  readonly redirectUri: string;
  readonly label: string;
}

const timeoutSeconds = 10;

/** OpenID Connect, authorization code with PKCE (S256), state and nonce, at any issuer that publishes its metadata. */
export const oidcProvider = ({
  issuer,
  clientId,
  clientSecret,
  redirectUri,
  label,
}: OidcSettings): IdentityProvider => {
  let found: Promise<client.Configuration> | undefined;
  const configuration = (): Promise<client.Configuration> => {
    found ??= discover().catch((error: unknown) => {
      // Asked again with the next sign-in.
      found = undefined;
      throw unavailable(error);
    });
    return found;
  };
  const discover = (): Promise<client.Configuration> =>
    client.discovery(
      new URL(issuer),
      clientId,
      undefined,
      clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret),
      {
        timeout: timeoutSeconds,
        // The library takes TLS for proof enough that an ID token is the issuer's; here its signature is checked as well.
        execute: [
          client.enableNonRepudiationChecks,
          ...(issuer.startsWith('http:') ? [client.allowInsecureRequests] : []),
        ],
      },
    );

  return {
    label,

    async start() {
      const config = await configuration();
      const pending = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      };
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, pending };
    },

    async finish(query, { state, nonce, verifier }) {
      const config = await configuration();
      const here = new URL(redirectUri);
      here.search = query;
      try {
        const answer = await client.authorizationCodeGrant(config, here, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const told = answer.claims() as client.IDToken;
        // Providers that keep to the letter put the address into the user info only.
        const more =
          told.email === undefined && config.serverMetadata().userinfo_endpoint !== undefined
            ? await client.fetchUserInfo(config, answer.access_token, told.sub)
            : {};
        return identityOf({ ...more, ...told });
      } catch (error) {
        throw refusalOf(error);
      }
    },
  };
};

const identityOf = (
  claims: client.IDToken & { readonly email?: unknown; readonly email_verified?: unknown },
): Identity => ({
  issuer: claims.iss,
  subject: claims.sub,
  email: typeof claims.email === 'string' ? claims.email : undefined,
  // Nothing but true counts: some providers say "true", which is a text that others let people choose.
  emailVerified: claims.email_verified === true,
  secondFactor: Array.isArray(claims.amr) && claims.amr.includes('mfa'),
});

/** What the provider or the browser did wrong is a refusal; that the provider cannot be reached, another one. */
const refusalOf = (error: unknown): Refusal => {
  if (error instanceof client.AuthorizationResponseError || error instanceof client.ResponseBodyError)
    // A text that came through the browser: only what looks like one of the protocol's own words is said again.
    return new Refusal('session.oidc_failed', { reason: /^[a-z_]{1,64}$/.test(error.error) ? error.error : 'other' });
  if (error instanceof client.WWWAuthenticateChallengeError)
    return new Refusal('session.oidc_failed', { reason: 'refused_by_provider' });
  if (error instanceof client.ClientError && !/^OAUTH_(TIMEOUT|ABORT)$/.test(error.code ?? ''))
    return new Refusal('session.oidc_failed', { reason: 'answer_invalid' });
  return unavailable(error);
};

const unavailable = (error: unknown): Refusal => {
  const refusal = new Refusal('service.unavailable', { reason: 'identity_provider' });
  refusal.cause = error;
  return refusal;
};
