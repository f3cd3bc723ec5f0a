import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { assignmentOf, groundOf } from '../../../src/application/tasks/apply.ts';
import type { AssignTask } from '../../../src/domain/workflow/task.ts';
import { simpleDefinition } from '../../support/simple-definition.ts';
import { actor, openWorld, type World } from '../../support/world.ts';

const office = actor({ role: 'office' });

describe('Work that is written for a unit', () => {
  let world: World;
  before(async () => {
    world = await openWorld([simpleDefinition]);
    await world.pool.query(
      `insert into reorganisation (id, kind, effective_on, document, request, predecessors, successors, status, total, processed, actor,
         created_at) values ($1, 'merge', '2022-01-10', '{}', '{}', '["SNV"]', '["SKHDT"]', 'running', 0, 0, 'x', now())`,
      [reorganisation],
    );
  });
  after(() => world.close());
  const reorganisation = randomUUID();

  /** A task that was decided on while its units stood. */
  const decided = async (given: Partial<AssignTask> = {}) => {
    const id = randomUUID();
    const command: AssignTask = {
      type: 'assign',
      id,
      code: id,
      title: 'Nhiệm vụ',
      kind: 'own',
      leadUnit: 'SNV',
      appraiserUnit: 'STTTT',
      due: { kind: 'none', reason: 'Chờ' },
      ...given,
    };
    const request = { actor: office, programme: 'P1', command };
    const ground = await groundOf(world.store, request, world.clock.now());
    return assignmentOf(ground, request, `command:${office.id}:${id}`, world.clock.now());
  };
  const written = async (change: Awaited<ReturnType<typeof decided>>): Promise<boolean> =>
    (await world.store.commit([change], world.clock.now())).has(change.next.id);
  const closing = `update unit set closing = $1 where code = 'SNV'`;
  const reopen = () => world.pool.query(`update unit set closing = null where code = 'SNV'`);

  it('is not written when the unit was closed after it was decided, whether it leads or appraises', async () => {
    const led = await decided();
    const appraised = await decided({ leadUnit: 'TPCL', appraiserUnit: 'SNV' });
    const joined = await decided({ leadUnit: 'TPCL', participants: ['SNV'] });
    const other = await decided({ leadUnit: 'TPCL' });
    await world.pool.query(closing, [reorganisation]);

    const all = await Promise.all([led, appraised, joined, other].map(written));

    expect(all).to.deep.equal([false, false, false, true]);
    const { rows } = await world.pool.query('select lead_unit from task');
    expect(rows).to.deep.equal([{ lead_unit: 'TPCL' }]);
    await reopen();
  });

  it('waits for a reorganisation that is closing the unit at this moment, and then is not written', async () => {
    const change = await decided();
    const client = await world.pool.connect();
    await client.query('begin');
    await client.query(`select from unit where code = 'SNV' for update`);
    const writing = written(change);
    for (;;) {
      const { rows } = await world.pool.query(
        `select count(*)::integer as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      if (rows[0].n > 0) break;
    }
    await client.query(closing, [reorganisation]);
    await client.query('commit');
    client.release();

    expect(await writing).to.equal(false);
    await reopen();
    expect(await written(change)).to.equal(true);
  });
});
