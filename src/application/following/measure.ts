// What the system itself measures of a common commitment (letter 003, 3.12), as of a day. It is shown beside what the unit
// declares, and a unit may take it over; whoever appraises decides, the system never does.

import { type ShareRule, usualRule } from '../../domain/programmes/settings.ts';
import { onTimeRate } from '../../domain/reporting/on-time.ts';
import { type CivilDate, dayOf } from '../../domain/schedule/civil-date.ts';
import type { Scalar } from '../../domain/workflow/condition.ts';
import type { Definition } from '../../domain/workflow/definition.ts';
import type { MoveTask, Task } from '../../domain/workflow/task.ts';
import type { Clock } from '../ports.ts';
import { type ReportReader, reportTimes } from '../reports/statistics.ts';
import type { CommonStore, FollowingReader, Measure, OnTimeRow } from './ports.ts';

export interface Measured extends Measure {
  /** Tính đến ngày: today, unless the period or the work ended before. */
  readonly asOf: CivilDate;
  readonly onTime: number;
  readonly judged: number;
  /** Per cent by the decimals and rounding of the commitment's programme; null: nothing is judged yet. */
  readonly rate: number | null;
  readonly rateText: string | null;
  readonly met: boolean | null;
  /** What the unit says, for comparison. */
  readonly declared: Scalar | null;
}

export type MeasuredTask = Pick<Task, 'id' | 'programme' | 'kind' | 'leadUnit' | 'finishedOn' | 'fields' | 'result'>;
export type MeasureTasks = (tasks: readonly MeasuredTask[]) => Promise<ReadonlyMap<string, Measured>>;

export interface MeasureParts {
  readonly common: Pick<CommonStore, 'measures'>;
  readonly reader: Pick<FollowingReader, 'onTime'>;
  readonly reports: Pick<ReportReader, 'programme'>;
  readonly clock: Clock;
  readonly zone: string;
}

/** Only copies of common tasks that measure themselves are in the answer. */
export const measureTasks =
  ({ common, reader, reports, clock, zone }: MeasureParts): MeasureTasks =>
  async (tasks) => {
    const copies = tasks.filter(({ kind }) => kind === 'common');
    const measures = copies.length > 0 ? await common.measures(copies.map(({ id }) => id)) : new Map<string, Measure>();
    const now = clock.now();
    const read = new Map<string, Promise<readonly OnTimeRow[]>>();
    const rowsOf = (programme: string, from: CivilDate, asOf: CivilDate) => {
      const key = [programme, from, asOf].join('\n');
      const rows = read.get(key) ?? reader.onTime(programme, from, reportTimes({ asOf }, zone, now));
      read.set(key, rows);
      return rows;
    };
    const rules = new Map<string, Promise<ShareRule | undefined>>();
    const ruleOf = (programme: string) => {
      const rule = rules.get(programme) ?? reports.programme(programme).then((each) => each?.rule);
      rules.set(programme, rule);
      return rule;
    };
    const found = new Map<string, Measured>();
    for (const task of copies) {
      const measure = measures.get(task.id);
      if (!measure) continue;
      const asOf = [dayOf(now, zone), measure.to, task.finishedOn ?? measure.to].toSorted()[0] as CivilDate;
      const rows = (
        await Promise.all(measure.programmes.map((programme) => rowsOf(programme, measure.from, asOf)))
      ).flatMap((each) => each.filter(({ unit }) => unit === task.leadUnit));
      const sum = (key: 'onTime' | 'onTimeOriginal' | 'late' | 'overdue' | 'failed'): number =>
        rows.reduce((total, row) => total + row[key], 0);
      const counts = {
        onTime: sum('onTime'),
        onTimeOriginal: sum('onTimeOriginal'),
        late: sum('late'),
        overdue: sum('overdue'),
        failed: sum('failed'),
      };
      const rule = (await ruleOf(task.programme)) ?? usualRule;
      const { judged, rate, rateText, met } = onTimeRate(counts, rule);
      const declared = task.fields[percentField] ?? task.result;
      found.set(task.id, { ...measure, asOf, onTime: counts.onTime, judged, rate, rateText, met, declared });
    }
    return found;
  };

/** Tỷ lệ đạt so với chỉ tiêu (%), as the built-in form of a submission calls it. */
const percentField = 'achieved';

/**
 * The fields of a submission with what was measured; what the unit says itself stays.
 * @returns undefined: nothing was measured, or the step asks for no percentage
 */
export const withMeasured = (
  definition: Definition,
  { transition, fields = {} }: Pick<MoveTask, 'transition' | 'fields'>,
  measured: Measured | undefined,
): MoveTask['fields'] | undefined => {
  const key = definition.transitions.find((each) => each.key === transition)?.require?.form;
  const form = definition.forms.find((each) => each.key === key)?.fields ?? [];
  if (!measured || measured.rate === null || !form.some((field) => field.key === percentField)) return undefined;
  const { rate, rateText, onTime, judged, asOf } = measured;
  const day = asOf.split('-').reverse().join('/');
  const told = `Đúng hạn ${onTime}/${judged} nhiệm vụ, đạt ${rateText} (hệ thống đo, tính đến ngày ${day})`;
  return {
    ...(form.some((field) => field.key === 'result') ? { result: told } : {}),
    ...fields,
    [percentField]: rate,
  };
};
