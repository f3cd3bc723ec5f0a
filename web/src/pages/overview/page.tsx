// The dashboard of the leadership. Every number is a link to exactly its tasks, as of the same two times.

import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { programmesQuery } from '../../api/programmes.ts';
import {
  buckets,
  estimates,
  forecastQuery,
  runsQuery,
  type Statistics,
  statisticsQuery,
  trendQuery,
} from '../../api/reports.ts';
import { day, moment, number, percent } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Chart } from '../../kit/charts/chart.tsx';
import { ProgressChart } from '../../kit/charts/progress-chart.tsx';
import { ShareBar } from '../../kit/charts/share-bar.tsx';
import { Choice } from '../../kit/choice.tsx';
import { Print } from '../../kit/icons.tsx';
import { StateShape } from '../../kit/state-mark.tsx';
import { Await, Empty } from '../../kit/states.tsx';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { ComingWeeks } from './coming.tsx';
import { categoryOf, figureLink } from './figure-link.ts';
import { LateUnits } from './late-units.tsx';
import { overviewText } from './text.ts';
import { UnitTable } from './unit-table.tsx';
import { UrgingEffectChart } from './urging.tsx';
import './page.css';

export const OverviewPage = () => {
  const text = useText(overviewText);
  const search = useSearch({ from: '/' });
  const programmes = useQuery(programmesQuery);
  const newest = [...(programmes.data ?? [])].sort((one, other) => other.year - one.year)[0]?.code;
  const programme = search.programme ?? newest ?? '';
  const statistics = useQuery(statisticsQuery(programme, { asOf: search.asOf, knownAt: search.knownAt }));
  if (programmes.data?.length === 0)
    return (
      <>
        <h1>{text.title('')}</h1>
        <Empty>{text.empty}</Empty>
      </>
    );
  return <Await query={statistics}>{(found) => <Dashboard found={found} />}</Await>;
};

const Dashboard = ({ found }: { readonly found: Statistics }) => {
  const text = useText(overviewText);
  const words = useText(common);
  const { programme, asOf, knownAt, total, counts, deadlines } = found;
  const urgent = [
    ['overdue', deadlines.overdue ?? 0, { deadline: 'overdue' }],
    ['undated', deadlines.undated ?? 0, { deadline: 'undated' }],
    ['awaiting_appraisal', counts.awaiting_appraisal, { category: 'awaiting_appraisal' }],
  ] as const;
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{text.title(programme.name)}</h1>
          <p className="muted">{text.asOf(day(asOf), moment(knownAt))}</p>
          {found.notice && <p className="small muted">{found.notice}</p>}
        </div>
        {total === 0 && <Controls programme={programme.code} />}
      </div>
      {total === 0 ? (
        <Empty>{text.nothing(programme.name)}</Empty>
      ) : (
        <>
          <div className="row spread">
            <div className="urgent">
              {urgent.map(([key, count, filter]) => (
                <Link
                  key={key}
                  className={`urgent-link ${key}`}
                  {...figureLink(found, filter)}
                  aria-label={text.opens(number(count), text.urgent[key])}
                >
                  <strong>{number(count)}</strong> {text.urgent[key]}
                </Link>
              ))}
            </div>
            <Controls programme={programme.code} />
          </div>
          <section className="card">
            <Chart
              title={text.shares}
              sentence={`${buckets.map((key) => `${text.buckets[key]} ${number(counts[key])} (${percent(found.percentages[key])})`).join('; ')}; ${text.sharesOf(number(total), programme.noun)}.`}
            >
              <ShareBar parts={buckets.map((key) => ({ category: key, count: counts[key] }))} />
            </Chart>
            <ul role="list" className="legend">
              {buckets.map((key) => (
                <li key={key}>
                  <Link {...figureLink(found, { category: categoryOf(key) })}>
                    <span className="row">
                      <StateShape category={key} />
                      {text.buckets[key]}
                    </span>
                    <span className="figure" data-figure={key}>
                      <strong>{number(counts[key])}</strong>/{number(total)}
                    </span>
                    <span>{percent(found.percentages[key])}</span>
                  </Link>
                </li>
              ))}
            </ul>
            <p className="small muted">{text.sharesOf(number(total), programme.noun)}</p>
            {found.rounding.note && <p className="small muted">{found.rounding.note}</p>}
          </section>
          <div className="two-columns">
            <section className="card">
              <Trend found={found} />
            </section>
            <div className="stack">
              <LateUnits found={found} />
              <section className="card stack">
                <h2>{text.yearEnd}</h2>
                <table className="table estimates">
                  <tbody>
                    {estimates
                      .filter((key) => key !== 'undeclared' || found.estimate.undeclared > 0)
                      .map((key) => (
                        <tr key={key}>
                          <th scope="row">{words.estimates[key]}</th>
                          <td className="number">
                            <Link {...figureLink(found, { estimate: key })} data-estimate={key}>
                              {number(found.estimate[key])}/{number(total)}
                            </Link>
                          </td>
                          <td className="number">{percent(found.estimatePercentages[key])}</td>
                        </tr>
                      ))}
                  </tbody>
                </table>
                {found.rounding.estimateNote && <p className="small muted">{found.rounding.estimateNote}</p>}
              </section>
            </div>
          </div>
          <div className="two-columns">
            <section className="card">
              <ComingWeeks found={found} />
            </section>
            <section className="card">
              <UrgingEffectChart found={found} />
            </section>
          </div>
          <UnitTable found={found} />
        </>
      )}
    </>
  );
};

const Controls = ({ programme }: { readonly programme: string }) => {
  const text = useText(overviewText);
  const words = useText(common);
  const search = useSearch({ from: '/' });
  const navigate = useNavigate({ from: '/' });
  const programmes = useQuery(programmesQuery);
  const runs = useQuery(runsQuery(programme));
  const chosen = runs.data?.find(({ asOf, knownAt }) => asOf === search.asOf && knownAt === search.knownAt)?.id;
  return (
    <div className="row no-print overview-controls">
      <Choice
        label={words.programme}
        value={programme}
        options={(programmes.data ?? []).map(({ code, name }) => [code, name])}
        onChange={(code) => void navigate({ search: { programme: code } })}
      />
      <Choice
        label={text.period}
        all={text.today}
        value={chosen ?? (search.asOf === undefined ? '' : day(search.asOf))}
        options={(runs.data ?? []).map(({ id, asOf, knownAt }) => [id, text.frozen(day(asOf), moment(knownAt))])}
        onChange={(id) => {
          const run = runs.data?.find((one) => one.id === id);
          void navigate({ search: { programme, ...(run ? { asOf: run.asOf, knownAt: run.knownAt } : {}) } });
        }}
      />
      <Button onClick={() => print()}>
        <Print />
        {text.printed}
      </Button>
    </div>
  );
};

const Trend = ({ found }: { readonly found: Statistics }): ReactNode => {
  const text = useText(overviewText);
  const { programme, asOf, total } = found;
  // The chart is of the programme's year, even when it is looked at later.
  const year =
    useQuery(programmesQuery).data?.find(({ code }) => code === programme.code)?.year ?? Number(asOf.slice(0, 4));
  const yearEnd = `${year}-12-31`;
  const to = asOf < yearEnd ? asOf : yearEnd;
  const trend = useQuery(trendQuery(programme.code, `${year}-01-01`, to));
  const forecast = useQuery(forecastQuery(programme.code, to));
  return (
    <Await query={trend}>
      {(all) => {
        const days = all.map((entry) => ({
          day: entry.day,
          done: entry.counts.done,
          awaiting: entry.counts.awaiting_appraisal,
        }));
        const last = days.at(-1);
        const monthly = days.filter((entry, index) => index === days.length - 1 || entry.day.endsWith('-01'));
        return (
          <Chart
            title={text.trend}
            sentence={last ? text.trendSentence(number(last.done), number(last.awaiting), day(last.day)) : text.trend}
            table={
              <table className="table">
                <thead>
                  <tr>
                    <th>{text.day}</th>
                    <th className="number">{text.buckets.done}</th>
                    <th className="number">{text.buckets.awaiting_appraisal}</th>
                  </tr>
                </thead>
                <tbody>
                  {monthly.map((entry) => (
                    <tr key={entry.day}>
                      <td>{day(entry.day)}</td>
                      <td className="number">{number(entry.done)}</td>
                      <td className="number">{number(entry.awaiting)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            }
          >
            <ProgressChart
              days={days}
              total={total}
              yearEnd={yearEnd}
              forecast={forecast.data?.done ?? null}
              words={{ done: text.done, awaiting: text.awaiting, forecast: text.forecast }}
            />
          </Chart>
        );
      }}
    </Await>
  );
};
