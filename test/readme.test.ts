// The tour of README.md, run word by word against a server that was started as anybody would start it.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { freshEmptyDatabase, type TestDatabase } from './support/database.ts';
import { type Example, examplesOf, looksLike } from './support/markdown.ts';
import { root } from './support/write-docs.ts';

describe('the tour of README.md', function () {
  this.timeout(240_000);
  const examples = examplesOf(readFileSync(path.join(root, 'README.md'), 'utf8'));
  let database: TestDatabase;
  let server: ChildProcess;
  let address: string;

  before('a server with the demonstration', async () => {
    database = await freshEmptyDatabase();
    server = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], {
      cwd: root,
      env: { PATH: process.env.PATH, DATABASE_URL: database.url, DONDOC_EMBEDDED: '1', PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    address = await readyAt(server);
  });

  after(async () => {
    if (server?.exitCode === null) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
    await database.drop();
  });

  it('has examples', () => {
    expect(examples.length).to.be.greaterThan(10);
  });

  it('goes as it is written', async () => {
    const outputs = await run(examples, address);

    const wrong = examples.flatMap(({ line, shown = '' }, index) => {
      const output = outputs[index];
      return output !== undefined && looksLike(shown, output) ? [] : [{ line, shown, output }];
    });
    expect(wrong).to.deep.equal([]);
  });
});

/** All examples in one shell, so that later ones find the variables of earlier ones; the first that fails is the last. */
const run = async (examples: readonly Example[], address: string): Promise<readonly string[]> => {
  const script = examples.map(({ script: body }) => `${body}\necho '${separator}'\n`).join('');
  const shell = spawn('bash', ['-euo', 'pipefail', '-c', script.replaceAll('http://127.0.0.1:3000', address)], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LC_ALL: 'C.UTF-8' },
    // Not a pipe: Node's pipes are sockets, and bash takes a socket for a remote login that wants its start-up files.
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(shell, 'close');
  return Buffer.concat(chunks).toString('utf8').split(`${separator}\n`);
};

const separator = '=== end of an example ===';

const readyAt = (server: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      said += chunk;
      const address = /ready at (\S+)/.exec(said)?.[1];
      if (address) resolve(address);
    });
    server.on('exit', (code) => reject(new Error(`The server ended with ${code}. It said:\n${said}`)));
  });
