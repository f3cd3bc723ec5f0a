// One report: its step and what can be done next, the figures as frozen, who confirmed, what changed against another one.

import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { fileAddress } from '../../api/client.ts';
import { editionQuery, type WholeEdition } from '../../api/editions.ts';
import { statisticsQuery } from '../../api/reports.ts';
import { day, moment } from '../../format.ts';
import { Document, Print } from '../../kit/icons.tsx';
import { Await } from '../../kit/states.tsx';
import { useText } from '../../text/index.ts';
import { categoryOf, figureLink } from '../overview/figure-link.ts';
import { ConfirmationView } from './confirmation.tsx';
import { EditionDeeds } from './deeds.tsx';
import { detailText } from './detail-text.ts';
import { Figures } from './figures.tsx';
import { RunView } from './run-view.tsx';
import { Steps } from './steps.tsx';
import './page.css';

export const EditionPage = () => {
  const { id } = useParams({ from: '/reports/$id' });
  const edition = useQuery(editionQuery(id));
  return <Await query={edition}>{(found) => <EditionView key={found.id} edition={found} />}</Await>;
};

const EditionView = ({ edition }: { readonly edition: WholeEdition }) => {
  const text = useText(detailText);
  const search = useSearch({ from: '/reports/$id' });
  const navigate = useNavigate({ from: '/reports/$id' });
  // A correction is read against what it corrects, until somebody asks for another comparison.
  const corrected = useQuery({ ...editionQuery(edition.corrects ?? ''), enabled: edition.corrects !== null }).data;
  return (
    <>
      <p className="small no-print">
        <Link to="/reports" search={{ programme: edition.programme }}>
          {text.toList}
        </Link>
      </p>
      <div className="page-head">
        <h1>{edition.title}</h1>
        <div className="row">
          <Link className="button" to="/reports/$id/print" params={{ id: edition.id }}>
            <Print />
            {text.print}
          </Link>
          {edition.runId !== null && (
            <a className="button" href={fileAddress(`/reports/editions/${edition.id}/paper`)} download>
              <Document />
              {text.docx}
            </a>
          )}
        </div>
      </div>
      <Steps status={edition.status} asked={edition.confirmation !== null} />
      <EditionDeeds edition={edition} />
      <EditionFacts edition={edition} />
      {edition.runId === null ? (
        <LiveFigures edition={edition} />
      ) : (
        <RunView
          run={edition.runId}
          search={{ ...search, with: search.with ?? corrected?.runId ?? undefined }}
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
      )}
      <ConfirmationView edition={edition} />
      <History edition={edition} />
    </>
  );
};

const EditionFacts = ({ edition }: { readonly edition: WholeEdition }) => {
  const text = useText(detailText);
  const { facts } = text;
  const { runId, number, corrects, correctedBy } = edition;
  const order = [edition.ordered.document, edition.ordered.task].filter((each) => each !== null);
  if (runId !== null && number === null && corrects === null && correctedBy === null && order.length === 0) return null;
  return (
    <dl className="facts card">
      {edition.runId === null && (
        <>
          <dt>{facts.asOf}</dt>
          <dd>{day(edition.asOf)}</dd>
        </>
      )}
      {edition.number !== null && edition.issuedOn !== null && (
        <>
          <dt>{facts.number}</dt>
          <dd>{edition.number}</dd>
          <dt>{facts.issuedOn}</dt>
          <dd>{day(edition.issuedOn)}</dd>
        </>
      )}
      {edition.corrects !== null && (
        <>
          <dt>{facts.corrects}</dt>
          <dd>
            <LinkedEdition id={edition.corrects} />
          </dd>
          <dt>{facts.reason}</dt>
          <dd>
            {edition.reason}
            {edition.ruleNote !== null && <span className="small muted block">{edition.ruleNote}</span>}
          </dd>
        </>
      )}
      {order.length > 0 && (
        <>
          <dt>{facts.ordered}</dt>
          <dd>
            {edition.ordered.document &&
              [edition.ordered.document.number, edition.ordered.document.abstract].filter(Boolean).join(' – ')}{' '}
            {edition.ordered.task && (
              <Link to="/tasks/$id" params={{ id: edition.ordered.task.id }}>
                {[edition.ordered.task.code, edition.ordered.task.title].filter(Boolean).join(' – ')}
              </Link>
            )}
          </dd>
        </>
      )}
      {edition.correctedBy !== null && (
        <>
          <dt>{facts.correctedBy}</dt>
          <dd>
            <LinkedEdition id={edition.correctedBy} />
          </dd>
        </>
      )}
    </dl>
  );
};

const LinkedEdition = ({ id }: { readonly id: string }) => {
  const text = useText(detailText);
  const found = useQuery(editionQuery(id)).data;
  return (
    <Link to="/reports/$id" params={{ id }}>
      {found ? [found.number, found.title].filter(Boolean).join(' – ') : text.open}
    </Link>
  );
};

/** Before the freezing: what would be frozen now. */
const LiveFigures = ({ edition }: { readonly edition: WholeEdition }) => {
  const text = useText(detailText);
  const figures = useQuery(statisticsQuery(edition.programme, { asOf: edition.asOf }));
  return (
    <section className="card stack">
      <h2>{text.liveFigures}</h2>
      <p className="notice">{text.notFrozen}</p>
      <Await query={figures}>
        {(found) => (
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
        )}
      </Await>
    </section>
  );
};

const History = ({ edition }: { readonly edition: WholeEdition }) => {
  const text = useText(detailText);
  return (
    <section className="card stack">
      <h2>{text.history}</h2>
      <ol role="list" className="edition-history">
        {edition.history.map(({ status, actorName, at }) => (
          <li key={status}>
            <span className="muted">{moment(at)}</span> {[text.did[status], actorName].filter(Boolean).join(' – ')}
          </li>
        ))}
      </ol>
    </section>
  );
};
