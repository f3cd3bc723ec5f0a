import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../kit/button.tsx';
import { dayFromText } from '../../kit/day-text.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Field } from '../../kit/field.tsx';
import { useChange } from '../../kit/use-change.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { confirmText } from './text.ts';

/** Drafts the report and puts its figures to the units: two requests, of which the second may be made again. */
export const OpenRound = ({
  programme,
  onClose,
  onOpened,
}: {
  readonly programme: string;
  readonly onClose: () => void;
  readonly onOpened: (round: string) => void;
}) => {
  const text = useText(confirmText);
  const words = useText(common);
  const client = useQueryClient();
  const [typed, setTyped] = useState({ title: '', asOf: '', dueOn: '' });
  const [edition, setEdition] = useState<string>();
  const asOf = dayFromText(typed.asOf);
  const dueOn = dayFromText(typed.dueOn);
  const open = useChange<{ readonly id: string }>({
    said: text.opened,
    onDone: ({ body }) => {
      void client.invalidateQueries({ queryKey: ['confirmations'] });
      onOpened(body.id);
    },
  });
  const putTo = (id: string) => open.mutate({ path: `/reports/editions/${id}/confirmation`, body: { dueOn } });
  const draft = useChange<{ readonly id: string }>({
    touches: [['reports']],
    onDone: ({ body }) => {
      setEdition(body.id);
      putTo(body.id);
    },
  });
  const lacking = typed.title.trim() === '' || asOf === undefined || dueOn === undefined;
  const change = (changes: Partial<typeof typed>) => {
    // Another title or day is another report.
    if (changes.dueOn === undefined) setEdition(undefined);
    setTyped({ ...typed, ...changes });
  };
  return (
    <Dialog open onClose={onClose} title={text.openRound} about={text.openAbout}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (lacking) return;
          if (edition === undefined)
            draft.mutate({
              path: '/reports/editions',
              body: { programme, title: typed.title.trim().normalize('NFC'), asOf },
            });
          else putTo(edition);
        }}
      >
        <Field label={text.reportTitle} required>
          {(given) => (
            <input
              {...given}
              className="input"
              maxLength={500}
              value={typed.title}
              onChange={(event) => change({ title: event.target.value })}
            />
          )}
        </Field>
        {(['asOf', 'dueOn'] as const).map((key) => (
          <Field
            key={key}
            label={text[key]}
            required
            error={typed[key].trim().length >= 8 && dayFromText(typed[key]) === undefined ? text.notADay : undefined}
          >
            {(given) => (
              <input
                {...given}
                className="input"
                inputMode="numeric"
                value={typed[key]}
                onChange={(event) => change({ [key]: event.target.value })}
              />
            )}
          </Field>
        ))}
        <div className="row">
          <Button
            type="submit"
            look="primary"
            busy={draft.isPending || open.isPending}
            why={lacking ? words.required : undefined}
          >
            {text.openRound}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
};
