// Two dots on a line for each row: how many they were before, how many of them still are. The line between them is what
// changed.

import { number } from '../../format.ts';
import { linear } from './scale.ts';
import { useWidth } from './use-width.ts';

export interface DotPair {
  readonly key: string;
  readonly label: string;
  readonly before: number;
  /** At most `before`. */
  readonly after: number;
}

const [row, left, right, radius] = [40, 84, 40, 7];
/** Around a dot, what can be pressed. */
const [reach, tail] = [14, 38];

const layout = (pairs: readonly DotPair[], width: number) => {
  const most = Math.max(1, ...pairs.map(({ before }) => before));
  const x = linear([0, most], [left + tail, width - right]);
  return { x, height: pairs.length * row + 8, y: (index: number) => index * row + row / 2 + 4 };
};

export const usePairedDots = (pairs: readonly DotPair[]) => {
  const [box, width] = useWidth<SVGSVGElement>(420);
  const { x, y, height } = layout(pairs, width);
  const picture = (
    <svg ref={box} viewBox={`0 0 ${width} ${height}`} className="paired-dots" aria-hidden="true">
      {pairs.map(({ key, label, before, after }, index) => (
        <g key={key}>
          <text x={0} y={y(index) + 4}>
            {label}
          </text>
          <line x1={x(0)} x2={width - right} y1={y(index)} y2={y(index)} className="axis" />
          <line x1={x(after)} x2={x(before)} y1={y(index)} y2={y(index)} className="change" />
          <circle cx={x(before)} cy={y(index)} r={radius} className="before" />
          <circle cx={x(after)} cy={y(index)} r={radius - 2.5} className="after" />
          <text x={x(after) - radius - 5} y={y(index) + 4} textAnchor="end" className="strong">
            {number(after)}
          </text>
          <text x={x(before) + radius + 5} y={y(index) + 4} className="strong">
            {number(before)}
          </text>
        </g>
      ))}
    </svg>
  );
  /** Of a dot with its number; two that lie close share the room between them. */
  const place = (index: number, dot: 'before' | 'after') => {
    const pair = pairs[index];
    if (!pair) return {};
    const [from, to] = [x(pair.after), x(pair.before)];
    const middle = (from + to) / 2;
    const [start, end] =
      dot === 'after' ? [from - tail, Math.min(from + reach, middle)] : [Math.max(to - reach, middle), to + tail];
    const share = (part: number, of: number) => `${(part / of) * 100}%`;
    return {
      left: share(start, width),
      width: share(end - start, width),
      top: share(y(index) - reach, height),
      height: share(2 * reach, height),
    };
  };
  return { picture, place };
};
