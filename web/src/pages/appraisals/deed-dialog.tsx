// What each deed beside the decision asks for.

import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { DeskItem, Stance } from '../../api/appraisals.ts';
import { taskQuery } from '../../api/tasks.ts';
import { unitsQuery } from '../../api/units.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useDraft } from '../../kit/drafts.ts';
import { Field } from '../../kit/field.tsx';
import { useChange } from '../../kit/use-change.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { appraisalsText } from './text.ts';

export type Deed = 'ask' | 'opinion' | 'reassign';

const paths: Readonly<Record<Deed, string>> = { ask: 'questions', opinion: 'opinions', reassign: 'appraisers' };

interface Typed {
  readonly words: string;
  readonly stance: Stance;
  readonly agency: string;
}

export const DeedDialog = ({
  deed,
  item,
  onClose,
}: {
  readonly deed: Deed;
  readonly item: DeskItem;
  readonly onClose: () => void;
}) => {
  const text = useText(appraisalsText);
  const words = useText(common);
  const task = useQuery(taskQuery(item.id));
  const units = useQuery(unitsQuery);
  const draft = useDraft<Typed>(`appraisal/${item.id}/${item.round}/${deed}`, {
    words: '',
    stance: 'agree',
    agency: '',
  });
  const { words: typed, stance, agency } = draft.value;
  const send = useChange({
    said: { ask: text.asksDone, opinion: text.opinionDone, reassign: text.reassignDone }[deed],
    onDone: () => {
      draft.forget();
      onClose();
    },
  });
  const told = typed.trim().normalize('NFC');
  const body = {
    ask: { question: told },
    opinion: { stance, ...(told === '' ? {} : { opinion: told }) },
    reassign: {
      appraiserUnit: agency,
      participants: item.participants.filter((code) => code !== agency),
      reason: told,
    },
  }[deed];
  const lacking = (deed !== 'opinion' && told === '') || (deed === 'reassign' && agency === '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!lacking)
      send.mutate({ path: `/tasks/${item.id}/${paths[deed]}`, body, version: task.data?.version ?? item.version });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={text[deed]}
      about={{ ask: text.askAbout, opinion: text.opinionAbout, reassign: text.reassignAbout }[deed]}
    >
      <form className="stack" onSubmit={submit}>
        {deed === 'opinion' && (
          <Field label={text.stance}>
            {(given) => (
              <select
                {...given}
                value={stance}
                onChange={(event) => draft.change({ stance: event.target.value as Stance })}
              >
                {(['agree', 'disagree', 'neutral'] as const).map((one) => (
                  <option key={one} value={one}>
                    {text.stances[one]}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        {deed === 'reassign' && (
          <Field label={text.newAgency} required>
            {(given) => (
              <select {...given} value={agency} onChange={(event) => draft.change({ agency: event.target.value })}>
                <option value="" />
                {(units.data ?? []).map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <Field
          label={{ ask: text.question, opinion: text.opinionText, reassign: text.reassignReason }[deed]}
          required={deed !== 'opinion'}
        >
          {(given) => (
            <textarea
              {...given}
              maxLength={deed === 'reassign' ? 1000 : 4000}
              value={typed}
              onChange={(event) => draft.change({ words: event.target.value })}
            />
          )}
        </Field>
        <div className="row">
          <Button type="submit" look="primary" busy={send.isPending} why={lacking ? words.required : undefined}>
            {words.send}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
};
