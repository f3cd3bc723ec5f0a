// What each step of a report asks, and says that it cannot undo.

import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Edition, WholeEdition } from '../../api/editions.ts';
import { civilDay, number } from '../../format.ts';
import { DateField } from '../../kit/date-field.tsx';
import { DeedDialog } from '../../kit/deed-dialog.tsx';
import { useDraft } from '../../kit/drafts.ts';
import { Field } from '../../kit/field.tsx';
import { useText } from '../../text/index.ts';
import { reportsText } from './text.ts';

interface Given {
  readonly edition: WholeEdition;
  readonly onClose: () => void;
}

export const ConfirmDialog = ({ edition, onClose }: Given) => {
  const { confirm } = useText(reportsText);
  const [dueOn, setDueOn] = useState('');
  return (
    <DeedDialog
      open
      onClose={onClose}
      title={confirm.open}
      about={confirm.about}
      submit={confirm.submit}
      said={confirm.said}
      deed={dueOn === '' ? undefined : { path: `/reports/editions/${edition.id}/confirmation`, body: { dueOn } }}
    >
      <DateField label={confirm.dueOn} value={dueOn} onChange={setDueOn} from={civilDay()} required />
    </DeedDialog>
  );
};

export const FreezeDialog = ({ edition, onClose }: Given) => {
  const { freeze } = useText(reportsText);
  const { confirmation } = edition;
  return (
    <DeedDialog
      open
      onClose={onClose}
      title={freeze.open}
      about={freeze.about}
      submit={freeze.submit}
      said={freeze.said}
      deed={{ path: `/reports/editions/${edition.id}/freeze`, body: {} }}
    >
      {confirmation === null && <p className="notice">{freeze.unasked}</p>}
      {confirmation !== null && confirmation.counts.disputed > 0 && (
        <p className="notice">{freeze.disputes(number(confirmation.counts.disputed))}</p>
      )}
    </DeedDialog>
  );
};

export const IssueDialog = ({ edition, onClose }: Given) => {
  const { issue } = useText(reportsText);
  const draft = useDraft(`report/${edition.id}/issue`, { number: '', issuedOn: '' });
  const { number: sign, issuedOn } = draft.value;
  return (
    <DeedDialog
      open
      onClose={onClose}
      title={issue.open}
      about={issue.about}
      submit={issue.submit}
      said={issue.said}
      onDone={draft.forget}
      deed={
        sign.trim() === '' || issuedOn === ''
          ? undefined
          : { path: `/reports/editions/${edition.id}/issue`, body: { number: sign.trim(), issuedOn } }
      }
    >
      <Field label={issue.number} hint={issue.numberHint} required>
        {(given) => (
          <input
            {...given}
            className="input"
            autoComplete="off"
            maxLength={100}
            value={sign}
            onChange={(event) => draft.change({ number: event.target.value })}
          />
        )}
      </Field>
      <DateField
        label={issue.day}
        value={issuedOn}
        onChange={(value) => draft.change({ issuedOn: value })}
        from={edition.asOf}
        to={civilDay()}
        past
        required
      />
    </DeedDialog>
  );
};

/** A new draft, or one that corrects a report whose figures are frozen. */
export const DraftDialog = ({
  programme,
  corrects,
  onClose,
}: {
  readonly programme: string;
  readonly corrects?: Edition;
  readonly onClose: () => void;
}) => {
  const text = useText(reportsText);
  const words = corrects ? text.correct : text.draft;
  const navigate = useNavigate();
  const draft = useDraft(corrects ? `report/${corrects.id}/correct` : `report/${programme}/draft`, {
    title: corrects ? text.correct.name(corrects.title) : '',
    asOf: corrects?.asOf ?? '',
    reason: '',
  });
  const { title, asOf, reason } = draft.value;
  const complete = title.trim() !== '' && asOf !== '' && (corrects === undefined || reason.trim() !== '');
  return (
    <DeedDialog<Edition>
      open
      onClose={onClose}
      title={words.open}
      about={words.about}
      submit={words.submit}
      said={words.said}
      onDone={({ id }) => {
        draft.forget();
        void navigate({ to: '/reports/$id', params: { id } });
      }}
      deed={
        complete
          ? {
              path: '/reports/editions',
              body: {
                programme,
                title: title.trim(),
                asOf,
                ...(corrects ? { corrects: corrects.id, reason: reason.trim() } : {}),
              },
            }
          : undefined
      }
    >
      <Field label={text.draft.name} hint={text.draft.nameHint} required>
        {(given) => (
          <textarea
            {...given}
            rows={3}
            maxLength={500}
            value={title}
            onChange={(event) => draft.change({ title: event.target.value })}
          />
        )}
      </Field>
      <DateField
        label={text.draft.asOf}
        value={asOf}
        onChange={(value) => draft.change({ asOf: value })}
        to={civilDay()}
        past
        required
      />
      {corrects && (
        <Field label={text.correct.reason} required>
          {(given) => (
            <textarea
              {...given}
              rows={3}
              maxLength={2000}
              value={reason}
              onChange={(event) => draft.change({ reason: event.target.value })}
            />
          )}
        </Field>
      )}
    </DeedDialog>
  );
};
