// Which days count, and by which rules programmes run.

import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { calendarQuery } from '../../api/calendar.ts';
import { programmesQuery } from '../../api/programmes.ts';
import { civilDay, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Choice } from '../../kit/choice.tsx';
import { Await } from '../../kit/states.tsx';
import { Tabs } from '../../kit/tabs.tsx';
import { useAddress } from '../../kit/use-address.ts';
import { useText } from '../../text/index.ts';
import './page.css';
import { Programmes } from './programmes.tsx';
import { calendarText } from './text.ts';
import { YearGrid } from './year-grid.tsx';

const tabs = ['calendar', 'programmes'] as const;

export const CalendarPage = () => {
  const text = useText(calendarText);
  const { tab: asked } = useSearch({ from: '/admin/calendar' });
  const tab = tabs.find((one) => one === asked) ?? 'calendar';
  return (
    <>
      <div className="page-head">
        <h1>{text.title}</h1>
      </div>
      <Tabs label={text.title} current={tab} tabs={tabs.map((key) => [key, text.tabs[key]])} />
      {tab === 'calendar' ? <Year /> : <Programmes />}
    </>
  );
};

const Year = () => {
  const text = useText(calendarText);
  const { year: askedYear = '', calendar: askedKey } = useSearch({ from: '/admin/calendar' });
  const change = useAddress();
  const programmes = useQuery(programmesQuery).data ?? [];
  const keys = [...new Set(['vn', ...programmes.flatMap(({ calendar }) => calendar ?? [])])];
  const key = keys.find((one) => one === askedKey) ?? 'vn';
  const calendar = useQuery(calendarQuery(key));
  const year = /^(19|20|21)\d\d$/.test(askedYear) ? Number(askedYear) : Number(civilDay().slice(0, 4));
  const go = (to: number) => change({ year: String(to) });
  return (
    <>
      <p className="notice">{text.kept}</p>
      <Await query={calendar}>
        {(found) => {
          const years = [...new Set([...found.days.map(({ date }) => date.slice(0, 4)), String(year)])].sort(
            (one, other) => one.localeCompare(other),
          );
          return (
            <>
              <div className="row year-switch">
                <Button aria-label={text.earlier(String(year - 1))} onClick={() => go(year - 1)}>
                  {String(year - 1)}
                </Button>
                <Choice
                  label={text.year}
                  value={String(year)}
                  options={years.map((one) => [one, one])}
                  onChange={(chosen) => go(Number(chosen))}
                />
                <Button aria-label={text.later(String(year + 1))} onClick={() => go(year + 1)}>
                  {String(year + 1)}
                </Button>
                {keys.length > 1 && (
                  <Choice
                    label={text.calendar}
                    value={key}
                    options={keys.map((one) => [one, one])}
                    onChange={(chosen) => change({ calendar: chosen })}
                  />
                )}
                <span className="small muted">{text.version(number(found.version), found.zone)}</span>
              </div>
              <YearGrid calendar={found} year={year} />
            </>
          );
        }}
      </Await>
    </>
  );
};
