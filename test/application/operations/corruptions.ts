// What somebody with all rights in the database could do, and what the verification has to say to it.

import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { chainHash } from '../../../src/application/tasks/chain.ts';
import type { TaskEvent } from '../../../src/domain/workflow/task.ts';
import { focal, head, office, ofTask } from './history.ts';

export interface Corruption {
  readonly name: string;
  readonly corrupt: (db: pg.PoolClient) => Promise<unknown>;
  /** Beginnings of what must be among the findings. */
  readonly finds: readonly string[];
  /** The day of looking, where it matters. */
  readonly at?: string;
}

export const sql =
  (...statements: readonly string[]) =>
  async (db: pg.PoolClient): Promise<void> => {
    for (const statement of statements) {
      const { rowCount, command } = await db.query(statement);
      // A corruption that corrupts nothing would be found by nobody.
      if (rowCount === 0 && !/^(ALTER|DROP|SET)/.test(command)) throw new Error(`Changed nothing: ${statement}`);
    }
  };

export async function readEvents(
  db: pg.PoolClient,
  code: string,
): Promise<readonly { event: TaskEvent; prevHash: string }[]> {
  const { rows } = await db.query(
    `select e.* from task_event e join task t on t.id = e.task_id where t.code = $1 order by e.seq`,
    [code],
  );
  return rows.map((row) => ({
    prevHash: row.prev_hash,
    event: {
      taskId: row.task_id,
      seq: row.seq,
      type: row.type,
      actor: row.actor,
      capacity: row.capacity,
      effectiveAt: row.effective_at.toISOString(),
      recordedAt: row.recorded_at.toISOString(),
      payload: row.payload,
    } as TaskEvent,
  }));
}

async function rehash(
  db: pg.PoolClient,
  code: string,
  seq: number,
  edit: (payload: TaskEvent['payload']) => object,
): Promise<void> {
  const stored = (await readEvents(db, code))[seq - 1];
  if (!stored) throw new Error(`There is no event ${seq}.`);
  const event = { ...stored.event, payload: edit(stored.event.payload) } as TaskEvent;
  await db.query('update task_event set payload = $3, hash = $4 where task_id = $1 and seq = $2', [
    event.taskId,
    seq,
    JSON.stringify(event.payload),
    chainHash(stored.prevHash, event),
  ]);
}

/** Somebody who knows the format rewrites a whole history so that all its hashes fit. */
export async function rechain(db: pg.PoolClient, code: string, edit: (event: TaskEvent) => TaskEvent): Promise<void> {
  let last = '0'.repeat(64);
  for (const { event } of await readEvents(db, code)) {
    const edited = edit(event);
    const hash = chainHash(last, edited);
    await db.query(
      `update task_event set actor = $3, capacity = $4, effective_at = $5, payload = $6, prev_hash = $7, hash = $8
       where task_id = $1 and seq = $2`,
      [
        edited.taskId,
        edited.seq,
        edited.actor,
        edited.capacity,
        edited.effectiveAt,
        JSON.stringify(edited.payload),
        last,
        hash,
      ],
    );
    last = hash;
  }
  await db.query('update task set head_hash = $2 where code = $1', [code, last]);
}

const event = (code: string, seq: number) => `${ofTask(code, 'task_id')} and seq = ${seq}`;
const aDay = `{"transition": "acknowledge", "from": "in_progress", "to": "in_progress"}`;

export const corruptions: readonly Corruption[] = [
  {
    name: 'a command answered and never recorded',
    corrupt: sql(`insert into idempotency select actor, 'never', body_hash, status, '"v99"',
        replace(response, '"version":2', '"version":99'), recorded_at from idempotency where response like '%"version":2,%' limit 1`),
    finds: ['I1 answer to'],
  },
  {
    name: 'a command that was recorded under another number than it was answered with',
    corrupt: sql(`update idempotency set etag = '"v3"', response = replace(response, '"version":2', '"version":3')
        where response like '%"version":2,%' and response like '%P1-WAIT%'`),
    finds: ['I1 answer to'],
  },
  {
    name: 'one command that changed two tasks',
    corrupt: sql(
      `update task_event set cause = (select cause from task_event where ${event('P1-OPEN', 2)}) where ${event('P1-LATE', 2)}`,
    ),
    finds: ['I1 answer to'],
  },
  {
    name: 'a cause that comes twice',
    corrupt: sql(
      'drop index task_event_cause_key',
      `update task_event set cause = (select cause from task_event where ${event('P1-DONE', 3)}) where ${event('P1-DONE', 4)}`,
    ),
    finds: ['I1 task P1-DONE event 4 has the cause of event 3'],
  },
  {
    name: 'a cause that names another actor',
    corrupt: sql(`update task_event set cause = 'command:somebody:1' where ${event('P1-DONE', 3)}`),
    finds: ['I1 task P1-DONE event 3'],
  },
  {
    name: 'an edited payload',
    corrupt: sql(`update task_event set payload = payload || '{"reason": "Khác"}' where ${event('P1-DONE', 5)}`),
    finds: ['I4 task P1-DONE event 5 has another content'],
  },
  {
    name: 'an edited actor',
    corrupt: sql(`update task_event set actor = '${office.id}' where ${event('P1-DONE', 2)}`),
    finds: ['I4 task P1-DONE event 2 has another content', 'I1 task P1-DONE event 2'],
  },
  {
    name: 'an edited time',
    corrupt: sql(
      `update task_event set effective_at = effective_at - interval '1 millisecond' where ${event('P1-OPEN', 2)}`,
    ),
    finds: ['I4 task P1-OPEN event 2 has another content'],
  },
  {
    name: 'an event edited with its own hash computed again',
    corrupt: (db) => rehash(db, 'P1-DONE', 5, (payload) => ({ ...payload, reason: 'Khác' })),
    finds: ['I4 task P1-DONE event 6 does not carry the hash'],
  },
  {
    name: 'a last event edited with its own hash computed again',
    corrupt: (db) => rehash(db, 'P1-DONE', 7, (payload) => ({ ...payload, reason: 'Khác' })),
    finds: ['I3 task P1-DONE does not carry the hash of its last event'],
  },
  {
    name: 'a deleted middle event',
    corrupt: sql(`delete from task_event where ${event('P1-DONE', 3)}`),
    finds: ['I2 task P1-DONE has no event 3', 'I3 task P1-DONE event 4 cannot be replayed', 'I4 task P1-DONE event 4'],
  },
  {
    name: 'a deleted last event',
    corrupt: sql(`delete from task_event where ${event('P1-DONE', 7)}`),
    finds: ['I1 answer to', 'I2 task P1-DONE counts 7 events', 'I3 task P1-DONE has state'],
  },
  {
    name: 'a deleted history',
    corrupt: sql(`delete from task_event where ${ofTask('P1-WAIT', 'task_id')}`),
    finds: ['I2 task P1-WAIT', 'I3 task P1-WAIT has no history', 'I12 tally P1 SNV'],
  },
  {
    name: 'a deleted task',
    corrupt: sql(`delete from task where code = 'P1-WAIT'`),
    finds: ['I2 task ', 'I12 tally P1 SNV awaiting_appraisal says 1, there are 0'].filter(
      (line) => line !== 'I7 intention ',
    ),
  },
  {
    name: 'a whole task deleted with its history',
    corrupt: sql(
      `delete from task_event where ${ofTask('P1-WAIT', 'task_id')}`,
      `delete from task where code = 'P1-WAIT'`,
    ),
    finds: ['I1 answer to', 'I12 tally P1 SNV awaiting_appraisal says 1, there are 0'],
  },
  {
    name: 'a forged event at the end',
    corrupt:
      sql(`insert into task_event select task_id, 5, type, actor, capacity, effective_at, recorded_at, 'command:' || actor || ':forged',
        payload || '${aDay}', state, category, submitted_on, due_on, estimate, hash, repeat('f', 64)
        from task_event where ${event('P1-LATE', 2)}`),
    finds: ['I2 task P1-LATE', 'I4 task P1-LATE event 5'],
  },
  {
    name: 'events that changed places',
    corrupt: sql(
      `update task_event set seq = 90 where ${event('P1-DONE', 2)}`,
      `update task_event set seq = 2 where ${event('P1-DONE', 3)}`,
      `update task_event set seq = 3 where ${event('P1-DONE', 90)}`,
    ),
    finds: ['I4 task P1-DONE event 2', 'I4 task P1-DONE event 3'],
  },
  {
    name: 'an event of a task that is not there',
    corrupt: sql(`update task_event set task_id = '00000000-0000-0000-0000-000000000000' where ${event('P1-LATE', 2)}`),
    finds: ['I2 task 00000000-0000-0000-0000-000000000000 event 2', 'I2 task P1-LATE'],
  },
  ...[
    ['state', `'done'`],
    ['category', `'done'`],
    ['due_on', `'2030-01-01'`],
    ['due_original_on', 'null'],
    ['submitted_on', `'2022-01-01'`],
    ['evidence_by', `'[]'`],
    ['progress', '99'],
    ['version', 'version + 1'],
    ['returns', '7'],
    ['title', `'Khác'`],
    ['recorded_at', `recorded_at + interval '1 millisecond'`],
    ['fired', `'{"due": {"k": 9, "anchor": "x"}}'`],
    ['head_hash', `repeat('0', 64)`],
    ['search', `''`],
  ].map(([column, value]) => ({
    name: `a changed column ${column} of a task`,
    corrupt: sql(`update task set ${column} = ${value} where code = 'P1-WAIT'`),
    finds: ['I3 task P1-WAIT'],
  })),
  ...[
    ['state', `'done'`],
    ['category', `'done'`],
    ['submitted_on', `'2022-01-01'`],
  ].map(([column, value]) => ({
    name: `a changed column ${column} of an event`,
    corrupt: sql(`update task_event set ${column} = ${value} where ${event('P1-WAIT', 3)}`),
    finds: ['I4 task P1-WAIT event 3'],
  })),
  {
    name: 'a changed column due_on of a deadline decision',
    corrupt: sql(`update task_event set due_on = '2022-01-01' where ${event('P1-OPEN', 3)}`),
    finds: ['I4 task P1-OPEN event 3 has "2022-01-01" in column due_on'],
  },
  {
    name: 'a changed column estimate of a report',
    corrupt: sql(`update task_event set estimate = null where ${event('P1-DONE', 3)}`),
    finds: ['I4 task P1-DONE event 3'],
  },
  {
    name: 'an edited body of a published definition',
    corrupt: sql(`update workflow_definition set body = jsonb_set(body, '{timers}', '[]')`),
    finds: ['I5 workflow simple v1 has another body', 'I7 task P1-OPEN timer due is stored and not owed'],
  },
  {
    name: 'a changed hash of a published definition',
    corrupt: sql(`update workflow_definition set sha256 = repeat('0', 64)`),
    finds: ['I5 workflow simple v1', 'I5 task P1-WAIT is pinned to'],
  },
  {
    name: 'a changed pin',
    corrupt: sql(`update task set definition_sha256 = repeat('0', 64) where code = 'P1-WAIT'`),
    finds: ['I5 task P1-WAIT is pinned to', 'I3 task P1-WAIT has definition'],
  },
  {
    name: 'a task pinned to nothing',
    corrupt: sql(`update task set definition_version = 9 where code = 'P1-WAIT'`),
    finds: ['I5 task P1-WAIT is pinned to simple v9, which is not published'],
  },
  {
    name: 'a move that the definition does not have, although the whole chain was computed again',
    corrupt: (db) =>
      rechain(db, 'P1-WAIT', (each) =>
        each.seq === 3 && each.type === 'task.moved'
          ? {
              ...each,
              payload: { ...each.payload, transition: 'approve', to: 'done', category: 'done', holder: null },
            }
          : each,
      ),
    finds: ['I5 task P1-WAIT event 3 approve from in_progress to done is no transition of simple v1'],
  },
  {
    name: 'a way out of a final state, although the whole chain was computed again',
    corrupt: (db) =>
      rechain(db, 'P1-DONE', (each) =>
        each.seq === 5 && each.type === 'task.moved'
          ? { ...each, payload: { ...each.payload, to: 'not_done', category: 'not_done', holder: null } }
          : each,
      ),
    finds: ['I5 task P1-DONE event 5', 'I4 task P1-DONE event 6 leaves in_progress'],
  },
  {
    name: 'an appraiser who had submitted the work, although the whole chain was computed again',
    corrupt: (db) => rechain(db, 'P1-DONE', (each) => (each.seq === 7 ? { ...each, actor: focal.id } : each)),
    finds: [`I6 task P1-DONE event 7 was appraised by ${focal.id}, who had submitted it`],
  },
  {
    name: 'a decision that nobody took, although the whole chain was computed again',
    corrupt: (db) => rechain(db, 'P1-DONE', (each) => (each.seq === 7 ? { ...each, actor: null } : each)),
    finds: ['I6 task P1-DONE event 7 is a decision that nobody took'],
  },
  {
    name: 'a capacity that the definition does not allow, although the whole chain was computed again',
    corrupt: (db) => rechain(db, 'P1-DONE', (each) => (each.seq === 7 ? { ...each, capacity: 'office' } : each)),
    finds: ['I6 task P1-DONE event 7 was done as office'],
  },
  {
    name: 'a lost timer',
    corrupt: sql(`delete from intention where ${ofTask('P1-OPEN')} and rule = 'due'`),
    finds: ['I7 task P1-OPEN timer due is owed and not stored'],
  },
  {
    name: 'a stray timer on a task that has ended',
    corrupt: sql(`insert into intention (queue, kind, task_id, rule, occurrence, anchor, payload, due_at, ready_at)
        select 'timers', 'fire-timer', id, 'due', 1, 'due:2022-12-31', '{}', '2022-12-24T01:00:00Z', '2022-12-24T01:00:00Z'
        from task where code = 'P1-DONE'`),
    finds: ['I7 task P1-DONE timer due is stored and not owed: the task has ended in done'],
  },
  {
    name: 'a timer of a rule that the definition does not have',
    corrupt: sql(`update intention set rule = 'other' where ${ofTask('P1-LATE')} and rule = 'due'`),
    finds: ['I7 task P1-LATE timer other is stored and not owed', 'I7 task P1-LATE timer due is owed and not stored'],
  },
  ...['occurrence = occurrence + 1', `anchor = 'due:2022-05-31'`, `due_at = due_at + interval '1 minute'`].map(
    (change) => ({
      name: `a timer with ${change}`,
      corrupt: sql(`update intention set ${change} where ${ofTask('P1-LATE')} and rule = 'due'`),
      finds: ['I7 task P1-LATE timer due is stored as'],
    }),
  ),
  {
    name: 'a timer left lying by a running worker',
    corrupt: sql(`insert into worker values ('${randomUUID()}', 'w', '[]', '2022-07-01', '2022-08-30')`),
    finds: ['I7 task P1-OPEN timer due was due at'],
    at: '2022-08-30',
  },
  {
    name: 'a level that fired twice',
    corrupt:
      sql(`insert into task_event select task_id, 99, type, actor, capacity, effective_at, recorded_at, cause || '-again',
        payload, state, category, submitted_on, due_on, estimate, prev_hash, hash
        from task_event where ${event('P1-OPEN', 4)}`),
    finds: ['I8 task P1-OPEN event 99 fires level 2 of due again, after event 4', 'I2 task P1-OPEN'],
  },
  {
    name: 'a fired timer of which nobody was told',
    corrupt: sql(`delete from intention where ${ofTask('P1-OPEN')} and kind = 'notify' and payload ->> 'seq' = '5'`),
    finds: ['I8 task P1-OPEN event 5 fired a timer of which nobody was told'],
  },
  {
    name: 'a notice that waits twice',
    corrupt: sql(`insert into intention (queue, kind, task_id, payload, due_at, ready_at)
        select queue, kind, task_id, payload, due_at, ready_at from intention where ${ofTask('P1-OPEN')} and payload ->> 'seq' = '5'`),
    finds: ['I8 task P1-OPEN event 5 has 2 notices waiting'],
  },
  {
    name: 'a notice that waits although people were told',
    corrupt: sql(`insert into intention (queue, kind, task_id, payload, due_at, ready_at)
        select 'notify', 'notify', id, '{"seq": 4}', '2022-07-15', '2022-07-15' from task where code = 'P1-OPEN'`),
    finds: ['I8 task P1-OPEN event 4 has a notice waiting'],
  },
  {
    name: 'a notice of an event that does not exist',
    corrupt: sql(
      `update intention set payload = '{"seq": "x"}' where ${ofTask('P1-OPEN')} and payload ->> 'seq' = '5'`,
    ),
    finds: ['I8 intention', 'I8 task P1-OPEN event 5'],
  },
  {
    name: 'a notification of an event that does not exist',
    corrupt: sql(`update notification set event_seq = 50 where account_id = '${head.id}'`),
    finds: ['I8 notification'],
  },
  {
    name: 'a timer that fired early, although the whole chain was computed again',
    corrupt: (db) =>
      rechain(db, 'P1-OPEN', (each) =>
        each.type === 'task.timer_fired' && each.payload.k === 2
          ? { ...each, payload: { ...each.payload, dueAt: '2022-06-03T01:00:00.000Z' } }
          : each,
      ),
    finds: ['I9 task P1-OPEN event 4 fired at'],
  },
  {
    name: 'a timer that fired for a rule the task did not owe, although the whole chain was computed again',
    corrupt: (db) =>
      rechain(db, 'P1-OPEN', (each) =>
        each.type === 'task.timer_fired'
          ? ({ ...each, payload: { ...each.payload, rule: 'unknown' } } as TaskEvent)
          : each,
      ),
    finds: ['I9 task P1-OPEN event 4 fired unknown'],
  },
  {
    name: 'a timer that fired on a task that had ended, although the whole chain was computed again',
    corrupt: async (db) => {
      await db.query(`insert into task_event select (select id from task where code = 'P1-STOPPED'), 3, type, actor, capacity,
          '2022-07-01', '2022-07-01', cause, payload, state, category, submitted_on, due_on, estimate, prev_hash, hash
          from task_event where ${event('P1-OPEN', 4)}`);
      await rechain(db, 'P1-STOPPED', (each) => each);
    },
    finds: ['I9 task P1-STOPPED event 3 fired on a task that had ended in stopped'],
  },
  {
    name: 'an entry that takes effect before the one before it, although the whole chain was computed again',
    corrupt: (db) =>
      rechain(db, 'P1-DONE', (each) => (each.seq === 5 ? { ...each, effectiveAt: '2022-01-11T00:00:00.000Z' } : each)),
    finds: ['I9 task P1-DONE event 5 takes effect at'],
  },
  {
    name: 'a run that is there twice',
    corrupt: sql(
      'alter table schedule_run drop constraint schedule_run_pkey',
      'insert into schedule_run select * from schedule_run',
    ),
    finds: ['I10 run aggregation'],
  },
  {
    name: 'a run that never ends',
    corrupt: sql(
      `update schedule_run set outcome = 'running', finished_at = null`,
      `insert into worker values ('${randomUUID()}', 'w', '[]', '2022-07-01', '2022-07-15')`,
    ),
    finds: ['I10 run aggregation'],
  },
  {
    name: 'a notice left lying by a running worker',
    corrupt: sql(`insert into worker values ('${randomUUID()}', 'w', '[]', '2022-01-01', '2022-07-15')`),
    finds: ['I11 intention'],
  },
  {
    name: 'a mail that was sent and tells of nothing',
    corrupt: sql('update notification set mail_id = null'),
    finds: ['I11 mail'],
  },
  {
    name: 'a notification in a mail that does not exist',
    corrupt: sql('delete from mail'),
    finds: ['I11 notification'],
  },
  {
    name: 'an open task led by a unit that does not exist',
    corrupt: sql(`update task set lead_unit = 'NONE' where code = 'P1-OPEN'`),
    finds: ['I12 task P1-OPEN is led by NONE', 'I3 task P1-OPEN has leadUnit'].map((line) =>
      line.replace('is led', 'is led'),
    ),
  },
  {
    name: 'an open task led by a unit that is no more',
    corrupt: sql(`update unit set valid_to = '2022-07-15' where code = 'SNV'`),
    finds: ['I12 task P1-OPEN is open and led by SNV'],
  },
  {
    name: 'an open task appraised by a unit that is no more',
    corrupt: sql(`update unit set valid_to = '2022-07-15' where code = 'STTTT'`),
    finds: ['I12 task P1-OPEN is open and to be appraised by STTTT'],
  },
  {
    name: 'a unit that was renamed without an act',
    corrupt: sql(`update unit set name = 'Another' where code = 'SNV'`),
    finds: ['I12 unit SNV is another than its latest version says'],
  },
  {
    name: 'an edited version of a unit',
    corrupt: sql(`update unit_version set bloc = 'x' where unit = 'SNV'`),
    finds: ['I12 unit SNV is another than its latest version says'],
  },
  {
    name: 'a changed column lead_unit of an assignment',
    corrupt: sql(`update task_event set lead_unit = 'SKHDT' where ${event('P1-OPEN', 1)}`),
    finds: ['I4 task P1-OPEN event 1 has "SKHDT" in column lead_unit', 'I12 tally P1 SKHDT'],
  },
  {
    name: 'a tally that is off by one',
    corrupt: sql(`update daily_tally set change = change + 1 where category = 'assigned' and change > 0`),
    finds: ['I12 tally P1 SNV assigned says 2, there are 1', 'I12 tally P1 SNV assigned 2022-01-10'],
  },
  {
    name: 'a tally on the wrong day',
    corrupt: sql(`update daily_tally set day = day + 1 where category = 'in_progress' and day = '2022-01-12'`),
    finds: ['I12 tally P1 SNV in_progress 2022-01-12', 'I12 tally P1 SNV in_progress 2022-01-13'],
  },
  {
    name: 'a lost delta',
    corrupt: sql('delete from delta where id = (select min(id) from delta)'),
    finds: ['I12 tally P1 SNV'],
  },
  {
    name: 'an edited body of a frozen report',
    corrupt: sql(`update report_run set body = replace(body, '293', '294')`),
    finds: ['I12 report'],
  },
  {
    name: 'a task rewritten behind frozen figures',
    corrupt: sql(`update report_run_rows set rows = replace(rows, 'done', 'not_done')`),
    finds: ['I12 report'],
  },
  {
    name: 'tasks rewritten behind frozen figures, with their hash',
    corrupt: sql(`update report_run_rows set rows = '[]', sha256 = encode(sha256(convert_to('[]', 'UTF8')), 'hex')`),
    finds: ['I12 report'],
  },
];
