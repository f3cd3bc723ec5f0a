// What a data folder of before has, after the migration: nothing the rules could not have brought about.

import { expect } from 'chai';
import { dataSource } from '../../../src/adapters/db/data-source.ts';
import { verifySource } from '../../../src/adapters/db/verify-source.ts';
import { verify } from '../../../src/application/operations/verify.ts';
import { done, suiteOffice } from '../../support/http-office.ts';
import { acknowledged } from '../../support/tasks.ts';

describe('The data of a year that began without reminders of difficulties and without events of proposals', () => {
  const office = suiteOffice({ day: '2022-03-01' });
  const as = (name: string) => office().as(name);

  it('is what the rules of today say, and its proposals stay readable', async () => {
    let task = await acknowledged(office());
    for (const [cause, answerBy] of [
      ['Thiếu kinh phí', '2022-03-20'],
      ['Thiếu mặt bằng', '2022-03-02'],
    ])
      task = await done(
        as('unit.snv').post(`/tasks/${task.id}/difficulties`, { cause, answerBy }, { ifMatch: task.version }),
      );
    const undated = await acknowledged(office(), { due: { kind: 'none', reason: 'Chưa rõ' } });
    const admin = await as('auditor').get('/me');
    await office().pool.query(
      `insert into deadline_proposal (id, task_id, after_seq, due, due_on, reason, proposed_by, capacity, recorded_at)
       values ('00000000-0000-4000-8000-000000000009', $1, $2, '{"kind": "on_or_before", "day": "2022-09-30"}', '2022-09-30',
         'Theo kế hoạch', $3, 'lead_unit.focal_point', $4)`,
      [undated.id, undated.version, admin.body.id, office().clock.now()],
    );
    const timers = async () =>
      (
        await office().pool.query(
          `select task_id, rule, occurrence, anchor, due_at from intention where rule like 'difficulty/%' order by rule`,
        )
      ).rows;
    const [before, rowsBefore] = [await timers(), await rows()];

    const source = await dataSource(office().databaseUrl).initialize();
    const there = () => source.query(`select from migration where name = 'Following1764000000003'`);
    while ((await there()).length > 0) await source.undoLastMigration();
    expect(await timers()).to.deep.equal([]);
    await source.runMigrations();
    await source.destroy();

    expect(before).to.have.length(2);
    expect(await timers()).to.deep.equal(before);
    expect(await rows()).to.deep.equal(rowsBefore);
    expect(await verify(verifySource(office().pool, office().clock))).to.deep.equal([]);
    const open = async () =>
      (await done(as('leader').get('/deadline-proposals'))).items.map(
        ({ id, dueOn }: { id: string; dueOn: string }) => [id.slice(-4), dueOn],
      );
    expect(await open()).to.deep.equal([['0009', '2022-09-30']]);
    const path = `/tasks/${undated.id}/deadline-proposals`;
    await done(as('unit.snv').post(path, { day: '2022-10-31' }, { ifMatch: undated.version }));
    expect((await open()).map(([, dueOn]: string[]) => dueOn)).to.deep.equal(['2022-10-31']);
    const { items } = await done(as('leader').get(path));
    expect(items.map(({ dueOn, outcome }: { dueOn: string; outcome: string }) => [dueOn, outcome])).to.deep.equal([
      ['2022-09-30', 'superseded'],
      ['2022-10-31', 'open'],
    ]);
  });

  const rows = async () => (await office().pool.query('select id, following from task order by id')).rows;
});
