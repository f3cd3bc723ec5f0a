import { randomUUID } from 'node:crypto';
import { UnrecoverableError } from 'bullmq';
import { expect } from 'chai';
import type { DataSource } from 'typeorm';
import { auditStore } from '../../../src/adapters/db/audit.ts';
import { dataSource } from '../../../src/adapters/db/data-source.ts';
import { pausableSchedules, retryableIntentions } from '../../../src/adapters/db/operator-actions.ts';
import { operationsReader } from '../../../src/adapters/db/queries/operations.ts';
import { scheduleStore } from '../../../src/adapters/db/schedules.ts';
import { workerSigns } from '../../../src/adapters/db/workers.ts';
import { operationsRoutes } from '../../../src/adapters/http/routes/operations.ts';
import { migrateQueueSchema } from '../../../src/adapters/queue/connection.ts';
import { openQueues, type Queues, queueNames } from '../../../src/adapters/queue/queues.ts';
import { assignTask } from '../../../src/application/tasks/apply.ts';
import { fireTimers } from '../../../src/application/tasks/fire-timers.ts';
import { type Backend, eachBackend } from '../../support/redis.ts';
import { people, type Served, serve } from '../../support/served.ts';
import { simpleDefinition } from '../../support/simple-definition.ts';
import { actor, openWorld, quiet, type World } from '../../support/world.ts';
import { eventually } from '../queue/harness.ts';
import { freePort } from '../queue/private-redis.ts';

const reason = 'Máy chủ thư đã chạy lại';
const none = '1'.repeat(10);

/** Every route, what it asks for, and what it answers to whoever may. */
const table: readonly {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly roles: readonly string[];
  readonly status: number;
  readonly code?: string;
}[] = [
  ...[
    '/operations',
    '/operations/queues/mail/failed',
    '/operations/timers',
    '/operations/schedules',
    '/operations/workers',
  ].map((path) => ({ method: 'GET' as const, path, roles: ['operator', 'administrator', 'auditor'], status: 200 })),
  {
    method: 'GET',
    path: '/operations/search?task=none',
    roles: ['operator', 'administrator', 'auditor'],
    status: 404,
    code: 'task.not_found',
  },
  { method: 'GET', path: '/operations/audit', roles: ['auditor', 'administrator'], status: 200 },
  ...(
    [
      ['/operations/queues/none/pause', 'queue.not_found'],
      ['/operations/queues/none/resume', 'queue.not_found'],
      ['/operations/queues/none/failed/x/retry', 'queue.not_found'],
      ['/operations/queues/mail/failed/x/retry', 'job.not_found'],
      [`/operations/intentions/${none}/retry`, 'intention.not_found'],
      ['/operations/schedules/none/pause', 'schedule.not_found'],
      ['/operations/schedules/none/resume', 'schedule.not_found'],
    ] as const
  ).map(([path, code]) => ({ method: 'POST' as const, path, roles: ['operator'], status: 404, code })),
];

describe('The operators’ routes', () => {
  eachBackend((backend) => {
    const office = actor({ role: 'office' });
    let world: World;
    let source: DataSource;
    let queues: Queues;
    let served: Served;

    before(async () => {
      world = await openWorld([simpleDefinition], '2022-03-01');
      source = await dataSource(world.database.url).initialize();
      queues = await queuesOn(backend, world.database.url);
      served = await serve({ routes: routesOf(queues) });
    });
    after(async () => {
      await served.close();
      for (const queue of queues.raw()) await queue.obliterate({ force: true });
      await queues.close();
      await source.destroy();
      await world.close();
    });

    const routesOf = (of: Queues) =>
      operationsRoutes({
        queueNames,
        queues: of,
        operations: operationsReader(world.pool),
        intentions: retryableIntentions(world.pool),
        schedules: pausableSchedules(world.pool),
        audit: auditStore(source),
        clock: world.clock,
      });
    const get = (path: string, who = 'operator') => served.ask('GET', `/api/v1${path}`, who);
    const post = (path: string, body: unknown, who = 'operator') => served.ask('POST', `/api/v1${path}`, who, body);
    const audited = async (object: string) =>
      (await get(`/operations/audit?object=${encodeURIComponent(object)}`, 'auditor')).json.items;
    const assign = async (code = `P1-${randomUUID().slice(0, 8)}`) => {
      const answer = () => ({ status: 201, etag: '"v1"', response: '{}' });
      const key = { actor: office.id, key: randomUUID(), bodyHash: 'x' };
      const id = randomUUID();
      await assignTask(world.store, world.clock)(
        {
          actor: office,
          programme: 'P1',
          command: {
            type: 'assign',
            id,
            code,
            title: 'Nhiệm vụ',
            kind: 'own',
            leadUnit: 'SNV',
            appraiserUnit: 'STTTT',
            due: { kind: 'on_or_before', day: '2022-06-16' },
          },
        },
        { key, answer },
      );
      return { id, code };
    };
    const failedJob = async (): Promise<string> => {
      const worker = queues.startWorker(
        'mail',
        async () => {
          throw new UnrecoverableError('550 no such user');
        },
        { concurrency: 1 },
      );
      const before = (await queues.failed('mail', { start: 0, count: 100 })).length;
      await queues.enqueue('mail', [{ name: 'mail', data: { ids: ['7'] } }]);
      const [job] = await eventually(async () => {
        const found = await queues.failed('mail', { start: 0, count: 100 });
        return found.length > before && found;
      });
      await worker.close(5_000);
      return job?.id ?? '';
    };

    it('open to the roles of the policy, 403 to every other and 401 to nobody, on each route', async () => {
      for (const { method, path, roles, status, code } of table)
        for (const who of [undefined, ...Object.keys(people)]) {
          const { status: found, json } = await served.ask(
            method,
            `/api/v1${path}`,
            who,
            method === 'POST' ? { reason } : undefined,
          );
          const expected = who === undefined ? 401 : roles.includes(who) ? status : 403;
          expect(`${found} ${method} ${path} as ${who}`).to.equal(`${expected} ${method} ${path} as ${who}`);
          if (expected === status && code) expect(json.code).to.equal(code);
        }
    });

    it('S23: tell nothing of the inside when they refuse', async () => {
      for (const { method, path } of table)
        for (const who of [undefined, 'head', 'operator']) {
          const bad = `/api/v1${path}${path.includes('?') ? '&' : '?'}x='`;
          const body = method === 'POST' ? { reason: '' } : undefined;
          const { status, text, headers } = await served.ask(method, bad, who, body);
          expect(status).to.be.within(400, 499);
          expect(headers.get('content-type')).to.include('application/problem+json');
          expect(text).to.not.match(/\bat .*\.(ts|js)|select |node_modules|\/src\//);
        }
    }).timeout(30_000);

    it('show queues, rows that wait, workers and schedules at one look', async () => {
      await queues.enqueue('imports', [{ name: 'imports', data: { ids: ['1'] } }]);
      await scheduleStore(world.pool).declare(
        [{ key: 'tidy', cron: '15 2 * * *', zone: 'Asia/Ho_Chi_Minh', catchUpHours: 48 }],
        world.clock.now(),
      );
      await workerSigns(world.pool).seen(
        { id: randomUUID(), name: 'here:1', queues: ['mail'], startedAt: world.clock.now(), tickSeenAt: null },
        world.clock.now(),
      );
      const now = world.clock.now().getTime();
      for (const [queue, ago, parked] of [
        ['notify', 5, false],
        ['notify', 90, false],
        ['notify', 600, true],
        ['notify', -600, false],
      ] as const)
        await world.pool.query(
          `insert into intention (queue, kind, payload, due_at, ready_at, parked_at) values ($1, $1, '{}', $2, $2, $3)`,
          [queue, new Date(now - ago * 1000), parked ? new Date(now) : null],
        );

      const { status, json } = await get('/operations', 'auditor');

      expect(status).to.equal(200);
      expect(json).to.deep.include({
        status: 'ok',
        backend: backend.name,
        queue: 'up',
        intentions: { due: 2, late: 1, parked: 1, oldestSeconds: 90 },
        deltas: { unfolded: 0 },
        workers: { alive: 1 },
        schedules: [{ key: 'tidy', paused: false, next: '2022-03-01T19:15:00.000Z' }],
      });
      expect(json.attention).to.include.members(['intentions.parked', 'intentions.late']);
      expect(json.queues.map(({ name }: { name: string }) => name)).to.deep.equal([...queueNames]);
      const imports = json.queues.find(({ name }: { name: string }) => name === 'imports');
      expect(imports).to.deep.include({ waiting: 1, paused: false, workers: 0 });
      expect(imports.oldestWaitingSeconds).to.be.a('number');
      await world.pool.query('truncate intention');
    });

    it('pause and resume a queue only for a reason, which the audit list keeps', async () => {
      for (const body of [{}, { reason: 'vì' }, { reason: 'x'.repeat(501) }, { reason, because: 1 }])
        expect((await post('/operations/queues/reports/pause', body)).json.code).to.equal('input.invalid');
      expect((await queues.counts()).reports.paused).to.equal(false);

      expect((await post('/operations/queues/reports/pause', { reason })).status).to.equal(204);
      expect((await queues.counts()).reports.paused).to.equal(true);
      expect((await get('/operations')).json.attention).to.include('queues.paused');
      expect((await post('/operations/queues/reports/resume', { reason })).status).to.equal(204);
      expect((await queues.counts()).reports.paused).to.equal(false);

      const entries = await audited('queue/reports');
      expect(entries.map(({ action, actor: who, reason: why }: never) => ({ action, who, why }))).to.deep.equal([
        { action: 'queue.resumed', who: people.operator.id, why: reason },
        { action: 'queue.paused', who: people.operator.id, why: reason },
      ]);
    });

    it('show a failed job with its reason, the stack to operators only, and hand it out again', async () => {
      const id = await failedJob();

      const path = '/operations/queues/mail/failed';
      const [job] = (await get(path)).json.items;
      expect(job).to.deep.include({ id, name: 'mail', data: { ids: ['7'] }, reason: '550 no such user', attempts: 1 });
      expect(job.stack).to.include('550 no such user');
      expect((await get(path, 'auditor')).json.items[0]).to.not.have.property('stack');

      expect((await post(`${path}/${id}/retry`, { reason })).status).to.equal(204);
      expect(await queues.find('mail', id)).to.include({ state: 'waiting' });
      expect((await post(`${path}/${id}/retry`, { reason })).json.code).to.equal('job.not_found');
      expect((await post(`${path}/none/retry`, { reason })).json.code).to.equal('job.not_found');
      const entries = await audited(`job/mail/${id}`);
      expect(entries.map(({ action, reason: why }: never) => ({ action, why }))).to.deep.equal([
        { action: 'job.retried', why: reason },
      ]);
    });

    it('page through failed jobs, a hundred at most', async () => {
      expect((await get('/operations/queues/mail/failed?limit=101')).status).to.equal(400);
      const page = await get('/operations/queues/mail/failed?limit=1&start=0');
      expect(page.json.items.length).to.be.at.most(1);
      expect(page.json.next).to.equal(page.json.items.length === 1 ? 1 : null);
    });

    it('list a parked row and do it again, as often as it takes', async () => {
      const { code } = await assign();
      const { rows } = await world.pool.query<{ id: string }>(
        `update intention set parked_at = $1, attempts = 10, last_error = 'Error: no such address'
         where queue = 'notify' and parked_at is null returning id`,
        [world.clock.now()],
      );
      const id = rows[0]?.id;

      const { items } = (await get(`/operations/timers?state=parked&task=${code}`)).json;
      expect(items).to.have.length(1);
      expect(items[0]).to.include({
        id,
        task: code,
        kind: 'notify',
        attempts: 10,
        lastError: 'Error: no such address',
      });

      expect((await post(`/operations/intentions/${id}/retry`, { reason })).status).to.equal(204);
      const { rows: after } = await world.pool.query(
        'select attempts, parked_at, ready_at from intention where id = $1',
        [id],
      );
      expect(after).to.deep.equal([{ attempts: 0, parked_at: null, ready_at: world.clock.now() }]);
      expect(await audited(`intention/${id}`)).to.have.length(1);
      expect((await post(`/operations/intentions/${id}/retry`, { reason })).json.code).to.equal('intention.not_found');
    });

    it('never let an operator fire a timer before its day', async () => {
      const { code } = await assign();
      const { items } = (await get(`/operations/timers?state=upcoming&task=${code}`)).json;
      expect(items[0]).to.include({ rule: 'due', occurrence: 1, anchor: 'due:2022-06-16' });

      const answer = await post(`/operations/intentions/${items[0].id}/retry`, { reason });

      expect(answer.json.code).to.equal('intention.not_found');
    });

    it('page through late and upcoming rows, each once, in the order in which they are due', async () => {
      await world.pool.query('truncate intention');
      const now = world.clock.now().getTime();
      for (let k = 0; k < 7; k += 1)
        await world.pool.query(
          `insert into intention (queue, kind, payload, due_at, ready_at)
           values ('notify', 'late', '{}', $1, $2), ('timers', 'upcoming', '{}', $3, $3)`,
          [new Date(now - 120_000 - (k % 3) * 1000), new Date(now + 5_000), new Date(now + 1_000 + (k % 3) * 1000)],
        );

      for (const state of ['late', 'due', 'upcoming']) {
        const seen: { id: string; dueAt: string }[] = [];
        for (let cursor = ''; ; ) {
          const { items, next } = (await get(`/operations/timers?state=${state}&limit=3${cursor}`)).json;
          seen.push(...items);
          if (next === null) break;
          cursor = `&cursor=${next}`;
        }
        expect(new Set(seen.map(({ id }) => id)).size, state).to.equal(7);
        expect(seen.length).to.equal(7);
        const dues = seen.map(({ dueAt }) => Date.parse(dueAt));
        expect(dues).to.deep.equal(dues.toSorted((a, b) => a - b));
      }
      expect((await get('/operations/timers?cursor=nonsense')).status).to.equal(400);
      await world.pool.query('truncate intention');
    });

    it('answer by task code why a reminder did or did not go out', async () => {
      const { id, code } = await assign();
      const started = world.clock.now();
      world.clock.moveTo('2022-06-09', '08:05');
      const { rows } = await world.pool.query<{ id: string }>(
        `select id from intention where task_id = $1 and rule = 'due'`,
        [id],
      );
      await fireTimers(world.store, world.intentions, world.clock, quiet)(rows.map((row) => row.id));
      const account = randomUUID();
      const mail = randomUUID();
      await world.pool.query(`insert into account values ($1, $2, 'Đầu mối', null, true, now())`, [
        account,
        `${account}@x.vn`,
      ]);
      await world.pool.query(`insert into mail values ($1, $2, 'digest/2022-06-09', 'a@x.vn', 's', 'b', now(), null)`, [
        mail,
        account,
      ]);
      await world.pool.query(
        `insert into notification (account_id, task_id, event_seq, kind, urgency, created_at, mail_id)
         values ($1, $2, 2, 'remind', 'digest', now(), $3)`,
        [account, id, mail],
      );
      await world.pool.query(
        `insert into intention (queue, kind, payload, due_at, ready_at, attempts, last_error, parked_at)
         values ('mail', 'mail', json_build_object('mailId', $1::text), $2, $2, 10, '421 try later', $2)`,
        [mail, world.clock.now()],
      );

      const { json } = await get(`/operations/search?task=${code}`);

      expect(json.task).to.include({ id, code, leadUnit: 'SNV', dueOn: '2022-06-16' });
      expect(json.timerEvents).to.have.length(1);
      expect(json.timerEvents[0].payload).to.include({ rule: 'due', k: 1, action: 'remind' });
      expect(json.notifications).to.have.length(1);
      expect(json.notifications[0]).to.include({ recipient: 'Đầu mối', mailAddress: 'a@x.vn', mailSentAt: null });
      const waiting = json.waiting.map(({ queue, rule, occurrence, lastError }: never) => ({
        queue,
        rule,
        occurrence,
        lastError,
      }));
      expect(waiting).to.deep.include({ queue: 'timers', rule: 'due', occurrence: 2, lastError: null });
      expect(waiting).to.deep.include({ queue: 'mail', rule: null, occurrence: null, lastError: '421 try later' });
      await world.pool.query('truncate intention');
      world.clock.advance(started.getTime() - world.clock.now().getTime());
    });

    it('show a schedule’s next ten times and last runs, and let it rest for a reason', async () => {
      const schedules = scheduleStore(world.pool);
      const plan = { key: 'weekly', cron: '0 8 * * 1', zone: 'Asia/Ho_Chi_Minh', catchUpHours: 1 };
      await schedules.declare([plan], world.clock.now());
      const monday = new Date('2022-02-28T01:00:00Z');
      await schedules.begin('weekly', monday, world.clock.now());
      await schedules.finish('weekly', monday, 'done', '3 thư', world.clock.now());
      const find = async () =>
        (await get('/operations/schedules')).json.items.find(({ key }: { key: string }) => key === 'weekly');

      const before = await find();
      expect(before.next).to.have.length(10);
      expect(before.next[0]).to.equal('2022-03-07T01:00:00.000Z');
      expect(before.runs).to.have.length(1);
      expect(before.runs[0]).to.include({ nominalAt: monday.toISOString(), outcome: 'done', detail: '3 thư' });

      expect((await post('/operations/schedules/weekly/pause', { reason: '' })).status).to.equal(400);
      expect((await post('/operations/schedules/weekly/pause', { reason })).status).to.equal(204);
      expect(await find()).to.include({ pausedReason: reason });
      expect((await schedules.active()).map(({ key }) => key)).to.not.include('weekly');
      expect((await post('/operations/schedules/weekly/resume', { reason })).status).to.equal(204);
      expect(await find()).to.include({ pausedAt: null, pausedReason: null });
      expect((await audited('schedule/weekly')).map(({ action }: { action: string }) => action)).to.deep.equal([
        'schedule.resumed',
        'schedule.paused',
      ]);
    });

    it('list worker processes and say which are alive', async () => {
      const signs = workerSigns(world.pool);
      const now = world.clock.now();
      const sign = { queues: ['mail'], startedAt: now, tickSeenAt: now };
      await signs.seen({ ...sign, id: randomUUID(), name: 'gone:1' }, new Date(now.getTime() - 61_000));
      await signs.seen({ ...sign, id: randomUUID(), name: 'here:2' }, now);

      const { items } = (await get('/operations/workers')).json;

      const alive = Object.fromEntries(items.map((item: { name: string; alive: boolean }) => [item.name, item.alive]));
      expect(alive).to.include({ 'gone:1': false, 'here:2': true });
    });

    it('page through the audit list, newest first', async () => {
      const first = (await get('/operations/audit?limit=2', 'administrator')).json;
      const second = (await get(`/operations/audit?limit=2&cursor=${first.next}`, 'administrator')).json;

      const ids = [...first.items, ...second.items].map(({ id }: { id: string }) => Number(id));
      expect(ids).to.have.length(4);
      expect(ids).to.deep.equal(ids.toSorted((a, b) => b - a));
    });
  });

  describe('while the queue is away', () => {
    let world: World;
    let source: DataSource;
    let queues: Queues;
    let served: Served;

    before(async () => {
      world = await openWorld([simpleDefinition]);
      source = await dataSource(world.database.url).initialize();
      queues = await openQueues({
        redisUrl: `redis://127.0.0.1:${await freePort()}`,
        databaseUrl: world.database.url,
        log: quiet,
      });
      served = await serve({
        routes: operationsRoutes({
          queueNames,
          queues,
          operations: operationsReader(world.pool),
          intentions: retryableIntentions(world.pool),
          schedules: pausableSchedules(world.pool),
          audit: auditStore(source),
          clock: world.clock,
        }),
      });
    });
    after(async () => {
      await served.close();
      await queues.close();
      await source.destroy();
      await world.close();
    });

    it('still show what the database knows, say that the queue is away, and take less than three seconds', async () => {
      const start = performance.now();
      const { status, json } = await served.ask('GET', '/api/v1/operations', 'operator');

      expect(performance.now() - start).to.be.below(3_000);
      expect(status).to.equal(200);
      expect(json).to.deep.include({ status: 'degraded', queue: 'away', queues: null, backend: 'redis' });
      expect(json.intentions).to.deep.equal({ due: 0, late: 0, parked: 0, oldestSeconds: 0 });
      expect(json.attention.slice(0, 2)).to.deep.equal(['queue.away', 'workers.none']);
    });

    it('answer 503 instead of hanging, and keep both the attempt and its failure in the audit list', async () => {
      const start = performance.now();
      const pause = await served.ask('POST', '/api/v1/operations/queues/mail/pause', 'operator', { reason });
      const failed = await served.ask('GET', '/api/v1/operations/queues/mail/failed', 'operator');

      expect(performance.now() - start).to.be.below(6_000);
      expect(pause).to.have.property('status', 503);
      expect(failed.json).to.deep.include({ code: 'service.unavailable', reason: 'queue' });
      const { json } = await served.ask('GET', '/api/v1/operations/audit?object=queue/mail', 'auditor');
      expect(json.items.map(({ action }: { action: string }) => action)).to.deep.equal([
        'queue.paused.failed',
        'queue.paused',
      ]);
    });
  });
});

const queuesOn = async (backend: Backend, databaseUrl: string): Promise<Queues> => {
  if (backend.name === 'postgres') await migrateQueueSchema(databaseUrl);
  return openQueues({
    databaseUrl,
    ...(backend.name === 'redis' ? { redisUrl: backend.redisUrl, prefix: `{test-${randomUUID()}}` } : {}),
    log: quiet,
  });
};
