// What can be done with one row, by whoever may.

import { useState } from 'react';
import type { Proposal, WholeRegistration } from '../../api/registrations.ts';
import { canOnRegistration } from '../../api/rights.ts';
import { unitsOf, useMe } from '../../api/session.ts';
import { civilDay } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { DeedDialog } from '../../kit/deed-dialog.tsx';
import { DocumentFields, documentOf, emptyDocument } from '../../kit/document-fields.tsx';
import { useDraft } from '../../kit/drafts.ts';
import { Field } from '../../kit/field.tsx';
import { readNumber } from '../../kit/numbers.ts';
import { useText } from '../../text/index.ts';
import { registrationDeeds } from './deed-text.ts';

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

const contentOf = ({
  title,
  product,
  measureUnit,
  target,
  kind,
  field,
  indicator,
  appraiserUnit,
  basis,
}: Proposal) => ({
  title,
  product,
  measureUnit,
  target,
  kind,
  field,
  indicator,
  appraiserUnit,
  basis,
});

interface Given {
  readonly row: Proposal;
  readonly onClose: () => void;
}

const SayDialog = ({
  row,
  onClose,
  name,
  words,
  label,
  from = '',
  deed,
}: Given & {
  readonly name: RowDeed;
  readonly words: { readonly open: string; readonly about: string; readonly submit: string; readonly said: string };
  readonly label: string;
  readonly from?: string;
  readonly deed: (said: string) => Parameters<typeof DeedDialog>[0]['deed'];
}) => {
  const draft = useDraft(`proposal/${row.id}/${name}`, { said: from });
  const { said } = draft.value;
  return (
    <DeedDialog
      open
      onClose={onClose}
      title={`${words.open}: ${row.title}`}
      about={words.about}
      submit={words.submit}
      said={words.said}
      onDone={draft.forget}
      deed={said.trim() === '' ? undefined : deed(said.trim())}
    >
      <Field label={label} required>
        {(given) => (
          <textarea
            {...given}
            maxLength={1000}
            value={said}
            onChange={(event) => draft.change({ said: event.target.value })}
          />
        )}
      </Field>
    </DeedDialog>
  );
};

const EditDialog = ({ row, path, onClose }: Given & { readonly path: string }) => {
  const { edit, propose } = useText(registrationDeeds);
  const draft = useDraft(`proposal/${row.id}/edit`, {
    title: row.title,
    // Only numbers have a decimal mark to be written our way.
    target:
      row.target === null ? '' : typeof row.target === 'number' ? String(row.target).replace('.', ',') : row.target,
    basis: { ...emptyDocument, ...row.basis },
  });
  const { title, target, basis } = draft.value;
  const document = documentOf(basis);
  // A number stays a number, so that both years can be compared.
  const wanted = target.trim() === '' ? null : (readNumber(target) ?? target.trim());
  return (
    <DeedDialog
      open
      onClose={onClose}
      title={`${edit.open}: ${row.title}`}
      about={edit.about}
      submit={edit.submit}
      said={edit.said}
      onDone={draft.forget}
      deed={
        title.trim() === '' || document === undefined
          ? undefined
          : {
              path,
              method: 'PUT',
              version: row.version,
              body: { ...contentOf(row), title: title.trim(), target: wanted, basis: document, reason: null },
            }
      }
    >
      <Field label={propose.title} required>
        {(given) => (
          <textarea
            {...given}
            maxLength={1000}
            value={title}
            onChange={(event) => draft.change({ title: event.target.value })}
          />
        )}
      </Field>
      <Field label={propose.target} hint={row.measureUnit ?? undefined}>
        {(given) => (
          <input
            {...given}
            className="input"
            maxLength={200}
            value={target}
            onChange={(event) => draft.change({ target: event.target.value })}
          />
        )}
      </Field>
      {row.sourceTask !== null && (
        <DocumentFields
          label={edit.basis}
          value={basis}
          onChange={(changes) => draft.change({ basis: { ...basis, ...changes } })}
          to={civilDay()}
        />
      )}
    </DeedDialog>
  );
};
