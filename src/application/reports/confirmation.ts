// The round in which units confirm what a report will say of them, item by item and by a day.

import type { Actor } from '../../domain/organisation/actor.ts';
import { can } from '../../domain/organisation/policy.ts';
import { Refusal } from '../../domain/refusal.ts';
import {
  type Confirmed,
  countStatuses,
  type EntryKind,
  type LineStatus,
  lineStatus,
} from '../../domain/reporting/confirmation.ts';
import type { RunRow } from '../../domain/reporting/run-rows.ts';
import { type CivilDate, dayOf } from '../../domain/schedule/civil-date.ts';
import type { Instant } from '../../domain/workflow/task.ts';
import { permit } from '../permit.ts';
import type { Clock } from '../ports.ts';
import { visibleRows } from './rows.ts';

export interface Round {
  readonly id: string;
  readonly edition: string;
  readonly programme: string;
  readonly asOf: CivilDate;
  readonly knownAt: Instant;
  /** Last day on which units answer. */
  readonly dueOn: CivilDate;
  readonly openedBy: string;
  readonly openedAt: Date;
  /** In which that day ends. */
  readonly zone: string;
  /** The figures it was about are frozen. */
  readonly frozen: boolean;
}

export interface Entry {
  readonly code: string;
  readonly kind: EntryKind;
  readonly reason: string | null;
  /** Number of the event that puts right what was disputed. */
  readonly correction: number | null;
}

export interface Line {
  readonly row: RunRow;
  /** The unit that has the task now: it answers where the one of then is no more. */
  readonly leadsNow: string;
  readonly last: (Entry & { readonly actor: string; readonly at: Date }) | null;
}

export interface RoundStore {
  find(id: string): Promise<Round | undefined>;
  ofEdition(edition: string): Promise<Round | undefined>;
  list(programme: string): Promise<readonly Round[]>;
  lines(round: string): Promise<readonly Line[]>;
  /** One writer of a round at a time: what is decided from the lines is written before anybody else reads them. */
  write(
    round: string,
    by: { readonly actor: string; readonly at: Date },
    decide: (lines: readonly Line[], frozen: boolean) => readonly Entry[],
  ): Promise<void>;
  /** Is there such an event of the task, recorded after the round was opened? */
  corrected(code: string, seq: number, after: Date): Promise<boolean>;
}

export interface ConfirmationSummary {
  readonly round: string;
  readonly dueOn: CivilDate;
  readonly counts: Confirmed;
  /** Disputes nobody has resolved yet: they are told beside the figures. */
  readonly footnotes: readonly { readonly code: string; readonly unit: string; readonly reason: string }[];
}

export interface StatusedLine extends Line {
  readonly status: LineStatus;
}

export const statused = (lines: readonly Line[], { dueOn, zone }: Round, now: Date): readonly StatusedLine[] =>
  lines.map((line) => ({ ...line, status: lineStatus(line.last?.kind ?? null, dueOn, dayOf(now, zone)) }));

export const summaryOf = (round: Round, lines: readonly StatusedLine[]): ConfirmationSummary => ({
  round: round.id,
  dueOn: round.dueOn,
  counts: countStatuses(lines.map(({ status }) => status)),
  footnotes: lines
    .filter(({ status }) => status === 'disputed')
    .map(({ row, last }) => ({ code: row.code, unit: row.unit, reason: last?.reason ?? '' })),
});

export interface UnitSummary {
  readonly unit: string;
  readonly name: string;
  readonly counts: Confirmed;
}

export const byUnit = (lines: readonly StatusedLine[]): readonly UnitSummary[] =>
  [...new Map(lines.map(({ row }) => [row.unit, row.unitName]))].map(([unit, name]) => ({
    unit,
    name,
    counts: countStatuses(lines.filter(({ row }) => row.unit === unit).map(({ status }) => status)),
  }));

export interface RoundParts {
  readonly rounds: RoundStore;
  readonly clock: Clock;
}

/** @throws Refusal confirmation.not_found, also where the reader may not know of it */
export const readableRound = async (rounds: RoundStore, id: string, actor: Actor): Promise<Round> => {
  const round = await rounds.find(id);
  if (!round || !can(actor, 'report.read', { kind: 'report', programme: round.programme }))
    throw new Refusal('confirmation.not_found', { id });
  return round;
};

export interface ReadableLine extends StatusedLine {
  /** The reader answers for it. */
  readonly yours: boolean;
}

/** The lines a reader may open: their unit's, or all. */
export const readLines =
  ({ rounds, clock }: RoundParts) =>
  async (id: string, actor: Actor) => {
    const round = await readableRound(rounds, id, actor);
    const lines = statused(await rounds.lines(id), round, clock.now());
    const seen = new Set(
      visibleRows(
        lines.map(({ row }) => row),
        round.programme,
        actor,
      ),
    );
    const visible = lines
      .map((line): ReadableLine => ({ ...line, yours: answersFor(actor, round, line) }))
      .filter(({ row, yours }) => yours || seen.has(row));
    return { round, lines, visible };
  };

export interface UnitAnswer {
  readonly code: string;
  readonly answer: 'agree' | 'dispute';
  readonly reason?: string | undefined;
}

export interface Answered {
  readonly ok: readonly { readonly code: string; readonly status: LineStatus }[];
  readonly failed: ReadonlyMap<string, Refusal>;
}

/**
 * A unit agrees or disputes item by item; until the day is over it may say otherwise, and saying the same twice is saying it once.
 * @throws Refusal confirmation.not_found; confirmation.closed after the last day, or once the figures are frozen
 */
export const answerConfirmation =
  ({ rounds, clock }: RoundParts) =>
  async (id: string, answers: readonly UnitAnswer[], actor: Actor): Promise<Answered> => {
    const round = await readableRound(rounds, id, actor);
    const now = clock.now();
    if (round.frozen || dayOf(now, round.zone) > round.dueOn)
      throw new Refusal('confirmation.closed', { dueOn: round.dueOn });
    const failed = new Map<string, Refusal>();
    const ok: Answered['ok'][number][] = [];
    await rounds.write(id, { actor: actor.id, at: now }, (lines, frozen) => {
      if (frozen) throw new Refusal('confirmation.closed', { dueOn: round.dueOn });
      const byCode = new Map(lines.map((line) => [line.row.code, line]));
      return answers.flatMap(({ code, answer, reason }): Entry[] => {
        const line = byCode.get(code);
        const refusal = refusalOf(line, round, actor);
        if (refusal || !line) {
          failed.set(code, refusal ?? new Refusal('confirmation.not_found', { item: code }));
          return [];
        }
        ok.push({ code, status: answer === 'agree' ? 'agreed' : 'disputed' });
        const entry = { code, kind: answer, reason: reason ?? null, correction: null };
        return same(line.last, entry) ? [] : [entry];
      });
    });
    return { ok, failed };
  };

const refusalOf = (line: Line | undefined, round: Round, actor: Actor): Refusal | undefined => {
  if (!line || (!answersFor(actor, round, line) && visibleRows([line.row], round.programme, actor).length === 0))
    return new Refusal('confirmation.not_found', {});
  if (!answersFor(actor, round, line)) return new Refusal('permission.denied', { action: 'report.confirm' });
  const resolved = line.last?.kind === 'upheld' || line.last?.kind === 'rejected';
  return resolved ? new Refusal('confirmation.closed', { verdict: line.last?.kind }) : undefined;
};

const answersFor = (actor: Actor, { programme }: Round, { row, leadsNow }: Line): boolean =>
  [row.unit, leadsNow].some((leadUnit) =>
    can(actor, 'report.confirm', {
      kind: 'task',
      task: { programme, field: row.field, leadUnit, appraiserUnit: null, participants: [] },
    }),
  );

const same = (last: Entry | null, { kind, reason, correction }: Entry): boolean =>
  last !== null && last.kind === kind && last.reason === reason && last.correction === correction;

export interface Resolution {
  readonly code: string;
  readonly verdict: 'upheld' | 'rejected';
  readonly reason?: string | undefined;
  /** Of an upheld dispute: number of the event that puts it right. */
  readonly correction?: number | undefined;
}

/**
 * The aggregator or the office settles a dispute: upheld, naming the event that put it right, or rejected with a reason.
 * @throws Refusal confirmation.not_found; confirmation.no_dispute; requirement.missing when no such event was recorded since
 */
export const resolveDispute =
  ({ rounds, clock }: RoundParts) =>
  async (id: string, { code, verdict, reason = undefined, correction = undefined }: Resolution, actor: Actor) => {
    const round = await readableRound(rounds, id, actor);
    permit(actor, 'report.conduct', { kind: 'report', programme: round.programme });
    if (correction !== undefined && !(await rounds.corrected(code, correction, new Date(round.knownAt))))
      throw new Refusal('requirement.missing', { pointer: '/correction', missing: ['correction'] });
    const entry: Entry = { code, kind: verdict, reason: reason ?? null, correction: correction ?? null };
    await rounds.write(id, { actor: actor.id, at: clock.now() }, (lines) => {
      const line = lines.find(({ row }) => row.code === code);
      if (!line) throw new Refusal('confirmation.not_found', { item: code });
      if (same(line.last, entry)) return [];
      if (line.last?.kind !== 'dispute') throw new Refusal('confirmation.no_dispute', { item: code });
      return [entry];
    });
    return { code, status: verdict };
  };
