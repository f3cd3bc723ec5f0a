// Coming in over HTTP, step by step, where as() of an office is too quick.

import { Secret, TOTP } from 'otpauth';
import { type Answer, type Json, send } from './client.ts';
import type { Office } from './http-office.ts';
import { password } from './province.ts';

export const problem = ({ status, body }: Answer): readonly [number, string] => [status, body.code];

export const bearer = (token: string): Record<string, string> => ({ Authorization: `Bearer ${token}` });

export const passwordSignIn = (office: Office, name: string, given = password, headers = {}): Promise<Answer> =>
  send(office.address, 'POST', '/sessions', headers, { email: `${name}@thu.test`, password: given });

/** Headers of a new session. */
export const sessionOf = async (office: Office, name: string, given = password): Promise<Record<string, string>> => {
  const answer = await passwordSignIn(office, name, given);
  if (answer.status !== 201) throw new Error(`${name} cannot sign in: ${answer.text}`);
  return bearer(answer.body.token);
};

export const me = (office: Office, headers: Record<string, string>): Promise<Answer> =>
  send(office.address, 'GET', '/me', headers);

/** As the app on a telephone, which has the same clock. */
export const codeOf = (office: Office, secret: string): string =>
  TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: office.clock.now().getTime() });

/** Enrols a second factor for somebody; their later codes are of later periods. */
export const enrolled = async (
  office: Office,
  name: string,
): Promise<{
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
  readonly headers: Record<string, string>;
}> => {
  const session = await sessionOf(office, name);
  const { secret } = (await send(office.address, 'POST', '/me/second-factor', session, { password })).body;
  const { body }: { body: Json } = await send(office.address, 'POST', '/me/second-factor/confirmation', session, {
    code: codeOf(office, secret),
  });
  office.clock.advance(30_000);
  return { secret, recoveryCodes: body.recoveryCodes, headers: bearer(body.token) };
};

/** What the audit list says since, of whom; newest last. */
export const auditOf = async (office: Office, action: string): Promise<readonly Json[]> => {
  const { rows } = await office.pool.query(
    'select actor, action, object, reason, detail from audit_entry where action = $1 order by id',
    [action],
  );
  return rows;
};
