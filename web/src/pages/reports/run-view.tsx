// Frozen figures with what goes with them: the rows behind, the annexes, the hash, and what another run counts otherwise.

import { useQuery } from '@tanstack/react-query';
import { runQuery } from '../../api/editions.ts';
import { runsQuery } from '../../api/reports.ts';
import { day, moment } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Await } from '../../kit/states.tsx';
import { useText } from '../../text/index.ts';
import { AnnexMenu } from './annex-menu.tsx';
import { detailText } from './detail-text.ts';
import { RunDiffView } from './diff.tsx';
import { type Counted, Figures } from './figures.tsx';
import { RunRows } from './run-rows.tsx';

export interface RunSearch {
  readonly bucket?: string | undefined;
  readonly estimate?: string | undefined;
  readonly rows?: string | undefined;
  readonly with?: string | undefined;
}

interface Props {
  readonly run: string;
  readonly search: RunSearch;
  readonly onSearch: (changes: RunSearch) => void;
}

export const RunView = ({ run, search, onSearch }: Props) => {
  const text = useText(detailText);
  const found = useQuery(runQuery(run));
  const shown = search.rows !== undefined || search.bucket !== undefined || search.estimate !== undefined;
  const what =
    search.bucket !== undefined
      ? text.buckets[search.bucket as keyof typeof text.buckets]
      : search.estimate !== undefined
        ? text.estimates[search.estimate as keyof typeof text.estimates]
        : text.total;
  const open = (counted: Counted) => onSearch({ bucket: undefined, estimate: undefined, rows: undefined, ...counted });
  return (
    <Await query={found}>
      {(figures) => (
        <>
          <section className="card stack">
            <div className="row spread">
              <h2>{text.figures}</h2>
              <AnnexMenu path={`/reports/runs/${run}/annexes`} />
            </div>
            <RunFacts programme={figures.programme.code} run={run} asOf={figures.asOf} knownAt={figures.knownAt} />
            {figures.notice && <p className="small muted">{figures.notice}</p>}
            <Figures
              found={figures}
              opener={(counted, words) => (
                <button type="button" className="figure-button" onClick={() => open(counted)}>
                  {words}
                </button>
              )}
            />
            {shown ? (
              <RunRows
                run={run}
                filter={{ bucket: search.bucket, estimate: search.estimate }}
                what={what}
                onClose={() => open({})}
              />
            ) : (
              <p className="row small muted no-print">
                {text.rowsHint}
                <Button look="quiet" onClick={() => onSearch({ rows: 'all' })}>
                  {text.allRows}
                </Button>
              </p>
            )}
          </section>
          <RunDiffView
            run={run}
            programme={figures.programme.code}
            earlier={search.with}
            onEarlier={(id) => onSearch({ with: id === '' ? undefined : id })}
          />
        </>
      )}
    </Await>
  );
};

const RunFacts = ({
  programme,
  run,
  asOf,
  knownAt,
}: {
  readonly programme: string;
  readonly run: string;
  readonly asOf: string;
  readonly knownAt: string;
}) => {
  const text = useText(detailText);
  const hash = useQuery(runsQuery(programme)).data?.find(({ id }) => id === run)?.sha256;
  return (
    <dl className="facts">
      <dt>{text.facts.asOf}</dt>
      <dd>{day(asOf)}</dd>
      <dt>{text.facts.frozen}</dt>
      <dd>{moment(knownAt)}</dd>
      {hash !== undefined && (
        <>
          <dt>{text.facts.hash}</dt>
          <dd className="hash">{hash}</dd>
        </>
      )}
    </dl>
  );
};
