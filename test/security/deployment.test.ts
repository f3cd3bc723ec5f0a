// The compose file as it is shipped: what it opens, what it gives away, and what its Redis lets whom do.

import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { openQueues } from '../../src/adapters/queue/queues.ts';
import { eventually } from '../adapters/queue/harness.ts';
import { freePort } from '../adapters/queue/private-redis.ts';
import { quiet } from '../support/world.ts';

const root = path.join(import.meta.dirname, '../..');
const compose = readFileSync(path.join(root, 'docker-compose.yml'), 'utf8');
const operations = readFileSync(path.join(root, 'docs/operations.md'), 'utf8');

/** The text of one service, without comments. */
const service = (name: string): string => {
  const services = compose.slice(compose.indexOf('\nservices:\n'), compose.indexOf('\nvolumes:\n'));
  const text = services.split(/\n(?= {2}\w[\w-]*:\n)/).find((one) => one.startsWith(`  ${name}:`));
  if (text === undefined) throw new Error(`The compose file has no service ${name}.`);
  return text.replaceAll(/^\s*#.*$/gm, '');
};

describe('The compose file', () => {
  it('S21: publishes the API alone, on loopback unless somebody says otherwise', () => {
    for (const name of ['postgres', 'redis', 'migrate', 'workers'])
      expect(service(name), name).to.not.match(/^\s*(ports|network_mode|expose):|<<: \*api/m);
    expect(service('api')).to.match(/ports: \["\$\{DONDOC_BIND:-127\.0\.0\.1\}:/);
    expect(compose.match(/^\s*ports:/gm)).to.have.length(1);
    expect(compose).to.not.match(/network_mode|privileged:|docker\.sock/);
  });

  it('S21: knows no password: each must be given, and nothing starts without', () => {
    const given = [...compose.matchAll(/(\w*(?:PASSWORD|SECRET)\w*): (.*)/g)];
    expect(given.length).to.be.greaterThan(2);
    for (const [, name, value = ''] of given) expect(value, name).to.match(/^\$\{\w+(:\?[^}]+|:-)\}$/);
    for (const [address] of compose.matchAll(/\w+:\/\/\w*:[^@\s]*@/g)) expect(address).to.match(/:\$\{\w+:\?[^}]+\}@$/);
    expect(service('redis')).to.match(/user dondoc on >\$\$REDIS_PASSWORD /);
    expect(compose).to.match(/REDIS_URL: redis:\/\/dondoc:/);
  });

  it('S21: gives containers no more than they need: read-only, no capabilities, no new privileges', () => {
    expect(compose.slice(compose.indexOf('x-app:'), compose.indexOf('services:')))
      .to.match(/read_only: true/)
      .and.match(/cap_drop: \[ALL\]/)
      .and.match(/no-new-privileges:true/);
    for (const name of ['postgres', 'redis'])
      expect(service(name))
        .to.match(/read_only: true/)
        .and.match(/no-new-privileges/);
    for (const name of ['migrate', 'api', 'workers']) expect(service(name)).to.include('<<: *app');
    const image = readFileSync(path.join(root, 'Dockerfile'), 'utf8');
    expect(image).to.match(/^USER \d+:\d+$/m);
    expect(readFileSync(path.join(root, '.dockerignore'), 'utf8'))
      .to.match(/^\*$/m)
      .and.not.match(/^!\.(git|env)/m);
  });

  it('S21: and the operations manual gives the same account', () => {
    const account = (text: string, password: string) =>
      new RegExp(`user dondoc on >${password} (.*)`).exec(text)?.[1]?.trim();

    expect(account(compose, '\\$\\$REDIS_PASSWORD'))
      .to.be.a('string')
      .and.equal(account(operations, 'CHOOSE-A-PASSWORD'));
  });
});

describe('Redis as the compose file starts it', function () {
  this.timeout(60_000);
  const password = 'a-password-of-this-test';
  let home: string;
  let port: number;
  let server: ChildProcess;
  let ended: Promise<void>;
  const clients: Redis[] = [];

  before(async () => {
    home = mkdtempSync(path.join(tmpdir(), 'dondoc-acl-'));
    port = await freePort();
    const folders = [home, ...(process.env.PATH ?? '').split(path.delimiter)];
    const find = (name: string) => folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
    // In Debian one binary is server and tools; its name decides.
    if (!find('redis-server'))
      symlinkSync(find('redis-check-rdb') ?? 'redis-server is not installed', path.join(home, 'redis-server'));
    const script = /command:\n\s+- sh\n\s+- -c\n\s+- \|\n([\s\S]*?\n\s+END\n)/.exec(service('redis'))?.[1] ?? '';
    const here = script
      .replaceAll(/^ {8}/gm, '')
      .replaceAll('$$', '$')
      .replace('--dir /data', `--dir ${home} --port ${port} --bind 127.0.0.1`);
    server = spawn('sh', ['-c', here], {
      env: { PATH: folders.join(path.delimiter), REDIS_PASSWORD: password },
      stdio: 'ignore',
    });
    ended = new Promise((resolve) => server.once('exit', () => resolve()));
    await eventually(async () => (await told(as('dondoc', password).ping())) === 'answered PONG');
  });
  after(async () => {
    for (const client of clients) client.disconnect();
    server.kill('SIGKILL');
    await ended;
    rmSync(home, { recursive: true, force: true });
  });

  const as = (username?: string, secret?: string): Redis => {
    const client = new Redis({
      port,
      host: '127.0.0.1',
      ...(username ? { username } : {}),
      ...(secret ? { password: secret } : {}),
      enableReadyCheck: false,
      maxRetriesPerRequest: 1,
      retryStrategy: () => null,
    });
    client.on('error', () => undefined);
    clients.push(client);
    return client;
  };
  const told = (asking: Promise<unknown>): Promise<string> =>
    asking.then(
      (answer) => `answered ${String(answer)}`,
      (error: Error) => error.message,
    );

  it('S21: tells nobody without the account even that it is there', async () => {
    expect(await told(as().ping())).to.match(/^NOAUTH/);
    for (const [name, secret] of [
      ['default', password],
      ['dondoc', 'wrong'],
      ['admin', password],
    ] as const)
      expect(await told(as(name, secret).ping()), name).to.match(/WRONGPASS|NOAUTH|Connection is closed/);
  });

  it('S21: lets the program touch its own keys and nothing else', async () => {
    const program = as('dondoc', password);
    expect(await program.set('{dondoc}:a', '1')).to.equal('OK');
    for (const command of [
      ['FLUSHALL'],
      ['FLUSHDB'],
      ['CONFIG', 'GET', '*'],
      ['CONFIG', 'SET', 'dir', '/tmp'],
      ['KEYS', '*'],
      ['SHUTDOWN'],
      ['ACL', 'LIST'],
      ['REPLICAOF', '127.0.0.1', '1'],
      ['MODULE', 'LIST'],
      ['MONITOR'],
      ['SAVE'],
      ['SWAPDB', '0', '1'],
      ['GET', 'somebody-elses'],
      ['SET', 'somebody-elses', '1'],
    ] as const)
      expect(await told(program.call(...(command as unknown as [string, ...string[]]))), command.join(' ')).to.match(
        /^NOPERM/,
      );
    expect(await program.get('{dondoc}:a')).to.equal('1');
  });

  it('S21: is enough for the queue: jobs go in, are done, fail, are kept, retried, counted, paused', async () => {
    const queues = await openQueues({
      databaseUrl: 'postgres://nobody@127.0.0.1:1/none',
      redisUrl: `redis://dondoc:${password}@127.0.0.1:${port}`,
      log: quiet,
    });
    const done: unknown[] = [];
    const state: { broken: boolean } = { broken: true };
    queues.startWorker(
      'mail',
      async ({ data }) => {
        const { UnrecoverableError } = await import('bullmq');
        if (state.broken) throw new UnrecoverableError('broken');
        done.push(data);
      },
      { concurrency: 1 },
    );
    const id = randomUUID();
    await queues.enqueue('mail', [{ name: 'mail', data: { ids: [id] } }]);

    const [failed] = await eventually(async () => {
      const found = await queues.failed('mail', { start: 0, count: 10 });
      return found.length > 0 && found;
    });
    state.broken = false;
    await queues.retry('mail', failed?.id ?? '');
    await eventually(() => done.length === 1);
    await queues.pause('mail');
    expect((await queues.counts()).mail.paused).to.equal(true);
    await queues.resume('mail');
    expect((await queues.workersAlive()).mail).to.equal(1);
    expect(done).to.deep.equal([{ ids: [id] }]);
    await queues.close();
  });
});
