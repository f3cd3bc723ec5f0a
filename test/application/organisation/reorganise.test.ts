import { expect } from 'chai';
import { reorganisationStore } from '../../../src/adapters/db/reorganisations.ts';
import { type ReorganisationParts, reorganise } from '../../../src/application/organisation/reorganise.ts';
import type { TaskStore } from '../../../src/application/ports.ts';
import type { Reorganisation } from '../../../src/domain/organisation/reorganisation.ts';
import type { Json } from '../../support/client.ts';
import { done, suiteOffice } from '../../support/http-office.ts';
import { acknowledged, assigned, aTask, moving, submission } from '../../support/tasks.ts';
import { quiet, zone } from '../../support/world.ts';

const actor = { id: '7d0e3f6c-6d4e-4f8e-9b39-6a1f2b9d7a10', name: '', memberships: [] };
const document = { number: '12/QĐ-UBND', date: '2022-02-20', issuer: 'UBND Tỉnh' };
const merger = (from: string, to: string): Reorganisation => ({
  kind: 'merge',
  effectiveOn: '2022-02-01',
  document,
  predecessors: [from],
  successors: [to],
  changes: [],
  mapping: [],
  appraisers: [],
  members: [],
});

// Each suite ends with the whole verification: open tasks have a lead unit of today, tallies are their history, timers are owed.
describe('A reorganisation among people at work', () => {
  const office = suiteOffice({ day: '2022-02-01' });
  const as = (name: string) => office().as(name);

  it('leaves no open task with the unit that ends, whatever is assigned and moved while it runs', async () => {
    const open = await Promise.all(Array.from({ length: 12 }, () => acknowledged(office(), { leadUnit: 'TPCL' })));
    await as('office').token();
    const { reorganisations } = office().composition;
    const run = await reorganisations.plan(merger('TPCL', 'VPUBND'), actor, 'race');

    const submitting = open.map((task) => moving(as('unit.tpcl'), task, 'submit', submission));
    let stored = 0;
    let working: Promise<void> = Promise.resolve();
    /** Assigns task after task until it is told that the unit is no more. */
    const clerk = async (): Promise<Json> => {
      for (;;) {
        const { status, body } = await as('office').post('/tasks', aTask({ leadUnit: 'TPCL' }));
        if (status !== 201) return body;
        stored += 1;
        if (stored === 10) working = office().workers.settle();
      }
    };
    const refused = await Promise.all(Array.from({ length: 4 }, clerk));
    const submitted = await Promise.all(submitting);
    await working;
    await office().workers.settle();

    expect(stored).to.be.at.least(10);
    for (const { code } of refused) expect(code).to.equal('unit.ended');
    for (const { status, body } of submitted)
      if (status !== 200) expect(body.code).to.be.oneOf(['version.stale', 'permission.denied', 'task.not_found']);
    expect((await reorganisations.find(run.id)).status).to.equal('done');
    const { rows } = await office().pool.query(
      `select lead_unit, count(*)::integer as n from task where category in ('assigned', 'in_progress', 'awaiting_appraisal') group by 1`,
    );
    expect(rows).to.deep.equal([{ lead_unit: 'VPUBND', n: open.length + stored }]);
  });

  it('gives no appraisal to a unit that is no more', async () => {
    const task = await assigned(office());

    const reassigned = await as('office').post(
      `/tasks/${task.id}/appraisers`,
      { appraiserUnit: 'TPCL', participants: [], reason: 'Đổi cơ quan' },
      { ifMatch: task.version },
    );
    const created = await as('office').post('/tasks', aTask({ appraiserUnit: 'TPCL' }));

    expect(created.body).to.include({ code: 'unit.ended', successor: 'VPUBND' });
    expect(reassigned.body).to.include({ code: 'unit.ended', successor: 'VPUBND' });
  });

  it('gives nothing to a unit whose day has not come', async () => {
    const unit = { code: 'MAI', name: 'Ngày mai', class: 'task_force', bloc: 'x', order: 9, validFrom: '2022-12-01' };
    await done(as('admin').post('/units', unit));

    expect((await as('office').post('/tasks', aTask({ leadUnit: 'MAI' }))).body.code).to.equal('unit.not_begun');
  });
});

describe('A reorganisation whose worker dies', () => {
  const office = suiteOffice({ day: '2022-02-01' });
  const as = (name: string) => office().as(name);
  class Killed extends Error {}

  /** A worker that dies after so many batches; what it had committed stays. */
  const workerDyingAfter = (batches: number) => {
    const { composition, clock } = office();
    const { store, intentions, audit } = composition;
    let left = batches;
    const tasks: ReorganisationParts['tasks'] = {
      load: (ids) => store.load(ids),
      unitLine: (unit, now) => store.unitLine(unit, now),
      async commit(...change: Parameters<TaskStore['commit']>) {
        if (left === 0) throw new Killed();
        left -= 1;
        return store.commit(...change);
      },
    };
    return reorganise({
      store: reorganisationStore(composition.pool),
      tasks,
      intentions,
      actorOf: (id) => store.actor(id, clock.now()),
      audit,
      clock,
      log: quiet,
      zone,
      batchSize: 3,
    });
  };

  const dueIds = async (): Promise<readonly string[]> =>
    (await office().pool.query(`select id from intention where kind = 'reorganise'`)).rows.map(({ id }) => id);
  const leads = async (): Promise<Json> =>
    Object.fromEntries(
      (await office().pool.query('select lead_unit, count(*)::integer as n from task group by 1')).rows.map((row) => [
        row.lead_unit,
        row.n,
      ]),
    );

  it('is taken up by the next one where it stopped: every task moves once', async () => {
    for (let index = 0; index < 8; index += 1) await assigned(office(), { leadUnit: 'TPCL' });
    await office().workers.settle();
    const run = await office().composition.reorganisations.plan(merger('TPCL', 'VPUBND'), actor, 'killed');

    await workerDyingAfter(0).run(await dueIds());
    expect(await leads()).to.deep.equal({ TPCL: 8 });
    expect((await as('office').post('/tasks', aTask({ leadUnit: 'TPCL' }))).body.code).to.equal('unit.ended');
    await workerDyingAfter(1).run(await dueIds());
    expect(await leads()).to.deep.equal({ TPCL: 5, VPUBND: 3 });
    expect(await office().composition.reorganisations.find(run.id)).to.include({ status: 'running', processed: 3 });
    expect(await done(as('admin').get('/units/TPCL'))).to.include({ validTo: null });
    await workerDyingAfter(100).run(await dueIds());

    expect(await leads()).to.deep.equal({ VPUBND: 8 });
    expect(await office().composition.reorganisations.find(run.id)).to.include({ status: 'done', processed: 8 });
    expect(await dueIds()).to.deep.equal([]);
    const { rows } = await office().pool.query(
      `select count(*)::integer as n, count(distinct task_id)::integer as tasks from task_event where type = 'task.transferred'`,
    );
    expect(rows).to.deep.equal([{ n: 8, tasks: 8 }]);
  });

  it('runs once, however many workers take it at the same moment', async () => {
    const run = await office().composition.reorganisations.plan(merger('VPUBND', 'SKHDT'), actor, 'twice');
    const ids = await dueIds();

    await Promise.all([workerDyingAfter(100).run(ids), workerDyingAfter(100).run(ids), workerDyingAfter(100).run(ids)]);

    expect(await leads()).to.deep.equal({ SKHDT: 8 });
    expect((await office().composition.reorganisations.find(run.id)).status).to.equal('done');
    const { rows } = await office().pool.query(
      `select count(*)::integer as n from task_event where type = 'task.transferred' and payload ->> 'reorganisation' = $1`,
      [run.id],
    );
    expect(rows).to.deep.equal([{ n: 8 }]);
    const members = await office().pool.query(
      `select count(*)::integer as n from membership m join account a on a.id = m.account_id
       where a.name = 'head.tpcl' and m.unit = 'SKHDT' and m.valid_to is null`,
    );
    expect(members.rows).to.deep.equal([{ n: 1 }]);
  });
});
