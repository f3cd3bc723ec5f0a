// A storage that speaks S3: s3rver, in a folder. It does not verify signatures of version 4, so a gate before it does, and
// also that the body has the hash that was signed.

import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';

interface Server {
  run(): Promise<AddressInfo>;
  close(): Promise<void>;
}
const S3rver = createRequire(import.meta.url)('s3rver') as new (options: object) => Server;

/** s3rver's own account. */
const key = { id: 'S3RVER', secret: 'S3RVER' };

export const openS3 = async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dondoc-s3-'));
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: folder,
    configureBuckets: [{ name: 'evidence' }],
  });
  const behind = await server.run();
  const gate = createServer(async (req, res) => {
    const body = await buffer(req);
    const { method = '', url = '', headers } = req;
    if (headers['x-amz-content-sha256'] !== sha256(body))
      return res.writeHead(400).end('<Code>XAmzContentSHA256Mismatch</Code>');
    if (headers.authorization !== authorization({ method, url, headers }, key))
      return res.writeHead(403).end('<Code>SignatureDoesNotMatch</Code>');
    const passed = request({ host: '127.0.0.1', port: behind.port, method, path: url, headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(res);
      res.on('close', () => answer.destroy());
    });
    passed.on('error', () => res.destroy());
    passed.end(body);
  });
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
  const { port } = gate.address() as AddressInfo;
  const at = (user: string, bucket: string): string => `http://${user}@127.0.0.1:${port}/${bucket}`;
  return {
    url: at(`${key.id}:${key.secret}`, 'evidence'),
    at,
    async close() {
      gate.closeAllConnections();
      gate.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

export interface SignedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** The header Authorization that Signature Version 4 asks for, over the headers that the given one says it signed. */
export const authorization = (
  { method, url, headers }: SignedRequest,
  { id, secret }: { readonly id: string; readonly secret: string },
): string => {
  const given = headers.authorization ?? '';
  const [, day = '', region = ''] = /Credential=[^/]+\/(\d{8})\/([^/]+)\/s3\/aws4_request/.exec(given) ?? [];
  const signed = /SignedHeaders=([^,]+)/.exec(given)?.[1] ?? '';
  const [where = '', query = ''] = url.split('?');
  const lines = signed.split(';').map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}\n`);
  const canonical = [method, where, query, lines.join(''), signed, headers['x-amz-content-sha256']].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const signing = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  const signature = hmac(signing, toSign).toString('hex');
  return `AWS4-HMAC-SHA256 Credential=${id}/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
};

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
const hmac = (secret: string | Buffer, text: string): Buffer => createHmac('sha256', secret).update(text).digest();
