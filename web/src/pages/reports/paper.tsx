import type { WholeEdition } from '../../api/editions.ts';
import type { WholeRegistration } from '../../api/registrations.ts';
import type { Statistics } from '../../api/reports.ts';
import { day, dayInWords, moment, padded, percentTo } from '../../format.ts';
import { reportBuckets } from './figures.tsx';
import { paper } from './print-text.ts';

export interface Head {
  readonly upper: string;
  readonly agency: string;
  readonly place: string;
  readonly title: string;
  readonly signer: string;
}

interface Props {
  readonly edition: WholeEdition;
  readonly figures: Statistics;
  readonly head: Head;
  readonly correctedNumber: string | null;
  readonly registration: WholeRegistration | undefined;
  readonly annexNotes: readonly string[];
}

export const Paper = ({ edition, figures, head, correctedNumber, registration, annexNotes }: Props) => {
  const year = Number(figures.asOf.slice(0, 4));
  const agency = head.agency || paper.dots;
  const order = edition.ordered.document;
  return (
    <>
      <Heads edition={edition} head={head} />
      <h1 className="paper-kind">{paper.kind}</h1>
      <p className="paper-abstract">
        {paper.abstract(edition.title, day(figures.asOf), year, registration?.year ?? null)}
      </p>
      {figures.notice && <p className="paper-remark">{figures.notice}</p>}
      {order?.number && order.date && (
        <p className="paper-basis">{paper.order(order.number, dayInWords(order.date))}</p>
      )}
      <p className="paper-basis">{paper.basis}</p>
      {edition.corrects !== null && <p>{paper.corrects(correctedNumber, edition.reason)}</p>}
      {edition.ruleNote !== null && <p className="paper-remark">{edition.ruleNote}</p>}
      <p>{paper.begins(agency)}</p>
      <Results edition={edition} figures={figures} year={year} />
      <NextYear figures={figures} year={year + 1} registration={registration} notes={annexNotes} />
      <div className="paper-end">
        <p>{paper.ends(agency)}</p>
        <div className="paper-foot">
          <div className="paper-recipients">
            <p>{paper.recipients}</p>
            {paper.recipientLines.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </div>
          <div className="paper-signature">
            <p>{head.title || paper.dots}</p>
            <p className="paper-signer">{head.signer}</p>
          </div>
        </div>
      </div>
    </>
  );
};

const Heads = ({ edition, head }: Pick<Props, 'edition' | 'head'>) => {
  const on = edition.issuedOn === null ? paper.undated(edition.asOf.slice(0, 4)) : dayInWords(edition.issuedOn);
  return (
    <div className="paper-heads">
      <div>
        <p className="paper-upper">{head.upper || paper.dots}</p>
        <p className="paper-agency">{head.agency || paper.dots}</p>
        <p>{paper.number(edition.number)}</p>
        {edition.number === null && <p className="paper-draft">{paper.draft}</p>}
      </div>
      <div>
        <p className="paper-nation">{paper.nation}</p>
        <p className="paper-motto">{paper.motto}</p>
        <p className="paper-day">{`${head.place || paper.dots}, ${on}`}</p>
      </div>
    </div>
  );
};

const estimated = ['done', 'not_done', 'stopped', 'undeclared'] as const;

const Results = ({ edition, figures, year }: Pick<Props, 'edition' | 'figures'> & { readonly year: number }) => {
  const { noun } = figures.programme;
  const shareText = (value: number) => percentTo(value, figures.rounding.decimals);
  const line = (index: number, count: number, share: number, saying: string) => {
    const letter = paper.letters[index] ?? '';
    return count === 0
      ? paper.noLine(letter, noun, saying)
      : paper.line(letter, padded(count), padded(figures.total), noun, saying, shareText(share));
  };
  const { confirmation } = edition;
  const when = edition.runId === null ? paper.provisional : paper.frozen;
  return (
    <>
      <h2>{paper.results(year)}</h2>
      <h3>{paper.cumulative(day(figures.asOf))}</h3>
      {reportBuckets.map((key, index) => (
        <p key={key}>{line(index, figures.counts[key], figures.percentages[key], paper.sayings[key])}</p>
      ))}
      {figures.rounding.note && <p className="paper-remark">{figures.rounding.note}</p>}
      {(figures.rates ?? [])
        .filter(({ denominator }) => denominator !== 'all')
        .map(({ key, name, count, of, denominatorText, text }) => (
          <p key={key}>
            {paper.rate(name, padded(count), padded(of), denominatorText, text === null ? '' : ` (${text})`)}
          </p>
        ))}
      <h3>{paper.estimate(year)}</h3>
      {estimated
        .filter((key) => key !== 'undeclared' || figures.estimate.undeclared > 0)
        .map((key, index) => (
          <p key={key}>{line(index, figures.estimate[key], figures.estimatePercentages[key], paper.sayings[key])}</p>
        ))}
      {figures.rounding.estimateNote && <p className="paper-remark">{figures.rounding.estimateNote}</p>}
      <p className="paper-basis">{paper.annexes}</p>
      <p className="paper-remark">{when(day(figures.asOf), moment(figures.knownAt))}</p>
      {confirmation === null && <p className="paper-remark">{paper.unasked}</p>}
      {confirmation !== null && confirmation.footnotes.length > 0 && (
        <p className="paper-remark">
          {paper.disputes(
            padded(confirmation.footnotes.length),
            noun,
            confirmation.footnotes.map(({ code, unit, reason }) => `${code} (${unit}): ${reason}`).join('; '),
          )}
        </p>
      )}
    </>
  );
};

const NextYear = ({
  figures,
  year,
  registration,
  notes,
}: {
  readonly figures: Statistics;
  readonly year: number;
  readonly registration: WholeRegistration | undefined;
  readonly notes: readonly string[];
}) => (
  <>
    <h2>{paper.next(registration?.year ?? year)}</h2>
    {registration === undefined ? (
      <p>{paper.nextNone(figures.programme.noun, year)}</p>
    ) : (
      <>
        <h3>{paper.registered(registration.year)}</h3>
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
        {registration.opinions.length > 0 && <h3>{paper.opinions}</h3>}
        {registration.opinions.map(({ bloc, text }, index) => (
          <p key={bloc}>{paper.opinion(index + 1, paper.blocs[bloc as keyof typeof paper.blocs] ?? bloc, text)}</p>
        ))}
      </>
    )}
  </>
);
