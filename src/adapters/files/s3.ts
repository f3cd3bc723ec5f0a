// Files in any storage that speaks S3. The requests are signed by aws4fetch; the content's own hash is part of the
// signature, so that the storage refuses what changed on the way.

import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { AwsV4Signer } from 'aws4fetch';
import type { Bytes, FileStorage, Received } from '../../application/evidence/ports.ts';
import { Refusal } from '../../domain/refusal.ts';

interface Bucket {
  readonly address: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

const attempts = 3;
const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
/** Until the answer begins; a body may take longer. */
const answerMs = 60_000;

/** @param url https://KEY:SECRET@host/bucket/prefix?region=…, KEY and SECRET percent-encoded; the path style of addresses */
export const s3Storage = (url: string): FileStorage => {
  const bucket = bucketOf(url);
  return {
    async put(key, file) {
      const answer = await ask(bucket, 'PUT', key, file);
      if (!answer.ok) throw await failure('PUT', answer);
      await answer.arrayBuffer();
    },

    async open(key) {
      const answer = await ask(bucket, 'GET', key);
      if (answer.status === 404) {
        // The bucket itself may be what is missing, and that is no lost file.
        const text = await answer.text();
        if (/NoSuchKey/.test(text)) return undefined;
        throw new Error(`The file storage answered GET with 404: ${text.slice(0, 500)}`);
      }
      if (!answer.ok || !answer.body) throw await failure('GET', answer);
      return answer.body as unknown as Bytes;
    },

    async remove(key) {
      const answer = await ask(bucket, 'DELETE', key);
      if (!answer.ok && answer.status !== 404) throw await failure('DELETE', answer);
      await answer.arrayBuffer();
    },
  };
};

const bucketOf = (text: string): Bucket => {
  const url = new URL(text);
  return {
    address: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
    region: url.searchParams.get('region') ?? 'us-east-1',
  };
};

const ask = async (bucket: Bucket, method: string, key: string, file?: Received): Promise<Response> => {
  if (!/^[0-9a-f]{32}$/.test(key)) throw new Error('A storage key has 32 hexadecimal digits.');
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await once(bucket, method, key, file);
      if (answer.status < 500) return answer;
      if (attempt === attempts) throw await failure(method, answer);
      await answer.arrayBuffer();
    } catch (error) {
      if (attempt === attempts) throw error instanceof Refusal ? error : away();
    }
    await new Promise((resolve) => setTimeout(resolve, 100 * 3 ** attempt));
  }
};

/** Signed anew each time: a signature has its moment, and a stream can be read once. */
const once = async (bucket: Bucket, method: string, key: string, file?: Received): Promise<Response> => {
  const { accessKeyId, secretAccessKey, region } = bucket;
  const signed = await new AwsV4Signer({
    method,
    url: `${bucket.address}/${key.slice(0, 2)}/${key}`,
    headers: { 'X-Amz-Content-Sha256': file?.sha256 ?? emptyHash },
    service: 's3',
    accessKeyId,
    secretAccessKey,
    region,
  }).sign();
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), answerMs);
  try {
    if (file) signed.headers.set('Content-Length', String(file.bytes));
    return await fetch(signed.url, {
      method,
      headers: signed.headers,
      // A redirect would carry the signature elsewhere.
      redirect: 'manual',
      signal: waiting.signal,
      ...(file ? { body: Readable.toWeb(createReadStream(file.path)) as ReadableStream, duplex: 'half' } : {}),
    } as RequestInit);
  } finally {
    clearTimeout(timer);
  }
};

const away = (): Refusal => new Refusal('service.unavailable', { reason: 'file_storage' });

const failure = async (method: string, answer: Response): Promise<Error> => {
  const text = (await answer.text()).slice(0, 500);
  if (answer.status >= 500) return away();
  return new Error(`The file storage answered ${method} with ${answer.status}: ${text}`);
};
