// The rows of a round by unit: old target beside the new one, what it rests on, the opinion, where it stands.

import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Proposal, WholeRegistration } from '../../api/registrations.ts';
import type { SourceDocument } from '../../api/tasks.ts';
import { useUnitName } from '../../api/units.ts';
import { day, number } from '../../format.ts';
import { StateShape } from '../../kit/state-mark.tsx';
import { useText } from '../../text/index.ts';
import { RowDeeds } from './row-deeds.tsx';
import { registrationsText } from './text.ts';

const shapes = {
  draft: 'assigned',
  submitted: 'awaiting_appraisal',
  returned: 'in_progress',
  approved: 'done',
  rejected: 'not_done',
} as const;

interface Props {
  readonly registration: WholeRegistration;
  readonly rows: readonly Proposal[];
  /** Rows a leader chooses to reject; undefined: nobody chooses. */
  readonly chosen: ReadonlySet<string> | undefined;
  readonly onChoose: (id: string) => void;
}

export const Rows = ({ registration, rows, chosen, onChoose }: Props) => {
  const text = useText(registrationsText);
  const unitName = useUnitName();
  const units = [...new Set(rows.map(({ unit }) => unit))];
  return (
    <div className="table-box registration">
      <table className="table cards">
        <thead>
          <tr>
            <th scope="col">{text.columns.content}</th>
            <th scope="col">{text.columns.target}</th>
            <th scope="col">{text.columns.basis}</th>
            <th scope="col">{text.columns.opinion}</th>
            <th scope="col">{text.columns.status}</th>
          </tr>
        </thead>
        {units.map((unit) => {
          const own = rows.filter((row) => row.unit === unit);
          return (
            <tbody key={unit} data-unit={unit}>
              <tr className="unit-head">
                <th scope="rowgroup" colSpan={5}>
                  {unitName(unit)} <span className="muted">({number(own.length)})</span>
                </th>
              </tr>
              {own.map((row) => (
                <tr key={row.id} data-proposal={row.id}>
                  <td>
                    <span className="content">
                      {chosen && row.status === 'submitted' && (
                        <input
                          type="checkbox"
                          aria-label={text.select(row.title)}
                          checked={chosen.has(row.id)}
                          onChange={() => onChoose(row.id)}
                        />
                      )}
                      <span>
                        {row.title}
                        <Flags row={row} />
                      </span>
                    </span>
                  </td>
                  <td>
                    <Targets row={row} />
                  </td>
                  <td className="small">{row.basis ? documentText(row.basis) : row.reason}</td>
                  <td className="small">{row.opinion}</td>
                  <td>
                    <span className="state-mark">
                      <StateShape category={shapes[row.status]} />
                      {text.statuses[row.status]}
                    </span>
                    {row.note !== null && (
                      <span className="small block">
                        {`${row.status === 'rejected' ? text.rejectedFor : text.returnedFor}: ${row.note}`}
                      </span>
                    )}
                    {row.decision && <span className="small muted block">{documentText(row.decision)}</span>}
                    {row.task !== null && (
                      <Link className="small block" to="/tasks/$id" params={{ id: row.task }}>
                        {text.becameTask}
                      </Link>
                    )}
                    <RowDeeds row={row} registration={registration} />
                  </td>
                </tr>
              ))}
            </tbody>
          );
        })}
      </table>
    </div>
  );
};

const documentText = ({ number: sign, date, issuer }: SourceDocument): string => `${sign}, ${day(date)}, ${issuer}`;

const Flags = ({ row }: { readonly row: Proposal }) => {
  const text = useText(registrationsText);
  const flags: readonly ReactNode[] = [
    text.changes[row.change],
    ...(row.origin === 'office' ? [text.byOffice] : []),
    ...(row.unchanged ? [text.unchanged] : []),
    ...(row.twin !== null ? [text.twin] : []),
  ];
  return (
    <span className="small muted block" data-flags>
      {flags.join(' · ')}
    </span>
  );
};

const targetText = (value: string | number | null, none: string): string =>
  value === null ? none : typeof value === 'number' ? number(value) : value;

const Targets = ({ row }: { readonly row: Proposal }) => {
  const text = useText(registrationsText);
  const now = row.change === 'dropped' ? '–' : targetText(row.target, text.noTarget);
  return (
    <span className="targets">
      {row.change !== 'added' && (
        <>
          <span className={row.change === 'carried' ? '' : 'muted'}>{targetText(row.targetFrom, text.noTarget)}</span>
          <svg viewBox="0 0 24 12" width="20" height="10" role="img" aria-label={text.to}>
            <path d="M1 6h20m-5-5 5 5-5 5" fill="none" stroke="currentColor" strokeWidth="1.6" />
          </svg>
        </>
      )}
      <strong>{now}</strong>
      {row.measureUnit !== null && <span className="small muted">{row.measureUnit}</span>}
    </span>
  );
};
