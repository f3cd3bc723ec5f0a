import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { civilDay } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { DateField } from '../../kit/date-field.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useDraft } from '../../kit/drafts.ts';
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
  const { value: typed, ...draftOf } = useDraft(`confirmation/${programme}/open`, { title: '', asOf: '', dueOn: '' });
  const [edition, setEdition] = useState<string>();
  const { asOf, dueOn } = typed;
  const open = useChange<{ readonly id: string }>({
    said: text.opened,
    onDone: ({ body }) => {
      void client.invalidateQueries({ queryKey: ['confirmations'] });
      draftOf.forget();
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
  const lacking = typed.title.trim() === '' || asOf === '' || dueOn === '';
  const change = (changes: Partial<typeof typed>) => {
    // Another title or day is another report.
    if (changes.dueOn === undefined) setEdition(undefined);
    draftOf.change(changes);
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
        {draftOf.restored && (
          <p className="notice row spread" role="status">
            <span className="grow">{words.restored}</span>
            <Button onClick={draftOf.discard}>{words.discard}</Button>
          </p>
        )}
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
        <DateField
          label={text.asOf}
          required
          past
          to={civilDay()}
          value={asOf}
          onChange={(day) => day !== asOf && change({ asOf: day })}
        />
        <DateField
          label={text.dueOn}
          required
          from={civilDay()}
          value={dueOn}
          onChange={(day) => change({ dueOn: day })}
        />
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
