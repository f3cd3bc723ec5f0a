import type { Proposal } from '../../api/registrations.ts';
import { civilDay } from '../../format.ts';
import { DeedDialog } from '../../kit/deed-dialog.tsx';
import { DocumentFields, documentOf, emptyDocument } from '../../kit/document-fields.tsx';
import { useDraft } from '../../kit/drafts.ts';
import { Field } from '../../kit/field.tsx';
import { readNumber } from '../../kit/numbers.ts';
import { useText } from '../../text/index.ts';
import { registrationDeeds } from './deed-text.ts';

import { contentOf } from './row-content.ts';

interface Given {
  readonly row: Proposal;
  readonly onClose: () => void;
}

export const SayDialog = ({
  row,
  onClose,
  name,
  words,
  label,
  from = '',
  deed,
}: Given & {
  readonly name: 'drop' | 'opinion' | 'back';
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

export const EditDialog = ({ row, path, onClose }: Given & { readonly path: string }) => {
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
