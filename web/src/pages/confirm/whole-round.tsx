// The round as those see it who conduct it: what units said, who has not answered, and the disputes to settle.

import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { type Line, type LineStatus, lineStatuses, type WholeRound } from '../../api/confirmations.ts';
import { number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Choice } from '../../kit/choice.tsx';
import { Empty } from '../../kit/states.tsx';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { Resolve } from './resolve.tsx';
import { AsReported, Said, Status } from './status.tsx';
import { confirmText } from './text.ts';

export const WholeRoundView = ({
  round,
  lines,
  conductor,
}: {
  readonly round: WholeRound;
  readonly lines: readonly Line[];
  readonly conductor: boolean;
}) => {
  const text = useText(confirmText);
  const search = useSearch({ from: '/confirm' });
  const navigate = useNavigate({ from: '/confirm' });
  const filter = (changes: Readonly<Record<string, string | undefined>>) =>
    void navigate({
      search: (before) =>
        Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, value]) => value)) as Record<
          string,
          string
        >,
      replace: true,
      resetScroll: false,
    });
  return (
    <>
      <section className="stack" aria-labelledby="summary">
        <h2 id="summary">{text.summary}</h2>
        <ul role="list" className="tiles">
          {lineStatuses.map((status) => (
            <li key={status}>
              <button
                type="button"
                className="tile"
                aria-pressed={search.status === status}
                onClick={() => filter({ status: search.status === status ? undefined : status })}
              >
                <strong className="figure">{number(round.counts[status])}</strong>
                <Status status={status} />
              </button>
            </li>
          ))}
        </ul>
        <p className="small muted">{text.deemedNote}</p>
      </section>
      <UnitTable round={round} unit={search.unit} onUnit={(unit) => filter({ unit })} />
      <LineTable round={round} lines={lines} conductor={conductor} search={search} filter={filter} />
    </>
  );
};

const UnitTable = ({
  round,
  unit: chosen,
  onUnit,
}: {
  readonly round: WholeRound;
  readonly unit: string | undefined;
  readonly onUnit: (unit: string | undefined) => void;
}) => {
  const text = useText(confirmText);
  const words = useText(common);
  return (
    <section className="stack" aria-labelledby="units">
      <h2 id="units">{text.byUnit}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it. */}
      <div className="table-box low" role="group" aria-labelledby="units" tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{words.unit}</th>
              {lineStatuses.map((status) => (
                <th key={status} scope="col" className="number wrap">
                  {text.statuses[status]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {round.byUnit.map(({ unit, name, counts }) => (
              <tr key={unit}>
                <th scope="row">
                  <button
                    type="button"
                    className="link"
                    aria-pressed={chosen === unit}
                    onClick={() => onUnit(chosen === unit ? undefined : unit)}
                  >
                    {name}
                  </button>
                </th>
                {lineStatuses.map((status) => (
                  <td key={status} className="number">
                    {counts[status] === 0 ? <span className="muted">{number(0)}</span> : number(counts[status])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};

const LineTable = ({
  round,
  lines,
  conductor,
  search,
  filter,
}: {
  readonly round: WholeRound;
  readonly lines: readonly Line[];
  readonly conductor: boolean;
  readonly search: Readonly<Record<string, string>>;
  readonly filter: (changes: Readonly<Record<string, string | undefined>>) => void;
}) => {
  const text = useText(confirmText);
  const words = useText(common);
  const [resolving, setResolving] = useState<Line>();
  const shown = lines.filter(
    ({ unit, status }) =>
      (search.unit === undefined || unit === search.unit) && (search.status === undefined || status === search.status),
  );
  return (
    <section className="stack" aria-labelledby="lines">
      <div className="row spread">
        <h2 id="lines">{text.lines}</h2>
        <span role="status" className="muted">
          {text.linesCount(number(shown.length))}
        </span>
      </div>
      <div className="filters">
        <Choice
          label={words.unit}
          all={text.allUnits}
          value={search.unit}
          onChange={(unit) => filter({ unit })}
          options={round.byUnit.map(({ unit, name }) => [unit, name])}
        />
        <Choice
          label={text.answer}
          all={text.allStatuses}
          value={search.status}
          onChange={(status) => filter({ status })}
          options={lineStatuses.map((status: LineStatus) => [status, text.statuses[status]])}
        />
      </div>
      {shown.length === 0 ? (
        <Empty>{text.noLines}</Empty>
      ) : (
        <ul role="list" className="confirm-lines">
          {shown.map((line) => (
            <li key={line.code} className="card confirm-line">
              <div>
                <strong>{line.title ?? line.code}</strong>
                <p className="small muted">{`${line.code} · ${line.unitName}`}</p>
              </div>
              <AsReported line={line} />
              <Said line={line} />
              {conductor && line.status === 'disputed' && !round.frozen && (
                <Button aria-label={`${text.resolve}: ${line.code}`} onClick={() => setResolving(line)}>
                  {text.resolve}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {resolving && <Resolve round={round} line={resolving} onClose={() => setResolving(undefined)} />}
    </section>
  );
};
