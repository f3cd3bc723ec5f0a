// A forecast beside the units' own estimate, never mixed with it. Method, version 1: of earlier years' tasks of the same
// kind that were still open when the same share of their time had gone by, how many were done by the end of their year?
// That share is the probability of an open task; the band comes from the exact beta-binomial distribution of how many of
// the open ones will be done (Jeffreys' prior), summed over groups. No random numbers: the same history, the same forecast.
// What it leaves out is said in docs/decisions/0025-registration.md.

import { type CivilDate, daysBetween } from '../schedule/civil-date.ts';
import type { Category } from '../workflow/definition.ts';

export const forecastMethod = 'completion-curve/1';
/** Fewer comparable tasks than this say nothing. */
export const leastHistory = 20;
/** The band leaves out a twentieth on either side. */
const tail = 0.05;

export interface ForecastTask {
  readonly id: string;
  readonly unit: string;
  readonly kind: string;
  readonly assignedOn: CivilDate;
  /** Last day of the programme's year. */
  readonly yearEnd: CivilDate;
  readonly category: Category;
  /** Day on which it came to a final state; null while open. */
  readonly finishedOn: CivilDate | null;
  /** Day of the submission that was accepted; it alone says whether it was done in time. */
  readonly submittedOn: CivilDate | null;
}

export interface TaskForecast {
  readonly id: string;
  readonly unit: string;
  /** Of being done by the end of the year; null: too little history. */
  readonly probability: number | null;
  readonly open: boolean;
}

export interface Band {
  readonly low: number;
  readonly point: number;
  readonly high: number;
}

export interface ForecastRow {
  readonly total: number;
  readonly doneAlready: number;
  readonly open: number;
  /** Sum of the probabilities; null where there is too little history. */
  readonly expected: number | null;
  /** How many will be done by the end of the year: the median, and the band that holds nine times in ten. */
  readonly done: Band | null;
  /** Open tasks without enough history. */
  readonly withoutHistory: number;
}

export interface Forecast extends ForecastRow {
  readonly method: typeof forecastMethod;
  /** Tasks of earlier years that it rests on. */
  readonly history: number;
  readonly byUnit: readonly (ForecastRow & { readonly unit: string })[];
  readonly tasks: readonly TaskForecast[];
}

/** Done, by a submission of the year itself: how long the appraiser took is not the unit's doing. */
export const isDoneInYear = ({ category, submittedOn, finishedOn, yearEnd }: ForecastTask): boolean =>
  category === 'done' && (submittedOn ?? finishedOn ?? yearEnd) <= yearEnd;

/**
 * @param past tasks of programmes whose year is over
 * @param present tasks of the programme as they stood on the day
 */
export const forecastOf = (
  past: readonly ForecastTask[],
  present: readonly ForecastTask[],
  asOf: CivilDate,
): Forecast => {
  const history = past.map((task) => ({
    kind: task.kind,
    endedAt: task.finishedOn === null ? 1 : shareOfTime(task, task.finishedOn),
    done: isDoneInYear(task),
  }));
  const groups = new Map<string, Group>();
  const groupOf = (task: ForecastTask): Group => {
    const elapsed = Math.floor(shareOfTime(task, asOf) * 100) / 100;
    const key = `${task.kind} ${elapsed}`;
    const known = groups.get(key) ?? comparable(history, task.kind, elapsed);
    groups.set(key, known);
    return known;
  };
  const judged = present.map((task): Judged => {
    if (isOpen(task)) return { task, group: groupOf(task) };
    return { task, group: null };
  });
  const units = [...new Set(present.map(({ unit }) => unit))];
  return {
    method: forecastMethod,
    history: past.length,
    ...rowOf(judged),
    byUnit: units.map((unit) => ({ unit, ...rowOf(judged.filter(({ task }) => task.unit === unit)) })),
    tasks: judged.map(({ task, group }) => ({
      id: task.id,
      unit: task.unit,
      open: group !== null,
      probability: group === null ? (isDoneInYear(task) ? 1 : 0) : probabilityOf(group),
    })),
  };
};

interface Past {
  readonly kind: string;
  /** Share of its time at which it had ended; 1: not before its end. */
  readonly endedAt: number;
  readonly done: boolean;
}
/** Comparable tasks of earlier years, and how many of them were done. */
interface Group {
  readonly tasks: number;
  readonly done: number;
}
interface Judged {
  readonly task: ForecastTask;
  /** Null: it has ended, and there is nothing to forecast. */
  readonly group: Group | null;
}

const isOpen = ({ category }: ForecastTask): boolean =>
  category !== 'done' && category !== 'not_done' && category !== 'stopped';

/** From the day of assignment (0) to the end of the year (1). */
const shareOfTime = ({ assignedOn, yearEnd }: ForecastTask, day: CivilDate): number => {
  const whole = daysBetween(assignedOn, yearEnd);
  return whole <= 0 ? 1 : Math.min(1, Math.max(0, daysBetween(assignedOn, day) / whole));
};

/** Of the same kind; where these are too few, of any. */
const comparable = (history: readonly Past[], kind: string, elapsed: number): Group => {
  // What ended at the same share or later was still open then; at the very end everything that had not ended counts.
  const open = history.filter(({ endedAt }) => endedAt >= elapsed);
  const alike = open.filter((task) => task.kind === kind);
  const chosen = alike.length >= leastHistory ? alike : open;
  return { tasks: chosen.length, done: chosen.filter(({ done }) => done).length };
};

/** Mean of the distribution the band is made from. */
const probabilityOf = ({ tasks, done }: Group): number | null =>
  tasks < leastHistory ? null : (done + 0.5) / (tasks + 1);

const rowOf = (judged: readonly Judged[]): ForecastRow => {
  const doneAlready = judged.filter(({ task, group }) => group === null && isDoneInYear(task)).length;
  const open = judged.flatMap(({ group }) => group ?? []);
  const withoutHistory = open.filter(({ tasks }) => tasks < leastHistory).length;
  const row = { total: judged.length, doneAlready, open: open.length, withoutHistory };
  if (withoutHistory > 0) return { ...row, expected: null, done: null };
  const sizes = new Map<Group, number>();
  for (const group of open) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const distribution = [...sizes].reduce<readonly number[]>(
    (sum, [group, size]) => added(sum, betaBinomial(size, group.done + 0.5, group.tasks - group.done + 0.5)),
    [1],
  );
  return {
    ...row,
    expected: doneAlready + open.reduce((sum, group) => sum + (probabilityOf(group) ?? 0), 0),
    done: {
      low: doneAlready + quantile(distribution, tail),
      point: doneAlready + quantile(distribution, 0.5),
      high: doneAlready + quantile(distribution, 1 - tail),
    },
  };
};

/**
 * How many of n succeed when the rate itself is uncertain, Beta(a, b): the chance of each count from 0 to n. In logarithms,
 * because the first of a long list would vanish.
 */
export const betaBinomial = (n: number, a: number, b: number): readonly number[] => {
  let log = 0;
  for (let i = 0; i < n; i += 1) log += Math.log(b + i) - Math.log(a + b + i);
  const chances = [Math.exp(log)];
  for (let k = 0; k < n; k += 1) {
    log += Math.log(((n - k) * (a + k)) / ((k + 1) * (b + n - k - 1)));
    chances.push(Math.exp(log));
  }
  return chances;
};

/** Distribution of the sum of two independent counts. */
const added = (one: readonly number[], other: readonly number[]): readonly number[] => {
  const sum = new Array<number>(one.length + other.length - 1).fill(0);
  for (const [i, p] of one.entries()) for (const [j, q] of other.entries()) sum[i + j] = (sum[i + j] as number) + p * q;
  return sum;
};

/** The least count that is reached with this chance; rounding errors of the sum do not push it beyond the last. */
const quantile = (distribution: readonly number[], chance: number): number => {
  let reached = 0;
  for (const [count, p] of distribution.entries()) {
    reached += p;
    if (reached >= chance - 1e-9) return count;
  }
  return distribution.length - 1;
};

export interface ForecastScore {
  /** Tasks that were open when it was made, had a probability, and have an outcome now. */
  readonly tasks: number;
  /** Mean squared error of the probabilities: 0 is perfect, 0.25 is what a coin earns. Null: nothing to score. */
  readonly brier: number | null;
  /** What always saying the share that came true would have earned. */
  readonly reference: number | null;
  readonly units: number;
  /** Share of units whose count fell within their band; 0.9 is what was promised. */
  readonly coverage: number | null;
  /** Tasks whose appraisal is still open: left out, and their units with them. */
  readonly undecided: number;
}

/**
 * What a forecast was worth.
 * @param now the same tasks after the end of their year, by id; one that is missing there counts as undecided
 */
export const scoreOf = (
  forecast: Pick<Forecast, 'tasks' | 'byUnit'>,
  now: ReadonlyMap<string, ForecastTask>,
): ForecastScore => {
  // In the appraiser's hands at the end of the year it may still turn out to have been done in time.
  const outcome = ({ id }: { readonly id: string }): 0 | 1 | null => {
    const task = now.get(id);
    if (!task || task.category === 'awaiting_appraisal') return null;
    return isDoneInYear(task) ? 1 : 0;
  };
  const open = forecast.tasks.filter(({ open: was }) => was);
  const scored = open.flatMap((task) => {
    const came = outcome(task);
    return came === null || task.probability === null ? [] : [{ p: task.probability, came }];
  });
  const rate = mean(scored.map(({ came }) => came));
  const units = forecast.byUnit.flatMap(({ unit, done }) => {
    const outcomes = forecast.tasks.filter((task) => task.unit === unit).map(outcome);
    if (!done || outcomes.includes(null)) return [];
    const count = outcomes.reduce<number>((sum, came) => sum + (came ?? 0), 0);
    return [count >= done.low && count <= done.high ? 1 : 0];
  });
  return {
    tasks: scored.length,
    brier: mean(scored.map(({ p, came }) => (p - came) ** 2)),
    reference: rate === null ? null : rate * (1 - rate),
    units: units.length,
    coverage: mean(units),
    undecided: open.filter((task) => outcome(task) === null).length,
  };
};

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
