import { useQuery } from '@tanstack/react-query';
import { programmesQuery } from '../../api/programmes.ts';
import { forecastQuery, type TrendDay, trendQuery } from '../../api/reports.ts';
import { addDays, civilDay, day, number } from '../../format.ts';
import { Chart } from '../../kit/charts/chart.tsx';
import { ProgressChart } from '../../kit/charts/progress-chart.tsx';
import { Await } from '../../kit/states.tsx';
import { TableBox } from '../../kit/table-box.tsx';
import { useText } from '../../text/index.ts';
import { detailText } from './detail-text.ts';
import { reportBuckets } from './figures.tsx';
import { viewsText } from './views-text.ts';

/** Where the tasks stood at the end of each month of the programme's year. */
export const TrendView = ({ programme }: { readonly programme: string }) => {
  const { trend: text } = useText(viewsText);
  const today = civilDay();
  const year =
    useQuery(programmesQuery).data?.find(({ code }) => code === programme)?.year ?? Number(today.slice(0, 4));
  const yearEnd = `${year}-12-31`;
  const to = today < yearEnd ? today : yearEnd;
  const trend = useQuery(trendQuery(programme, `${year}-01-01`, to));
  const forecast = useQuery(forecastQuery(programme, to));
  return (
    <Await query={trend}>
      {(days) => {
        const last = days.at(-1);
        if (!last) return null;
        const months = days.filter((each) => each === last || addDays(each.day, 1).endsWith('-01'));
        return (
          <section className="card stack">
            <Chart
              title={text.title}
              sentence={text.sentence(day(last.day), number(last.counts.done), number(last.counts.awaiting_appraisal))}
            >
              <ProgressChart
                days={days.map(({ day: on, counts }) => ({
                  day: on,
                  done: counts.done,
                  awaiting: counts.awaiting_appraisal,
                }))}
                total={last.total}
                yearEnd={yearEnd}
                forecast={forecast.data?.done ?? null}
                words={{ done: text.done, awaiting: text.awaiting, forecast: text.forecast }}
              />
            </Chart>
            <Months months={months} />
            <p className="small muted">{text.late}</p>
          </section>
        );
      }}
    </Await>
  );
};

const Months = ({ months }: { readonly months: readonly TrendDay[] }) => {
  const { trend: text } = useText(viewsText);
  const words = useText(detailText);
  return (
    <TableBox label={text.monthly}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{text.day}</th>
            {reportBuckets.map((key) => (
              <th key={key} scope="col" className="number">
                {words.buckets[key]}
              </th>
            ))}
            <th scope="col" className="number">
              {words.total}
            </th>
          </tr>
        </thead>
        <tbody>
          {months.map(({ day: on, counts, total }) => (
            <tr key={on}>
              <th scope="row">{day(on)}</th>
              {reportBuckets.map((key) => (
                <td key={key} className="number">
                  {number(counts[key])}
                </td>
              ))}
              <td className="number">{number(total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
};
