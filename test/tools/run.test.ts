// The launcher as people meet it: really run, with a small stand-in for the server (dummy-app.mjs).
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import pg from 'pg';

const root = path.resolve(import.meta.dirname, '../..');
const canTieChildren = spawnSync('setpriv', ['--pdeathsig', 'TERM', 'true']).status === 0;

type Ended = { readonly code: number | null; readonly output: string };
type Run = { readonly launcher: ChildProcess; readonly ended: Promise<Ended>; readonly output: () => string };
type Facts = {
  readonly pid: number;
  readonly postmaster: number;
  readonly url: string;
  readonly embedded: string | null;
  readonly secret: string | null;
  readonly starts: number;
  readonly fsync: string;
  readonly sorted: string;
};

describe('the launcher', function () {
  this.timeout(120_000);
  let folder: string;
  let dataDir: string;
  const runs: Run[] = [];

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'launcher-test-'));
    // As root the server runs as another user, which must be able to come this far.
    chmodSync(folder, 0o755);
    dataDir = path.join(folder, 'data');
  });

  afterEach(async () => {
    for (const { launcher } of runs) launcher.kill('SIGTERM');
    await Promise.all(runs.splice(0).map(({ ended }) => ended));
    rmSync(folder, { recursive: true, force: true });
  });

  function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Run {
    const launcher = spawn(process.execPath, ['tools/run.mjs', ...args], {
      cwd: root,
      env: { ...withoutServers(process.env), DATA_DIR: dataDir, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [launcher.stdout, launcher.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
    const ended = new Promise<Ended>((resolve) => launcher.once('close', (code) => resolve({ code, output })));
    const started = { launcher, ended, output: () => output };
    runs.push(started);
    return started;
  }

  const start = (env: NodeJS.ProcessEnv = {}) =>
    run(['start'], { DONDOC_ENTRY: path.join(import.meta.dirname, 'dummy-app.mjs'), ...env });

  describe('start', () => {
    it('gives the application a durable Vietnamese PostgreSQL and closes it after the application', async () => {
      const app = start();
      const facts = await factsOf(app);
      expect(await answers(facts.url)).to.equal(true);

      app.launcher.kill('SIGTERM');
      const { code, output } = await app.ended;

      expect(facts).to.include({ embedded: '1', fsync: 'on', sorted: 'An Ánh Ăn Dũng Đồng Ơn' });
      expect(output).to.include('To stop: Ctrl-C').and.to.include('{"databaseAtTheEnd":1}');
      expect(code).to.equal(0);
      expect([isAlive(facts.pid), isAlive(facts.postmaster)]).to.deep.equal([false, false]);
    });

    it('passes the exit code of the application on', async () => {
      const app = start({ DUMMY_EXIT_CODE: '7' });
      await factsOf(app);

      app.launcher.kill('SIGINT');

      expect((await app.ended).code).to.equal(7);
    });

    it('keeps the password of the database to the user who starts it', async () => {
      const facts = await factsOf(start());
      const wrong = new URL(facts.url);
      wrong.password = 'guessed';

      expect(statSync(path.join(dataDir, 'postgres/password')).mode & 0o777).to.equal(0o600);
      expect(new URL(facts.url).hostname).to.equal('127.0.0.1');
      expect(await answers(wrong.href)).to.equal(false);
    });

    it('makes one secret key, keeps it to the user who starts it, and prefers a given one', async () => {
      const first = start();
      const { secret } = await factsOf(first);
      first.launcher.kill('SIGTERM');
      await first.ended;
      const again = start();
      const { secret: secondTime } = await factsOf(again);
      again.launcher.kill('SIGTERM');
      await again.ended;

      expect(secret).to.match(/^[\w-]{43}$/);
      expect(secondTime).to.equal(secret);
      expect(statSync(path.join(dataDir, 'secret-key')).mode & 0o777).to.equal(0o600);
      const given = 'given-by-whoever-starts-it-0123456789';
      expect((await factsOf(start({ SECRET_KEY: given }))).secret).to.equal(given);
    });

    it('refuses a second start with the same data, plainly, and leaves the first alone', async () => {
      const facts = await factsOf(start());

      const second = await start({ DONDOC_WAIT_SECONDS: '1' }).ended;

      expect(second.code).to.equal(1);
      expect(second.output).to.include('Dondoc is already running with the data in').and.to.not.include('    at ');
      expect(await answers(facts.url)).to.equal(true);
    });

    it('leaves neither application nor server behind when it is killed, and starts again with the data', async function () {
      if (!canTieChildren) this.skip();
      const killed = start();
      const before = await factsOf(killed);

      killed.launcher.kill('SIGKILL');
      await eventually(() => !isAlive(before.pid) && !isAlive(before.postmaster));

      expect(before.starts).to.equal(1);
      expect((await factsOf(start())).starts).to.equal(2);
    });

    it('starts again after PostgreSQL itself was killed, and stops when its PostgreSQL is lost', async () => {
      const app = start();
      const before = await factsOf(app);

      process.kill(before.postmaster, 'SIGKILL');
      const { code, output } = await app.ended;

      expect(output).to.include('PostgreSQL has ended by itself');
      expect(code).to.not.equal(0);
      expect((await factsOf(start())).starts).to.equal(2);
    });

    it('starts although postmaster.pid names a process that is something else by now', async () => {
      const first = start();
      await factsOf(first);
      first.launcher.kill('SIGTERM');
      await first.ended;

      writeFileSync(path.join(dataDir, 'postgres/data/postmaster.pid'), `${process.pid}\n`);

      expect((await factsOf(start())).starts).to.equal(2);
    });

    it('works below a folder that only root can enter: the data are kept elsewhere, with a link', async () => {
      if (process.getuid?.() !== 0) return; // Nobody else has this problem: their server runs as themselves.
      chmodSync(folder, 0o700);
      const first = start();
      await factsOf(first);
      const link = path.join(dataDir, 'postgres');
      const place = realpathSync(link);
      try {
        first.launcher.kill('SIGTERM');
        await first.ended;
        const again = start();
        const { starts } = await factsOf(again);
        again.launcher.kill('SIGTERM');
        await again.ended;

        expect(lstatSync(link).isSymbolicLink()).to.equal(true);
        expect(first.output()).to.include(place);
        expect(starts).to.equal(2);
      } finally {
        rmSync(place, { recursive: true });
      }
    });

    it('uses the database of DATABASE_URL when there is one', async () => {
      const own = await factsOf(start());

      const app = await factsOf(start({ DATABASE_URL: own.url, DATA_DIR: path.join(folder, 'other') }));

      expect(app).to.include({ embedded: null, url: own.url, starts: 2 });
    });
  });

  describe('test', () => {
    // The servers of the run in which this file runs: what is looked at here is how the end of a run is told.
    const servers = () => ({
      TEST_DATABASE_URL: process.env.TEST_DATABASE_URL,
      TEST_REDIS_URL: process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:1',
      CI: '',
    });

    function test(body: string, env: NodeJS.ProcessEnv = {}, ...more: string[]): Promise<Ended> {
      const file = path.join(folder, 'some.test.mjs');
      writeFileSync(file, body);
      return run(['test', file, ...more], { ...servers(), ...env }).ended;
    }

    it('ends with the counts', async () => {
      const { code, output } = await test(`it('a', () => {}); it('b', () => {}); it('waits');`);

      expect(lastLine(output)).to.equal('2 passed, 0 failed');
      expect(code).to.equal(0);
    });

    it('fails when a test fails', async () => {
      const { code, output } = await test(`it('a', () => {}); it('b', () => { throw new Error('no'); });`);

      expect(lastLine(output)).to.equal('1 passed, 1 failed');
      expect(code).to.not.equal(0);
    });

    it('fails when no test ran', async () => {
      const { code, output } = await test(`it('a', () => {});`, {}, '--grep', 'nothing is called like this');

      expect(lastLine(output)).to.equal('0 passed, 1 failed');
      expect(code).to.not.equal(0);
    });

    it('fails when a test ends the process', async () => {
      const { code, output } = await test(`it('a', () => {}); it('b', () => process.exit(0)); it('c', () => {});`);

      expect(lastLine(output)).to.equal('1 passed, 1 failed');
      expect(code).to.not.equal(0);
    });

    it('fails in CI when a test was skipped', async () => {
      const { code, output } = await test(`it('a', () => {}); it('waits');`, { CI: 'true' });

      expect(lastLine(output)).to.equal('1 passed, 1 failed');
      expect(code).to.not.equal(0);
    });

    it('gives tests a throw-away PostgreSQL and hides the real one', async () => {
      const report = path.join(folder, 'seen.json');
      const body = `import { writeFileSync } from 'node:fs';
        it('a', () => writeFileSync(${JSON.stringify(report)}, JSON.stringify(process.env)));`;

      const { output } = await test(body, { TEST_DATABASE_URL: '' });

      const seen = JSON.parse(readFileSync(report, 'utf8'));
      expect(lastLine(output)).to.equal('1 passed, 0 failed');
      expect(seen.TEST_DATABASE_URL).to.match(/^postgres:\/\/.*@127\.0\.0\.1:/);
      expect(seen).to.not.have.any.keys('DATABASE_URL', 'REDIS_URL');
      expect(await answers(seen.TEST_DATABASE_URL)).to.equal(false);
    });
  });
});

/** This run's own servers must not be taken for servers that somebody gave to the launcher under test. */
function withoutServers(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours = /^(TEST_|DONDOC_|MOCHA)|^(DATABASE_URL|REDIS_URL|SECRET_KEY|NODE_OPTIONS)$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ours.test(name)));
}

/** What the stand-in says about itself once it is up. */
async function factsOf(run: Run): Promise<Facts> {
  const line = () => /^\{"pid".*\}$/m.exec(run.output())?.[0];
  let ended = false;
  void run.ended.then(() => (ended = true));
  await eventually(() => line() !== undefined || ended);
  const said = line();
  if (!said) throw new Error(`The launcher ended early:\n${run.output()}`);
  return JSON.parse(said);
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Waits for a fact; Mocha's timeout is the limit. */
async function eventually(fact: () => boolean): Promise<void> {
  while (!fact()) await sleep(25);
}

/** A process that has ended but was not yet collected by its parent counts as gone. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  if (process.platform !== 'linux') return true;
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

const lastLine = (output: string): string | undefined => output.trimEnd().split('\n').at(-1);
