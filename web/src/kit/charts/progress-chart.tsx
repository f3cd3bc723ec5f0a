// Done, and on top of it what waits for appraisal, day by day; a plan, and what the year's end may bring. Values stand at
// the ends of the lines: nobody should have to read them off an axis.

import { daysBetween, number } from '../../format.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { areaPath, linear } from './scale.ts';
import { useWidth } from './use-width.ts';

interface Day {
  readonly day: string;
  readonly done: number;
  readonly awaiting: number;
}

export interface ProgressChartProps {
  readonly days: readonly Day[];
  readonly total: number;
  readonly yearEnd: string;
  readonly words: { readonly done: string; readonly awaiting: string; readonly forecast: string };
  readonly forecast: { readonly low: number; readonly point: number; readonly high: number } | null;
}

const [height, left, right, top, bottom] = [280, 40, 150, 14, 26];

export const ProgressChart = ({ days, total, yearEnd, words, forecast }: ProgressChartProps) => {
  const { monthShort } = useText(common);
  const [box, width] = useWidth<SVGSVGElement>(620);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return null;
  const at = (day: string) => daysBetween(first.day, day);
  const x = linear([0, Math.max(1, at(yearEnd > last.day ? yearEnd : last.day))], [left, width - right]);
  const y = linear([0, Math.max(1, total)], [height - bottom, top]);
  const shape = (low: (day: Day) => number, high: (day: Day) => number) =>
    areaPath(days.map((each) => ({ x: x(at(each.day)), low: y(low(each)), high: y(high(each)) })));
  const [endX, endY] = [x(at(last.day)), y(last.done + last.awaiting)];
  const forecastX = x(at(yearEnd));
  const months = days.filter(({ day }) => day.endsWith('-01') && Number(day.slice(5, 7)) % 3 === 1);
  const ahead = forecast && yearEnd > last.day ? forecast : null;
  return (
    <svg ref={box} viewBox={`0 0 ${width} ${height}`} className="progress-chart" aria-hidden="true">
      {[...y.ticks(4).filter((tick) => tick < total * 0.9), total].map((tick) => (
        <g key={tick}>
          <line x1={left} x2={width - right} y1={y(tick)} y2={y(tick)} className="axis" />
          <text x={left - 6} y={y(tick) + 4} textAnchor="end">
            {number(tick)}
          </text>
        </g>
      ))}
      {months.map(({ day }) => (
        <text key={day} x={x(at(day))} y={height - 8}>
          {monthShort(String(Number(day.slice(5, 7))))}
        </text>
      ))}
      <path
        d={shape(
          () => 0,
          ({ done }) => done,
        )}
        fill="var(--st-done)"
      />
      <path
        d={shape(
          ({ done }) => done,
          ({ done, awaiting }) => done + awaiting,
        )}
        fill="var(--st-awaiting_appraisal)"
        fillOpacity="0.55"
      />
      {ahead && (
        <>
          <path
            d={`M${endX} ${y(last.done)}L${forecastX} ${y(ahead.high)}V${y(ahead.low)}Z`}
            fill="var(--st-done)"
            fillOpacity="0.2"
          />
          <path d={`M${endX} ${y(last.done)}L${forecastX} ${y(ahead.point)}`} className="forecast" />
          <text
            x={forecastX + 6}
            y={y(ahead.point) + 4}
            className="strong"
          >{`${words.forecast} ${number(ahead.point)} (${number(ahead.low)}–${number(ahead.high)})`}</text>
        </>
      )}
      <text
        x={endX + 6}
        y={Math.min(height - bottom - 4, (y(last.done) + y(0)) / 2 + 4)}
        className="strong"
      >{`${words.done} ${number(last.done)}`}</text>
      {last.awaiting > 0 && (
        <text
          x={endX + 6}
          y={(endY + y(last.done)) / 2 + 4}
          className="strong"
        >{`+ ${number(last.awaiting)} ${words.awaiting}`}</text>
      )}
    </svg>
  );
};
