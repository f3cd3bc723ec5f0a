// The reports of a programme on their way to being issued, and the readings beside them.

import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import { programmesQuery } from '../../api/programmes.ts';
import { Choice } from '../../kit/choice.tsx';
import { Loading } from '../../kit/states.tsx';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { EditionList } from './edition-list.tsx';
import { reportsText } from './text.ts';
import './page.css';

// The list is what most people come for; the readings beside it come when they are wanted.
const ImbalanceView = lazy(() => import('./imbalance.tsx').then((all) => ({ default: all.ImbalanceView })));
const LedgerView = lazy(() => import('./ledger.tsx').then((all) => ({ default: all.LedgerView })));
const ReadingView = lazy(() => import('./reading.tsx').then((all) => ({ default: all.ReadingView })));
const TrendView = lazy(() => import('./trend.tsx').then((all) => ({ default: all.TrendView })));

const views = ['editions', 'reading', 'trend', 'imbalance', 'ledger'] as const;
type View = (typeof views)[number];

export const ReportsPage = () => {
  const text = useText(reportsText);
  const words = useText(common);
  const search = useSearch({ from: '/reports' });
  const navigate = useNavigate({ from: '/reports' });
  const programmes = useQuery(programmesQuery);
  const newest = [...(programmes.data ?? [])].sort((one, other) => other.year - one.year)[0]?.code;
  const programme = search.programme ?? newest ?? '';
  const view = views.find((each) => each === search.view) ?? 'editions';
  const change = (changes: Readonly<Record<string, string | undefined>>) =>
    void navigate({
      search: (before) =>
        Object.fromEntries(
          Object.entries({ ...before, ...changes }).flatMap(([key, value]) =>
            value === undefined || value === '' ? [] : [[key, value]],
          ),
        ),
      replace: true,
      resetScroll: false,
    });
  const shown: Readonly<Record<View, () => ReactNode>> = {
    editions: () => <EditionList programme={programme} />,
    reading: () => <ReadingView programme={programme} search={search} onSearch={change} />,
    trend: () => <TrendView programme={programme} />,
    imbalance: () => <ImbalanceView programme={programme} />,
    ledger: () => <LedgerView programme={programme} />,
  };
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{text.title}</h1>
          <p className="muted">{text.about}</p>
        </div>
        <div className="row no-print">
          <Choice
            label={words.programme}
            value={programme}
            options={(programmes.data ?? []).map(({ code, name }) => [code, name])}
            onChange={(code) => change({ programme: code, asOf: undefined, knownAt: undefined })}
          />
        </div>
      </div>
      <nav className="tabs no-print" aria-label={text.title}>
        {views.map((key) => (
          <Link
            key={key}
            to="/reports"
            search={(before) => ({ ...before, view: key })}
            className="tab"
            aria-current={key === view ? 'page' : undefined}
          >
            {text.tabs[key]}
          </Link>
        ))}
      </nav>
      {programme !== '' && <Suspense fallback={<Loading />}>{shown[view]()}</Suspense>}
    </>
  );
};
