// As much of a chart library as the charts here need: a straight scale with round ticks, and areas. d3-scale and d3-shape
// were tried and weigh 13 KiB packed, a twelfth of what a page may weigh in all.

export interface Scale {
  (value: number): number;
  /** Round values, some `count` of them, from the first to the last of the domain. */
  readonly ticks: (count: number) => readonly number[];
}

/** @param domain first and last value @param range where they lie, in units of the picture */
export const linear = (domain: readonly [number, number], range: readonly [number, number]): Scale => {
  const [from, to] = domain;
  const [start, end] = range;
  const at = (value: number) => start + ((value - from) / (to - from)) * (end - start);
  const ticks = (count: number): readonly number[] => {
    const rough = (to - from) / count;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power;
    const first = Math.ceil(from / step) * step;
    return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, index) => first + index * step);
  };
  return Object.assign(at, { ticks });
};

interface Slice {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

/** The path around an area: along its upper edge, back along its lower one. */
export const areaPath = (slices: readonly Slice[]): string => {
  const upper = slices.map(({ x, high }) => `${x},${high}`);
  const lower = slices.map(({ x, low }) => `${x},${low}`).reverse();
  return slices.length === 0 ? '' : `M${[...upper, ...lower].join('L')}Z`;
};
