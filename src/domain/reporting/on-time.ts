// "Thực hiện đúng hạn 100% các nhiệm vụ trên phần mềm" (letter 003, 3.12): one reading for the list and for the commitment itself.

import type { ShareRule } from '../programmes/settings.ts';
import { rateOf } from './rates.ts';

export interface OnTimeCounts {
  readonly onTime: number;
  readonly onTimeOriginal: number;
  readonly late: number;
  readonly overdue: number;
  readonly failed: number;
}

export interface OnTimeRate {
  /** Done, overdue or failed: what is stopped or still running is not judged. */
  readonly judged: number;
  /** Of what has fallen due, per cent, by the programme's decimals and rounding; null: nothing is judged yet. */
  readonly rate: number | null;
  /** As letters print it: 66,7%. */
  readonly rateText: string | null;
  readonly rateOriginal: number | null;
  /** All that is judged was on time. */
  readonly met: boolean | null;
}

/** @param rule of the programme that tells the rate */
export const onTimeRate = (
  { onTime, onTimeOriginal, late, overdue, failed }: OnTimeCounts,
  rule: ShareRule,
): OnTimeRate => {
  const judged = onTime + late + overdue + failed;
  const rate = (count: number) =>
    rateOf({ key: 'on_time', name: 'Đúng hạn', count, of: judged, denominator: 'fallen_due' }, rule);
  const { percent, text } = rate(onTime);
  return {
    judged,
    rate: percent,
    rateText: text,
    rateOriginal: rate(onTimeOriginal).percent,
    met: judged === 0 ? null : onTime === judged,
  };
};
