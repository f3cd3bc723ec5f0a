import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { read } from '../../api/client.ts';
import type { Line, Round } from '../../api/confirmations.ts';
import { type TaskList, taskEventsQuery } from '../../api/tasks.ts';
import { moment, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useDraft } from '../../kit/drafts.ts';
import { Field } from '../../kit/field.tsx';
import { useChange } from '../../kit/use-change.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { confirmText } from './text.ts';

interface Typed {
  readonly verdict: 'upheld' | 'rejected';
  readonly reason: string;
  readonly correction: string;
}

/** Upheld: naming the entry that put the task right. Rejected: with a reason. */
export const Resolve = ({
  round,
  line,
  onClose,
}: {
  readonly round: Round;
  readonly line: Line;
  readonly onClose: () => void;
}) => {
  const text = useText(confirmText);
  const words = useText(common);
  const draft = useDraft<Typed>(`dispute/${round.id}/${line.code}`, {
    verdict: 'upheld',
    reason: '',
    correction: '',
  });
  const { verdict, reason, correction } = draft.value;
  const task = useQuery({
    queryKey: ['tasks', 'code', round.programme, line.code],
    queryFn: async ({ signal }) => {
      const { items } = await read<TaskList>('/tasks', { programme: round.programme, q: line.code }, signal);
      return items.find(({ code }) => code === line.code) ?? null;
    },
  });
  const events = useQuery({ ...taskEventsQuery(task.data?.id ?? ''), enabled: task.data != null });
  const since = events.data?.filter(({ recordedAt }) => recordedAt > round.knownAt) ?? [];
  const send = useChange({
    touches: [['confirmations']],
    said: text.resolved,
    onDone: () => {
      draft.forget();
      onClose();
    },
  });
  const chosen = since.some(({ seq }) => String(seq) === correction) ? correction : String(since.at(-1)?.seq ?? '');
  const told = reason.trim().normalize('NFC');
  const lacking =
    verdict === 'rejected' ? (told === '' ? words.required : undefined) : chosen === '' ? text.noCorrection : undefined;
  const what = (type: string) => text.events[type as keyof typeof text.events] ?? text.events.other;
  return (
    <Dialog open onClose={onClose} title={text.resolveTitle(line.code)} about={text.because(line.reason ?? '')}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (lacking === undefined)
            send.mutate({
              path: `/reports/confirmations/${round.id}/resolutions`,
              body: {
                code: line.code,
                verdict,
                ...(verdict === 'upheld' ? { correction: Number(chosen) } : {}),
                ...(told === '' ? {} : { reason: told }),
              },
            });
        }}
      >
        <fieldset className="row">
          <legend>{text.verdict}</legend>
          {(['upheld', 'rejected'] as const).map((one) => (
            <label key={one} className="check">
              <input
                type="radio"
                name="verdict"
                checked={verdict === one}
                onChange={() => draft.change({ verdict: one })}
              />
              {one === 'upheld' ? text.uphold : text.reject}
            </label>
          ))}
        </fieldset>
        {verdict === 'upheld' &&
          (events.data && since.length === 0 ? (
            <p className="notice">{text.noCorrection}</p>
          ) : (
            <Field label={text.correction} hint={text.correctionHint} required>
              {(given) => (
                <select
                  {...given}
                  value={chosen}
                  onChange={(event) => draft.change({ correction: event.target.value })}
                >
                  {since.map(({ seq, type, recordedAt }) => (
                    <option key={seq} value={seq}>
                      {text.correctionOf(number(seq), what(type), moment(recordedAt))}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          ))}
        <Field label={verdict === 'upheld' ? text.note : text.reason} required={verdict === 'rejected'}>
          {(given) => (
            <textarea
              {...given}
              maxLength={2000}
              value={reason}
              onChange={(event) => draft.change({ reason: event.target.value })}
            />
          )}
        </Field>
        <div className="row">
          <Button type="submit" look="primary" busy={send.isPending} why={lacking}>
            {verdict === 'upheld' ? text.uphold : text.reject}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
          {task.data && (
            <Link to="/tasks/$id" params={{ id: task.data.id }}>
              {text.openTask}
            </Link>
          )}
        </div>
      </form>
    </Dialog>
  );
};
