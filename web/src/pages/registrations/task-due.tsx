// The deadline of the tasks that a decision makes: the programme's own, unless another is said.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { programmeQuery } from '../../api/programme-settings.ts';
import type { WholeRegistration } from '../../api/registrations.ts';
import { day } from '../../format.ts';
import { DeedDialog } from '../../kit/deed-dialog.tsx';
import { useDraft } from '../../kit/drafts.ts';
import { useText } from '../../text/index.ts';
import { dueFields, withDue } from '../task/due-fields.ts';
import { dueText } from '../task/due-text.ts';
import { Fields } from '../task/fields.tsx';
import { bodyOf, errorsIn, type Values } from '../task/form.ts';
import { registrationDeeds } from './deed-text.ts';

/** @returns its fields, what goes into the request (undefined: something is missing), and how to forget it */
export const useTaskDue = ({ id, programme }: Pick<WholeRegistration, 'id' | 'programme'>) => {
  const { due: text } = useText(registrationDeeds);
  const words = useText(dueText);
  const settings = useQuery(programmeQuery(programme)).data;
  const [empty] = useState<Values>({});
  const draft = useDraft<Values>(`registration/${id}/due`, empty);
  const own = settings?.defaultDue ?? null;
  // Without a default of the programme, nothing can be made before a deadline is said.
  const needed = settings !== undefined && own === null;
  const fields = dueFields(words).map((field) =>
    field.key === 'due' && field.kind === 'choice'
      ? {
          ...field,
          label: text.label,
          required: needed,
          hint: own === null ? text.needed : own.day === undefined ? text.default : text.defaultDay(day(own.day)),
        }
      : field,
  );
  const errors = errorsIn(fields, draft.value);
  // What is only missing is said once, when the form is sent.
  const wrong = Object.fromEntries(Object.entries(errors).filter(([, problem]) => problem !== 'required'));
  const body = Object.keys(errors).length > 0 ? undefined : withDue(bodyOf(fields, draft.value));
  return {
    fields: (
      <Fields
        taskId={id}
        fields={fields}
        values={draft.value}
        change={draft.change}
        changePieces={() => undefined}
        errors={wrong}
      />
    ),
    body: settings === undefined ? undefined : body,
    forget: draft.forget,
  };
};

/** The tasks of approved rows that a decision which was cut off has not made. */
export const RestDialog = ({
  registration,
  missing,
  onClose,
}: {
  readonly registration: WholeRegistration;
  /** How many, in words. */
  readonly missing: string;
  readonly onClose: () => void;
}) => {
  const { rest: text } = useText(registrationDeeds);
  const due = useTaskDue(registration);
  return (
    <DeedDialog
      open
      onClose={onClose}
      title={text.open}
      about={text.about(missing)}
      submit={text.open}
      said={text.said}
      onDone={due.forget}
      deed={due.body && { path: `/registrations/${registration.id}/tasks`, body: due.body }}
    >
      {due.fields}
    </DeedDialog>
  );
};
