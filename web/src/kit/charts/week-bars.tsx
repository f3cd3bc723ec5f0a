// A bar for each week with its number on top; below it the Monday, and marks for days off and make-up days.

import { day, number } from '../../format.ts';
import { linear } from './scale.ts';
import { useWidth } from './use-width.ts';

export interface WeekBar {
  readonly from: string;
  readonly count: number;
  readonly off: boolean;
  readonly makeUp: boolean;
}

const [height, top, bottom] = [200, 22, 44];

export const WeekBars = ({ weeks }: { readonly weeks: readonly WeekBar[] }) => {
  const [box, width] = useWidth<SVGSVGElement>(620);
  const y = linear([0, Math.max(1, ...weeks.map(({ count }) => count))], [height - bottom, top]);
  const step = width / Math.max(1, weeks.length);
  // As many Mondays as have room, the first always.
  const every = Math.ceil(42 / step);
  return (
    <svg ref={box} viewBox={`0 0 ${width} ${height}`} className="week-bars" aria-hidden="true">
      <line x1={0} x2={width} y1={height - bottom} y2={height - bottom} className="axis" />
      {weeks.map(({ from, count, off, makeUp }, index) => {
        const middle = (index + 0.5) * step;
        const signs = [...(off ? [dayOff] : []), ...(makeUp ? [madeUp] : [])];
        return (
          <g key={from}>
            {count > 0 && (
              <rect
                x={index * step + step * 0.16}
                width={step * 0.68}
                y={y(count)}
                height={height - bottom - y(count)}
                className="bar-part"
              />
            )}
            <text x={middle} y={y(count) - 6} textAnchor="middle" className={count > 0 ? 'strong' : ''}>
              {number(count)}
            </text>
            {index % every === 0 && (
              <text x={Math.max(18, middle)} y={height - bottom + 17} textAnchor="middle">
                {day(from).slice(0, 5)}
              </text>
            )}
            {signs.map((sign, place) => (
              <g
                key={sign.key}
                transform={`translate(${middle - 5 + (place - (signs.length - 1) / 2) * 13} ${height - 19})`}
              >
                {sign.drawing}
              </g>
            ))}
          </g>
        );
      })}
    </svg>
  );
};

const dayOff = { key: 'off', drawing: <path d="M5 0L10 5L5 10L0 5Z" className="sign" /> };
const madeUp = { key: 'make-up', drawing: <path d="M5 1V9M1 5H9" className="sign drawn" /> };

/** What the marks under the weeks mean; of those that are there. */
export const WeekSigns = ({ words }: { readonly words: { readonly off?: string; readonly makeUp?: string } }) => (
  <span className="chart-signs">
    {(
      [
        [dayOff, words.off],
        [madeUp, words.makeUp],
      ] as const
    ).map(
      ([{ key, drawing }, word]) =>
        word !== undefined && (
          <span key={key} className="row">
            <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
              {drawing}
            </svg>
            {word}
          </span>
        ),
    )}
  </span>
);

/** Where the column of a week lies, for what is laid over it. */
export const weekPlace = (index: number, of: number) => ({
  left: `${(index / of) * 100}%`,
  width: `${100 / of}%`,
  top: 0,
  height: `${((height - bottom) / height) * 100}%`,
});
