// One contract, two storages: a folder, and a server that speaks S3 and verifies every signature.

import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AwsV4Signer } from 'aws4fetch';
import { expect } from 'chai';
import { diskStorage } from '../../../src/adapters/files/disk.ts';
import { openFiles } from '../../../src/adapters/files/open-files.ts';
import { s3Storage } from '../../../src/adapters/files/s3.ts';
import { spoolIn } from '../../../src/adapters/files/spool.ts';
import type { Bytes, FileStorage, Received } from '../../../src/application/evidence/ports.ts';
import { Refusal } from '../../../src/domain/refusal.ts';
import { authorization, openS3 } from '../../support/s3.ts';

const aKey = (): string => randomBytes(16).toString('hex');
const all = async (content: Bytes | undefined): Promise<Buffer | undefined> => {
  if (!content) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
};
async function* pieces(content: Uint8Array, size = 50_000): Bytes {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}
const failing = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

let folder: string;
let s3: Awaited<ReturnType<typeof openS3>>;
before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dondoc-storage-'));
  s3 = await openS3();
});
after(async () => {
  await s3.close();
  rmSync(folder, { recursive: true, force: true });
});
const receive = (content: Uint8Array): Promise<Received> =>
  spoolIn(path.join(folder, 'incoming')).receive(pieces(content), 10_000_000);

const storages: Readonly<Record<string, () => FileStorage>> = {
  'on a disk': () => diskStorage(folder),
  'over S3': () => s3Storage(s3.url),
};
for (const [where, storageOf] of Object.entries(storages))
  describe(`A file storage ${where}`, () => {
    for (const bytes of [1, 1_000, 5_000_000])
      it(`gives back the same ${bytes} bytes`, async () => {
        const storage = storageOf();
        const [key, content] = [aKey(), randomBytes(bytes)];
        await storage.put(key, await receive(content));

        expect((await all(await storage.open(key)))?.equals(content)).to.equal(true);
      });

    it('says that there is nothing under a key, and removes nothing without complaint', async () => {
      const storage = storageOf();
      expect(await storage.open(aKey())).to.equal(undefined);
      await storage.remove(aKey());
    });

    it('removes a file, and removing it again is boring', async () => {
      const storage = storageOf();
      const key = aKey();
      await storage.put(key, await receive(randomBytes(10)));
      await storage.remove(key);
      await storage.remove(key);

      expect(await storage.open(key)).to.equal(undefined);
    });

    it('holds many files apart', async () => {
      const storage = storageOf();
      const files = Array.from({ length: 20 }, () => [aKey(), randomBytes(100)] as const);
      await Promise.all(files.map(async ([key, content]) => storage.put(key, await receive(content))));

      for (const [key, content] of files) expect((await all(await storage.open(key)))?.equals(content)).to.equal(true);
    });

    it('can be left in the middle of a file', async () => {
      const storage = storageOf();
      const key = aKey();
      await storage.put(key, await receive(randomBytes(3_000_000)));
      for await (const chunk of (await storage.open(key)) as Bytes) {
        expect(chunk.length).to.be.greaterThan(0);
        break;
      }
      await storage.remove(key);
    });

    it('refuses every key that is not one of ours', async () => {
      const storage = storageOf();
      for (const key of [
        '',
        '../../../etc/passwd',
        `${aKey()}/x`,
        aKey().toUpperCase(),
        `${aKey()}0`,
        '.'.repeat(32),
      ]) {
        expect(await failing(storage.open(key)), key).to.be.instanceOf(Error);
        expect(await failing(storage.remove(key)), key).to.be.instanceOf(Error);
        expect(await failing(receive(randomBytes(1)).then((file) => storage.put(key, file))), key).to.be.instanceOf(
          Error,
        );
      }
    });
  });

describe('A file storage over S3', () => {
  it('is refused with another secret, and says so', async () => {
    const error = await failing(
      s3Storage(s3.at('S3RVER:other', 'evidence')).put(aKey(), await receive(randomBytes(10))),
    );
    expect(String(error)).to.match(/PUT with 403/);
  });

  it('does not take a bucket that is not there for a file that is lost', async () => {
    expect(String(await failing(s3Storage(s3.at('S3RVER:S3RVER', 'other')).open(aKey())))).to.match(
      /404[\s\S]*NoSuchBucket/,
    );
  });

  // The example of Amazon's documentation ("Signature calculations for the Authorization header", PUT Object): it holds
  // both the signer and the gate of these tests to somebody else's word.
  it('signs as the published example does', async () => {
    const example = {
      method: 'PUT',
      url: 'https://examplebucket.s3.amazonaws.com/test$file.text',
      headers: {
        date: 'Fri, 24 May 2013 00:00:00 GMT',
        'x-amz-date': '20130524T000000Z',
        'x-amz-storage-class': 'REDUCED_REDUNDANCY',
        'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
      },
    };
    const key = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
    const published = '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd';

    const signed = await new AwsV4Signer({
      ...example,
      service: 's3',
      region: 'us-east-1',
      accessKeyId: key.id,
      secretAccessKey: key.secret,
      datetime: '20130524T000000Z',
    }).sign();
    const said = signed.headers.get('authorization') ?? '';
    expect(said).to.match(new RegExp(`Signature=${published}$`));
    const headers = { ...example.headers, host: 'examplebucket.s3.amazonaws.com', authorization: said };
    expect(authorization({ method: 'PUT', url: '/test%24file.text', headers }, key)).to.equal(said);
  });

  it('signs the hash of the content, so that the storage can refuse what changed on the way', async () => {
    const content = randomBytes(1000);
    await strict(200, async (url, seen) => {
      await s3Storage(url).put(aKey(), await receive(content));
      expect(seen()).to.include({
        'x-amz-content-sha256': createHash('sha256').update(content).digest('hex'),
        'content-length': '1000',
      });
      expect(seen().authorization).to.match(/SignedHeaders=[^,]*x-amz-content-sha256/);
    });
  });

  it('tries again three times, then says that the storage is away', async () => {
    await strict(503, async (url, seen) => {
      const error = await failing(s3Storage(url).put(aKey(), await receive(randomBytes(10))));
      expect(error).to.be.instanceOf(Refusal).and.deep.include({ code: 'service.unavailable' });
      expect(seen().times).to.equal(3);
    });
    const nobody = await failing(s3Storage('http://k:s@127.0.0.1:1/evidence').open(aKey()));
    expect(nobody).to.be.instanceOf(Refusal).and.deep.include({ code: 'service.unavailable' });
  });

  it('follows no redirect with its signature', async () => {
    await strict(307, async (url, seen) => {
      expect(await failing(s3Storage(url).open(aKey()))).to.be.instanceOf(Error);
      expect(seen().redirected).to.equal(undefined);
    });
  });
});

describe('The spool of uploads', () => {
  it('has neither room for more than the limit nor anything left of it', async () => {
    const spool = spoolIn(path.join(folder, 'limit'));
    const error = await failing(spool.receive(pieces(randomBytes(101)), 100));

    expect(error).to.be.instanceOf(Refusal).and.deep.include({ code: 'evidence.too_large' });
    expect(readdirSync(path.join(folder, 'limit'))).to.deep.equal([]);
    expect((await spool.receive(pieces(randomBytes(100)), 100)).bytes).to.equal(100);
  });

  it('sweeps what is old, and only that', async () => {
    const spool = spoolIn(path.join(folder, 'old'));
    const { path: file } = await spool.receive(pieces(randomBytes(10)), 100);
    expect(await spool.sweep(3_600_000)).to.equal(0);
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(await spool.sweep(-1)).to.equal(1);
    expect(readdirSync(path.join(folder, 'old'))).to.deep.equal([]);
  });

  it('is refused where no storage is configured', async () => {
    const { spool } = openFiles({ folder: undefined, s3Url: undefined });
    expect(await failing(spool.receive(pieces(randomBytes(1)), 10))).to.deep.include({ code: 'evidence.no_storage' });
  });

  it('is a folder of its own for a storage over S3, and goes with the process', async () => {
    const opened = openFiles({ folder: undefined, s3Url: s3.url });
    const { path: file } = await opened.spool.receive(pieces(randomBytes(1)), 10);
    expect(statSync(path.dirname(file)).mode & 0o777).to.equal(0o700);
    opened.close();
    expect(statSync(path.dirname(file), { throwIfNoEntry: false })).to.equal(undefined);
  });
});

/** A server that says one thing only and remembers what it was sent. */
const strict = async (
  status: number,
  use: (url: string, seen: () => Record<string, string | number | undefined>) => Promise<void>,
): Promise<void> => {
  let times = 0;
  let seen: Record<string, string | number | undefined> = {};
  const server: Server = createServer((req, res) => {
    times += 1;
    seen = {
      ...(req.headers as Record<string, string>),
      times,
      ...(req.url === '/elsewhere' ? { redirected: 'yes' } : {}),
    };
    req.resume().on('end', () => res.writeHead(status, { Location: '/elsewhere' }).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(`http://k:s@127.0.0.1:${(server.address() as AddressInfo).port}/evidence`, () => seen);
  } finally {
    server.closeAllConnections();
    server.close();
  }
};
