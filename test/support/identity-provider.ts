// A real OpenID Connect provider on loopback, and a browser that goes there and back. Whoever is `present` at the
// provider is signed in there without being asked.

import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

export interface PersonThere {
  readonly subject: string;
  readonly email: string;
  readonly emailVerified: boolean | string;
  /** How they showed who they are, RFC 8176. */
  readonly amr?: readonly string[];
}

export const clientId = 'dondoc';
export const clientSecret = 'bi-mat-cua-ung-dung-o-nha-cung-cap-dinh-danh';
/** Where people reach the office; the test's browser knows that it is another port in truth. */
export const publicUrl = 'http://dondoc.thu.test';

export const openIdentityProvider = async () => {
  const people = new Map<string, PersonThere>();
  let present: PersonThere | undefined;
  let forge: ((idToken: string) => string) | undefined;
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${publicUrl}/api/v1/sessions/oidc/callback`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    jwks: {
      keys: [
        {
          ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
          alg: 'RS256',
          use: 'sig',
        },
      ],
    },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
    cookies: { keys: ['chi-de-thu'] },
    claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, id) => {
      const person = people.get(id);
      return (
        person && {
          accountId: id,
          claims: () => ({ sub: id, email: person.email, email_verified: person.emailVerified }),
        }
      );
    },
    // Nobody is asked whether the office may know their address.
    async loadExistingGrant(context) {
      const { session, client } = context.oidc;
      const grant = new context.oidc.provider.Grant({
        clientId: client?.clientId ?? '',
        accountId: session?.accountId ?? '',
      });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on('request', (req, res) => {
    if (req.url === '/token' && forge) onTheWay(res, forge);
    if (!req.url?.startsWith('/interaction/')) return void answer(req, res);
    const login = { accountId: present?.subject ?? '', amr: [...(present?.amr ?? ['pwd'])] };
    void provider.interactionFinished(req, res, present ? { login } : { error: 'access_denied' });
  });

  return {
    issuer,
    /** Who sits at the browser from now on; undefined: somebody whom the provider turns away. */
    seat(person: PersonThere | undefined): void {
      present = person;
      if (person) people.set(person.subject, person);
    },
    /** What somebody between provider and office makes of each ID token from now on; undefined: nothing. */
    forgeWith(forger: ((idToken: string) => string) | undefined): void {
      forge = forger;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
/** The answer of the token endpoint comes with another ID token. */
const onTheWay = (res: ServerResponse, forge: (idToken: string) => string): void => {
  const end = res.end.bind(res) as (text: string) => ServerResponse;
  res.end = ((text: string) => {
    const answer = JSON.parse(text);
    const changed = JSON.stringify(answer.id_token ? { ...answer, id_token: forge(answer.id_token) } : answer);
    res.setHeader('Content-Length', Buffer.byteLength(changed));
    return end(changed);
  }) as typeof res.end;
};
export type OpenProvider = Awaited<ReturnType<typeof openIdentityProvider>>;

/** Keeps cookies per host and follows no redirect by itself. */
export const browser = (officeAddress: string) => {
  const jars = new Map<string, Map<string, string>>();
  const inTruth = (address: URL): string =>
    address.origin === publicUrl ? new URL(officeAddress).origin + address.pathname + address.search : address.href;
  const visit = async (address: string): Promise<Response> => {
    const url = new URL(address);
    const jar = jars.get(url.host) ?? new Map<string, string>();
    jars.set(url.host, jar);
    const cookies = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(inTruth(url), { redirect: 'manual', headers: cookies ? { Cookie: cookies } : {} });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(set)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  const office = `${publicUrl}/api/v1`;
  return {
    visit,
    /** Cookies of the office. */
    cookies: (): ReadonlyMap<string, string> => jars.get(new URL(publicUrl).host) ?? new Map(),
    start: (returnTo = '/viec-cua-toi'): Promise<Response> =>
      visit(`${office}/sessions/oidc/start?returnTo=${encodeURIComponent(returnTo)}`),
    /** From the answer of `start` through the provider to the address to which it sends the browser back. */
    async throughProvider(started: Response): Promise<string> {
      for (let next = started.headers.get('location') ?? '', from = publicUrl; ; ) {
        const address = new URL(next, from).href;
        if (address.startsWith(office)) return address;
        const response = await visit(address);
        if (!response.headers.has('location')) throw new Error(`${response.status} ${await response.text()}`);
        from = address;
        next = response.headers.get('location') ?? '';
      }
    },
  };
};
export type Browser = ReturnType<typeof browser>;
