// What can be done with one row, by whoever may.

import { useState } from 'react';
import type { Proposal, WholeRegistration } from '../../api/registrations.ts';
import { canOnRegistration } from '../../api/rights.ts';
import { unitsOf, useMe } from '../../api/session.ts';
import { Button } from '../../kit/button.tsx';
import { useText } from '../../text/index.ts';
import { registrationDeeds } from './deed-text.ts';
import { EditDialog, SayDialog } from './dialogs.ts';
import { contentOf } from './row-content.ts';

type RowDeed = 'edit' | 'drop' | 'opinion' | 'back';

/** As the policy has it: the unit until it is submitted, the office what the office proposed, reviewers what was submitted. */
const deedsOf = (row: Proposal, me: ReturnType<typeof useMe>, programme: string): readonly RowDeed[] => {
  const open =
    row.status === 'draft' || row.status === 'returned' || (row.status === 'submitted' && row.origin === 'office');
  const mayEdit =
    open &&
    canOnRegistration(me, 'registration.propose', programme, row.unit) &&
    !(row.origin === 'office' && unitsOf(me).includes(row.unit));
  const mayReview = row.status === 'submitted' && canOnRegistration(me, 'registration.review', programme, null);
  return [
    ...(mayEdit ? (['edit'] as const) : []),
    ...(mayEdit && row.sourceTask !== null && row.change !== 'dropped' ? (['drop'] as const) : []),
    ...(mayReview ? (['opinion'] as const) : []),
    ...(mayReview && row.origin === 'unit' ? (['back'] as const) : []),
  ];
};

export const RowDeeds = ({
  row,
  registration,
}: {
  readonly row: Proposal;
  readonly registration: WholeRegistration;
}) => {
  const text = useText(registrationDeeds);
  const me = useMe();
  const [open, setOpen] = useState<RowDeed>();
  const path = `/registrations/${registration.id}/proposals/${row.id}`;
  const given = { row, path, onClose: () => setOpen(undefined) };
  return (
    <span className="row">
      {deedsOf(row, me, registration.programme).map((deed) => (
        <Button key={deed} look="quiet" className="small" onClick={() => setOpen(deed)}>
          {text[deed].open}
        </Button>
      ))}
      {open === 'edit' && <EditDialog {...given} />}
      {open === 'drop' && (
        <SayDialog
          {...given}
          name="drop"
          words={text.drop}
          label={text.drop.reason}
          deed={(reason) => ({ path, method: 'PUT', version: row.version, body: { ...contentOf(row), reason } })}
        />
      )}
      {open === 'opinion' && (
        <SayDialog
          {...given}
          name="opinion"
          words={text.opinion}
          label={text.opinion.text}
          from={row.opinion ?? ''}
          deed={(opinion) => ({ path: `${path}/opinion`, method: 'PUT', version: row.version, body: { opinion } })}
        />
      )}
      {open === 'back' && (
        <SayDialog
          {...given}
          name="back"
          words={text.back}
          label={text.back.reason}
          deed={(reason) => ({ path: `${path}/return`, version: row.version, body: { reason } })}
        />
      )}
    </span>
  );
};
