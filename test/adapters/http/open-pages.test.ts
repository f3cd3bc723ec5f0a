import { expect } from 'chai';
import { openPool } from '../../../src/adapters/db/pool.ts';
import { apiDocs } from '../../../src/adapters/http/api-docs.ts';
import { healthRouter } from '../../../src/adapters/http/health.ts';
import { metricsRouter } from '../../../src/adapters/http/metrics.ts';
import { welcome } from '../../../src/adapters/http/welcome.ts';
import { openMetrics } from '../../../src/adapters/telemetry/metrics.ts';
import type { Overview } from '../../../src/application/operations/overview.ts';
import { Refusal } from '../../../src/domain/refusal.ts';
import { freshEmptyDatabase } from '../../support/database.ts';
import { type Served, serve } from '../../support/served.ts';
import { quiet } from '../../support/world.ts';

const asked = () => Promise.reject(new Error('nobody may be asked'));
const nobody = async () => undefined;
const yes = async () => true;
const never = () => new Promise<never>(() => undefined);

describe('Health', () => {
  const answersOf = async (parts: Partial<Parameters<typeof healthRouter>[0]>) => {
    const router = healthRouter({ database: yes, queue: yes, draining: () => false, ...parts });
    const served = await serve({ open: [router], actorOf: asked });
    const start = performance.now();
    const [health, ready] = [await served.ask('GET', '/healthz'), await served.ask('GET', '/readyz', 'operator')];
    await served.close();
    return { health, ready, ms: performance.now() - start };
  };

  it('says that the process is up without asking anybody', async () => {
    const { health } = await answersOf({ database: asked, queue: asked, draining: () => true });

    expect({ status: health.status, body: health.json }).to.deep.equal({ status: 200, body: { status: 'up' } });
  });

  it('is ready with database and queue, and degraded but ready without the queue', async () => {
    const { ready } = await answersOf({});
    expect({ status: ready.status, body: ready.json }).to.deep.equal({
      status: 200,
      body: { status: 'ready', database: 'up', queue: 'up' },
    });
    for (const queue of [async () => false, asked, never]) {
      const { ready: without } = await answersOf({ queue });
      expect({ status: without.status, body: without.json }).to.deep.equal({
        status: 200,
        body: { status: 'degraded', database: 'up', queue: 'down' },
      });
    }
  });

  it('is not ready while it is told to stop, and does not ask then', async () => {
    const { ready } = await answersOf({ database: asked, draining: () => true });

    expect({ status: ready.status, body: ready.json }).to.deep.equal({ status: 503, body: { status: 'draining' } });
  });

  it('S23: is not ready when the database is gone, within about a second, and does not say where it was', async () => {
    const database = await freshEmptyDatabase();
    const pool = openPool({ databaseUrl: database.url, max: 1, statementTimeoutMs: 1_000 }, quiet);
    const ask = () => pool.query('select 1');
    expect((await answersOf({ database: ask })).ready.status).to.equal(200);

    await database.drop();
    const { ready, health } = await answersOf({ database: ask });
    const silent = await answersOf({ database: never });

    expect(health.status).to.equal(200);
    expect(ready.status).to.equal(503);
    expect(ready.json).to.deep.equal({ status: 'unavailable', database: 'down', queue: 'up' });
    expect(silent.ready.status).to.equal(503);
    expect(silent.ms).to.be.below(2_000);
    await pool.end();
  });

  it('looks once for many who ask at the same time', async () => {
    let looks = 0;
    const slow = () => {
      looks += 1;
      return new Promise<boolean>((resolve) => setTimeout(resolve, 100, true));
    };
    const served = await serve({ open: [healthRouter({ database: slow, queue: yes, draining: () => false })] });

    await Promise.all(Array.from({ length: 20 }, () => served.ask('GET', '/readyz')));

    expect(looks).to.be.below(5);
    await served.close();
  });
});

const queue = (name: string) => ({
  name,
  waiting: 3,
  active: 1,
  delayed: 0,
  failed: 2,
  completed: 9,
  paused: name === 'mail',
  perMinute: { completed: 1, failed: 0 },
  oldestWaitingSeconds: 12,
  workers: 1,
});
const overview: Overview = {
  status: 'ok',
  at: new Date(),
  backend: 'postgres',
  queue: 'up',
  queues: [queue('mail'), queue('timers')],
  intentions: { due: 5, late: 2, parked: 1, oldestSeconds: 77 },
  deltas: { unfolded: 4 },
  mails: { unsent: 6 },
  workers: { alive: 2 },
  audit: {
    checkpoint: 7,
    sealedAt: new Date('2026-06-16T17:10:00Z'),
    verifiedAt: new Date('2026-06-16T20:31:00Z'),
    broken: 0,
  },
  schedules: [],
  attention: [],
};

describe('Metrics', () => {
  const open: Served[] = [];
  afterEach(async () => {
    for (const served of open.splice(0)) await served.close();
  });
  const metered = async (
    look: () => Promise<Overview>,
    access: { token?: string; trustProxy?: number } = {},
  ): Promise<Served> => {
    const metrics = openMetrics({ version: '1.2.3', overview: look });
    const router = metricsRouter({ metrics, token: access.token, trustProxy: access.trustProxy ?? 0 });
    const served = await serve({ open: [router], actorOf: nobody, onRequest: metrics.observeRequest });
    open.push(served);
    return served;
  };

  it('are text that Prometheus can read, with the figures of database, queue and process', async () => {
    const served = await metered(async () => overview);
    await served.ask('GET', '/api/v1/none');

    const { status, headers, text } = await served.ask('GET', '/metrics');

    expect(status).to.equal(200);
    expect(headers.get('content-type')).to.match(/^text\/plain; version=0\.0\.4/);
    const samples = parse(text);
    expect(samples).to.include({
      'dondoc_up{part="database"}': 1,
      'dondoc_up{part="queue"}': 1,
      'dondoc_intentions{state="due"}': 5,
      'dondoc_intentions{state="late"}': 2,
      'dondoc_intentions{state="parked"}': 1,
      dondoc_outbox_oldest_seconds: 77,
      dondoc_mails_unsent: 6,
      dondoc_audit_checkpoint: 7,
      dondoc_verify_broken: 0,
      dondoc_deltas_unfolded: 4,
      dondoc_workers: 2,
      'dondoc_queue_jobs{queue="mail",state="waiting"}': 3,
      'dondoc_queue_jobs{queue="timers",state="failed"}': 2,
      'dondoc_queue_paused{queue="mail"}': 1,
      'dondoc_queue_oldest_waiting_seconds{queue="timers"}': 12,
      [`dondoc_build_info{version="1.2.3",node="${process.version}"}`]: 1,
      'dondoc_http_request_duration_seconds_count{method="GET",route="unmatched",status="404"}': 1,
    });
    expect(samples).to.have.property('process_resident_memory_bytes');
  });

  it('leave out what cannot be had, and say so, instead of showing an empty table', async () => {
    const looks: (() => Promise<Overview>)[] = [
      () => Promise.reject(new Refusal('service.unavailable')),
      async () => ({ ...overview, queue: 'away', queues: null }),
    ];
    const [noDatabase, noQueue] = await Promise.all(
      looks.map(async (look) => parse((await (await metered(look)).ask('GET', '/metrics')).text)),
    );

    expect(noDatabase).to.include({ 'dondoc_up{part="database"}': 0, 'dondoc_up{part="queue"}': 0 });
    expect(Object.keys(noDatabase ?? {}).join()).to.not.match(/dondoc_(intentions|outbox|mails|deltas|workers|queue_)/);
    expect(noQueue).to.include({ 'dondoc_up{part="database"}': 1, 'dondoc_up{part="queue"}': 0, dondoc_workers: 2 });
    expect(Object.keys(noQueue ?? {}).join()).to.not.include('dondoc_queue_');
  });

  it('ask at most once for many readers, and answer in bounded time when nobody answers', async () => {
    let looks = 0;
    const served = await metered(() => {
      looks += 1;
      return never();
    });

    const start = performance.now();
    const answers = await Promise.all(Array.from({ length: 10 }, () => served.ask('GET', '/metrics')));
    await served.ask('GET', '/metrics');

    expect(performance.now() - start).to.be.below(4_000);
    expect(answers.map(({ status }) => status)).to.deep.equal(Array.from({ length: 10 }, () => 200));
    expect(looks).to.equal(1);
  });

  it('are for this machine only, and for nobody behind a proxy, as long as there is no token', async () => {
    const served = await metered(async () => overview);
    const response = await fetch(`${served.url}/metrics`, { headers: { 'X-Forwarded-For': '127.0.0.1' } });
    expect(response.status).to.equal(403);
    expect(await response.text()).to.include('permission.denied');

    const behind = await metered(async () => overview, { trustProxy: 1 });
    expect((await behind.ask('GET', '/metrics')).status).to.equal(403);
  });

  it('are for whoever shows the token once there is one', async () => {
    const served = await metered(async () => overview, { token: 'a-token-of-many-letters', trustProxy: 1 });

    for (const who of [undefined, 'operator', 'a-token-of-many-letter', 'a-token-of-many-letters1']) {
      const { status, json } = await served.ask('GET', '/metrics', who);
      expect({ status, code: json.code }).to.deep.equal({ status: 401, code: 'session.required' });
    }
    expect((await served.ask('GET', '/metrics', 'a-token-of-many-letters')).status).to.equal(200);
  });
});

/** Every line that is no comment must be a name, labels and a number. */
const parse = (text: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const sample = /^([a-zA-Z_:][\w:]*(?:\{(?:\w+="(?:[^"\\]|\\.)*",?)+\})?) (-?[\d.e+-]+|nan|[+-]Inf)$/i.exec(
          line,
        );
        if (!sample) throw new Error(`Not a sample: ${line}`);
        return [sample[1] as string, Number(sample[2])];
      }),
  );

describe('Pages for everybody', () => {
  let served: Served;
  before(async () => {
    served = await serve({ open: [welcome(), apiDocs()], actorOf: nobody });
  });
  after(() => served.close());

  it('say at the root what this is, in Vietnamese, and where the API is described', async () => {
    const { status, text, headers } = await served.ask('GET', '/');

    expect(status).to.equal(200);
    expect(headers.get('content-type')).to.equal('text/html; charset=utf-8');
    expect(text).to.include('lang="vi"').and.to.include('href="/api/docs/"');
    expect(text).to.not.match(/https?:|<script/);
  });

  it('describe the API without a script in the page and without asking another server', async () => {
    const moved = await served.ask('GET', '/api/docs');
    expect({ status: moved.status, to: moved.headers.get('location') }).to.deep.equal({
      status: 308,
      to: '/api/docs/',
    });

    const page = await served.ask('GET', '/api/docs/');
    expect(page.status).to.equal(200);
    expect(page.headers.get('content-security-policy')).to.include("script-src 'self';");
    expect(page.text).to.not.match(/https?:/);
    expect(page.text).to.not.match(/<script>|\son\w+=/);
    const files = [...page.text.matchAll(/(?:href|src)="([^"/]+)"/g)].map(([, file]) => file as string);
    expect(files).to.have.members(['favicon-32x32.png', 'swagger-ui.css', 'swagger-ui-bundle.js', 'initializer.js']);
    for (const file of files) expect((await served.ask('GET', `/api/docs/${file}`)).status, file).to.equal(200);
    expect((await served.ask('GET', '/api/docs/swagger-ui.css')).text).to.not.match(/url\(["']?https?:|@import/);

    const initializer = await served.ask('GET', '/api/docs/initializer.js');
    expect(initializer.headers.get('content-type')).to.include('text/javascript');
    expect(initializer.text).to.include("url: '/api/v1/openapi.json'").and.to.include('validatorUrl: null');
    expect(initializer.text).to.not.match(/https?:/);
    const { json } = await served.ask('GET', '/api/v1/openapi.json');
    expect(json.openapi).to.equal('3.1.0');
  });

  it('serve nothing else of the package that draws the API', async () => {
    for (const file of ['package.json', 'index.html', 'swagger-initializer.js', '..%2fpackage.json'])
      expect((await served.ask('GET', `/api/docs/${file}`)).status, file).to.not.equal(200);
  });
});
