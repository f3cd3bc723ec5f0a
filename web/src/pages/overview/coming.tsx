// What is coming: the deadlines of open work, week by week.

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type Coming, comingQuery, type Statistics } from '../../api/reports.ts';
import { day, number } from '../../format.ts';
import { Chart } from '../../kit/charts/chart.tsx';
import { WeekBars, WeekSigns, weekPlace } from '../../kit/charts/week-bars.tsx';
import { Await } from '../../kit/states.tsx';
import { useText } from '../../text/index.ts';
import { categoryOf, figureLink } from './figure-link.ts';
import { outlookText } from './outlook-text.ts';

type Week = Coming['weeks'][number];

export const ComingWeeks = ({ found }: { readonly found: Statistics }) => (
  <Await query={useQuery(comingQuery(found.programme.code, { asOf: found.asOf, knownAt: found.knownAt }))}>
    {(coming) => <Weeks found={found} coming={coming} />}
  </Await>
);

const Weeks = ({ found, coming }: { readonly found: Statistics; readonly coming: Coming }) => {
  const text = useText(outlookText);
  const { weeks, total, later, calendarTo } = coming;
  const [from, to] = [day(coming.asOf), day(weeks.at(-1)?.to ?? coming.asOf)];
  const most = [...weeks].sort((one, other) => other.due - one.due)[0];
  const linkOf = (week: Week) =>
    figureLink(found, { category: categoryOf('in_progress'), dueFrom: week.from, dueTo: week.to });
  const daysOf = ({ days }: Week) =>
    days.map(({ date, kind, name }) => `${day(date).slice(0, 5)} ${text.kinds[kind]}: ${name}`).join('; ');
  const sentence =
    total === 0 || !most
      ? text.comingNone(from, to)
      : text.comingSentence(number(total), from, to, number(most.due), day(most.from));
  const told = later > 0 ? `${sentence} ${text.later(number(later))}` : sentence;
  const isOff = (week: Week) => week.days.some(({ kind }) => kind !== 'make_up');
  const isMadeUp = (week: Week) => week.days.some(({ kind }) => kind === 'make_up');
  if (total === 0)
    return (
      <div className="stack">
        <h2>{text.coming}</h2>
        <p className="muted">{told}</p>
      </div>
    );
  return (
    <Chart
      title={text.coming}
      sentence={told}
      table={
        <table className="table">
          <thead>
            <tr>
              <th>{text.weekColumns.week}</th>
              <th className="number">{text.weekColumns.due}</th>
              <th>{text.weekColumns.days}</th>
            </tr>
          </thead>
          <tbody>
            {weeks.map((week) => (
              <tr key={week.from}>
                <td>{text.week(day(week.from), day(week.to))}</td>
                <td className="number">{week.due === 0 ? '0' : <Link {...linkOf(week)}>{number(week.due)}</Link>}</td>
                <td>{daysOf(week)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
      links={weeks.map((week, index) =>
        week.due === 0 ? null : (
          <li key={week.from} style={weekPlace(index, weeks.length)}>
            <Link
              {...linkOf(week)}
              data-week={week.from}
              aria-label={text.opensWeek(day(week.from), day(week.to), number(week.due), daysOf(week))}
              title={text.opensWeek(day(week.from), day(week.to), number(week.due), daysOf(week))}
            />
          </li>
        ),
      )}
      note={
        <div className="small muted chart-note">
          <p aria-hidden="true">{told}</p>
          <p>
            {calendarTo !== null && calendarTo < (weeks.at(-1)?.to ?? '')
              ? `${text.counted} ${text.calendarEnds(day(calendarTo))}`
              : text.counted}
          </p>
          <WeekSigns
            words={{
              ...(weeks.some(isOff) ? { off: text.signs.off } : {}),
              ...(weeks.some(isMadeUp) ? { makeUp: text.signs.makeUp } : {}),
            }}
          />
        </div>
      }
    >
      <WeekBars
        weeks={weeks.map((week) => ({
          from: week.from,
          count: week.due,
          off: isOff(week),
          makeUp: isMadeUp(week),
        }))}
      />
    </Chart>
  );
};
