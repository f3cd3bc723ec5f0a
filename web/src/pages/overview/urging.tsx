// Did urging work: of the tasks of each round, how many still had no deadline some weeks later.

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type Statistics, type UrgedRound, type UrgingEffect, urgingEffectQuery } from '../../api/reports.ts';
import { day, number } from '../../format.ts';
import { Chart } from '../../kit/charts/chart.tsx';
import { usePairedDots } from '../../kit/charts/paired-dots.tsx';
import { Await } from '../../kit/states.tsx';
import { useText } from '../../text/index.ts';
import { outlookText } from './outlook-text.ts';

/** Two years of three-monthly rounds. */
const mostDrawn = 8;

export const UrgingEffectChart = ({ found }: { readonly found: Statistics }) => {
  const text = useText(outlookText);
  const effect = useQuery(urgingEffectQuery(found.programme.code, { asOf: found.asOf, knownAt: found.knownAt }));
  return (
    <Await query={effect}>
      {(known) =>
        known.rounds.length === 0 ? (
          <div className="stack">
            <h2>{text.urging}</h2>
            <p className="muted">{text.urgingNone}</p>
          </div>
        ) : (
          <Rounds found={found} effect={known} />
        )
      }
    </Await>
  );
};

const Rounds = ({ found, effect }: { readonly found: Statistics; readonly effect: UrgingEffect }) => {
  const text = useText(outlookText);
  const { rounds } = effect;
  const drawn = rounds.slice(-mostDrawn);
  const { picture, place } = usePairedDots(
    drawn.map(({ id, sentOn, urged, parts }) => ({
      key: id,
      label: day(sentOn),
      before: urged,
      after: parts.undated.count,
    })),
  );
  const listOf = ({ id, readOn }: UrgedRound, deadline?: readonly string[]) => ({
    to: '/tasks' as const,
    search: {
      programme: found.programme.code,
      asOf: readOn,
      knownAt: effect.knownAt,
      urgedIn: id,
      ...(deadline ? { deadline: deadline.join(',') } : {}),
    },
  });
  const last = rounds.at(-1);
  if (!last) return null;
  const sentence = text.urgingSentence(
    number(rounds.length),
    day(last.sentOn),
    number(last.urged),
    day(last.readOn),
    number(last.parts.undated.count),
  );
  return (
    <Chart
      title={text.urging}
      sentence={sentence}
      links={drawn.flatMap((round, index) => {
        const before = text.opensBefore(day(round.sentOn), number(round.urged));
        const after = text.opensAfter(day(round.sentOn), number(round.parts.undated.count), day(round.readOn));
        return [
          <li key={`${round.id}-before`} style={place(index, 'before')}>
            <Link {...listOf(round)} data-dot="before" aria-label={before} title={before} />
          </li>,
          ...(round.parts.undated.count === 0
            ? []
            : [
                <li key={`${round.id}-after`} style={place(index, 'after')}>
                  <Link
                    {...listOf(round, round.parts.undated.deadline)}
                    data-dot="after"
                    aria-label={after}
                    title={after}
                  />
                </li>,
              ]),
        ];
      })}
      table={
        <table className="table">
          <thead>
            <tr>
              <th>{text.roundColumns.sent}</th>
              <th className="number">{text.roundColumns.urged}</th>
              <th>{text.roundColumns.read}</th>
              <th className="number">{text.roundColumns.undated}</th>
              <th className="number">{text.roundColumns.dated}</th>
              <th className="number">{text.roundColumns.ended}</th>
            </tr>
          </thead>
          <tbody>
            {rounds.map((round) => (
              <tr key={round.id}>
                <td>{day(round.sentOn)}</td>
                <td className="number">
                  <Link {...listOf(round)}>{number(round.urged)}</Link>
                </td>
                <td>{day(round.readOn)}</td>
                {(['undated', 'dated', 'ended'] as const).map((part) => (
                  <td key={part} className="number">
                    {round.parts[part].count === 0 ? (
                      '0'
                    ) : (
                      <Link {...listOf(round, round.parts[part].deadline)}>{number(round.parts[part].count)}</Link>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      }
      note={
        <div className="small muted chart-note">
          <p className="chart-signs">
            <span className="row">
              <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" className="paired-dots">
                <circle cx="8" cy="8" r="6" className="before" />
              </svg>
              {text.before}
            </span>
            <span className="row">
              <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" className="paired-dots">
                <circle cx="8" cy="8" r="5" className="after" />
              </svg>
              {text.after}
            </span>
          </p>
          <p aria-hidden="true">{sentence}</p>
          <p>{text.method(number(effect.days))}</p>
          {!last.complete && <p>{text.notYet(number(last.days))}</p>}
          {rounds.length > drawn.length && <p>{text.newest(number(drawn.length))}</p>}
        </div>
      }
    >
      {picture}
    </Chart>
  );
};
