// Task by task, what two frozen reports count differently, and the events that explain it.

import { useQuery } from '@tanstack/react-query';
import { type DiffEvent, type DiffPlace, diffQuery, type RunDiff } from '../../api/editions.ts';
import { runsQuery } from '../../api/reports.ts';
import { useUnitName } from '../../api/units.ts';
import { civilDay, day, moment, number } from '../../format.ts';
import { Choice } from '../../kit/choice.tsx';
import { StateMark } from '../../kit/state-mark.tsx';
import { Await } from '../../kit/states.tsx';
import { TableBox } from '../../kit/table-box.tsx';
import { useText } from '../../text/index.ts';
import { detailText } from './detail-text.ts';
import { eventText } from './event-text.ts';

export const RunDiffView = ({
  run,
  programme,
  earlier,
  onEarlier,
}: {
  readonly run: string;
  readonly programme: string;
  readonly earlier: string | undefined;
  readonly onEarlier: (id: string) => void;
}) => {
  const text = useText(detailText);
  const others = (useQuery(runsQuery(programme)).data ?? []).filter(({ id }) => id !== run);
  const diff = useQuery(diffQuery(run, earlier));
  if (others.length === 0 && earlier === undefined) return null;
  return (
    <section className="card stack">
      <div className="row spread">
        <h2>{text.diff}</h2>
        <Choice
          label={text.diffWith}
          all={text.diffChoose}
          value={earlier}
          options={others.map(({ id, asOf, knownAt }) => [id, text.runLabel(day(asOf), moment(knownAt))])}
          onChange={onEarlier}
        />
      </div>
      {earlier !== undefined && <Await query={diff}>{(found) => <Difference diff={found} />}</Await>}
    </section>
  );
};

const sums = ['total', 'bucket', 'estimate'] as const;

const Difference = ({ diff }: { readonly diff: RunDiff }) => {
  const text = useText(detailText);
  const { before, after } = diff.cells;
  // Of all units together; each unit's own cells begin with its code.
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) =>
    (sums as readonly string[]).includes(key.split('/')[0] ?? ''),
  );
  const changed = keys.filter((key) => (before[key] ?? 0) !== (after[key] ?? 0));
  const nameOf = (key: string): string => {
    const [kind, name = ''] = key.split('/');
    if (kind === 'bucket') return text.buckets[name as keyof typeof text.buckets];
    return kind === 'estimate' ? text.estimates[name as keyof typeof text.estimates] : text.total;
  };
  if (diff.shifts.length === 0 && diff.hidden === 0) return <p role="status">{text.diffNone}</p>;
  return (
    <>
      {diff.rules.note !== null && <p className="notice">{diff.rules.note}</p>}
      {changed.length > 0 && (
        <TableBox label={text.diffFigures} className="narrow-box">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{text.diffFigures}</th>
                <th scope="col" className="number">
                  {text.before}
                </th>
                <th scope="col" className="number">
                  {text.after}
                </th>
                <th scope="col" className="number">
                  {text.difference}
                </th>
              </tr>
            </thead>
            <tbody>
              {changed.map((key) => {
                const [old, now] = [before[key] ?? 0, after[key] ?? 0];
                return (
                  <tr key={key} data-sum={key}>
                    <th scope="row">{nameOf(key)}</th>
                    <td className="number">{number(old)}</td>
                    <td className="number">{number(now)}</td>
                    <td className="number">
                      {now > old ? '+' : '−'}
                      {number(Math.abs(now - old))}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </TableBox>
      )}
      <div role="status">
        <h3>{text.diffTasks(number(diff.shifts.length))}</h3>
      </div>
      <ul role="list" className="shifts">
        {diff.shifts.map(({ code, title, before: old, after: now, why }) => (
          <li key={code} className="shift" data-code={code}>
            <p>
              {title ?? text.secret} <span className="small muted">{code}</span>
            </p>
            <p className="row">
              <Place place={old} other={now} />
              <span aria-hidden="true" className="arrow">
                <svg viewBox="0 0 24 12" width="24" height="12">
                  <title>{text.after}</title>
                  <path d="M1 6h20m-5-5 5 5-5 5" fill="none" stroke="currentColor" strokeWidth="1.6" />
                </svg>
              </span>
              <Place place={now} other={old} />
            </p>
            <Why events={why} />
          </li>
        ))}
      </ul>
      {diff.hidden > 0 && <p className="small muted">{text.diffHidden(number(diff.hidden))}</p>}
    </>
  );
};

const Place = ({ place, other }: { readonly place: DiffPlace | null; readonly other: DiffPlace | null }) => {
  const text = useText(detailText);
  const unitName = useUnitName();
  if (place === null) return <span className="muted">{text.absent}</span>;
  const moved = other !== null && other.unit !== place.unit;
  return (
    <span className="place">
      <StateMark category={place.bucket} name={text.buckets[place.bucket]} />
      <span className="small muted">
        {[text.estimates[place.estimate], ...(moved ? [unitName(place.unit)] : [])].join(' · ')}
      </span>
    </span>
  );
};

const Why = ({ events }: { readonly events: readonly DiffEvent[] }) => {
  const text = useText(detailText);
  const kinds = useText(eventText);
  return (
    <p className="small">
      <strong>{text.why}</strong>
      {': '}
      {events.length === 0
        ? text.noReason
        : events
            .map(({ type, effectiveAt, recordedAt }) =>
              text.because(
                kinds[type.replace('task.', '') as keyof typeof kinds] ?? kinds.other,
                day(civilDay(effectiveAt)),
                moment(recordedAt),
              ),
            )
            .join('; ')}
    </p>
  );
};
