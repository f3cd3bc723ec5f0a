// Commitments from a spreadsheet. First all rows are judged, then all are written in one transaction, or none;
// `partial` must be asked for. Doing the same file again changes nothing: a code is assigned once.

import { createHash } from 'node:crypto';
import { v7 as uuid, v5 as uuidFrom } from 'uuid';
import type { Actor } from '../../domain/organisation/actor.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Due } from '../../domain/schedule/due.ts';
import { decide } from '../../domain/workflow/decide.ts';
import type { AssignTask } from '../../domain/workflow/task.ts';
import { entryOf } from '../audit/entry.ts';
import type { Log } from '../log.ts';
import { permit } from '../permit.ts';
import type { AuditLog, Clock, TaskChange, TaskStore } from '../ports.ts';
import { type AssignRequest, assignmentOf, groundOf, noAppraisal } from '../tasks/apply.ts';
import { type CommitmentRow, parseCommitmentRows } from './commitment-rows.ts';
import { clashOf, type ImportProblem, isTaken, refusedImport, refusedRow } from './import-problems.ts';
import type { Sheet } from './sheet.ts';
import { endedAmong, type NamedUnit, unitFinder } from './unit-finder.ts';

export type ImportMode = 'all' | 'partial';

export interface ImportRun {
  readonly id: string;
  readonly programme: string;
  readonly mode: ImportMode;
  readonly status: 'waiting' | 'running' | 'done' | 'refused' | 'failed';
  readonly total: number;
  readonly processed: number;
  readonly created: number;
  readonly unchanged: number;
  readonly problems: readonly ImportProblem[];
  readonly fileSha256: string;
  readonly actor: string;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** What a code stands for already. */
export interface ExistingTask {
  readonly code: string;
  readonly programme: string;
  readonly leadUnit: string;
  /** Who has the lead unit's work today. */
  readonly heir: string;
  readonly title: string;
  /** Cause of its first event: tells whether this very import created it. */
  readonly cause: string;
}

export interface WaitingImport {
  readonly intentionId: string;
  readonly run: ImportRun;
  readonly file: Uint8Array;
}

export interface ImportStore {
  /** By their names of the day. */
  units(now: Date): Promise<readonly NamedUnit[]>;
  /** The deadline of rows whose file has no column for it. @throws Refusal programme.not_found */
  defaultDue(programme: string): Promise<Due | undefined>;
  existing(codes: readonly string[]): Promise<ReadonlyMap<string, ExistingTask>>;
  /** Stores a run with its file and plans its job, in one transaction. False when the id is taken. */
  plan(run: ImportRun, file: Uint8Array): Promise<boolean>;
  find(id: string): Promise<ImportRun | undefined>;
  /** Runs among these intentions that still wait, with their files. */
  waiting(intentionIds: readonly string[]): Promise<readonly WaitingImport[]>;
  /** Counts a failed attempt; after the last the run is failed and waits for an operator. */
  failed(intentionId: string, id: string, error: string, now: Date): Promise<void>;
  /** Tells people how far it is; outside the transaction of the import. */
  progress(id: string, processed: number, total: number): Promise<void>;
  /** Runs the writing in one transaction together with the end of the run, or not at all. */
  finish(
    intentionId: string,
    id: string,
    write: (
      store: TaskStore,
    ) => Promise<Pick<ImportRun, 'status' | 'created' | 'unchanged' | 'problems' | 'processed' | 'total'>>,
    now: Date,
  ): Promise<void>;
}

export type ReadSheet = (bytes: Uint8Array) => Promise<Sheet>;

export interface ImportPreview {
  readonly programme: string;
  readonly counts: {
    readonly read: number;
    readonly create: number;
    readonly unchanged: number;
    readonly invalid: number;
    readonly superseded: number;
  };
  readonly ignoredColumns: readonly string[];
  readonly problems: readonly ImportProblem[];
}

interface Judged {
  readonly preview: ImportPreview;
  readonly rows: readonly CommitmentRow[];
}

const batchSize = 500;
const namespace = '6f1c52c8-6a57-4d7b-9a3c-2f9b6f0c1d58';

/** Problems a refusal tells; the counts say how many there are. */
const mostProblemsTold = 500;

export const importCommitments = (
  imports: ImportStore,
  tasks: Pick<TaskStore, 'ground' | 'unitLine'>,
  readSheet: ReadSheet,
  clock: Clock,
  log: Log,
  audit: AuditLog,
) => {
  /** Reads and judges a file; stores nothing. @throws Refusal permission.denied, import.unreadable, import.too_large, programme.not_found */
  const preview = async (file: Uint8Array, programme: string, actor: Actor): Promise<Judged> => {
    permit(actor, 'task.import', { kind: 'programme', programme });
    const defaultDue = await imports.defaultDue(programme);
    const sheet = await readSheet(file);
    const units = await imports.units(clock.now());
    const context = { programme, findUnit: unitFinder(units), ended: endedAmong(units) };
    const parsed = parseCommitmentRows(sheet.rows, context);
    const existing = await imports.existing(parsed.rows.map(({ code }) => code));
    const clashes = parsed.rows.flatMap((row) => clashOf(row, programme, existing.get(row.code)));
    const fresh = parsed.rows.filter(({ code }) => !existing.has(code));
    const refused = await refusals(tasks, fresh, { actor, programme, defaultDue }, clock.now());
    const own = [...clashes, ...refused];
    const bad = new Set(own.filter(({ severity }) => severity === 'error').map(({ row }) => row));
    const rows = parsed.rows.filter(({ rowNumber }) => !bad.has(rowNumber));
    const unchanged = rows.filter(({ code }) => existing.has(code)).length;
    return {
      rows,
      preview: {
        programme,
        counts: {
          read: parsed.counts.read,
          create: rows.length - unchanged,
          unchanged,
          invalid: parsed.counts.invalid + bad.size,
          superseded: parsed.counts.superseded,
        },
        ignoredColumns: parsed.ignoredColumns,
        problems: [...parsed.problems, ...own].sort((a, b) => a.row - b.row),
      },
    };
  };

  /** @throws Refusal when the rules refuse the writing; nothing was written */
  const write = async (
    { intentionId, run, file }: { readonly intentionId: string; readonly run: ImportRun; readonly file: Uint8Array },
    actor: Actor,
  ): Promise<void> => {
    // Judged again: what was accepted an hour ago may clash now.
    const { preview: judged, rows } = await preview(file, run.programme, actor);
    const { problems } = judged;
    const total = rows.length;
    if (run.mode === 'all' && judged.counts.invalid > 0) {
      await imports.finish(intentionId, run.id, async () => refusedRun(total, problems), clock.now());
      return;
    }
    await imports.finish(
      intentionId,
      run.id,
      async (tx) => {
        const written = await writeRows(imports, tx, run, rows, actor, clock.now());
        return { status: 'done', ...written, processed: total, total, problems };
      },
      clock.now(),
    );
  };

  return {
    preview: async (file: Uint8Array, programme: string, actor: Actor): Promise<ImportPreview> =>
      (await preview(file, programme, actor)).preview,

    /**
     * Accepts a file for import; the work is done by a worker and can be followed under the run's id.
     * @throws Refusal import.rows_invalid with every problem when all-or-nothing cannot be; idempotency_key.reused
     */
    async start(
      {
        file,
        programme,
        mode,
        key,
      }: { readonly file: Uint8Array; readonly programme: string; readonly mode: ImportMode; readonly key: string },
      actor: Actor,
    ): Promise<ImportRun> {
      permit(actor, 'task.import', { kind: 'programme', programme });
      const id = uuidFrom(`${actor.id}/${key}`, namespace);
      const fileSha256 = createHash('sha256').update(file).digest('hex');
      const earlier = await imports.find(id);
      if (earlier) return sameRun(earlier, fileSha256, programme, mode, key);
      const { preview: judged, rows } = await preview(file, programme, actor);
      if (mode === 'all' && judged.counts.invalid > 0)
        throw new Refusal('import.rows_invalid', { counts: judged.counts, problems: told(judged.problems) });
      const run: ImportRun = {
        id,
        programme,
        mode,
        status: 'waiting',
        total: rows.length,
        processed: 0,
        created: 0,
        unchanged: 0,
        problems: judged.problems,
        fileSha256,
        actor: actor.id,
        createdAt: clock.now(),
        finishedAt: null,
      };
      if (await imports.plan(run, file)) {
        const detail = { programme, mode, rows: rows.length, fileSha256 };
        await audit.record(entryOf(clock, { actor, action: 'import.started', object: `import ${id}`, detail }));
        return run;
      }
      return sameRun((await imports.find(id)) as ImportRun, fileSha256, programme, mode, key);
    },

    /** @throws Refusal import.not_found */
    async find(id: string): Promise<ImportRun> {
      const run = await imports.find(id);
      if (!run) throw new Refusal('import.not_found', { import: id });
      return run;
    },

    /** Does the imports named by these intentions; one that was done meanwhile is not done again, one that fails holds up no other. */
    run:
      (actorOf: (id: string, now: Date) => Promise<Actor | undefined>) =>
      async (intentionIds: readonly string[]): Promise<void> => {
        for (const waiting of await imports.waiting(intentionIds)) {
          const { intentionId, run } = waiting;
          try {
            await writeAgain(async () => {
              // Who asked an hour ago may be allowed no more; and is asked about again when that changes under our hands.
              const actor = await actorOf(run.actor, clock.now());
              if (!actor) throw new Refusal('permission.denied', { action: 'task.import' });
              await write(waiting, actor);
            });
          } catch (error) {
            // What the rules refuse is the answer; asked again every few seconds it would be refused for ever.
            if (!(error instanceof Refusal)) {
              log.error('An import failed.', { import: run.id, error });
              await imports.failed(intentionId, run.id, String(error), clock.now());
              continue;
            }
            const end = refusedRun(run.total, [...run.problems, refusedImport(error)]);
            await imports.finish(intentionId, run.id, async () => end, clock.now());
          }
        }
      },
  };
};
export type ImportCommitments = ReturnType<typeof importCommitments>;

/** The rights of who asked, or a unit, changed between our judging and our writing. */
class Overtaken extends Error {}

/** Somebody may take a code between our judging and our writing; judged again, it shows as a clash. */
const writeAgain = async (write: () => Promise<void>): Promise<void> => {
  for (let tries = 3; ; tries -= 1) {
    try {
      return await write();
    } catch (error) {
      const overtaken = error instanceof Overtaken || (error instanceof Refusal && error.code === 'task.exists');
      if (tries === 1 || !overtaken) throw error;
    }
  }
};

const refusedRun = (total: number, problems: readonly ImportProblem[]) =>
  ({ status: 'refused', created: 0, unchanged: 0, processed: 0, total, problems }) as const;

/** Errors before warnings: five hundred warnings must not hide the one row that stands in the way. */
const told = (problems: readonly ImportProblem[]): readonly ImportProblem[] =>
  [
    ...problems.filter(({ severity }) => severity === 'error'),
    ...problems.filter(({ severity }) => severity !== 'error'),
  ].slice(0, mostProblemsTold);

/** What the rules would say of each row; the same rules decide when it is written. @throws Refusal for all rows alike */
const refusals = async (
  tasks: Pick<TaskStore, 'ground' | 'unitLine'>,
  rows: readonly CommitmentRow[],
  {
    actor,
    programme,
    defaultDue,
  }: { readonly actor: Actor; readonly programme: string; readonly defaultDue: Due | undefined },
  now: Date,
): Promise<readonly ImportProblem[]> => {
  const grounds: Grounds = new Map();
  const problems: ImportProblem[] = [];
  for (const row of rows) {
    const command = assignmentFrom(row, defaultDue);
    const ground = await remembered(grounds, row, () => groundOf(tasks, { actor, programme, command }, now));
    const decision = decide(ground.definition, null, command, { ...ground, ...noAppraisal, actor, now });
    if (decision instanceof Refusal) problems.push(refusedRow(row, decision));
  }
  return problems;
};

type Grounds = Map<string, ReturnType<typeof groundOf>>;

const sameRun = (
  earlier: ImportRun,
  fileSha256: string,
  programme: string,
  mode: ImportMode,
  key: string,
): ImportRun => {
  if (earlier.fileSha256 !== fileSha256 || earlier.programme !== programme || earlier.mode !== mode)
    throw new Refusal('idempotency_key.reused', { key });
  return earlier;
};

const writeRows = async (
  imports: ImportStore,
  tx: TaskStore,
  run: ImportRun,
  rows: readonly CommitmentRow[],
  actor: Actor,
  now: Date,
): Promise<{ readonly created: number; readonly unchanged: number }> => {
  const existing = await imports.existing(rows.map(({ code }) => code));
  // Taken by other work since the rows were judged: they are judged again.
  if (rows.some((row) => isTaken(row, run.programme, existing.get(row.code)))) throw new Refusal('task.exists');
  const fresh = rows.filter(({ code }) => !existing.has(code));
  const defaultDue = await imports.defaultDue(run.programme);
  const grounds: Grounds = new Map();
  for (let start = 0; start < fresh.length; start += batchSize) {
    const changes: TaskChange[] = [];
    for (const row of fresh.slice(start, start + batchSize)) {
      const request = { actor, programme: run.programme, command: assignmentFrom(row, defaultDue) };
      const ground = await remembered(grounds, row, () => groundOf(tx, request, now));
      changes.push(assignmentOf(ground, request, causeOf(run.id, row), now));
    }
    // Rights or a unit changed between judging and writing: all rows or none, so all are judged again.
    if ((await tx.commit(changes, now)).size < changes.length) throw new Overtaken();
    await imports.progress(run.id, rows.length - fresh.length + start + changes.length, rows.length);
  }
  const own = [...existing.values()].filter(({ cause }) => cause.startsWith(`import:${run.id}:`)).length;
  return { created: fresh.length + own, unchanged: existing.size - own };
};

/** Programme, unit and appraiser are the same for many rows; they are read once each. */
const remembered = <T>(
  memory: Map<string, Promise<T>>,
  { unit, appraiser }: CommitmentRow,
  read: () => Promise<T>,
): Promise<T> => {
  const name = `${unit}/${appraiser ?? ''}`;
  const known = memory.get(name) ?? read();
  memory.set(name, known);
  return known;
};

const causeOf = (id: string, { rowNumber }: CommitmentRow): string => `import:${id}:${rowNumber}`;

const assignmentFrom = (row: CommitmentRow, defaultDue: Due | undefined): AssignRequest['command'] => ({
  type: 'assign',
  id: uuid(),
  code: row.code,
  title: row.title,
  kind: row.kind ?? 'own',
  leadUnit: row.unit,
  due: dueOf(row, defaultDue),
  ...optional<AssignTask>({
    product: row.product,
    measureUnit: row.measureUnit,
    target: row.target,
    appraiserUnit: row.appraiser,
  }),
});

const dueOf = ({ dueDay }: CommitmentRow, defaultDue: Due | undefined): Due => {
  if (typeof dueDay === 'string') return { kind: 'on_or_before', day: dueDay };
  if (dueDay === undefined && defaultDue) return defaultDue;
  return {
    kind: 'none',
    reason: dueDay === null ? 'Biểu nhập không ghi thời hạn.' : 'Biểu nhập không có cột thời hạn.',
  };
};

const optional = <T>(values: { readonly [K in keyof T]?: T[K] | null }): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as Partial<T>;
