// The five states and the estimate of the year: count, share, of how many. Each count opens the tasks that were counted.

import type { ReactNode } from 'react';
import type { Bucket, Estimate, Rate, Statistics } from '../../api/reports.ts';
import { number, percentTo } from '../../format.ts';
import { StateShape } from '../../kit/state-mark.tsx';
import { useText } from '../../text/index.ts';
import { detailText } from './detail-text.ts';

/** As the report tells them: a, b, c, d, đ. */
export const reportBuckets = ['in_progress', 'done', 'not_done', 'awaiting_appraisal', 'stopped'] as const;
const reportEstimates = ['done', 'not_done', 'stopped', 'undeclared'] as const;

export interface Counted {
  readonly bucket?: Bucket;
  readonly estimate?: Estimate;
}

interface Props {
  readonly found: Statistics;
  /** What a count opens: a link or a button around the words. */
  readonly opener: (counted: Counted, words: string) => ReactNode;
}

export const Figures = ({ found, opener }: Props) => {
  const text = useText(detailText);
  const { total, programme } = found;
  const whole = number(total);
  const shareText = (value: number) => percentTo(value, found.rounding.decimals);
  return (
    <div className="stack">
      <div className="two-tables">
        <FigureTable
          title={text.cumulative}
          total={total}
          note={found.rounding.note}
          rows={reportBuckets.map((key) => ({
            key,
            shape: key,
            name: text.buckets[key],
            cell: opener({ bucket: key }, `${number(found.counts[key])}/${whole}`),
            share: shareText(found.percentages[key]),
          }))}
        />
        <FigureTable
          title={text.estimate}
          total={total}
          note={found.rounding.estimateNote}
          rows={reportEstimates
            .filter((key) => key !== 'undeclared' || found.estimate.undeclared > 0)
            .map((key) => ({
              key: `estimate-${key}`,
              shape: key === 'undeclared' ? 'assigned' : key,
              name: text.estimates[key],
              cell: opener({ estimate: key }, `${number(found.estimate[key])}/${whole}`),
              share: shareText(found.estimatePercentages[key]),
            }))}
        />
      </div>
      <p className="small muted">{text.denominator(whole, programme.noun)}</p>
      <Rates rates={found.rates ?? []} />
    </div>
  );
};

/** What the programme calls its result, each rate with the denominator it is of. */
const Rates = ({ rates }: { readonly rates: readonly Rate[] }) => {
  const text = useText(detailText);
  if (rates.length === 0) return null;
  return (
    <div>
      <p>
        <strong>{text.rates}</strong>
      </p>
      <ul role="list" className="rates">
        {rates.map(({ key, name, count, of, denominatorText, text: share }) => (
          <li
            key={key}
          >{`${name}: ${number(count)}/${number(of)} ${denominatorText}${share === null ? '' : ` (${share})`}`}</li>
        ))}
      </ul>
    </div>
  );
};

interface FigureRow {
  readonly key: string;
  readonly shape: Bucket | 'assigned';
  readonly name: string;
  readonly cell: ReactNode;
  readonly share: string;
}

const FigureTable = ({
  title,
  rows,
  total,
  note,
}: {
  readonly title: string;
  readonly rows: readonly FigureRow[];
  readonly total: number;
  readonly note: string | null;
}) => {
  const text = useText(detailText);
  return (
    <section className="table-box">
      <table className="table figures">
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col" className="number">
              {text.count}
            </th>
            <th scope="col" className="number">
              {text.share}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, shape, name, cell, share }) => (
            <tr key={key} data-figure={key}>
              <th scope="row">
                <span className="state-mark">
                  <StateShape category={shape} />
                  {name}
                </span>
              </th>
              <td className="number">{cell}</td>
              <td className="number">{share}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{text.total}</th>
            <td className="number">{number(total)}</td>
            <td />
          </tr>
        </tfoot>
      </table>
      {note && <p className="small muted table-note">{note}</p>}
    </section>
  );
};
