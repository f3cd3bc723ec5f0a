// Choosing a verdict and sending it are two things: 1 2 3 choose, Ctrl+Enter sends.

import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { DeskItem, Outcome } from '../../api/appraisals.ts';
import { sentenceOf } from '../../api/problem.ts';
import { Button } from '../../kit/button.tsx';
import { useDraft } from '../../kit/drafts.ts';
import { Field } from '../../kit/field.tsx';
import { useShortcuts } from '../../kit/shortcuts.ts';
import { useSettings } from '../../settings.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { useRefusal } from '../../text/refusals.ts';
import type { Held, Verdict } from './outbox.ts';
import { appraisalsText } from './text.ts';

const order: readonly (readonly [string, Outcome])[] = [
  ['1', 'achieved'],
  ['2', 'returned'],
  ['3', 'not_achieved'],
];

interface Typed {
  readonly outcome: Outcome | '';
  readonly reason: string;
  readonly missing: string;
}

export const draftOf = ({ id, round }: { readonly id: string; readonly round: number }): string =>
  `appraisal/${id}/${round}`;

export const Decision = ({
  item,
  version,
  refusal,
  onDecide,
}: {
  readonly item: DeskItem;
  /** What is on the screen. */
  readonly version: number;
  /** It was sent and refused. */
  readonly refusal: Held | undefined;
  readonly onDecide: (verdict: Verdict) => void;
}) => {
  const text = useText(appraisalsText);
  const words = useText(common);
  const { language } = useSettings();
  const refused = useRefusal();
  const draft = useDraft<Typed>(draftOf(item), { outcome: '', reason: '', missing: '' });
  const [wrong, setWrong] = useState<string>();
  const reason = useRef<HTMLTextAreaElement>(null);
  const { outcome, reason: typed, missing } = draft.value;
  const answers = order.flatMap(([key, wanted]) => {
    const answer = item.actions.answers.find((one) => one.outcome === wanted);
    return answer ? [{ key, answer, why: refused(answer.refused) }] : [];
  });
  const chosen = answers.find(({ answer }) => answer.outcome === outcome)?.answer;
  const needsReason = chosen !== undefined && (outcome !== 'achieved' || chosen.require.reason === true);
  const lines = missing
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

  const choose = (wanted: Outcome) => {
    setWrong(undefined);
    // Drawn at once, so that the very next key lands in the reason.
    flushSync(() => draft.change({ outcome: wanted }));
    if (wanted !== 'achieved') reason.current?.focus();
  };
  const send = () => {
    if (!chosen || chosen.refused !== undefined) return setWrong(text.chooseFirst);
    if (needsReason && typed.trim() === '' && lines.length === 0) {
      setWrong(text.reasonNeeded);
      reason.current?.focus();
      return;
    }
    const told = typed.trim() === '' ? lines.join('; ') : typed.trim();
    onDecide({
      id: item.id,
      code: item.code,
      round: item.round,
      version,
      transition: chosen.transition,
      outcome: chosen.outcome,
      ...(told === '' ? {} : { reason: told.normalize('NFC') }),
      ...(outcome === 'returned' && lines.length > 0
        ? { missing: lines.map((line) => ({ what: line.normalize('NFC') })) }
        : {}),
    });
  };

  useShortcuts(
    answers.map(({ key, answer, why }) => ({
      keys: key,
      about: text.keys.choose(text.verdicts[answer.outcome]),
      run: () => (why === undefined ? choose(answer.outcome) : setWrong(why)),
    })),
  );
  const latest = useRef(send);
  latest.current = send;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const elsewhere = event.target instanceof HTMLElement && event.target.closest('[role="dialog"]');
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing || elsewhere) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  // One reason for all of them, said where it is seen.
  const blocked = answers.length > 0 && answers.every(({ why }) => why !== undefined) ? answers[0]?.why : undefined;
  return (
    <section className="decision" aria-label={text.verdict}>
      {refusal?.error !== undefined && (
        <p role="alert" className="notice bad">
          {sentenceOf(refusal.error, language, words)}
        </p>
      )}
      {blocked !== undefined && <p className="notice">{blocked}</p>}
      {needsReason && (
        <div className="reasons">
          <Field label={text.reason[chosen.outcome]} required error={wrong}>
            {(given) => (
              <textarea
                {...given}
                ref={reason}
                rows={2}
                maxLength={4000}
                value={typed}
                onChange={(event) => {
                  setWrong(undefined);
                  draft.change({ reason: event.target.value });
                }}
              />
            )}
          </Field>
          {outcome === 'returned' && (
            <Field label={text.missing} hint={text.missingHint}>
              {(given) => (
                <textarea
                  {...given}
                  rows={2}
                  maxLength={4000}
                  value={missing}
                  onChange={(event) => draft.change({ missing: event.target.value })}
                />
              )}
            </Field>
          )}
        </div>
      )}
      <div className="row">
        {answers.map(({ key, answer, why }) => (
          <Button
            key={key}
            shortcut={key}
            why={why}
            aria-pressed={outcome === answer.outcome}
            onClick={() => choose(answer.outcome)}
          >
            {text.verdicts[answer.outcome]}
          </Button>
        ))}
        <Button
          look="primary"
          shortcut="Ctrl+Enter"
          why={blocked ?? (chosen ? undefined : text.chooseFirst)}
          onClick={send}
        >
          {text.send}
        </Button>
      </div>
      {wrong !== undefined && !needsReason && (
        <p role="status" className="small late">
          {wrong}
        </p>
      )}
      <p className="small muted keys-hint">{text.keysHint}</p>
    </section>
  );
};
