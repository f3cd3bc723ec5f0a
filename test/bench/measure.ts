// One line per measure: our figure beside a reference taken in the same run, because absolute figures move between
// machines and hours and the ratio does not. Rounds of the two alternate.

export interface Measure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly reference: number;
  /** value / reference; above 1 is better than the reference. */
  readonly ratio: number;
  /** Rounds of each. */
  readonly n: number;
  /** Lowest and highest ratio of the rounds. */
  readonly spread: readonly [number, number];
  readonly goal?: number;
}

export interface Pair {
  readonly ours: number;
  readonly reference: number;
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

const rounded = (value: number): number => Number(value.toPrecision(4));

/** @param pairs rates, higher is better */
export const measureOf = (name: string, unit: string, pairs: readonly Pair[], goal?: number): Measure => {
  const ratios = pairs.map(({ ours, reference }) => ours / reference);
  return {
    name,
    value: rounded(median(pairs.map(({ ours }) => ours))),
    unit,
    reference: rounded(median(pairs.map(({ reference }) => reference))),
    ratio: rounded(median(ratios)),
    n: pairs.length,
    spread: [rounded(Math.min(...ratios)), rounded(Math.max(...ratios))],
    ...(goal === undefined ? {} : { goal }),
  };
};
