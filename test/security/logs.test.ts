// What the process writes, hands to the queue and answers holds no secret, and nobody but the process writes lines in it.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect } from 'chai';
import pg from 'pg';
import { migrateQueueSchema } from '../../src/adapters/queue/connection.ts';
import { openLog } from '../../src/adapters/telemetry/log.ts';
import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { send } from '../support/client.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { passwordHash } from '../support/province.ts';
import { quiet } from '../support/world.ts';

const root = path.join(import.meta.dirname, '../..');
const canary = 'CANARY5f0c2f4e';

describe('The log', () => {
  /** What is written to the console while something is done. */
  const written = (json: boolean, act: (log: ReturnType<typeof openLog>) => void): string => {
    const out = console as unknown as { _stderr: NodeJS.WriteStream };
    const write = out._stderr.write;
    let said = '';
    out._stderr.write = ((chunk: string) => {
      said += chunk;
      return true;
    }) as typeof write;
    try {
      act(openLog({ level: 'debug', json }));
    } finally {
      out._stderr.write = write;
    }
    return said;
  };

  const forged = `a\r\n2022-01-01T00:00:00.000Z error Forged by ${canary}\n\u2028\u001b[2Jb\u0000`;

  for (const json of [true, false])
    it(`S14: a text with line breaks in it stays one entry (${json ? 'JSON' : 'plain text'})`, () => {
      const said = written(json, (log) => {
        log.info('refused', { title: forged, path: forged, [forged]: 1, list: [forged] });
        log.warn(forged);
        log.error('A request failed.', { error: Object.assign(new Error(forged), { cause: new Error(forged) }) });
      });

      const entries = said.split('\n').filter((entry) => /^(\{|\d{4}-)/.test(entry));
      expect(entries).to.have.length(3);
      for (const entry of entries) expect(entry).to.match(json ? /^\{[\s\S]*\}$/ : /^\S+Z (info|warn|error) /);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal obeys them.
      expect(said).to.not.match(/[\u0000-\u0008\u000b-\u001f\u2028]/);
    });

  it('S14: what is named like a secret is hidden, and what looks like one inside a message is too', () => {
    const said = [true, false]
      .map((json) =>
        written(json, (log) => {
          const named = ['password', 'newPassword', 'token', 'refresh_token', 'Authorization', 'cookie', 'set-cookie']
            .concat(['secret', 'clientSecret', 'apiKey', 'api_key', 'DATABASE_URL', 'SECRET_KEY', 'passwordHash'])
            .map((name) => [name, canary]);
          log.info('named', { ...Object.fromEntries(named), deep: { request: Object.fromEntries(named) } });
          const message = `connect postgres://dondoc:${canary}@db:5432 failed, Bearer ${canary}`;
          log.error('inside', { error: new Error(message, { cause: new Error(message) }), message2: message });
        }),
      )
      .join('');

    expect(said).to.not.include(canary);
    expect(said.match(/\[hidden\]/g)?.length).to.be.greaterThan(50);
    expect(said).to.include('@db:5432 failed');
  });
});

describe('A process with secrets', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let server: ChildProcess;
  let address: string;
  let said = '';

  before(async () => {
    database = await freshDatabase();
    await migrateQueueSchema(database.url);
    const composition = await compose(readConfig({ DATABASE_URL: database.url, NODE_ENV: 'test' }), quiet);
    await composition.people.createAccount({
      id: '0190d3c0-0000-7000-8000-00000000000a',
      email: 'admin@thu.test',
      name: 'Quản trị',
      passwordHash: await passwordHash(),
      memberships: [{ role: 'administrator' }, { role: 'operator' }, { role: 'office' }],
      at: new Date(),
    });
    await composition.close();
    server = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: database.url,
        PORT: '0',
        NODE_ENV: 'production',
        LOG_LEVEL: 'debug',
        METRICS_TOKEN: `${canary}-metrics-token`,
        SECRET_KEY: `${canary}-${'k'.repeat(40)}`,
        SMTP_URL: `smtp://user:${canary}@127.0.0.1:1`,
        DEMO_PASSWORD: `${canary}-demo`,
        ADMIN_PASSWORD: `${canary}-admin`,
        ADMIN_EMAIL: 'first@thu.test',
        SOMETHING_ELSE: canary,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [server.stdout, server.stderr])
      stream?.on('data', (chunk: Buffer) => {
        said += chunk;
      });
    address = await new Promise((resolve, reject) => {
      server.stdout?.on('data', () => {
        const at = /ready at (\S+)/.exec(said)?.[1];
        if (at) resolve(at);
      });
      server.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${said}`)));
    });
  });
  after(async () => {
    if (server?.exitCode === null) {
      server.kill('SIGKILL');
      await once(server, 'exit');
    }
    await database.drop();
  });

  it('S14: shows none in its log, in the jobs of the queue or in an answer, wherever one is put in a request', async () => {
    const password = 'mat-khau-de-thu';
    const api = `${address}/api/v1`;
    const { body } = await send(api, 'POST', '/sessions', {}, { email: 'admin@thu.test', password });
    const session = { Authorization: `Bearer ${body.token}` };
    const headers = ['Authorization', 'Cookie', 'X-Request-Id', 'Referer', 'User-Agent', 'Origin', 'X-Forwarded-For']
      .concat([
        'Forwarded',
        'If-Match',
        'Idempotency-Key',
        'Proxy-Authorization',
        'X-Api-Key',
        'Accept',
        'Range',
        'Via',
      ])
      .map((name) => [name, name === 'Authorization' ? `Bearer ${canary}` : `${name}=${canary}; a`] as const);
    const answers = [];
    for (const [name, value] of headers)
      for (const path of ['/me', '/tasks?limit=x', '/khong-co'])
        answers.push(await send(api, 'GET', path, { ...(name === 'Authorization' ? {} : session), [name]: value }));
    for (const where of ['/d/', '/api/v1/', '/api/v1/tasks/'])
      answers.push(await send(address, 'GET', `${where}${canary}-${'a'.repeat(32)}`, session));
    for (const wrong of [
      { email: 'admin@thu.test', password: canary },
      { email: `${canary}@thu.test`, password: canary },
      { email: 'a', password: canary, [canary]: canary },
    ])
      answers.push(await send(api, 'POST', '/sessions', {}, wrong));
    answers.push(await send(api, 'POST', '/sessions', {}, `{"password":"${canary}`));
    answers.push(
      await send(api, 'POST', '/accounts', session, {
        email: 'x',
        name: '',
        password: canary,
        memberships: [{ role: 'x' }],
      }),
      await send(api, 'GET', `/tasks?q=${canary}&token=${canary}`, session),
      await send(api, 'POST', `/tasks?token=${canary}`, { ...session, 'Idempotency-Key': 'k' }, { title: canary }),
      await send(address, 'GET', `/metrics?token=${canary}`, { Authorization: `Bearer ${canary}` }),
      await send(address, 'GET', '/metrics', { Authorization: `Bearer ${canary}-metrics-token` }),
      await send(address, 'GET', '/readyz', {}),
    );

    const told = answers
      .map(({ text, headers: sent }) => `${text}${[...sent].join()}`)
      .filter((one) => one.includes(canary));
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows: tables } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname in ('public', 'bullmq') and tablename <> 'idempotency'`,
    );
    const kept: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query(`select 1 from ${name} t where t::text like $1 limit 1`, [`%${canary}%`]);
      if (rows.length > 0) kept.push(name);
    }
    await client.end();
    server.kill('SIGTERM');
    await once(server, 'exit');

    expect(answers.length).to.be.greaterThan(40);
    expect(tables.length).to.be.greaterThan(25);
    // An unknown key is named, so that whoever sent it finds it.
    expect(told.filter((one) => !one.includes('unknown_key'))).to.deep.equal([]);
    expect(said.length).to.be.greaterThan(2_000);
    expect(said.split('\n').filter((line) => line.includes(canary) || line.includes(body.token))).to.deep.equal([]);
    expect(kept.filter((name) => !name.includes('login_attempt'))).to.deep.equal([]);
  });
});
