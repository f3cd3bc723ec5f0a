// What is about to be sent, with the seconds left to think again.

import { useEffect, useState } from 'react';
import { number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { type Held, holdSeconds, sendAll } from './outbox.ts';
import { appraisalsText } from './text.ts';

export const HeldList = ({
  held,
  onUndo,
}: {
  readonly held: readonly Held[];
  readonly onUndo: (id: string) => void;
}) => {
  const text = useText(appraisalsText);
  const words = useText(common);
  const shown = held.filter(({ state }) => state === 'held' || state === 'sending' || state === 'offline');
  const now = useSeconds(shown.length > 0);
  if (shown.length === 0) return null;
  return (
    <section className="held" aria-label={text.heldList}>
      <ul role="list">
        {shown.map(({ id, code, outcome, state, sendAt }) => {
          const verdict = text.verdicts[outcome];
          const left = Math.max(0, Math.min(holdSeconds, Math.ceil((sendAt - now) / 1000)));
          return (
            <li key={id} className="row">
              <span className="grow">
                <strong>{code}</strong>{' '}
                {state === 'held'
                  ? text.held(verdict, number(left))
                  : state === 'sending'
                    ? text.sending(verdict)
                    : text.waitsForNetwork(verdict)}
              </span>
              {state !== 'sending' && (
                <Button shortcut={id === shown.at(-1)?.id ? 'Z' : undefined} onClick={() => onUndo(id)}>
                  {words.undo}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <Button look="quiet" onClick={() => void sendAll()}>
        {text.sendNow}
      </Button>
    </section>
  );
};

const useSeconds = (running: boolean): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [running]);
  return now;
};
