import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { bullBoard } from '../../../src/adapters/http/bull-board.ts';
import { migrateQueueSchema } from '../../../src/adapters/queue/connection.ts';
import { openQueues, type Queues, queueNames } from '../../../src/adapters/queue/queues.ts';
import { freshEmptyDatabase, type TestDatabase } from '../../support/database.ts';
import { eachBackend } from '../../support/redis.ts';
import { people, type Served, serve } from '../../support/served.ts';
import { quiet } from '../../support/world.ts';

const path = '/operations/board';
const paths = ['', '/', '/queue/mail', '/static/images/logo.svg', '/api/queues', '/api/redis/stats', '/none', '/..%2f'];
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

describe('S15: the board of the queue', () => {
  eachBackend((backend) => {
    let database: TestDatabase;
    let queues: Queues;
    let served: Served;

    before(async () => {
      database = await freshEmptyDatabase();
      if (backend.name === 'postgres') await migrateQueueSchema(database.url);
      queues = await openQueues({
        databaseUrl: database.url,
        ...(backend.name === 'redis' ? { redisUrl: backend.redisUrl, prefix: `{test-${randomUUID()}}` } : {}),
        log: quiet,
      });
      served = await serve({ guarded: [{ path, router: bullBoard({ queues: () => queues.raw(), path }) }] });
    });
    after(async () => {
      await served.close();
      for (const queue of queues.raw()) await queue.obliterate({ force: true });
      await queues.close();
      await database.drop();
    });

    it('S15: is closed to nobody in particular and to every lower role, on every path and method', async () => {
      const lower = Object.keys(people).filter((role) => role !== 'operator' && role !== 'administrator');
      for (const below of paths)
        for (const method of methods)
          for (const who of [undefined, 'no-such-session', ...lower]) {
            const { status, headers } = await served.ask(method, path + below, who);
            const expected = who && lower.includes(who) ? 403 : 401;
            expect(`${status} ${method} ${below} ${who}`).to.equal(`${expected} ${method} ${below} ${who}`);
            expect(headers.get('content-type')).to.include('application/problem+json');
          }
      expect((await served.ask('GET', '/OPERATIONS/Board/api/queues')).status).to.equal(401);
    }).timeout(30_000);

    it('S15: opens to operators and administrators, and takes nothing from other servers', async () => {
      for (const who of ['operator', 'administrator']) {
        const page = await served.ask('GET', `${path}/`, who);
        expect(page.status).to.equal(200);
        expect(page.headers.get('content-type')).to.include('text/html');
        expect(page.text).to.not.match(/(href|src)="(https?:)?\/\//);
        expect(page.headers.get('content-security-policy')).to.match(/font-src 'self' data:;/);
        expect(page.headers.get('x-powered-by')).to.equal(null);

        const files = [...page.text.matchAll(/(?:href|src)="(static\/[^"]+)"/g)].map(([, file]) => file);
        expect(files.length).to.be.above(3);
        for (const file of files) expect((await served.ask('GET', `${path}/${file}`, who)).status, file).to.equal(200);
      }
    });

    it('shows the jobs of every queue', async () => {
      await queues.enqueue('imports', [{ name: 'imports', data: { ids: ['42'] } }]);

      const { status, json } = await served.ask(
        'GET',
        `${path}/api/queues?activeQueue=imports&status=waiting`,
        'operator',
      );

      expect(status).to.equal(200);
      expect(json.queues.map(({ name }: { name: string }) => name)).to.deep.equal([...queueNames]);
      const imports = json.queues.find(({ name }: { name: string }) => name === 'imports');
      expect(imports.readOnlyMode).to.equal(true);
      expect(imports.jobs.map(({ data }: { data: unknown }) => data)).to.deep.equal([{ ids: ['42'] }]);
    });

    it('S15: only shows: what would change something is refused to operators too, and changes nothing', async () => {
      const [job] = (await served.ask('GET', `${path}/api/queues?activeQueue=imports&status=waiting`, 'operator')).json
        .queues[3].jobs ?? [{ id: '1' }];
      for (const [method, below] of [
        ['PUT', '/api/queues/pause'],
        ['PUT', '/api/queues/imports/pause'],
        ['PUT', '/api/queues/imports/empty'],
        ['PUT', '/api/queues/imports/obliterate'],
        ['PUT', '/api/queues/imports/clean/waiting'],
        ['PUT', '/api/queues/imports/retry/failed'],
        ['POST', '/api/queues/imports/add'],
        ['PUT', `/api/queues/imports/${job?.id}/clean`],
        ['PATCH', `/api/queues/imports/${job?.id}/update-data`],
      ] as const) {
        const { status, json } = await served.ask(method, path + below, 'operator', {});
        expect({ status, code: json.code }, below).to.deep.equal({ status: 403, code: 'permission.denied' });
      }
      expect((await queues.counts()).imports).to.include({ paused: false, waiting: 1 });
    });

    it('never reads more than a hundred jobs at once', async () => {
      for (const many of ['101', '1e9', 'NaN', '-1'])
        expect(
          (await served.ask('GET', `${path}/api/queues?activeQueue=mail&jobsPerPage=${many}`, 'operator')).status,
        ).to.be.within(400, 499);
    });

    it('follows a queue that was built again', async () => {
      let present = queues.raw().slice(0, 2);
      const following = await serve({ guarded: [{ path, router: bullBoard({ queues: () => present, path }) }] });
      const names = async () =>
        (await following.ask('GET', `${path}/api/queues`, 'operator')).json.queues.map(
          ({ name }: { name: string }) => name,
        );

      expect(await names()).to.deep.equal(['timers', 'notify']);
      present = queues.raw().slice(1, 3);
      expect(await names()).to.have.members(['notify', 'mail']);
      present = [];
      expect((await following.ask('GET', `${path}/api/queues`, 'operator')).json).to.include({
        status: 503,
        code: 'service.unavailable',
      });
      present = queues.raw();
      expect(await names()).to.have.members([...queueNames]);
      await following.close();
    });

    it('S23: answers in our words when the queue fails it', async () => {
      const [queue] = queues.raw();
      const broken = Object.assign(Object.create(queue as object), {
        getJobCounts: () => Promise.reject(new Error('ECONNREFUSED 10.1.2.3:6379')),
      });
      const failing = await serve({ guarded: [{ path, router: bullBoard({ queues: () => [broken], path }) }] });

      const { status, text, json } = await failing.ask('GET', `${path}/api/queues`, 'operator');

      expect(status).to.equal(503);
      expect(json.code).to.equal('service.unavailable');
      expect(text).to.not.include('10.1.2.3');
      await failing.close();
    });

    it('answers in bounded time when the queue does not answer at all', async () => {
      const [queue] = queues.raw();
      const silent = Object.assign(Object.create(queue as object), {
        getJobCounts: () => new Promise(() => undefined),
      });
      const waiting = await serve({
        guarded: [{ path, router: bullBoard({ queues: () => [silent], path, boundMs: 200 }) }],
      });

      const start = performance.now();
      const { status } = await waiting.ask('GET', `${path}/api/queues`, 'operator');

      expect(status).to.equal(503);
      expect(performance.now() - start).to.be.below(2_000);
      await waiting.close();
    });
  });
});
