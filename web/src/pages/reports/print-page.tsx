// The report as a paper in the form of Decree 30/2020/NĐ-CP. On the screen it looks as it will be printed; what the
// console does not know of the issuing body is asked above it and remembered.

import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { fileAddress } from '../../api/client.ts';
import { editionQuery, runQuery, type WholeEdition } from '../../api/editions.ts';
import { programmesQuery } from '../../api/programmes.ts';
import { annexQuery, registrationQuery, registrationsQuery } from '../../api/registrations.ts';
import { type Statistics, statisticsQuery } from '../../api/reports.ts';
import { unitsQuery } from '../../api/units.ts';
import { Button } from '../../kit/button.tsx';
import { useDraft } from '../../kit/drafts.ts';
import { Field } from '../../kit/field.tsx';
import { Document, Print } from '../../kit/icons.tsx';
import { Await } from '../../kit/states.tsx';
import { useText } from '../../text/index.ts';
import { type Head, Paper } from './paper.tsx';
import { PaperAnnex } from './paper-annex.tsx';
import { paper, printText } from './print-text.ts';
import './page.css';
import './paper.css';

export const PrintPage = () => {
  const { id } = useParams({ from: '/reports/$id/print' });
  const edition = useQuery(editionQuery(id));
  return <Await query={edition}>{(found) => <WithFigures edition={found} />}</Await>;
};

const WithFigures = ({ edition }: { readonly edition: WholeEdition }) => {
  const frozen = useQuery(runQuery(edition.runId));
  const live = useQuery({
    ...statisticsQuery(edition.programme, { asOf: edition.asOf }),
    enabled: edition.runId === null,
  });
  return (
    <Await query={edition.runId === null ? live : frozen}>
      {(figures) => <Prepared edition={edition} figures={figures} />}
    </Await>
  );
};

const asked = ['upper', 'agency', 'place', 'title', 'signer'] as const;

const Prepared = ({ edition, figures }: { readonly edition: WholeEdition; readonly figures: Statistics }) => {
  const text = useText(printText);
  const aggregator = useQuery(programmesQuery).data?.find(({ code }) => code === edition.programme)?.aggregator;
  const aggregatorName = useQuery(unitsQuery).data?.find(({ code }) => code === aggregator)?.name;
  const draft = useDraft('report/print-head', { upper: '', agency: '', place: '', title: '', signer: '' });
  const head: Head = { ...draft.value, agency: draft.value.agency || aggregatorName || '' };
  const corrected = useQuery({ ...editionQuery(edition.corrects ?? ''), enabled: edition.corrects !== null });
  const next = useQuery(registrationsQuery).data?.find(({ sourceProgramme }) => sourceProgramme === edition.programme);
  const registration = useQuery(registrationQuery(next?.id)).data;
  const annexIV = useQuery(annexQuery(next?.id)).data;
  return (
    <>
      <div className="no-print paper-prepare">
        <p className="small">
          <Link to="/reports/$id" params={{ id: edition.id }}>
            {text.back}
          </Link>
        </p>
        <section className="card stack" aria-label={text.head}>
          <div className="paper-form">
            {asked.map((key) => (
              <Field key={key} label={text[key]}>
                {(given) => (
                  <input
                    {...given}
                    className="input"
                    maxLength={200}
                    value={head[key]}
                    onChange={(event) => draft.change({ [key]: event.target.value })}
                  />
                )}
              </Field>
            ))}
          </div>
          <div className="row">
            <Button look="primary" onClick={() => print()}>
              <Print />
              {text.print}
            </Button>
            {edition.runId !== null && (
              <a
                className="button"
                download
                href={fileAddress(`/reports/editions/${edition.id}/paper`, { upper: head.upper, place: head.place })}
              >
                <Document />
                {text.docx}
              </a>
            )}
            <span className="small muted">{text.kept}</span>
          </div>
        </section>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a sheet is wider than a phone, and scrolls. */}
      <article className="paper" lang="vi" aria-label={text.paper} tabIndex={0}>
        <Paper
          edition={edition}
          figures={figures}
          head={head}
          correctedNumber={corrected.data?.number ?? null}
          registration={registration}
          annexNotes={annexIV?.notes ?? []}
        />
      </article>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: as above. */}
      <article className="paper wide" lang="vi" aria-label={paper.annexTitle} tabIndex={0}>
        <PaperAnnex edition={edition} figures={figures} />
      </article>
    </>
  );
};
