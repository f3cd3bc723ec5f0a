// Figures that were frozen without a report around them.

import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useText } from '../../text/index.ts';
import { detailText } from './detail-text.ts';
import { RunView } from './run-view.tsx';
import './page.css';

export const RunPage = () => {
  const { id } = useParams({ from: '/reports/runs/$id' });
  const search = useSearch({ from: '/reports/runs/$id' });
  const navigate = useNavigate({ from: '/reports/runs/$id' });
  const text = useText(detailText);
  return (
    <>
      <p className="small no-print">
        <Link to="/reports">{text.toList}</Link>
      </p>
      <div className="page-head">
        <h1>{text.figures}</h1>
      </div>
      <RunView
        key={id}
        run={id}
        search={search}
        onSearch={(changes) =>
          void navigate({
            search: (before) =>
              Object.fromEntries(
                Object.entries({ ...before, ...changes }).filter(([, value]) => value !== undefined),
              ) as Readonly<Record<string, string>>,
            replace: true,
            resetScroll: false,
          })
        }
      />
    </>
  );
};
