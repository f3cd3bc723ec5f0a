// A unit says of each of its lines whether it is right; what it leaves is confirmed with one button that bears the number.

import { useState } from 'react';
import type { Line, Round } from '../../api/confirmations.ts';
import type { ProblemBody } from '../../api/problem.ts';
import { day, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { useDraft } from '../../kit/drafts.ts';
import { Field } from '../../kit/field.tsx';
import { toast } from '../../kit/toast.tsx';
import { useChange } from '../../kit/use-change.ts';
import { useText } from '../../text/index.ts';
import { AsReported, Said } from './status.tsx';
import { confirmText } from './text.ts';

interface Answered {
  readonly ok: readonly { readonly code: string }[];
  readonly failed: Readonly<Record<string, ProblemBody>>;
}

interface Typed {
  /** By the code of a line: why it is wrong; an empty text is a field that was opened. */
  readonly reasons: Readonly<Record<string, string>>;
}

export const UnitLines = ({
  round,
  lines,
  open,
}: {
  readonly round: Round;
  readonly lines: readonly Line[];
  readonly open: boolean;
}) => {
  const text = useText(confirmText);
  const draft = useDraft<Typed>(`confirmation/${round.id}`, { reasons: {} });
  const { reasons } = draft.value;
  const [lacking, setLacking] = useState<string>();
  const [said, setSaid] = useState('');
  const send = useChange<Answered>({
    touches: [['confirmations']],
    onDone: ({ body: { ok, failed } }) => {
      const done = new Set(ok.map(({ code }) => code));
      draft.change({ reasons: Object.fromEntries(Object.entries(reasons).filter(([code]) => !done.has(code))) });
      const count = Object.keys(failed).length;
      if (count > 0) toast({ text: text.someFailed(number(count)), kind: 'mixed' });
      else if (ok.length > 1) toast({ text: text.restSaid(number(ok.length)) });
      // The line itself shows it; this is for whoever listens.
      setSaid(text.said);
    },
  });
  const answer = (items: readonly object[]) =>
    send.mutate({ path: `/reports/confirmations/${round.id}/answers`, body: { items } });
  const rest = lines.filter(({ code, status }) => status === 'waiting' && reasons[code] === undefined);
  const writing = lines.filter(({ code }) => reasons[code] !== undefined).length;
  const dispute = (code: string) => {
    const reason = (reasons[code] ?? '').trim().normalize('NFC');
    if (reason === '') setLacking(code);
    else answer([{ code, answer: 'dispute', reason }]);
  };
  return (
    <section className="stack" aria-labelledby="ours">
      <div className="row spread">
        <div>
          <h2 id="ours">{text.ours}</h2>
          <p className="muted">{text.asOffice(day(round.asOf))}</p>
        </div>
        {open && (
          <Button
            look="primary"
            busy={send.isPending}
            why={rest.length === 0 ? text.restNone : undefined}
            onClick={() => answer(rest.map(({ code }) => ({ code, answer: 'agree' })))}
          >
            {text.confirmRest(number(rest.length))}
          </Button>
        )}
      </div>
      <p className="vh" role="status">
        {said}
      </p>
      {writing > 0 && (
        <p className="small" role="status">
          {text.writing(number(writing))}
        </p>
      )}
      <ul role="list" className="confirm-lines">
        {lines.map((line) => {
          const { code, title, status } = line;
          const typed = reasons[code];
          const settled = status === 'upheld' || status === 'rejected';
          return (
            <li key={code} className="card confirm-line">
              <div>
                <strong>{title ?? code}</strong>
                <p className="small muted">{code}</p>
              </div>
              <AsReported line={line} />
              <Said line={line} />
              {open && !settled && (
                <div className="row">
                  <Button
                    aria-label={`${text.right}: ${code}`}
                    aria-pressed={status === 'agreed'}
                    busy={send.isPending}
                    onClick={() => answer([{ code, answer: 'agree' }])}
                  >
                    {text.right}
                  </Button>
                  <Button
                    aria-label={`${text.wrong}: ${code}`}
                    aria-expanded={typed !== undefined}
                    aria-pressed={status === 'disputed'}
                    onClick={() => {
                      const { [code]: _left, ...others } = reasons;
                      draft.change({ reasons: typed === undefined ? { ...reasons, [code]: '' } : others });
                    }}
                  >
                    {text.wrong}
                  </Button>
                </div>
              )}
              {open && !settled && typed !== undefined && (
                <div className="confirm-reason">
                  <Field
                    label={text.wrongReason}
                    required
                    error={lacking === code && typed.trim() === '' ? text.reasonNeeded : undefined}
                  >
                    {(given) => (
                      <textarea
                        {...given}
                        maxLength={2000}
                        // biome-ignore lint/a11y/noAutofocus: opened by the person a moment ago.
                        autoFocus
                        value={typed}
                        onChange={(event) => draft.change({ reasons: { ...reasons, [code]: event.target.value } })}
                      />
                    )}
                  </Field>
                  <Button look="primary" busy={send.isPending} onClick={() => dispute(code)}>
                    {text.sendDispute}
                  </Button>
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
};
