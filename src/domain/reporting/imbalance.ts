// How unevenly the units have registered (report 158/BC-SKHĐT, II.2.1: "số lượng nội dung đăng ký còn có sự chênh lệch giữa các đơn vị").

export interface Imbalance {
  readonly units: number;
  /** Fewest, middle and most tasks of one unit; of an even number of units the middle lies between two. */
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** @param totals tasks per unit; units without any are not among them */
export const imbalanceOf = (totals: readonly number[]): Imbalance => {
  const sorted = [...totals].sort((a, b) => a - b);
  const middle = (at: number): number => sorted[at] ?? 0;
  const half = Math.floor(sorted.length / 2);
  return {
    units: sorted.length,
    min: middle(0),
    median: sorted.length % 2 === 1 ? middle(half) : (middle(half - 1) + middle(half)) / 2,
    max: sorted.at(-1) ?? 0,
  };
};
