// Short news at the edge of the screen, read aloud; with an action while it can be undone.

import { useEffect, useSyncExternalStore } from 'react';
import { common } from '../text/common.ts';
import { useText } from '../text/index.ts';
import { Button } from './button.tsx';
import { Close } from './icons.tsx';

export interface Toast {
  readonly text: string;
  readonly kind?: 'done' | 'failed' | 'mixed';
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Stays as long; errors stay until they are closed. */
  readonly seconds?: number;
}

let shown: readonly (Toast & { readonly id: number })[] = [];
let last = 0;
const listeners = new Set<() => void>();
const publish = (next: typeof shown) => {
  shown = next;
  for (const listener of listeners) listener();
};

export const toast = (news: Toast): void => {
  last += 1;
  publish([...shown.slice(-2), { ...news, id: last }]);
};
const remove = (id: number) => publish(shown.filter((news) => news.id !== id));

export const Toasts = () => {
  const list = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
  const { close } = useText(common);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {list.map((news) => (
        <One key={news.id} news={news} close={close} />
      ))}
    </div>
  );
};

const One = ({ news, close }: { readonly news: Toast & { readonly id: number }; readonly close: string }) => {
  const { id, kind = 'done', seconds = kind === 'done' ? 8 : 0 } = news;
  useEffect(() => {
    if (seconds === 0) return;
    const timer = setTimeout(() => remove(id), seconds * 1000);
    return () => clearTimeout(timer);
  }, [id, seconds]);
  const { action } = news;
  return (
    <div className={`toast ${kind}`}>
      <span className="grow">{news.text}</span>
      {action && (
        <Button
          onClick={() => {
            remove(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <Button look="quiet" className="square" aria-label={close} onClick={() => remove(id)}>
        <Close />
      </Button>
    </div>
  );
};
