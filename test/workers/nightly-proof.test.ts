// The nights of an office: a seal at 00:10, a look at everything at 03:30, each once, and what is made of them by day.

import { expect } from 'chai';
import type { LogFields } from '../../src/application/log.ts';
import { runDueSchedules } from '../../src/application/operations/schedules.ts';
import { scheduledWork, schedules } from '../../workers/schedules.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { acknowledged } from '../support/tasks.ts';
import { quiet } from '../support/world.ts';

describe('At night', () => {
  const office = suiteOffice({ day: '2022-01-10' });
  const errors: LogFields[] = [];
  const log = { ...quiet, error: (_: string, fields?: LogFields) => void errors.push(fields ?? {}) };
  const night = async (): Promise<void> => {
    const { schedules: ledger, clock } = office().composition;
    await runDueSchedules(ledger, scheduledWork(office().composition, log), clock, log)();
  };
  const sealedDays = async (): Promise<string[]> =>
    (await done(office().as('auditor').get('/audit/checkpoints'))).items.map(({ day }: { day: string }) => day);
  const overview = () => done(office().as('operator').get('/operations'));
  before(async () => {
    const { schedules: ledger, clock } = office().composition;
    await ledger.declare(
      schedules.filter(({ key }) => key === 'audit-seal' || key === 'verify'),
      clock.now(),
    );
    await acknowledged(office());
  });

  it('the day that has ended is sealed, once, however often the schedule is looked at', async () => {
    office().clock.moveTo('2022-01-11', '00:09');
    await night();
    expect(await sealedDays()).to.deep.equal([]);

    office().clock.moveTo('2022-01-11', '00:10');
    await Promise.all([night(), night()]);
    await night();

    expect(await sealedDays()).to.deep.equal(['2022-01-10']);
    const { rows } = await office().pool.query(
      `select outcome, detail from schedule_run where schedule = 'audit-seal'`,
    );
    expect(rows).to.have.length(1);
    expect(rows[0].outcome).to.equal('done');
    expect(rows[0].detail).to.match(/^checkpoint 1, root [\da-f]{64}$/);
  });

  it('nights that were missed are made good by one seal, which covers all of them', async () => {
    office().clock.moveTo('2022-01-14', '09:00');
    await acknowledged(office());

    await night();

    expect(await sealedDays()).to.deep.equal(['2022-01-13', '2022-01-10']);
    const { rows } = await office().pool.query(
      `select outcome from schedule_run where schedule = 'audit-seal' order by nominal_at`,
    );
    expect(rows.map(({ outcome }) => outcome)).to.deep.equal(['done', 'skipped', 'skipped', 'done']);
  });

  it('a day and a half without a seal is said in the overview', async () => {
    expect((await overview()).attention).not.to.include('audit.unsealed');
    office().clock.moveTo('2022-01-15', '22:00');

    expect((await overview()).attention).to.include('audit.unsealed');
  });

  it('everything is looked at, and what is wrong is in the log, in the figures and in the overview', async () => {
    office().clock.moveTo('2022-01-16', '03:30');
    await night();
    expect((await overview()).audit).to.deep.include({
      checkpoint: 3,
      broken: 0,
      verifiedAt: '2022-01-15T20:30:00.000Z',
    });
    expect(errors).to.deep.equal([]);

    await withAllRights(`update task_event set actor = 'somebody' where seq = 2`);
    office().clock.moveTo('2022-01-17', '03:30');
    await night();
    await withAllRights(`update task_event set actor = substr(cause, 9, 36) where seq = 2`);

    const { audit, attention } = await overview();
    expect(audit.broken).to.be.greaterThan(0);
    expect(attention).to.include('audit.broken');
    expect(errors.map(({ invariant }) => invariant)).to.include('I13');
  });

  const withAllRights = async (statement: string): Promise<void> => {
    const db = await office().pool.connect();
    try {
      await db.query('set session_replication_role = replica');
      expect((await db.query(statement)).rowCount).to.be.greaterThan(0);
    } finally {
      db.release(true);
    }
  };
});
