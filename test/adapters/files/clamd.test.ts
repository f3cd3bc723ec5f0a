import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { clamdScanner } from '../../../src/adapters/files/clamd.ts';
import type { Bytes } from '../../../src/application/evidence/ports.ts';
import { type ClamdSettings, eicar, openClamd } from '../../support/clamd.ts';

async function* pieces(...contents: readonly (string | Uint8Array)[]): Bytes {
  for (const content of contents) yield typeof content === 'string' ? Buffer.from(content) : content;
}
const content =
  (...contents: readonly (string | Uint8Array)[]) =>
  async (): Promise<Bytes> =>
    pieces(...contents);
const withClamd = async (
  use: (clamd: Awaited<ReturnType<typeof openClamd>>) => Promise<unknown>,
  settings: ClamdSettings = {},
): Promise<void> => {
  const clamd = await openClamd(settings);
  try {
    await use(clamd);
  } finally {
    await clamd.close();
  }
};
const errorOf = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'none', String);

describe('The virus scanner over clamd', () => {
  it('passes clean content in pieces with their length before them', () =>
    withClamd(async ({ url, seen }) => {
      const scan = clamdScanner(url);
      expect(await scan(content('%PDF-', new Uint8Array(1_000_000), new Uint8Array(0), 'end'))).to.deep.equal({
        scan: 'clean',
      });
      expect(seen).to.deep.equal({ scans: 1, bytes: 1_000_008, largestPiece: 64 * 1024 });
    }));

  it('names the virus, also one that lies across two pieces', () =>
    withClamd(async ({ url }) => {
      const half = 30;
      expect(await clamdScanner(url)(content('x', eicar.slice(0, half), eicar.slice(half)))).to.deep.equal({
        scan: 'infected',
        signature: 'Eicar-Signature',
      });
    }));

  it('finds a scanner behind a socket of the machine', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'dondoc-clamd-'));
    try {
      await withClamd(
        async ({ url }) => expect(await clamdScanner(url)(content('a'))).to.deep.equal({ scan: 'clean' }),
        { path: path.join(folder, 'clamd.ctl') },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('takes no other answer for clean: too large, no answer, nobody there', async () => {
    await withClamd(
      async ({ url }) =>
        expect(await errorOf(clamdScanner(url)(content(new Uint8Array(5_000_000))))).to.match(
          /size limit exceeded|EPIPE|ECONNRESET/,
        ),
      { most: 1000 },
    );
    for (const said of ['', 'stream: OKAY\0', 'stream: \0', 'PONG\0', 'stream: OK FOUND ERROR\0']) {
      const server = createServer((socket) => socket.on('error', () => undefined).end(said));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const scan = clamdScanner(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);
      expect(await errorOf(scan(content('a'))), said).to.match(/Error/);
      server.close();
    }
    expect(await errorOf(clamdScanner('tcp://127.0.0.1:1')(content('a')))).to.match(/ECONNREFUSED/);
  });
});
