// Giao nhiệm vụ: one task with any kind of deadline letters set; without one it says why.

import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { programmesQuery } from '../../api/programmes.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useDraft } from '../../kit/drafts.ts';
import { FormEnd } from '../../kit/form-end.tsx';
import { useChange } from '../../kit/use-change.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { dueFields, withDue } from '../task/due-fields.ts';
import { dueText } from '../task/due-text.ts';
import { Fields } from '../task/fields.tsx';
import { bodyOf, errorsIn, type FieldError, type FieldSpec, type Values } from '../task/form.ts';
import { bulkText } from './bulk-text.ts';

interface Props {
  readonly programme: string | undefined;
  readonly onClose: () => void;
}

export const CreateDialog = (props: Props) => {
  const text = useText(bulkText);
  return (
    <Dialog open onClose={props.onClose} title={text.assign}>
      <Form {...props} />
    </Dialog>
  );
};

const Form = ({ programme, onClose }: Props) => {
  const text = useText(bulkText);
  const due = useText(dueText);
  const words = useText(common);
  const navigate = useNavigate();
  const programmes = useQuery(programmesQuery).data ?? [];
  const draft = useDraft<Values>('task/new', { kind: 'own', due: 'on_or_before', ...(programme ? { programme } : {}) });
  const [errors, setErrors] = useState<Readonly<Record<string, FieldError>>>({});
  const deed = useChange<{ readonly id: string }>({
    quiet: true,
    said: text.assigned,
    onDone: ({ body }) => {
      draft.forget();
      onClose();
      void navigate({ to: '/tasks/$id', params: { id: body.id } });
    },
  });
  const fields: readonly FieldSpec[] = [
    {
      key: 'programme',
      kind: 'choice',
      label: words.programme,
      required: true,
      choices: programmes.map(({ code, name }) => [code, name]),
    },
    { key: 'title', kind: 'long', label: text.fields.title, required: true },
    { key: 'leadUnit', kind: 'unit', label: text.fields.leadUnit, required: true },
    { key: 'appraiserUnit', kind: 'unit', label: text.fields.appraiserUnit },
    { key: 'product', kind: 'text', label: text.fields.product },
    { key: 'target', kind: 'number_or_text', label: text.fields.target },
    { key: 'measureUnit', kind: 'text', label: text.fields.measureUnit },
    {
      key: 'kind',
      kind: 'choice',
      label: text.fields.kind,
      required: true,
      choices: (['own', 'template', 'common'] as const).map((key) => [key, text.kinds[key]]),
    },
    ...dueFields(due),
    { key: 'field', kind: 'text', label: text.fields.field },
    { key: 'indicator', kind: 'text', label: text.fields.indicator },
    { key: 'source', kind: 'document', label: text.fields.source },
  ];
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const found = errorsIn(fields, draft.value);
        setErrors(found);
        if (Object.keys(found).length > 0) {
          const form = event.currentTarget;
          requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
          return;
        }
        deed.mutate({ path: '/tasks', body: withDue(bodyOf(fields, draft.value)) });
      }}
    >
      {draft.restored && (
        <p className="notice row spread" role="status">
          <span className="grow">{words.restored}</span>
          <Button onClick={draft.discard}>{words.discard}</Button>
        </p>
      )}
      <Fields
        taskId=""
        fields={fields}
        values={draft.value}
        change={draft.change}
        changePieces={() => undefined}
        errors={errors}
      />
      <FormEnd deed={deed} submit={text.assign} onClose={onClose} />
    </form>
  );
};
