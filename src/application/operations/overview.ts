// One look at the machinery: the queue, the rows behind it, the workers. The queue may be away: then the look says so.

import { Refusal } from '../../domain/refusal.ts';
import { inTime } from '../in-time.ts';
import type { Clock } from '../ports.ts';
import { brokenIn } from './nightly-verification.ts';
import { nextTimes } from './schedules.ts';

export interface QueueFigures {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
  readonly completed: number;
  readonly paused: boolean;
}

/** What is asked of the queue; every call ends by itself within a few seconds. */
export interface QueueWatch {
  readonly backend: string;
  counts(): Promise<Readonly<Record<string, QueueFigures>>>;
  rate(queue: string, minutes?: number): Promise<{ readonly completed: number; readonly failed: number }>;
  oldestWaiting(queue: string): Promise<Date | null>;
  workersAlive(): Promise<Readonly<Record<string, number>>>;
}

export interface BacklogWatch {
  backlog(now: Date): Promise<{
    readonly due: number;
    readonly late: number;
    readonly parked: number;
    readonly oldestDueAt: Date | null;
    readonly unfolded: number;
    readonly unsentMails: number;
    readonly workers: number;
  }>;
  schedules(): Promise<
    readonly {
      readonly key: string;
      readonly cron: string;
      readonly zone: string;
      readonly pausedAt: Date | null;
    }[]
  >;
  proof(): Promise<AuditWatch>;
}

/** How the proof of the histories stands. */
export interface AuditWatch {
  /** Number of the last checkpoint. */
  readonly checkpoint: number | null;
  readonly sealedAt: Date | null;
  /** When the schedule of seals began, if there is one. */
  readonly sealingSince: Date | null;
  /** What the last nightly verification left in the ledger. */
  readonly verifiedAt: Date | null;
  readonly verification: string | null;
}

export interface QueueOverview extends QueueFigures {
  readonly name: string;
  readonly perMinute: { readonly completed: number; readonly failed: number };
  readonly oldestWaitingSeconds: number | null;
  readonly workers: number;
}

export interface Overview {
  /** Degraded: reminders still go out, from the database, up to a minute later than with the queue. */
  readonly status: 'ok' | 'degraded';
  readonly at: Date;
  readonly backend: string;
  readonly queue: 'up' | 'away';
  /** Null while the queue is away. */
  readonly queues: readonly QueueOverview[] | null;
  readonly intentions: {
    readonly due: number;
    readonly late: number;
    readonly parked: number;
    readonly oldestSeconds: number;
  };
  readonly deltas: { readonly unfolded: number };
  readonly mails: { readonly unsent: number };
  readonly workers: { readonly alive: number };
  readonly audit: {
    readonly checkpoint: number | null;
    readonly sealedAt: Date | null;
    readonly verifiedAt: Date | null;
    /** Rows that the last nightly verification found wrong; null: there was none yet. */
    readonly broken: number | null;
  };
  readonly schedules: readonly { readonly key: string; readonly paused: boolean; readonly next: Date | null }[];
  /** What a person should look at, most pressing first. */
  readonly attention: readonly Attention[];
}

export type Attention =
  | 'queue.away'
  | 'workers.none'
  | 'audit.broken'
  | 'audit.unsealed'
  | 'intentions.parked'
  | 'intentions.late'
  | 'queues.paused'
  | 'jobs.failed'
  | 'schedules.paused';

const boundMs = 2_500;
const rateMinutes = 5;

/** @throws Refusal service.unavailable when the database does not answer in time */
export const readOverview =
  (database: BacklogWatch, queue: QueueWatch, clock: Clock) => async (): Promise<Overview> => {
    const at = clock.now();
    const [backlog, queues] = await Promise.all([
      inTime(boundMs, Promise.all([database.backlog(at), database.schedules(), database.proof()])),
      inTime(boundMs, queuesOf(queue, at)).catch(() => undefined),
    ]);
    if (!backlog) throw new Refusal('service.unavailable', { reason: 'database' });
    const [{ due, late, parked, oldestDueAt, unfolded, unsentMails, workers }, schedules, proof] = backlog;
    const known = {
      queues: queues ?? null,
      intentions: { due, late, parked, oldestSeconds: secondsSince(oldestDueAt, at) ?? 0 },
      workers: { alive: workers },
      audit: auditOf(proof),
      schedules: schedules.map(({ pausedAt, ...schedule }) => ({
        key: schedule.key,
        paused: pausedAt !== null,
        next: pausedAt ? null : (nextTimes(schedule, at, 1)[0] ?? null),
      })),
    };
    return {
      status: queues ? 'ok' : 'degraded',
      at,
      backend: queue.backend,
      queue: queues ? 'up' : 'away',
      deltas: { unfolded },
      mails: { unsent: unsentMails },
      ...known,
      attention: attentionOf(known, sealIsLate(proof, at)),
    };
  };

const auditOf = ({ checkpoint, sealedAt, verifiedAt, verification }: AuditWatch): Overview['audit'] => ({
  checkpoint,
  sealedAt,
  verifiedAt,
  broken: brokenIn(verification),
});

/** A day and a half without a seal: one night was missed and not made good in the morning. */
const sealIsLate = ({ sealedAt, sealingSince }: AuditWatch, at: Date): boolean => {
  const since = sealedAt ?? sealingSince;
  return sealingSince !== null && since !== null && at.getTime() - since.getTime() > 36 * 3_600_000;
};

const queuesOf = async (queue: QueueWatch, at: Date): Promise<readonly QueueOverview[]> => {
  const [counts, workers] = await Promise.all([queue.counts(), queue.workersAlive()]);
  return Promise.all(
    Object.entries(counts).map(async ([name, figures]) => {
      const [rate, oldest] = await Promise.all([queue.rate(name, rateMinutes), queue.oldestWaiting(name)]);
      return {
        name,
        ...figures,
        perMinute: { completed: perMinute(rate.completed), failed: perMinute(rate.failed) },
        oldestWaitingSeconds: secondsSince(oldest, at),
        workers: workers[name] ?? 0,
      };
    }),
  );
};

const perMinute = (count: number): number => Math.round((count / rateMinutes) * 10) / 10;

/** The queue's servers have clocks of their own; a little before "now" is now. */
const secondsSince = (then: Date | null, at: Date): number | null =>
  then && Math.max(0, Math.round((at.getTime() - then.getTime()) / 1000));

const attentionOf = (
  {
    queues,
    intentions,
    workers,
    audit,
    schedules,
  }: Pick<Overview, 'queues' | 'intentions' | 'workers' | 'audit' | 'schedules'>,
  sealLate: boolean,
): readonly Attention[] => {
  const signs: Readonly<Record<Attention, boolean>> = {
    'queue.away': queues === null,
    'workers.none': workers.alive === 0,
    'audit.broken': (audit.broken ?? 0) > 0,
    'audit.unsealed': sealLate,
    'intentions.parked': intentions.parked > 0,
    'intentions.late': intentions.late > 0,
    'queues.paused': queues?.some(({ paused }) => paused) ?? false,
    'jobs.failed': queues?.some(({ failed }) => failed > 0) ?? false,
    'schedules.paused': schedules.some(({ paused }) => paused),
  };
  return (Object.keys(signs) as Attention[]).filter((sign) => signs[sign]);
};
