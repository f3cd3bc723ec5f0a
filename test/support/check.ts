// Judges a database after faults: what clients were told and what the rules demand against what is stored, in three
// words. Lost: it should be there and is not. Duplicated: it is there more than once. Unexpected: nothing explains it.

import type pg from 'pg';
import type { LoadedTask, TaskStore } from '../../src/application/ports.ts';
import { chainHash, chainStart } from '../../src/application/tasks/chain.ts';
import { dayOf } from '../../src/domain/schedule/civil-date.ts';
import { ladderOf, occurrence, owedTimers, rulesOf } from '../../src/domain/schedule/owed-timers.ts';
import { audienceOf } from '../../src/domain/workflow/audience.ts';
import { evolve } from '../../src/domain/workflow/evolve.ts';
import type { Task, TaskEvent, TimerFired } from '../../src/domain/workflow/task.ts';

export interface Violation {
  readonly kind: 'lost' | 'duplicated' | 'unexpected';
  readonly what: string;
}

/** What the clients remember of one run. */
export class ClientHistory {
  readonly sent = new Set<string>();
  readonly acknowledged = new Map<string, { readonly taskId: string; readonly version: number }>();
  readonly refused = new Map<string, number>();
}

export interface Check {
  readonly pool: pg.Pool;
  readonly store: Pick<TaskStore, 'load'>;
  /** The present, by a clock that the program under test cannot have moved. */
  readonly now: Date;
  /** Absent: nobody kept a record of the commands. */
  readonly history?: ClientHistory;
}

/** Expects a system at rest: everything due has been done. Empty when all holds. */
export const check = async ({ pool, store, now, history }: Check): Promise<readonly Violation[]> => {
  const found = new Findings();
  const { rows: events } = await pool.query<EventRow>('select * from task_event order by task_id, seq');
  const { rows: tasks } = await pool.query<{ id: string }>('select id from task');
  const { rows: timers } = await pool.query<TimerRow>(
    'select task_id, rule, occurrence, anchor, due_at from intention where rule is not null',
  );
  const { rows: notices } = await pool.query<NoticeRow>(
    `select task_id, (payload->>'seq')::integer as seq, count(*)::integer as waiting, 0 as given
       from intention where kind = 'notify' group by 1, 2
     union all select task_id, event_seq, 0, count(*)::integer from notification group by 1, 2`,
  );
  const loaded = await store.load(tasks.map(({ id }) => id));
  const eventsOf = grouped(events, ({ task_id }) => task_id);
  const timersOf = grouped(timers, ({ task_id }) => task_id);
  const noticesOf = grouped(notices, ({ task_id }) => task_id);
  const expected = new Tally();
  for (const [id, task] of loaded) {
    const history = eventsOf.get(id) ?? [];
    checkTask(task, history, now, found, expected);
    checkTimers(task, timersOf.get(id) ?? [], now, found);
    checkNotices(history, noticesOf.get(id) ?? [], found);
  }
  for (const id of eventsOf.keys()) if (!loaded.has(id)) found.add('unexpected', `events of no task ${id}`);
  if (history) checkCommands(events, history, found);
  await checkTallies(pool, expected, found);
  return found.all;
};

class Findings {
  readonly all: Violation[] = [];
  add(kind: Violation['kind'], what: string): void {
    this.all.push({ kind, what });
  }
}

interface EventRow {
  readonly task_id: string;
  readonly seq: number;
  readonly type: TaskEvent['type'];
  readonly actor: string | null;
  readonly capacity: string;
  readonly effective_at: Date;
  readonly recorded_at: Date;
  readonly cause: string;
  readonly payload: unknown;
  readonly prev_hash: string;
  readonly hash: string;
}
interface TimerRow {
  readonly task_id: string;
  readonly rule: string;
  readonly occurrence: number;
  readonly anchor: string;
  readonly due_at: Date;
}
interface NoticeRow {
  readonly task_id: string;
  readonly seq: number;
  readonly waiting: number;
  readonly given: number;
}

const eventOf = (row: EventRow): TaskEvent =>
  ({
    taskId: row.task_id,
    seq: row.seq,
    type: row.type,
    actor: row.actor,
    capacity: row.capacity,
    effectiveAt: row.effective_at.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
    payload: row.payload,
  }) as TaskEvent;

/** Replays the history beside its chain and compares the end with the row. */
const checkTask = (loaded: LoadedTask, rows: readonly EventRow[], now: Date, found: Findings, tally: Tally): void => {
  const levels = new Levels(loaded.task.code, found);
  let task: Task | null = null;
  let head = chainStart;
  for (const row of rows) {
    const event = eventOf(row);
    const name = `${loaded.task.code} event ${event.seq}`;
    if (row.prev_hash !== head || row.hash !== chainHash(head, event))
      found.add('unexpected', `${name} breaks the chain`);
    if (event.type === 'task.timer_fired') checkFiring(event, task, loaded, now, name, found);
    levels.note(event);
    const before: Task | null = task;
    try {
      task = evolve(task, event);
    } catch (error) {
      found.add('lost', `${name}: ${String(error)}`);
      return;
    }
    if (before?.category !== task.category)
      tally.move(task, before, dayOf(new Date(event.effectiveAt), loaded.calendar.zone));
    head = row.hash;
  }
  levels.judge();
  if (!same(task, loaded.task)) found.add('unexpected', `${loaded.task.code} is not what its history says`);
  if (head !== loaded.headHash) found.add('unexpected', `${loaded.task.code} does not point at its last event`);
};

/** Not early, not stale, and exactly the moment its ladder names. */
const checkFiring = (
  { payload, recordedAt }: TimerFired,
  task: Task | null,
  { definition, calendar }: LoadedTask,
  now: Date,
  name: string,
  found: Findings,
): void => {
  const { rule: key, k, anchor, dueAt } = payload;
  if (dueAt > recordedAt || dueAt > now.toISOString()) found.add('unexpected', `${name} fired ${key} ${k} early`);
  const rule = task && rulesOf(definition, task).find((candidate) => candidate.key === key);
  const ladder = rule && task && ladderOf(rule, definition, task, calendar);
  if (!ladder || ladder.anchor !== anchor) found.add('unexpected', `${name} fired ${key} ${k}, which was not owed`);
  else if (occurrence(ladder, k)?.dueAt.toISOString() !== dueAt)
    found.add('unexpected', `${name} fired ${key} ${k} for another moment`);
};

/** Which levels of which ladder went out, were recorded as missed, or were dropped by their rule. */
class Levels {
  readonly #settled = new Map<string, number[]>();
  readonly #code: string;
  readonly #found: Findings;
  constructor(code: string, found: Findings) {
    this.#code = code;
    this.#found = found;
  }
  note(event: TaskEvent): void {
    const dropped = event.type === 'task.timer_skipped' && event.payload.reason === 'misfire_skip';
    if (event.type !== 'task.timer_fired' && !dropped) return;
    const { rule, anchor, k } = event.payload;
    const missed = event.type === 'task.timer_fired' ? (event.payload.missed ?? []) : [];
    const name = `${rule} of ${anchor}`;
    this.#settled.set(name, [...(this.#settled.get(name) ?? []), ...missed, k]);
  }
  judge(): void {
    for (const [name, levels] of this.#settled) {
      const distinct = new Set(levels);
      if (distinct.size < levels.length) this.#found.add('duplicated', `${this.#code} fired ${name} twice: ${levels}`);
      if (Math.max(...levels) !== distinct.size)
        this.#found.add('lost', `${this.#code} left out of ${name}: ${levels}`);
    }
  }
}

/** The stored timers are the owed ones, and none of them is overdue. */
const checkTimers = (
  { task, definition, calendar }: LoadedTask,
  rows: readonly TimerRow[],
  now: Date,
  found: Findings,
): void => {
  const stored = new Map(rows.map((row) => [row.rule, row]));
  for (const { rule, k, anchor, dueAt } of owedTimers(definition, task, calendar)) {
    const row = stored.get(rule);
    stored.delete(rule);
    if (!row) found.add('lost', `${task.code} has no timer ${rule} ${k}`);
    else if (row.occurrence !== k || row.anchor !== anchor || row.due_at.getTime() !== dueAt.getTime())
      found.add('unexpected', `${task.code} has timer ${rule} ${row.occurrence}, it owes ${k}`);
    else if (dueAt <= now) found.add('lost', `${task.code} did not fire ${rule} ${k}, due ${dueAt.toISOString()}`);
  }
  for (const { rule } of stored.values())
    found.add('unexpected', `${task.code} keeps timer ${rule}, which it does not owe`);
};

/** One notice for each event that concerns anybody: still to be given, or given. */
const checkNotices = (rows: readonly EventRow[], notices: readonly NoticeRow[], found: Findings): void => {
  const bySeq = grouped(notices, ({ seq }) => seq);
  for (const row of rows) {
    const event = eventOf(row);
    const name = `notice of ${row.task_id} event ${row.seq}`;
    const waiting = (bySeq.get(row.seq) ?? []).reduce((sum, notice) => sum + notice.waiting, 0);
    const given = (bySeq.get(row.seq) ?? []).reduce((sum, notice) => sum + notice.given, 0);
    bySeq.delete(row.seq);
    const wanted = audienceOf(event).to.length > 0;
    if (waiting > 1) found.add('duplicated', name);
    if (wanted && waiting + given === 0) found.add('lost', name);
    if (!wanted && waiting + given > 0) found.add('unexpected', name);
  }
  for (const seq of bySeq.keys()) found.add('unexpected', `notice of an event ${seq} that is not there`);
};

/** What clients were told happened, once; what they never asked for did not. */
const checkCommands = (events: readonly EventRow[], history: ClientHistory, found: Findings): void => {
  const byCause = grouped(
    events.filter(({ cause }) => cause.startsWith('command:')),
    ({ cause }) => cause,
  );
  for (const [cause, rows] of byCause) {
    if (!history.sent.has(cause)) found.add('unexpected', `${cause} was never sent`);
    if (rows.length > 1) found.add('duplicated', `${cause} has ${rows.length} events`);
    if (history.refused.has(cause)) found.add('unexpected', `${cause} was refused and done`);
  }
  for (const [cause, { taskId, version }] of history.acknowledged) {
    const rows = byCause.get(cause) ?? [];
    if (rows.length === 0) found.add('lost', `${cause} was acknowledged`);
    else if (!rows.some((row) => row.task_id === taskId && row.seq === version))
      found.add('unexpected', `${cause} was acknowledged as version ${version} of another change`);
  }
};

/** Changes per unit, day and category. */
class Tally {
  readonly changes = new Map<string, number>();
  move({ programme, leadUnit, category }: Task, before: Task | null, day: string): void {
    this.add(`${programme} ${leadUnit} ${day} ${category}`, 1);
    if (before) this.add(`${programme} ${leadUnit} ${day} ${before.category}`, -1);
  }
  add(key: string, change: number): void {
    this.changes.set(key, (this.changes.get(key) ?? 0) + change);
  }
}

const checkTallies = async (pool: pg.Pool, expected: Tally, found: Findings): Promise<void> => {
  const { rows } = await pool.query<{ key: string; change: number }>(
    `select concat_ws(' ', programme, unit, day, category) as key, sum(change)::integer as change from (
       select programme, unit, day, category, change from daily_tally
       union all select programme, unit, effective_on, category_to, 1 from delta
       union all select programme, unit, effective_on, category_from, -1 from delta where category_from is not null) c
     group by 1`,
  );
  const stored = new Map(rows.map(({ key, change }) => [key, change]));
  for (const key of new Set([...stored.keys(), ...expected.changes.keys()])) {
    const [is, should] = [stored.get(key) ?? 0, expected.changes.get(key) ?? 0];
    if (is !== should) found.add(is < should ? 'lost' : 'duplicated', `tally of ${key}: ${is} instead of ${should}`);
  }
};

/** Equal whatever the order of keys: jsonb keeps another one than the program. */
const same = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => same(a[key as keyof typeof a], b[key as keyof typeof b]));
};

const grouped = <T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> => {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
};
