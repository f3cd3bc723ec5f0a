// What others do meanwhile: people of the demonstration over the API, without a browser.

import { demoPassword } from './console.ts';

export type Asking = (
  who: string,
  method: string,
  path: string,
  body?: object,
  version?: number,
  // biome-ignore lint/suspicious/noExplicitAny: whatever the API answers.
) => Promise<any>;

/** @param url of the console; answers with the body, and throws at a refusal */
export const askingAt = (url: string): Asking => {
  const tokens = new Map<string, Promise<string>>();
  const signIn = async (who: string): Promise<string> => {
    const answer = await fetch(`${url}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: `${who}@demo.local`, password: demoPassword }),
    });
    return ((await answer.json()) as { readonly token: string }).token;
  };
  return async (who, method, path, body, version) => {
    const token = tokens.get(who) ?? signIn(who);
    tokens.set(who, token);
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${await token}`,
        ...(method === 'GET' ? {} : { 'Idempotency-Key': crypto.randomUUID() }),
        ...(body ? { 'Content-Type': 'application/json' } : {}),
        ...(version === undefined ? {} : { 'If-Match': `"v${version}"` }),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${who} ${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
};
