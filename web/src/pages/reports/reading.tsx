// Figures of any two days: what had happened, and what was recorded by then.

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { statisticsQuery } from '../../api/reports.ts';
import { civilDay, day, moment } from '../../format.ts';
import { DateField } from '../../kit/date-field.tsx';
import { Await } from '../../kit/states.tsx';
import { useText } from '../../text/index.ts';
import { categoryOf, figureLink } from '../overview/figure-link.ts';
import { AnnexMenu } from './annex-menu.tsx';
import { Figures } from './figures.tsx';
import { viewsText } from './views-text.ts';

interface Props {
  readonly programme: string;
  readonly search: Readonly<Record<string, string>>;
  readonly onSearch: (changes: Readonly<Record<string, string | undefined>>) => void;
}

export const ReadingView = ({ programme, search, onSearch }: Props) => {
  const { reading } = useText(viewsText);
  // The address follows a moment later than the fields.
  const [days, setDays] = useState({ asOf: search.asOf ?? '', knownAt: search.knownAt ?? '' });
  const choose = (changes: Partial<typeof days>) => {
    setDays((before) => ({ ...before, ...changes }));
    onSearch(changes);
  };
  const times = { asOf: search.asOf, knownAt: search.knownAt };
  const figures = useQuery(statisticsQuery(programme, times));
  return (
    <div className="stack">
      <p className="muted">{reading.about}</p>
      <div className="day-pair">
        <DateField
          label={reading.happened}
          value={days.asOf}
          onChange={(asOf) => choose({ asOf })}
          to={civilDay()}
          past
        />
        <DateField
          label={reading.known}
          value={days.knownAt}
          onChange={(knownAt) => choose({ knownAt })}
          to={civilDay()}
          past
        />
      </div>
      <p className="small muted">{reading.empty}</p>
      <Await query={figures}>
        {(found) => (
          <section className="card stack">
            <div className="row spread">
              <p role="status">{reading.asOf(day(found.asOf), moment(found.knownAt))}</p>
              <AnnexMenu path="/reports/annexes" query={{ programme, asOf: found.asOf, knownAt: found.knownAt }} />
            </div>
            {found.notice && <p className="small muted">{found.notice}</p>}
            <Figures
              found={found}
              opener={({ bucket, estimate }, words) => (
                <Link
                  {...figureLink(found, {
                    ...(bucket ? { category: categoryOf(bucket) } : {}),
                    ...(estimate ? { estimate } : {}),
                  })}
                >
                  {words}
                </Link>
              )}
            />
          </section>
        )}
      </Await>
    </div>
  );
};
