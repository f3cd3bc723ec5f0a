// Who has answered and who has not; what units dispute, and settling it.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  disputesQuery,
  lineStatuses,
  type Round,
  type RoundLine,
  roundQuery,
  type WholeEdition,
} from '../../api/editions.ts';
import { canOnReport } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import { unitsQuery } from '../../api/units.ts';
import { civilDay, day, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { DeedDialog } from '../../kit/deed-dialog.tsx';
import { Field } from '../../kit/field.tsx';
import { Await } from '../../kit/states.tsx';
import { TableBox } from '../../kit/table-box.tsx';
import { useText } from '../../text/index.ts';
import { detailText } from './detail-text.ts';

export const ConfirmationView = ({ edition }: { readonly edition: WholeEdition }) => {
  const text = useText(detailText);
  const id = edition.confirmation?.round;
  const round = useQuery(roundQuery(id));
  const units = useQuery(unitsQuery).data ?? [];
  const place = new Map(units.map(({ code }, index) => [code, index]));
  const inOrder = (rows: Round['byUnit']) =>
    [...rows].sort((one, other) => (place.get(one.unit) ?? units.length) - (place.get(other.unit) ?? units.length));
  if (id === undefined) return null;
  return (
    <section className="card stack">
      <Await query={round}>
        {(found) => {
          const total = Object.values(found.counts).reduce((sum, count) => sum + count, 0);
          const answered = total - found.counts.waiting - found.counts.deemed;
          const open = !found.frozen && found.dueOn >= civilDay();
          const said = lineStatuses.filter((status) => found.counts[status] > 0);
          return (
            <>
              <div className="row spread">
                <h2>{text.confirmation}</h2>
                <span className="muted">
                  {open ? text.confirmationAbout(day(found.dueOn)) : text.confirmationOver(day(found.dueOn))}
                </span>
              </div>
              <p role="status">{text.answered(number(answered), number(total))}</p>
              {!found.frozen && <Disputes edition={edition} round={id} />}
              <TableBox label={text.confirmation} className="answers">
                <table className="table">
                  <thead>
                    <tr>
                      <th scope="col">{text.rowColumns.unit}</th>
                      {said.map((status) => (
                        <th key={status} scope="col" className="number">
                          {text.lines[status]}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {inOrder(found.byUnit).map(({ unit, name, counts }) => (
                      <tr key={unit} data-unit={unit}>
                        <th scope="row">{name}</th>
                        {said.map((status) => (
                          <td key={status} className="number">
                            {number(counts[status])}
                          </td>
                        ))}
                      </tr>
                    ))}
                  </tbody>
                  <tfoot>
                    <tr>
                      <th scope="row">{text.total}</th>
                      {said.map((status) => (
                        <td key={status} className="number">
                          {number(found.counts[status])}
                        </td>
                      ))}
                    </tr>
                  </tfoot>
                </table>
              </TableBox>
            </>
          );
        }}
      </Await>
    </section>
  );
};

const Disputes = ({ edition, round }: { readonly edition: WholeEdition; readonly round: string }) => {
  const text = useText(detailText);
  const me = useMe();
  const lines = useQuery(disputesQuery(round)).data ?? [];
  const [chosen, setChosen] = useState<RoundLine>();
  if (lines.length === 0) return null;
  return (
    <div className="stack">
      <h3>{text.disputes}</h3>
      <ul role="list" className="shifts">
        {lines.map((line) => (
          <li key={line.code} className="shift" data-code={line.code}>
            <p>
              {line.title ?? text.secret}{' '}
              <span className="small muted">
                {line.code} · {line.unitName}
              </span>
            </p>
            <p>
              <strong>{text.lines.disputed}</strong>: {line.reason}
            </p>
            {canOnReport(me, 'report.conduct', edition.programme) && (
              <p>
                <Button onClick={() => setChosen(line)}>{text.resolve.open}</Button>
              </p>
            )}
          </li>
        ))}
      </ul>
      {chosen && <ResolveDialog round={round} line={chosen} onClose={() => setChosen(undefined)} />}
    </div>
  );
};

const ResolveDialog = ({
  round,
  line,
  onClose,
}: {
  readonly round: string;
  readonly line: RoundLine;
  readonly onClose: () => void;
}) => {
  const { resolve } = useText(detailText);
  const [verdict, setVerdict] = useState<'upheld' | 'rejected'>();
  const [reason, setReason] = useState('');
  const [correction, setCorrection] = useState('');
  const body =
    verdict === 'rejected' && reason.trim() !== ''
      ? { code: line.code, verdict, reason: reason.trim() }
      : verdict === 'upheld' && /^[1-9]\d{0,8}$/.test(correction)
        ? { code: line.code, verdict, correction: Number(correction) }
        : undefined;
  return (
    <DeedDialog
      open
      onClose={onClose}
      title={`${resolve.open}: ${line.code}`}
      about={resolve.about}
      submit={resolve.submit}
      said={resolve.said}
      deed={body && { path: `/reports/confirmations/${round}/resolutions`, body }}
    >
      <fieldset className="stack">
        <legend>{resolve.verdict}</legend>
        {(['rejected', 'upheld'] as const).map((each) => (
          <label key={each} className="check">
            <input type="radio" name="verdict" checked={verdict === each} onChange={() => setVerdict(each)} />
            {resolve[each]}
          </label>
        ))}
      </fieldset>
      {verdict === 'rejected' && (
        <Field label={resolve.reason} required>
          {(given) => (
            <textarea {...given} maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
      )}
      {verdict === 'upheld' && (
        <Field label={resolve.correction} hint={resolve.correctionHint} required>
          {(given) => (
            <input
              {...given}
              className="input"
              inputMode="numeric"
              value={correction}
              onChange={(event) => setCorrection(event.target.value.trim())}
            />
          )}
        </Field>
      )}
    </DeedDialog>
  );
};
