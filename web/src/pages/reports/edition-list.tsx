import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { askedQuery, type Edition, editionsQuery } from '../../api/editions.ts';
import { type Run, runsQuery } from '../../api/reports.ts';
import { canOnReport } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import { day, moment } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Await, Empty } from '../../kit/states.tsx';
import { useText } from '../../text/index.ts';
import { DraftDialog } from './dialogs.ts';
import { Steps } from './steps.tsx';
import { reportsText } from './text.ts';

export const EditionList = ({ programme }: { readonly programme: string }) => {
  const text = useText(reportsText);
  const me = useMe();
  const editions = useQuery(editionsQuery(programme));
  const runs = useQuery(runsQuery(programme));
  const asked = useQuery(askedQuery(programme)).data;
  const [drafting, setDrafting] = useState(false);
  const why = canOnReport(me, 'report.conduct', programme) ? undefined : text.noRight;
  const ofEditions = new Set((editions.data ?? []).flatMap(({ runId }) => runId ?? []));
  const runOf = (edition: Edition): Run | undefined => runs.data?.find(({ id }) => id === edition.runId);
  const others = editions.data ? (runs.data ?? []).filter(({ id }) => !ofEditions.has(id)) : [];
  return (
    <div className="stack">
      <div className="row no-print">
        <Button look="primary" why={why} onClick={() => setDrafting(true)}>
          {text.draft.open}
        </Button>
        {why !== undefined && <span className="small muted">{why}</span>}
      </div>
      {drafting && <DraftDialog programme={programme} onClose={() => setDrafting(false)} />}
      <Await query={editions}>
        {(items) =>
          items.length === 0 ? (
            <Empty>
              <p>{text.none}</p>
            </Empty>
          ) : (
            <ul role="list" className="editions">
              {items.map((edition) => (
                <EditionCard
                  key={edition.id}
                  edition={edition}
                  run={runOf(edition)}
                  asked={asked?.has(edition.id) ?? false}
                />
              ))}
            </ul>
          )
        }
      </Await>
      {others.length > 0 && <OtherRuns runs={others} />}
    </div>
  );
};

const EditionCard = ({
  edition,
  run,
  asked,
}: {
  readonly edition: Edition;
  readonly run: Run | undefined;
  readonly asked: boolean;
}) => {
  const text = useText(reportsText);
  const { id, title, asOf, status, number, issuedOn, corrects, correctedBy } = edition;
  return (
    <li className="card edition">
      <div className="edition-head">
        <h2>
          <Link to="/reports/$id" params={{ id }}>
            {title}
          </Link>
        </h2>
        <p className="muted">
          {[
            text.asOfDay(day(asOf)),
            ...(number !== null && issuedOn !== null ? [`${number}, ${day(issuedOn)}`] : []),
            ...(run ? [`${text.columns.frozen} ${moment(run.knownAt)}`] : []),
          ].join(' · ')}
        </p>
        {(corrects !== null || correctedBy !== null) && (
          <p className="row">
            {corrects !== null && <span className="tag">{text.corrects}</span>}
            {correctedBy !== null && <span className="tag">{text.correctedBy}</span>}
          </p>
        )}
      </div>
      <Steps status={status} asked={asked} />
    </li>
  );
};

const OtherRuns = ({ runs }: { readonly runs: readonly Run[] }) => {
  const text = useText(reportsText);
  return (
    <section className="stack">
      <h2>{text.olderRuns}</h2>
      <p className="small muted">{text.olderRunsAbout}</p>
      <div className="table-box">
        <table className="table cards">
          <thead>
            <tr>
              <th scope="col">{text.columns.asOf}</th>
              <th scope="col">{text.columns.frozen}</th>
              <th scope="col">{text.columns.hash}</th>
            </tr>
          </thead>
          <tbody>
            {runs.map(({ id, asOf, knownAt, sha256 }) => (
              <tr key={id}>
                <td>
                  <Link to="/reports/runs/$id" params={{ id }}>
                    {text.asOfDay(day(asOf))}
                  </Link>
                </td>
                <td>{moment(knownAt)}</td>
                <td className="hash small">{sha256.slice(0, 16)}…</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};
