// News of a confirmation round: who is to be told what, judged again when it is told. Opening and answering plan it as intentions,
// in the transaction of what it tells of.

import type { Addressee } from '../../domain/organisation/addressees.ts';
import type { Confirmed } from '../../domain/reporting/confirmation.ts';
import { atLocalTime, type CivilDate, dayOf, endOfDay } from '../../domain/schedule/civil-date.ts';
import { nextAllowed } from '../../domain/schedule/quiet-hours.ts';
import { addWorkingDays, type WorkingCalendar } from '../../domain/schedule/working-calendar.ts';
import type { NoticeDelivery } from '../notifications/deliver-notices.ts';
import { tellOrSplit } from '../notifications/deliver-notices.ts';
import type { PlannedNotice } from '../notifications/ports.ts';
import { urgentRoundMail } from '../notifications/round-wording.ts';
import type { Clock, IntentionStore } from '../ports.ts';
import { type Round, type RoundStore, type StatusedLine, statused, summaryOf } from './confirmation.ts';

/**
 * opened, reminder, resolved: to the unit, that its figures wait for it, still wait, and what became of its dispute; disputed, silent:
 * to the office and to whoever opened the round, that a unit disputes, and what nobody answered.
 */
export const roundNews = ['opened', 'reminder', 'disputed', 'resolved', 'silent'] as const;
export type RoundNews = (typeof roundNews)[number];

/** What a line about a round is made of; kept with the notification, so that it reads the same ever after. */
export interface RoundSaid {
  readonly news: RoundNews;
  readonly report: string;
  readonly programme: string;
  readonly programmeName: string;
  readonly noun: string;
  readonly illustrative: boolean;
  readonly asOf: CivilDate;
  readonly dueOn: CivilDate;
  /** Null: of all units. */
  readonly unit: string | null;
  readonly unitName: string | null;
  /** A central agency is asked politely. */
  readonly central: boolean;
  /** How many items it is about, and the first of them. */
  readonly items: number;
  readonly codes: readonly string[];
  /** Of news `resolved`. */
  readonly verdicts?: readonly { readonly code: string; readonly verdict: string; readonly reason: string | null }[];
  /** Of news `silent`: what the round came to, and whose items nobody answered. */
  readonly counts?: Confirmed;
  readonly silent?: readonly { readonly unitName: string; readonly items: number }[];
}

export interface PlannedNews {
  readonly news: RoundNews;
  readonly unit: string | null;
  readonly dueAt: Date;
}

/** In the morning before the digests of the last working day but one that the units have. */
const remindAt = '07:30';

/** What the opening of a round plans: the units at once, a reminder where a working day lies between, and its end. */
export const newsOfOpening = (
  units: readonly string[],
  { dueOn, openedAt }: Pick<Round, 'dueOn' | 'openedAt'>,
  calendar: WorkingCalendar,
): readonly PlannedNews[] => {
  const before = addWorkingDays(calendar, dueOn, -1);
  const reminded = before > dayOf(openedAt, calendar.zone);
  return [
    ...units.map((unit): PlannedNews => ({ news: 'opened', unit, dueAt: openedAt })),
    ...(reminded
      ? units.map(
          (unit): PlannedNews => ({
            news: 'reminder',
            unit,
            dueAt: atLocalTime(before, remindAt, calendar.zone),
          }),
        )
      : []),
    { news: 'silent', unit: null, dueAt: endOfDay(dueOn, calendar.zone) },
  ];
};

/** An intention to tell of a round; without `round` it names one that is not there. */
export interface NewsRow {
  readonly intentionId: string;
  readonly news: RoundNews;
  readonly about: string;
  readonly actor: string | null;
  /** Items it was planned for; empty: all of the unit. */
  readonly codes: readonly string[];
  readonly of:
    | {
        readonly round: Round;
        readonly calendar: WorkingCalendar;
        readonly facts: Pick<
          RoundSaid,
          'report' | 'programmeName' | 'noun' | 'illustrative' | 'unit' | 'unitName' | 'central'
        >;
      }
    | undefined;
}

export interface NewsStore {
  /** Ids that are gone, parked or of another kind are simply missing. */
  load(intentionIds: readonly string[]): Promise<readonly NewsRow[]>;
}

export interface NewsParts extends NoticeDelivery {
  readonly news: NewsStore;
  readonly rounds: Pick<RoundStore, 'lines'>;
  readonly intentions: Pick<IntentionStore, 'failed' | 'done'>;
  readonly clock: Clock;
}

/** @returns how many people were told of something; running the same ids again tells nobody twice */
export const tellRoundNews =
  (parts: NewsParts) =>
  async (intentionIds: readonly string[]): Promise<number> => {
    const now = parts.clock.now();
    const planned: PlannedNotice[] = [];
    const nothingToSay: string[] = [];
    const lines = new Map<string, Promise<readonly StatusedLine[]>>();
    const linesOf = (round: Round): Promise<readonly StatusedLine[]> => {
      const known = lines.get(round.id) ?? parts.rounds.lines(round.id).then((all) => statused(all, round, now));
      lines.set(round.id, known);
      return known;
    };
    for (const row of await parts.news.load(intentionIds)) {
      try {
        if (!row.of) throw new Error('The round to tell of is not there.');
        const notice = noticeOf(row, row.of, await linesOf(row.of.round), now, parts.settings);
        if (notice) planned.push(notice);
        else nothingToSay.push(row.intentionId);
      } catch (error) {
        parts.log.error('Nobody could be told of a confirmation round.', { intentionId: row.intentionId, error });
        await parts.intentions.failed([row.intentionId], String(error), now);
      }
    }
    if (nothingToSay.length > 0) await parts.intentions.done(nothingToSay);
    return tellOrSplit(parts, planned, now);
  };

const mostCodes = 10;
/** News that cannot wait for the next morning. */
const atOnce: ReadonlySet<RoundNews> = new Set(['opened', 'disputed']);

const noticeOf = (
  { intentionId, news, about, actor, codes }: NewsRow,
  { round, calendar, facts }: NonNullable<NewsRow['of']>,
  lines: readonly StatusedLine[],
  now: Date,
  settings: NoticeDelivery['settings'],
): PlannedNotice | undefined => {
  const own = lines.filter(
    ({ row }) => (facts.unit === null || row.unit === facts.unit) && (codes.length === 0 || codes.includes(row.code)),
  );
  const meant = own.filter(meantBy(news, round, dayOf(now, calendar.zone)));
  if (meant.length === 0) return undefined;
  const said: RoundSaid = {
    ...facts,
    news,
    programme: round.programme,
    asOf: round.asOf,
    dueOn: round.dueOn,
    items: meant.length,
    codes: meant.slice(0, mostCodes).map(({ row }) => row.code),
    ...(news === 'resolved'
      ? {
          verdicts: meant
            .slice(0, mostCodes)
            .map(({ row, status, last }) => ({ code: row.code, verdict: status, reason: last?.reason ?? null })),
        }
      : {}),
    ...(news === 'silent' ? { counts: summaryOf(round, lines).counts, silent: silentUnits(meant) } : {}),
  };
  const urgency = atOnce.has(news) ? 'now' : 'digest';
  const dueAt = nextAllowed(now, calendar, settings.quietHours);
  return {
    intentionId,
    taskId: null,
    seq: null,
    round: { id: round.id, about, said },
    kind: `confirmation_${news}`,
    urgency,
    actor,
    addressees: addresseesOf(news, round, own),
    mail:
      urgency === 'now' && settings.mailEnabled
        ? { ...urgentRoundMail(said, round.id, settings.publicUrl), dueAt }
        : undefined,
  };
};

/** Which items the news is still about when it is told. */
const meantBy =
  (news: RoundNews, { frozen, dueOn }: Round, today: CivilDate) =>
  ({ status }: StatusedLine): boolean => {
    switch (news) {
      case 'opened':
      case 'reminder':
        return status === 'waiting' && !frozen && today <= dueOn;
      case 'disputed':
        return status === 'disputed';
      case 'resolved':
        return status === 'upheld' || status === 'rejected';
      case 'silent':
        return status === 'deemed';
      default:
        return news satisfies never;
    }
  };

/** The unit of then, and whoever has its work now: both may answer. */
const addresseesOf = (news: RoundNews, round: Round, own: readonly StatusedLine[]): readonly Addressee[] =>
  news === 'disputed' || news === 'silent'
    ? [{ role: 'office', unit: null }, { account: round.openedBy }]
    : [...new Set(own.flatMap(({ row, leadsNow }) => [row.unit, leadsNow]))].flatMap((unit): Addressee[] => [
        { role: 'head', unit },
        { role: 'focal_point', unit },
      ]);

const silentUnits = (lines: readonly StatusedLine[]): NonNullable<RoundSaid['silent']> =>
  [...new Map(lines.map(({ row }) => [row.unit, row.unitName]))].map(([unit, unitName]) => ({
    unitName,
    items: lines.filter(({ row }) => row.unit === unit).length,
  }));
