// A deed that must say why: one field, one button. The reason is kept while the dialog is open, whatever happens.

import { useState } from 'react';
import { common } from '../text/common.ts';
import { useText } from '../text/index.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';

interface Props {
  readonly open: boolean;
  readonly title: string;
  readonly label: string;
  readonly hint: string;
  readonly confirm: string;
  readonly busy: boolean;
  /** At least so many characters. */
  readonly least?: number;
  readonly onClose: () => void;
  readonly onConfirm: (reason: string) => void;
}

export const ReasonDialog = ({ open, title, label, hint, confirm, busy, least = 3, onClose, onConfirm }: Props) => {
  const words = useText(common);
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const given = reason.trim();
  const error = asked && given.length < least ? words.required : undefined;
  return (
    <Dialog open={open} onClose={onClose} title={title}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (given.length >= least) onConfirm(given);
        }}
      >
        <Field label={label} hint={hint} error={error} required>
          {(field) => (
            <textarea {...field} className="input" value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
        <div className="row">
          <Button look="primary" type="submit" busy={busy}>
            {confirm}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
};
