// Proves that what is stored can only have come about by the rules. Runs from the command line (npm run verify), after
// tests with faults, and now and then in production. How each invariant of the design shows in these tables:
//
//  I1  no command lost or doubled   task_event.cause is unique per task and fits type and actor; each kept answer of a
//                                   command (idempotency) has the event of its key and version, on that task alone
//  I2  no gap                       task_event.seq runs 1..task.seq; no event without its task
//  I3  row = history                evolve over all events gives every column of task; head_hash is the last hash
//  I4  chain                        prev_hash, hash over the stored event, from = previous to; facet columns = payload
//  I5  legal edges                  every move is a transition of the pinned version, whose body still has its hash
//  I6  right person                 no answer by the submitter or an author of the evidence; capacity as defined
//  I7  timers                       intention rows with a rule = owedTimers(definition, task, calendar); none left lying
//  I8  one effect per fired timer   one event per (rule, anchor, k); each has its notice or its notifications
//  I9  never early, never stale     recorded_at >= dueAt, on an open task, in a state of the rule; no entry runs backwards
//  I10 one run per period           schedule_run is unique and no run goes on for more than 15 minutes
//  I11 nothing left lying           intentions without a rule are tried within a minute; sent mail has its notifications
//  I12 ownership and sums           open tasks have a lead unit of today; tallies = tasks = history; reports keep their hash
//  I13 seals                        checkpoints are chained and signed, their roots are those of their leaves, and whatever
//                                   was sealed is there and unchanged; what came after the last seal is covered by I4
//  I14 evidence                     a file that an event names has its row: same task, hash and uploader, linked to its
//                                   first event; and, where asked, its content in the storage has that hash

import { createHash } from 'node:crypto';
import { definitionHash } from '../definitions/hash.ts';
import { type FrozenReport, sameFigures } from '../reports/freeze.ts';
import { inspectSeals, type SealCounts, type SealOptions } from './verify-seals.ts';
import {
  type Invariant,
  invariants,
  type StoredDefinition,
  type VerifySource,
  type VerifyView,
} from './verify-source.ts';
import { judgeTask, overdueMs, type TaskJudge } from './verify-task.ts';

export interface Finding {
  readonly invariant: Invariant;
  /** The row that is wrong, in words: 'task CK2022-SNV-01 event 4'. */
  readonly row: string;
  readonly message: string;
}

export interface InvariantReport {
  readonly invariant: Invariant;
  /** What was looked at: '293 tasks, 2,841 events'. */
  readonly checked: string;
  readonly broken: number;
  /** The first of the broken. */
  readonly findings: readonly Finding[];
  readonly warned: number;
  readonly warnings: readonly Finding[];
}

export interface Inspection {
  readonly at: string;
  readonly tasks: number;
  readonly events: number;
  readonly invariants: readonly InvariantReport[];
}

export interface VerifyOptions extends SealOptions {
  /** How many findings of each invariant are kept; all are counted. */
  readonly keep?: number;
  /** True: what is overdue is broken even if no worker was seen since. Otherwise a system at rest is only warned of. */
  readonly workersExpected?: boolean;
  /** Renders a frozen report again from its two times; other figures than the frozen ones are broken. */
  readonly recompute?: (report: FrozenReport) => Promise<string>;
  /** Content of a file in the storage; given, every file is hashed again. Undefined: there is none. */
  readonly content?: (storageKey: string) => Promise<AsyncIterable<Uint8Array> | undefined>;
}

/** What is broken; empty when everything holds. */
export const verify = async (source: VerifySource, options: VerifyOptions = {}): Promise<readonly Finding[]> =>
  (await inspect(source, options)).invariants.flatMap(({ findings }) => findings);

/** Everything that was looked at, with counts and warnings. */
export const inspect = (source: VerifySource, options: VerifyOptions = {}): Promise<Inspection> =>
  source.snapshot(async (view) => {
    const ledger = new Ledger(options.keep ?? 20);
    inspectDefinitions(view, ledger);
    const counts = await inspectTasks(view, ledger, options);
    const answers = await inspectAnswers(view, ledger);
    await inspectReports(view, ledger, options);
    const seals = await inspectSeals(view, (row, message) => ledger.broken('I13', row, message), options);
    await inspectTables(view, ledger);
    await inspectFiles(view, ledger, options);
    const checked = (invariant: Invariant) => checkedOf(invariant, { ...counts, ...view.sizes, ...seals, answers });
    return {
      at: view.now.toISOString(),
      tasks: counts.tasks,
      events: counts.events,
      invariants: invariants.map((invariant) => ({ invariant, checked: checked(invariant), ...ledger.of(invariant) })),
    };
  });

interface Counts {
  tasks: number;
  events: number;
  timers: number;
  fired: number;
}

const checkedOf = (
  invariant: Invariant,
  n: Counts & SealCounts & VerifyView['sizes'] & { readonly answers: number },
): string => {
  const history = `${count(n.tasks, 'task')}, ${count(n.events, 'event')}`;
  switch (invariant) {
    case 'I1':
      return `${count(n.events, 'event')}, ${count(n.answers, 'kept answer')}`;
    case 'I7':
      return `${count(n.tasks, 'task')}, ${count(n.timers, 'timer')}`;
    case 'I8':
      return `${count(n.fired, 'fired timer')}, ${count(n.notices, 'notice')}`;
    case 'I10':
      return count(n.scheduleRuns, 'run');
    case 'I11':
      return `${count(n.intentions, 'intention')}, ${count(n.mails, 'mail')}`;
    case 'I12':
      return `${count(n.tasks, 'task')}, ${count(n.tallies, 'tally row')}, ${count(n.reports, 'report')}`;
    case 'I13':
      return `${count(n.checkpoints, 'checkpoint')}, ${count(n.leaves, 'leaf', 'leaves')}`;
    case 'I14':
      return count(n.files, 'file');
    default:
      return history;
  }
};

const count = (n: number, noun: string, plural = `${noun}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? noun : plural}`;

const inspectDefinitions = (view: VerifyView, ledger: Ledger): void => {
  for (const { key, version, status, sha256, body } of view.definitions) {
    if (status === 'draft') continue;
    const row = `workflow ${key} v${version}`;
    if (definitionHash(body) !== sha256) ledger.broken('I5', row, 'has another body than its hash says');
    if (body.key !== key || body.version !== version) ledger.broken('I5', row, `contains ${body.key} v${body.version}`);
  }
};

const inspectTasks = async (
  view: VerifyView,
  ledger: Ledger,
  { workersExpected = false }: VerifyOptions,
): Promise<Counts> => {
  const published = new Map<string, StoredDefinition>();
  for (const definition of view.definitions)
    if (definition.status !== 'draft') published.set(`${definition.key}/${definition.version}`, definition);
  const judge: TaskJudge = {
    view,
    definitionOf: ({ definition: { key, version } }) => published.get(`${key}/${version}`),
    leftLying: (since) =>
      workersExpected ||
      view.watches.some(({ startedAt, seenAt }) => +seenAt - Math.max(+startedAt, +since) > overdueMs),
    broken: (...finding) => ledger.broken(...finding),
    warning: (...finding) => ledger.warning(...finding),
  };
  const counts: Counts = { tasks: 0, events: 0, timers: 0, fired: 0 };
  for await (const batch of view.taskBatches())
    for (const stored of batch) {
      judgeTask(stored, judge);
      counts.tasks += 1;
      counts.events += stored.events.length;
      counts.timers += stored.timers.length;
      for (const { event } of stored.events) if (event.type === 'task.timer_fired') counts.fired += 1;
    }
  return counts;
};

const inspectAnswers = async (view: VerifyView, ledger: Ledger): Promise<number> => {
  let answers = 0;
  for await (const batch of view.answerBatches())
    for (const { actor, key, taskId, version, seq } of batch) {
      answers += 1;
      const row = `answer to ${actor} key ${key}`;
      if (seq === null) ledger.broken('I1', row, `tells of a change of task ${taskId} that has no event`);
      else if (seq !== version) ledger.broken('I1', row, `tells of version ${version}, its event is number ${seq}`);
    }
  return answers;
};

const inspectReports = async (view: VerifyView, ledger: Ledger, { recompute }: VerifyOptions): Promise<void> => {
  for await (const report of view.reports()) {
    const row = `report ${report.id}`;
    if (createHash('sha256').update(report.body).digest('hex') !== report.sha256)
      ledger.broken('I12', row, 'has another body than its hash says');
    else if (recompute && !sameFigures(await recompute(report), report.body))
      ledger.broken(
        'I12',
        row,
        `gives other figures when computed again for ${report.asOf} as known at ${report.knownAt}`,
      );
  }
};

const inspectFiles = async (view: VerifyView, ledger: Ledger, { content }: VerifyOptions): Promise<void> => {
  if (!content) return;
  for await (const { id, taskCode, storageKey, bytes, sha256 } of view.files()) {
    const row = `file ${id} of task ${taskCode}`;
    const stored = await content(storageKey);
    if (!stored) {
      ledger.broken('I14', row, 'is not in the storage');
      continue;
    }
    const hash = createHash('sha256');
    let sum = 0;
    for await (const chunk of stored) {
      sum += chunk.length;
      hash.update(chunk);
    }
    if (sum !== bytes || hash.digest('hex') !== sha256)
      ledger.broken('I14', row, `has another content in the storage than was uploaded (${sum} of ${bytes} bytes)`);
  }
};

const inspectTables = async (view: VerifyView, ledger: Ledger): Promise<void> => {
  for (const { invariant, find } of view.tableChecks) {
    const { broken, warned, rows } = await find(ledger.keep);
    for (const { row, message, warning } of rows)
      if (warning) ledger.warning(invariant, row, message);
      else ledger.broken(invariant, row, message);
    const kept = rows.filter(({ warning }) => warning).length;
    ledger.uncollected(invariant, broken - (rows.length - kept), warned - kept);
  }
};

type Page = Omit<InvariantReport, 'invariant' | 'checked'>;

/** Counts everything and keeps the first few, so that a ruined database does not fill the memory. */
class Ledger {
  readonly keep: number;
  readonly #pages = new Map<Invariant, { broken: number; findings: Finding[]; warned: number; warnings: Finding[] }>();

  constructor(keep: number) {
    this.keep = keep;
    for (const invariant of invariants)
      this.#pages.set(invariant, { broken: 0, findings: [], warned: 0, warnings: [] });
  }

  broken(invariant: Invariant, row: string, message: string): void {
    const page = this.#page(invariant);
    page.broken += 1;
    if (page.findings.length < this.keep) page.findings.push({ invariant, row, message });
  }

  warning(invariant: Invariant, row: string, message: string): void {
    const page = this.#page(invariant);
    page.warned += 1;
    if (page.warnings.length < this.keep) page.warnings.push({ invariant, row, message });
  }

  uncollected(invariant: Invariant, broken: number, warned: number): void {
    this.#page(invariant).broken += broken;
    this.#page(invariant).warned += warned;
  }

  of(invariant: Invariant): Page {
    return this.#page(invariant);
  }

  #page(invariant: Invariant) {
    const page = this.#pages.get(invariant);
    if (!page) throw new Error(`There is no invariant ${invariant}.`);
    return page;
  }
}
