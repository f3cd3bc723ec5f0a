// The one way to the API. The session is a cookie; a change carries X-Requested-With (so that other sites cannot make
// it) and an Idempotency-Key that stays the same however often it is sent again.

import { NoConnection, Problem, type ProblemBody } from './problem.ts';

const root = '/api/v1';

export interface Answer<T> {
  readonly body: T;
  readonly etag: string | null;
  readonly headers: Headers;
}

export interface Change {
  readonly method?: 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  /** A file goes as it is, with its own type. */
  readonly file?: Blob;
  /** The version the person saw. */
  readonly version?: number;
  /** One per intention; repeated with every attempt. */
  readonly key?: string;
  /** Goes on although the page is closed; for small bodies. */
  readonly keepalive?: boolean;
}

/** Resolves once somebody is signed in again; rejects when they turned away. */
export type Reauthenticate = () => Promise<void>;
let reauthenticate: Reauthenticate | undefined;
export const onSessionLost = (ask: Reauthenticate | undefined): void => {
  reauthenticate = ask;
};

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** `/tasks` and `{ unit: 'snv' }` -> `/tasks?unit=snv`; what is undefined or empty is left out. */
export const withQuery = (path: string, query: Query = {}): string => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return text === '' ? path : `${path}?${text}`;
};

/** The address of a file for a link, which downloads it. */
export const fileAddress = (path: string, query: Query = {}): string => `${root}${withQuery(path, query)}`;

export const newKey = (): string => crypto.randomUUID();

export const read = async <T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> =>
  (await readWhole<T>(path, query, signal)).body;

export const readWhole = <T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<Answer<T>> =>
  send<T>(withQuery(path, query), { method: 'GET', ...(signal ? { signal } : {}) });

/** @throws Problem what the API refused, NoConnection when there was no answer */
export const change = <T>(
  path: string,
  { method = 'POST', body, file, version, key, keepalive = false }: Change = {},
): Promise<Answer<T>> => {
  const headers: Record<string, string> = { 'X-Requested-With': 'dondoc', 'Idempotency-Key': key ?? newKey() };
  if (version !== undefined) headers['If-Match'] = `"v${version}"`;
  if (file) headers['Content-Type'] = file.type === '' ? 'application/octet-stream' : file.type;
  else if (body !== undefined) headers['Content-Type'] = 'application/json';
  return send<T>(path, {
    method,
    headers,
    keepalive,
    body: file ?? (body === undefined ? null : JSON.stringify(body)),
  });
};

/**
 * The answer itself, for files that are shown.
 * @throws Problem what the API refused, NoConnection when there was no answer
 */
export const ask = async (path: string, init: RequestInit, again = false): Promise<Response> => {
  const response = await fetch(`${root}${path}`, { credentials: 'same-origin', ...init }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new NoConnection();
  });
  if (response.ok) return response;
  const problem = await problemIn(response);
  // The form stays as it is, the person signs in over it, and the very same request goes out once more.
  if (problem.code === 'session.required' && reauthenticate && !again && !ownDoor.test(path)) {
    await reauthenticate();
    return ask(path, init, true);
  }
  throw problem;
};

const send = async <T>(path: string, init: RequestInit): Promise<Answer<T>> => {
  const response = await ask(path, init);
  const json = response.headers.get('Content-Type')?.includes('json');
  return {
    body: (json ? await response.json() : undefined) as T,
    etag: response.headers.get('ETag'),
    headers: response.headers,
  };
};

/**
 * A file, with news of how much of it has gone. A lost session is asked for again, and the same file goes once more.
 * @throws Problem what the API refused, NoConnection when there was no answer
 */
export const upload = async <T>(
  path: string,
  file: Blob,
  {
    key,
    onProgress,
    signal,
  }: { readonly key: string; readonly onProgress?: (sent: number) => void; readonly signal?: AbortSignal },
): Promise<T> => {
  const attempt = () =>
    new Promise<Response>((resolve, reject) => {
      // fetch does not tell how much has gone.
      const request = new XMLHttpRequest();
      request.open('POST', `${root}${path}`);
      request.setRequestHeader('X-Requested-With', 'dondoc');
      request.setRequestHeader('Idempotency-Key', key);
      request.setRequestHeader('Content-Type', file.type === '' ? 'application/octet-stream' : file.type);
      request.upload.onprogress = ({ loaded }) => onProgress?.(loaded);
      request.onload = () =>
        resolve(
          new Response(request.status === 204 ? null : request.responseText, {
            status: request.status,
            headers: { 'X-Request-Id': request.getResponseHeader('X-Request-Id') ?? '' },
          }),
        );
      request.onerror = () => reject(new NoConnection());
      request.onabort = () => reject(new DOMException('', 'AbortError'));
      signal?.addEventListener('abort', () => request.abort());
      request.send(file);
    });
  for (let again = false; ; again = true) {
    const response = await attempt();
    if (response.ok) return (await response.json()) as T;
    const problem = await problemIn(response);
    if (problem.code !== 'session.required' || !reauthenticate || again) throw problem;
    await reauthenticate();
  }
};

/** Signing in itself, and the question who is here, are answered as they are. */
const ownDoor = /^\/(me($|\?)|sessions\b)/;

const problemIn = async (response: Response): Promise<Problem> => {
  const fallback: ProblemBody = {
    code: 'fault',
    status: response.status,
    title: '',
    detail: '',
    detailEn: '',
    instance: response.headers.get('X-Request-Id') ?? '',
  };
  const body = await response.json().catch(() => ({}));
  return new Problem({ ...fallback, ...(body as object) });
};
