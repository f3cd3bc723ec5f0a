// A report on its way: drafted, put to the units, frozen, issued with number and date; and corrected by another one that is linked to
// it. What is frozen never changes.

import type { Actor } from '../../domain/organisation/actor.ts';
import { can } from '../../domain/organisation/policy.ts';
import { type FigureRule, usualRule } from '../../domain/programmes/settings.ts';
import { Refusal } from '../../domain/refusal.ts';
import { rulesNote } from '../../domain/reporting/rates.ts';
import { type CivilDate, dayOf, endOfDay } from '../../domain/schedule/civil-date.ts';
import type { WorkingCalendar } from '../../domain/schedule/working-calendar.ts';
import type { SourceDocument } from '../../domain/workflow/task.ts';
import { readableDocument } from '../documents/manage.ts';
import type { DocumentStore } from '../documents/ports.ts';
import { permit } from '../permit.ts';
import type { Clock, TaskStore } from '../ports.ts';
import type { RunReader } from './compare.ts';
import { type ConfirmationSummary, type Round, type RoundStore, statused, summaryOf } from './confirmation.ts';
import { type FrozenRun, figuresAndTasks, ruleOfBody, runOf } from './freeze.ts';
import { newsOfOpening, type PlannedNews } from './round-news.ts';
import { type ReportReader, reportTimes } from './statistics.ts';

export type EditionStatus = 'draft' | 'confirming' | 'frozen' | 'issued';

/** What orders the report to be made (letter 003, 3.2): a task, the document that gave it, or both. */
export interface ReportOrder {
  readonly task: string | null;
  readonly document: string | null;
}

export interface Edition {
  readonly id: string;
  readonly programme: string;
  readonly title: string;
  readonly asOf: CivilDate;
  readonly status: EditionStatus;
  /** Of the frozen figures. */
  readonly runId: string | null;
  /** The edition that it corrects, and the one that corrects it. */
  readonly corrects: string | null;
  readonly correctedBy: string | null;
  readonly reason: string | null;
  readonly number: string | null;
  readonly issuedOn: CivilDate | null;
  readonly document: SourceDocument | null;
  /** Null: nobody ordered it. */
  readonly order: ReportOrder | null;
  readonly createdBy: string;
  readonly createdAt: Date;
}

export interface EditionStep {
  readonly status: EditionStatus;
  readonly actor: string;
  /** Null: of an account that has none. */
  readonly actorName: string | null;
  readonly at: Date;
}
type By = Omit<EditionStep, 'status' | 'actorName'>;

export interface Standing {
  readonly status: EditionStatus;
  /** Number of what was said last in the round; null: nothing was. */
  readonly lastWord: string | null;
}

export interface EditionStore {
  /** @throws Refusal report.has_correction when another one corrects the same */
  add(edition: Edition): Promise<void>;
  find(id: string): Promise<Edition | undefined>;
  ofRun(runId: string): Promise<Edition | undefined>;
  /** Newest first. */
  list(programme: string): Promise<readonly Edition[]>;
  /** What was made under an order, oldest first. */
  underOrder(order: Partial<ReportOrder>): Promise<readonly Edition[]>;
  steps(id: string): Promise<readonly EditionStep[]>;
  /** Each writes all of it or nothing. @returns whether the edition stood where it had to */
  openRound(round: Omit<Round, 'zone' | 'frozen'>, rows: string, news: readonly PlannedNews[]): Promise<boolean>;
  /** What a freezing must find unchanged: where the edition stands, and the last word of its confirmation round. */
  standing(id: string): Promise<Standing | undefined>;
  /** Whoever says something in the round waits until this is over. @returns false too when the standing is another one */
  freeze(id: string, run: FrozenRun, standing: Standing, by: By): Promise<boolean>;
  issue(id: string, issue: Issue, by: By): Promise<boolean>;
}

export interface EditionParts {
  readonly orders: OrderBook;
  readonly editions: EditionStore;
  readonly rounds: RoundStore;
  readonly reports: ReportReader;
  readonly clock: Clock;
  /** By which the people of a programme are told. */
  readonly calendarOf: (programme: string) => Promise<WorkingCalendar>;
}

/** Where orders are: tasks, documents, and which document gave which task. */
export interface OrderBook {
  readonly tasks: Pick<TaskStore, 'load'>;
  readonly documents: Pick<DocumentStore, 'find' | 'documentOf'>;
}

export interface NewEdition {
  readonly programme: string;
  readonly title: string;
  readonly asOf: CivilDate;
  readonly corrects?: string | undefined;
  readonly reason?: string | undefined;
  /** Absent, of a correction: as what it corrects. */
  readonly order?: { readonly task?: string | undefined; readonly document?: string | undefined } | undefined;
}

/**
 * @param id names the request: asked again it is the same draft
 * @throws Refusal permission.denied, programme.not_found, report.not_found, report.wrong_status, report.has_correction, input.invalid;
 *   task.not_found, document.not_found for an order that the actor does not see
 */
export const draftEdition =
  ({ editions, orders, reports, clock }: EditionParts) =>
  async ({ corrects, reason, order, ...given }: NewEdition, actor: Actor, id: string): Promise<Edition> => {
    permit(actor, 'report.conduct', { kind: 'report', programme: given.programme });
    const drafted = await editions.find(id);
    if (drafted) return drafted;
    const found = await reports.programme(given.programme);
    if (!found) throw new Refusal('programme.not_found', { programme: given.programme });
    reportTimes({ asOf: given.asOf }, found.zone, clock.now());
    if ((corrects === undefined) !== (reason === undefined))
      throw new Refusal('input.invalid', { pointer: '/reason', problem: 'goes with corrects' });
    const earlier = corrects === undefined ? undefined : await editions.find(corrects);
    if (corrects !== undefined) {
      if (earlier?.programme !== given.programme) throw new Refusal('report.not_found', { id: corrects });
      if (earlier.runId === null) throw new Refusal('report.wrong_status', { step: earlier.status });
    }
    const ordered = order ? await orderOf(orders, order, actor) : (earlier?.order ?? null);
    const edition: Edition = {
      ...given,
      order: ordered,
      id,
      status: 'draft',
      runId: null,
      corrects: corrects ?? null,
      correctedBy: null,
      reason: reason ?? null,
      number: null,
      issuedOn: null,
      document: null,
      createdBy: actor.id,
      createdAt: clock.now(),
    };
    await editions.add(edition);
    return edition;
  };

/** The order as it is kept: a task brings the document that gave it. */
const orderOf = async (
  { tasks, documents }: OrderBook,
  { task, document }: NonNullable<NewEdition['order']>,
  actor: Actor,
): Promise<ReportOrder> => {
  if (task === undefined && document === undefined) throw new Refusal('input.invalid', { pointer: '/order' });
  if (document !== undefined) await readableDocument(documents, actor, document);
  if (task === undefined) return { task: null, document: document ?? null };
  const loaded = (await tasks.load([task])).get(task);
  if (!loaded || !can(actor, 'task.read', { kind: 'task', task: loaded.task }))
    throw new Refusal('task.not_found', { taskId: task });
  const from = (await documents.documentOf(task))?.document.id ?? null;
  if (document !== undefined && document !== from)
    throw new Refusal('input.invalid', { pointer: '/order/document', problem: 'It did not give the task.' });
  return { task, document: from };
};

/** @throws Refusal report.not_found, also where the reader may not know of it */
export const readableEdition = async (editions: EditionStore, id: string, actor: Actor): Promise<Edition> => {
  const edition = await editions.find(id);
  if (!edition || !can(actor, 'report.read', { kind: 'report', programme: edition.programme }))
    throw new Refusal('report.not_found', { id });
  return edition;
};

const conducted = async ({ editions }: EditionParts, id: string, actor: Actor): Promise<Edition> => {
  const edition = await readableEdition(editions, id, actor);
  permit(actor, 'report.conduct', { kind: 'report', programme: edition.programme });
  return edition;
};

/**
 * Puts the tasks as they are known now to their units.
 * @param as id of the round, which names the request
 * @throws Refusal report.not_found, permission.denied, report.wrong_status; input.invalid when the day is over already
 */
export const openRound =
  (parts: EditionParts) =>
  async (id: string, dueOn: CivilDate, actor: Actor, as: string): Promise<Round> => {
    const { editions, rounds, reports, clock } = parts;
    const edition = await conducted(parts, id, actor);
    const before = await rounds.ofEdition(id);
    if (before?.id === as) return before;
    const { figures, tasks, zone } = await figuresAndTasks(reports, clock, edition);
    if (dueOn < dayOf(clock.now(), zone))
      throw new Refusal('input.invalid', { pointer: '/dueOn', problem: 'is over already' });
    const { programme, asOf } = edition;
    const opened = { openedBy: actor.id, openedAt: clock.now() };
    const round = { id: as, edition: id, programme, asOf, knownAt: figures.knownAt, dueOn, ...opened };
    const units = [...new Set(tasks.rows.map(({ unit }) => unit))];
    const news = newsOfOpening(units, round, await parts.calendarOf(programme));
    if (!(await editions.openRound(round, JSON.stringify(tasks.rows), news))) throw wrongStatus(edition);
    return (await rounds.find(round.id)) as Round;
  };

/** How often a freezing looks again at a round in which somebody speaks all the time. */
const mostLooks = 50;

/**
 * Freezes what is known now, together with what came of the confirmation round: whatever a unit was told it has said is in the frozen
 * bytes.
 * @param as id of the run, which names the request
 * @returns undefined: the same request has frozen it before
 * @throws Refusal report.not_found, permission.denied, report.wrong_status; report.round_open while units may still answer
 */
export const freezeEdition =
  (parts: EditionParts) =>
  async (id: string, actor: Actor, as: string): Promise<FrozenRun | undefined> => {
    const { editions, reports, clock } = parts;
    const edition = await conducted(parts, id, actor);
    permit(actor, 'report.freeze', { kind: 'report', programme: edition.programme });
    if (edition.runId === as) return undefined;
    for (let looks = 0; looks < mostLooks; looks += 1) {
      // Before the round is read: what is said after this is another standing.
      const standing = await editions.standing(id);
      if (!standing || (standing.status !== 'draft' && standing.status !== 'confirming'))
        throw wrongStatus(standing ?? edition);
      const confirmation = await confirmationOf(parts, id);
      if (confirmation && confirmation.counts.waiting > 0)
        throw new Refusal('report.round_open', { waiting: confirmation.counts.waiting, dueOn: confirmation.dueOn });
      const asked = { programme: edition.programme, asOf: edition.asOf };
      const run = { ...(await runOf(reports, clock)(asked, actor, confirmation)), id: as };
      if (await editions.freeze(id, run, standing, { actor: actor.id, at: clock.now() })) return run;
    }
    throw new Refusal('service.unavailable', { reason: 'contention' });
  };

/** Null: the units were not asked. */
export const confirmationOf = async (
  { rounds, clock }: Pick<EditionParts, 'rounds' | 'clock'>,
  edition: string,
): Promise<ConfirmationSummary | null> => {
  const round = await rounds.ofEdition(edition);
  return round ? summaryOf(round, statused(await rounds.lines(round.id), round, clock.now())) : null;
};

export interface EditionRule {
  /** Of the frozen figures; before that as the programme says now. */
  readonly rule: FigureRule;
  /** Where it corrects a report with another rule; null: nothing to say. */
  readonly ruleNote: string | null;
}

/** By which rule a report tells its rates, and whether the report that it corrects told them otherwise. */
export const ruleOfEdition = async (
  {
    editions,
    reports,
    frozen,
  }: Pick<EditionParts, 'editions' | 'reports'> & { readonly frozen: Pick<RunReader, 'find'> },
  { programme, runId, corrects }: Pick<Edition, 'programme' | 'runId' | 'corrects'>,
): Promise<EditionRule> => {
  const ruleOfRun = async (id: string | null | undefined): Promise<FigureRule | undefined> => {
    const run = id ? await frozen.find(id) : undefined;
    return run && ruleOfBody(run.body);
  };
  const rule = (await ruleOfRun(runId)) ?? (await reports.programme(programme))?.rule ?? usualRule;
  const corrected = corrects === null ? undefined : await ruleOfRun((await editions.find(corrects))?.runId);
  return { rule, ruleNote: corrected ? rulesNote(corrected, rule) : null };
};

export interface Issue {
  /** As the records office gives it: 158/BC-SKHĐT. */
  readonly number: string;
  readonly issuedOn: CivilDate;
  readonly document?: SourceDocument | undefined;
}

/** @throws Refusal report.not_found, permission.denied, report.wrong_status; input.invalid for a day before the figures or ahead */
export const issueEdition =
  (parts: EditionParts) =>
  async (id: string, issue: Issue, actor: Actor): Promise<Edition> => {
    const { editions, reports, clock } = parts;
    const edition = await conducted(parts, id, actor);
    const sameAgain =
      edition.status === 'issued' && edition.number === issue.number && edition.issuedOn === issue.issuedOn;
    if (sameAgain) return edition;
    if (edition.status !== 'frozen') throw wrongStatus(edition);
    const zone = (await reports.programme(edition.programme))?.zone ?? 'UTC';
    const ahead = endOfDay(issue.issuedOn, zone) > endOfDay(dayOf(clock.now(), zone), zone);
    if (ahead || issue.issuedOn < edition.asOf)
      throw new Refusal('input.invalid', { pointer: '/issuedOn', problem: 'lies ahead, or before the figures' });
    if (!(await editions.issue(id, issue, { actor: actor.id, at: clock.now() }))) throw wrongStatus(edition);
    return (await editions.find(id)) as Edition;
  };

const wrongStatus = ({ status }: Pick<Edition, 'status'>): Refusal =>
  new Refusal('report.wrong_status', { step: status });
