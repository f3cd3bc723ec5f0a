// Half a year of a small programme, through the one door, with what the workers make of it.

import { createHash, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { applyCommand, assignTask } from '../../../src/application/tasks/apply.ts';
import { fireTimers } from '../../../src/application/tasks/fire-timers.ts';
import type { Actor } from '../../../src/domain/organisation/actor.ts';
import type { Due } from '../../../src/domain/schedule/due.ts';
import type { Definition } from '../../../src/domain/workflow/definition.ts';
import type { AssignTask, Command, Task } from '../../../src/domain/workflow/task.ts';
import { simpleDefinition } from '../../support/simple-definition.ts';
import { actor, quiet, type World } from '../../support/world.ts';

export const office = actor({ role: 'office' });
export const focal = actor({ role: 'focal_point', unit: 'SNV' });
export const head = actor({ role: 'head', unit: 'SNV' });
export const appraiser = actor({ role: 'appraiser', unit: 'STTTT' });

/** Urging goes on, so that there is always a timer to come. */
export const definition: Definition = {
  ...simpleDefinition,
  timers: simpleDefinition.timers.map((rule) => ({ ...rule, max: 40 })),
};

export const lastDay = '2022-07-15';
const document = { number: '12/QĐ-UBND', date: '2022-02-28', issuer: 'UBND Tỉnh' };
export const evidence = [{ title: 'Báo cáo' }];

export const ofTask = (code: string, column = 'task_id'): string =>
  `${column} = (select id from task where code = '${code}')`;

const answer = (task: Task) => ({ status: 200, etag: `"v${task.version}"`, response: JSON.stringify(task) });
const idempotent = (who: Actor) => ({ key: { actor: who.id, key: randomUUID(), bodyHash: 'hash' }, answer });

export const assign = async (world: World, code: string, due: Due): Promise<Task> => {
  const command: AssignTask = {
    type: 'assign',
    id: randomUUID(),
    code,
    title: 'Nhiệm vụ',
    kind: 'own',
    leadUnit: 'SNV',
    appraiserUnit: 'STTTT',
    due,
  };
  const request = { actor: office, programme: 'P1', command };
  return JSON.parse((await assignTask(world.store, world.clock)(request, idempotent(office))).answer.response);
};

export const ask = async (
  world: World,
  task: Task,
  who: Actor,
  command: Exclude<Command, AssignTask>,
): Promise<Task> => {
  const request = { taskId: task.id, actor: who, command, expectedVersion: task.version };
  return JSON.parse((await applyCommand(world.store, world.clock)(request, idempotent(who))).answer.response);
};

export const fireDue = async (world: World): Promise<void> => {
  const { rows } = await world.pool.query<{ id: string }>(
    'select id from intention where rule is not null and due_at <= $1',
    [world.clock.now()],
  );
  const ids = rows.map(({ id }) => id);
  await fireTimers(world.store, world.intentions, world.clock, quiet)(ids);
};

export async function addPeople(pool: pg.Pool): Promise<void> {
  for (const [who, role, unit] of [
    [office, 'office', null],
    [focal, 'focal_point', 'SNV'],
    [head, 'head', 'SNV'],
    [appraiser, 'appraiser', 'STTTT'],
  ] as const) {
    await pool.query(`insert into account values ($1, $3, $2, null, true, '2022-01-01')`, [
      who.id,
      who.name,
      `${who.id}@example.org`,
    ]);
    await pool.query('insert into membership (account_id, role, unit) values ($1, $2, $3)', [who.id, role, unit]);
  }
}

/** Every kind of event. */
export async function makeHistory(world: World): Promise<void> {
  const { clock, pool } = world;
  await addPeople(pool);
  const byYearEnd: Due = { kind: 'on_or_before', day: '2022-12-31' };
  let done = await assign(world, 'P1-DONE', byYearEnd);
  let open = await assign(world, 'P1-OPEN', { kind: 'on_or_before', day: '2022-03-31' });
  const stopped = await assign(world, 'P1-STOPPED', byYearEnd);
  const late = await assign(world, 'P1-LATE', { kind: 'on_or_before', day: '2022-08-31' });
  let waiting = await assign(world, 'P1-WAIT', byYearEnd);
  await assign(world, 'P1-UNDATED', { kind: 'none', reason: 'Chờ chỉ đạo' });
  const acknowledge = { type: 'transition', transition: 'acknowledge' } as const;
  const submit = { type: 'transition', transition: 'submit', evidence } as const;
  done = await ask(world, done, focal, acknowledge);
  open = await ask(world, open, focal, acknowledge);
  waiting = await ask(world, waiting, head, acknowledge);

  clock.moveTo('2022-01-20');
  done = await ask(world, done, focal, {
    type: 'report_progress',
    progress: 62.5,
    result: '12 hồ sơ',
    estimate: 'done',
  });
  clock.moveTo('2022-02-01');
  done = await ask(world, done, focal, submit);
  waiting = await ask(world, waiting, focal, submit);
  await ask(world, late, focal, { ...acknowledge, effectiveAt: '2022-01-12' });
  clock.moveTo('2022-02-03');
  done = await ask(world, done, appraiser, { type: 'transition', transition: 'return', reason: 'Thiếu minh chứng' });
  clock.moveTo('2022-02-10');
  done = await ask(world, done, focal, submit);
  await foldDeltas(pool);
  clock.moveTo('2022-02-15');
  await ask(world, done, appraiser, { type: 'transition', transition: 'approve' });
  await ask(world, stopped, office, { type: 'transition', transition: 'stop', document });
  clock.moveTo('2022-03-01');
  const extension = {
    type: 'decide_deadline',
    due: { kind: 'on_or_before', day: '2022-05-31' },
    reason: 'Gia hạn',
    document,
  } as const;
  await ask(world, open, office, extension);
  clock.moveTo('2022-04-10');
  await fireDue(world);
  // The first two levels together, as after an outage, then one at a time.
  clock.moveTo('2022-06-02');
  await fireDue(world);
  for (const day of ['2022-06-07', '2022-06-14', '2022-06-21', '2022-06-28', '2022-07-05', '2022-07-12', lastDay]) {
    clock.moveTo(day);
    await fireDue(world);
  }
  await tell(pool);
  await pool.query(
    `insert into schedule values ('aggregation', '* * * * *', 'Asia/Ho_Chi_Minh', 24, '2022-01-01', null, null)`,
  );
  await pool.query(
    `insert into schedule_run values ('aggregation', '2022-07-14', 'done', null, '2022-07-14', '2022-07-14')`,
  );
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const rows = '[{"code":"P1-1","category":"done"}]';
  const body = `{"total":293,"basis":{"rows":{"count":1,"sha256":"${sha256(rows)}"}}}`;
  const run = randomUUID();
  await pool.query(
    `insert into report_run values ($1, 'P1', '2022-06-30', '2022-07-01', $2, $3, 'test', '2022-07-01')`,
    [run, body, sha256(body)],
  );
  await pool.query('insert into report_run_rows values ($1, $2, $3)', [run, rows, sha256(rows)]);
}

/** As the aggregation worker does: days instead of single changes. */
export const foldDeltas = (pool: pg.Pool) =>
  pool.query(`with taken as (delete from delta returning *)
    insert into daily_tally select programme, unit, effective_on, category, sum(change) from (
      select programme, unit, effective_on, category_to as category, 1 as change from taken
      union all select programme, unit, effective_on, category_from, -1 from taken where category_from is not null) c
    group by 1, 2, 3, 4
    on conflict (programme, day, unit, category) do update set change = daily_tally.change + excluded.change`);

/** As the notice worker does for one event: a row and a mail for the head of the unit instead of the notice. */
async function tell(pool: pg.Pool): Promise<void> {
  const mail = randomUUID();
  await pool.query(`delete from intention where ${ofTask('P1-OPEN')} and kind = 'notify' and payload ->> 'seq' = '4'`);
  await pool.query(
    `insert into mail values ($1, $2, 'digest/2022-06-03', 'a@example.org', 's', 'b', '2022-06-03', '2022-06-03')`,
    [mail, head.id],
  );
  await pool.query(
    `insert into notification (account_id, task_id, event_seq, kind, urgency, created_at, mail_id)
     select $1, id, 4, 'timer', 'digest', '2022-06-02', $2 from task where code = 'P1-OPEN'`,
    [head.id, mail],
  );
}
