// The hot write: one prepared statement, which is the transaction, for everything that belongs to changes of tasks.

import type pg from 'pg';
import type { TaskChange } from '../../application/ports.ts';
import { evolve } from '../../domain/workflow/evolve.ts';
import type { Task } from '../../domain/workflow/task.ts';
import { fileLinks, linkParts } from './evidence-links.ts';
import { dayAt, standingOf } from './standing-sql.ts';
import { eventFacets, fixedColumns, fixedValues, livingColumns, livingValues } from './task-rows.ts';
import { standsAt } from './unit-sql.ts';

/** Answers with the ids of the tasks that were written. */
export const commitStatement = (changes: readonly TaskChange[], now: Date): pg.QueryConfig => {
  const links = fileLinks(changes);
  const values = commitValues(changes, now);
  return links.length === 0
    ? { name: 'commit-changes', text: plainCommit, values }
    : {
        name: 'commit-changes-with-files',
        text: commitWithFiles,
        values: [...values, JSON.stringify(links), links.map(({ file_id }) => file_id)],
      };
};

const columnList = (columns: Readonly<Record<string, string>>): string =>
  Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ');
const names = (columns: Readonly<Record<string, string>>, prefix = ''): string =>
  Object.keys(columns)
    .map((name) => `${prefix}${name}`)
    .join(', ');

/**
 * $1 moved tasks, $2 new tasks, $3 events, $4 timers to plan, $5 timers to cancel, $6 notices, $7 deltas,
 * $8 answers to keep, $9 now, $10 ids of the moved tasks: the planner takes any JSON for a hundred rows and would scan whole
 * tables to join it; an array of keys it looks up by index. Rows are locked in the order of their ids, so that two batches cannot deadlock; a row
 * whose seq is no longer the expected one drops out, and everything that belongs to it with it. $11 who was judged and by
 * what standing: whoever's rights are others by now writes nothing. $12 units named anew, $13 by which task.
 */
const commitText = ({ before, condition, after }: Partial<typeof linkParts> = {}): string => `
  with
  judged as (select * from json_to_recordset($11::json) as j(task_id uuid, account uuid, standing text)),
  fallen as materialized (select account, standing from (select distinct account, standing from judged) j
    where j.standing is distinct from ${standingOf('j.account', dayAt('$9'))}),
  -- A lock that a reorganisation waits for, and that waits for one: no work is given to a unit while it is being closed.
  taking as materialized (select code from unit u where u.code = any($12::text[]) and ${standsAt('$9')} order by code for share),
  barred as materialized (
    select task_id from judged join fallen using (account, standing)
    union select n.task_id from json_to_recordset($13::json) as n(task_id uuid, unit text)
      where n.unit not in (select code from taking)),
  ${before ?? ''}
  moving as (select * from json_to_recordset($1::json) as m(id uuid, expected_seq integer, ${columnList(livingColumns)})),
  locked as (select t.id from task t join moving m on m.id = t.id where t.id = any($10::uuid[]) and t.seq = m.expected_seq
      and t.id not in (select task_id from barred) ${condition ?? ''}
    order by t.id for update of t),
  moved as (
    update task t set ${Object.keys(livingColumns)
      .map((name) => `${name} = m.${name}`)
      .join(', ')}
    from moving m join locked using (id) where t.id = m.id and t.id = any($10::uuid[]) returning t.id),
  created as (
    insert into task (${names(fixedColumns)}, ${names(livingColumns)})
    select ${names(fixedColumns)}, ${names(livingColumns)}
    from json_to_recordset($2::json) as n(${columnList(fixedColumns)}, ${columnList(livingColumns)})
    where id not in (select task_id from barred) order by id returning id),
  changed as (select id from moved union all select id from created),
  recorded as (
    insert into task_event (task_id, seq, type, actor, capacity, on_behalf_of, signing, effective_at, recorded_at, cause, payload,
      state, category, submitted_on, due_on, estimate, lead_unit, prev_hash, hash)
    select e.* from json_to_recordset($3::json) as e(task_id uuid, seq integer, type text, actor text, capacity text,
      on_behalf_of text, signing text, effective_at timestamptz, recorded_at timestamptz, cause text, payload jsonb, state text, category text,
      submitted_on date, due_on date, estimate text, lead_unit text, prev_hash text, hash text)
    join changed on changed.id = e.task_id),
  ${after ?? ''}
  cancelled as (
    delete from intention i using json_to_recordset($5::json) as x(task_id uuid, rule text), changed
    where changed.id = x.task_id and i.task_id = x.task_id and i.rule = x.rule and i.task_id = any($10::uuid[])),
  planned as (
    insert into intention (queue, kind, task_id, rule, occurrence, anchor, payload, due_at, ready_at)
    select 'timers', 'fire-timer', p.task_id, p.rule, p.occurrence, p.anchor, '{}', p.due_at, p.due_at
    from json_to_recordset($4::json) as p(task_id uuid, rule text, occurrence integer, anchor text, due_at timestamptz)
    join changed on changed.id = p.task_id
    on conflict (task_id, rule) where rule is not null do update set occurrence = excluded.occurrence,
      anchor = excluded.anchor, due_at = excluded.due_at, ready_at = excluded.ready_at, attempts = 0,
      last_error = null, parked_at = null),
  told as (
    insert into intention (queue, kind, task_id, payload, due_at, ready_at)
    select 'notify', 'notify', n.task_id, json_build_object('seq', n.seq), $9, $9
    from json_to_recordset($6::json) as n(task_id uuid, seq integer) join changed on changed.id = n.task_id),
  counted as (
    insert into delta (task_id, seq, programme, unit, category_from, category_to, effective_on, recorded_at)
    select d.* from json_to_recordset($7::json) as d(task_id uuid, seq integer, programme text, unit text,
      category_from text, category_to text, effective_on date, recorded_at timestamptz)
    join changed on changed.id = d.task_id),
  answered as (
    insert into idempotency (actor, key, body_hash, status, etag, response, recorded_at)
    select a.actor, a.key, a.body_hash, a.status, a.etag, a.response, $9
    from json_to_recordset($8::json) as a(task_id uuid, actor text, key text, body_hash text, status integer,
      etag text, response text) join changed on changed.id = a.task_id)
  select id from changed`;

const plainCommit = commitText();
const commitWithFiles = commitText(linkParts);

const commitValues = (changes: readonly TaskChange[], now: Date): unknown[] => [
  JSON.stringify(changes.filter(({ expectedSeq }) => expectedSeq > 0).map(movedRow)),
  JSON.stringify(changes.filter(({ expectedSeq }) => expectedSeq === 0).map(createdRow)),
  JSON.stringify(changes.flatMap(eventRows)),
  JSON.stringify(
    changes.flatMap(({ next, plan }) =>
      plan.map(({ rule, k, anchor, dueAt }) => ({ task_id: next.id, rule, occurrence: k, anchor, due_at: dueAt })),
    ),
  ),
  JSON.stringify(changes.flatMap(({ next, cancel }) => cancel.map((rule) => ({ task_id: next.id, rule })))),
  JSON.stringify(changes.flatMap(({ next, notify }) => notify.map((seq) => ({ task_id: next.id, seq })))),
  JSON.stringify(changes.flatMap(deltaRows)),
  JSON.stringify(changes.flatMap(answerRows)),
  now,
  changes.filter(({ expectedSeq }) => expectedSeq > 0).map(({ next }) => next.id),
  JSON.stringify(changes.flatMap(({ next, judged }) => (judged ? [{ task_id: next.id, ...judged }] : []))),
  [...new Set(changes.flatMap(({ units }) => units))],
  JSON.stringify(changes.flatMap(({ next, units }) => units.map((unit) => ({ task_id: next.id, unit })))),
];

const movedRow = ({ next, expectedSeq, headHash }: TaskChange) => ({
  id: next.id,
  expected_seq: expectedSeq,
  ...livingValues(next, headHash),
});

const createdRow = ({ next, headHash }: TaskChange) => ({ ...fixedValues(next), ...livingValues(next, headHash) });

const eventRows = ({ before, events }: TaskChange): readonly Record<string, unknown>[] => {
  let task: Task | null = before;
  return events.map(({ event, cause, prevHash, hash }) => {
    task = evolve(task, event);
    return {
      task_id: event.taskId,
      seq: event.seq,
      type: event.type,
      actor: event.actor,
      capacity: event.capacity,
      on_behalf_of: event.onBehalfOf ?? null,
      signing: event.signing ?? null,
      effective_at: event.effectiveAt,
      recorded_at: event.recordedAt,
      cause,
      payload: event.payload,
      ...eventFacets(event, task),
      prev_hash: prevHash,
      hash,
    };
  });
};

const deltaRows = ({ next, deltas }: TaskChange) =>
  deltas.map(({ seq, unit, from, to, effectiveOn }) => ({
    task_id: next.id,
    seq,
    programme: next.programme,
    unit,
    category_from: from,
    category_to: to,
    effective_on: effectiveOn,
    recorded_at: next.recordedAt,
  }));

const answerRows = ({ next, idempotency }: TaskChange) => {
  if (!idempotency) return [];
  const { actor, key, bodyHash, status, etag, response } = idempotency;
  return [{ task_id: next.id, actor, key, body_hash: bodyHash, status, etag, response }];
};
