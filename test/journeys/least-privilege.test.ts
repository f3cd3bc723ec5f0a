// S22: the program runs as a role that owns nothing. Its whole day's work as that role, and what the role may not do.

import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import pg from 'pg';
import { grantRoles } from '../../src/adapters/db/roles.ts';
import { openQueues } from '../../src/adapters/queue/queues.ts';
import { startWorkers } from '../../workers/index.ts';
import { done, type Office, openOffice, programmeCode } from '../support/http-office.ts';
import { acknowledged, eventsOf, moved, submission } from '../support/tasks.ts';
import { quiet } from '../support/world.ts';

describe('S22: roles in the database', () => {
  const names = { app: `app_${randomUUID().slice(0, 8)}`, report: `report_${randomUUID().slice(0, 8)}` };
  let office: Office;
  let ownerUrl: string;
  const urlOf = (name: string): string => {
    const url = new URL(ownerUrl);
    url.username = name;
    url.password = name;
    return url.href;
  };
  before(async function () {
    this.timeout(60_000);
    office = await openOffice({
      async connectAs(url) {
        ownerUrl = url;
        await grantRoles(url, names);
        await asOwner(url, `alter role ${names.app} login password '${names.app}'`);
        await asOwner(url, `alter role ${names.report} login password '${names.report}'`);
        return urlOf(names.app);
      },
    });
  });
  after(async () => {
    const server = new URL(ownerUrl);
    server.pathname = '/postgres';
    await office.close();
    for (const name of Object.values(names)) await asOwner(server.href, `drop role ${name}`);
  });

  it('the program does its whole work as the role that owns nothing: assign, submit, remind, approve, freeze, seal, verify', async function () {
    this.timeout(60_000);
    const task = await acknowledged(office, { due: { kind: 'on_or_before', day: '2022-02-15' } });
    await office.workers.liveUntil('2022-02-20');
    const handedIn = await moved(office.as('unit.snv'), await current(office, task.id), 'submit', submission);
    const approved = await moved(office.as('appraiser.stttt'), handedIn, 'approve', { reason: 'Đạt' });
    await done(office.as('aggregator').post('/reports/runs', { programme: programmeCode }));
    await office.workers.liveUntil('2022-02-22');
    await done(office.as('admin').post('/audit/checkpoints', { reason: 'Hết ngày' }));

    expect(approved.category).to.equal('done');
    expect((await eventsOf(office, task.id)).map(({ type }) => type)).to.include('task.timer_fired');
    expect((await done(office.as('auditor').get('/audit/checkpoints'))).items).to.have.length(1);
    expect((await office.as('auditor').get('/audit/export')).text).to.include('"type":"trailer"');
    const { invariants } = await office.composition.inspect();
    expect(invariants.flatMap(({ findings }) => findings)).to.deep.equal([]);
    const { rows } = await office.pool.query('select current_user as who');
    expect(rows).to.deep.equal([{ who: names.app }]);
  });

  it('the worker process starts, keeps its schedules and its queue, and stops as that role', async function () {
    this.timeout(60_000);
    const queues = await openQueues({ databaseUrl: urlOf(names.app), log: quiet });
    const errors: unknown[] = [];
    const complain = (...said: unknown[]) => void errors.push(said);
    const log = { ...quiet, warn: complain, error: complain };
    const workers = await startWorkers(office.composition, queues, log, () => void errors.push('gave up'));
    await acknowledged(office);
    // The row of an intention goes with its effect, a moment before the queue knows that its job is complete: ask both.
    await until(async () => {
      office.clock.advance(1_000);
      const { rows } = await office.pool.query(`select from intention where queue = 'notify'`);
      const { notify } = await queues.counts();
      return rows.length === 0 && notify.completed > 0;
    });
    await workers.stop();
    await queues.close();

    expect(errors).to.deep.equal([]);
    expect(
      (await done(office.as('operator').get('/operations/schedules'))).items.map(({ key }: { key: string }) => key),
    ).to.include.members(['audit-seal', 'verify']);
  });

  const appendOnly = {
    task_event: 'seq',
    audit_entry: 'action',
    report_run: 'body',
    report_run_rows: 'rows',
    report_edition_step: 'status',
    confirmation_round: 'due_on',
    confirmation_line: 'row',
    confirmation_entry: 'kind',
    checkpoint: 'root',
    checkpoint_leaf: 'hash',
  };
  const forbidden = [
    ...Object.entries(appendOnly).flatMap(([table, column]) => [
      `update ${table} set ${column} = ${column}`,
      `delete from ${table}`,
      `truncate ${table}`,
      `alter table ${table} disable trigger all`,
      `drop table ${table}`,
    ]),
    'truncate task cascade',
    'drop function refuse_change() cascade',
    'set session_replication_role = replica',
    'create table mine (id integer)',
    'delete from migration',
    `copy task_event from program 'true'`,
    `alter role ${names.app} superuser`,
  ];
  for (const statement of forbidden)
    it(`the program's role may not: ${statement.replaceAll(names.app, 'its own role')}`, async () => {
      expect(await codeOf(urlOf(names.app), statement)).to.equal(insufficientPrivilege);
    });

  it('a role that only reads sees what figures are made from, and neither people nor sessions, and writes nothing', async () => {
    const url = urlOf(names.report);

    expect(await codeOf(url, 'select * from task_event')).to.equal('done');
    for (const statement of [
      'select * from account',
      'select * from session',
      'select * from mail',
      `update task set title = 'x'`,
      'delete from delta',
    ])
      expect(await codeOf(url, statement), statement).to.equal(insufficientPrivilege);
  });

  it('gets its rights again and no others, however often the step is run', async () => {
    await asOwner(ownerUrl, `grant update on task_event to ${names.app}; revoke select on task from ${names.app}`);

    await Promise.all([grantRoles(ownerUrl, names), grantRoles(ownerUrl, names)]);

    expect(await codeOf(urlOf(names.app), 'update task_event set seq = seq')).to.equal(insufficientPrivilege);
    expect(await codeOf(urlOf(names.app), 'select * from task')).to.equal('done');
  });
});

const insufficientPrivilege = '42501';

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
};

const current = (office: Office, id: string) => done(office.as('office').get(`/tasks/${id}`));

const asOwner = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};

const codeOf = async (url: string, statement: string): Promise<string> => {
  try {
    await asOwner(url, statement);
    return 'done';
  } catch (error) {
    return (error as { code: string }).code;
  }
};
