// Decisions between the key press and the API. An appraisal cannot be taken back once it is recorded, so it is held here
// for a few seconds in plain sight; leaving the page sends what is held at once (docs/decisions/0034-undo-of-decisions.md).

import { useSyncExternalStore } from 'react';
import type { Outcome } from '../../api/appraisals.ts';
import { change, newKey } from '../../api/client.ts';
import { beforeLeaving } from '../../api/leaving.ts';
import { isProblem, NoConnection } from '../../api/problem.ts';

export const holdSeconds = 8;
const againAfterMs = 5000;

export interface Verdict {
  readonly id: string;
  readonly code: string;
  readonly round: number;
  /** What the person saw. */
  readonly version: number;
  readonly transition: string;
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly missing?: readonly { readonly what: string }[];
}

export interface Held extends Verdict {
  readonly state: 'held' | 'sending' | 'offline' | 'sent' | 'refused';
  /** Milliseconds since 1970. */
  readonly sendAt: number;
  readonly error?: unknown;
}

interface Entry extends Held {
  readonly key: string;
}

let entries: readonly Entry[] = [];
const listeners = new Set<() => void>();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const publish = (next: readonly Entry[]): void => {
  entries = next;
  for (const listener of listeners) listener();
};
const put = (entry: Entry): void => publish([...entries.filter(({ id }) => id !== entry.id), entry]);
const remove = (id: string): void => publish(entries.filter((entry) => entry.id !== id));
const later = (id: string, milliseconds: number, run: () => void): void => {
  clearTimeout(timers.get(id));
  timers.set(id, setTimeout(run, milliseconds));
};

/** Told of every decision that went through, to forget its draft. */
let onSent: (verdict: Verdict) => void = () => undefined;
export const whenSent = (tell: typeof onSent): void => {
  onSent = tell;
};

export const hold = (verdict: Verdict): void => {
  put({ ...verdict, state: 'held', sendAt: Date.now() + holdSeconds * 1000, key: newKey() });
  later(verdict.id, holdSeconds * 1000, () => void send(verdict.id));
};

/** @returns false: it is on its way or recorded already */
export const takeBack = (id: string): boolean => {
  const entry = entries.find((one) => one.id === id);
  if (entry?.state !== 'held' && entry?.state !== 'offline') return false;
  clearTimeout(timers.get(id));
  remove(id);
  return true;
};

/** After a refusal: the item is an open one again. */
export const dismiss = (id: string): void => remove(id);

const send = async (id: string): Promise<void> => {
  clearTimeout(timers.get(id));
  const entry = entries.find((one) => one.id === id);
  if (!entry || (entry.state !== 'held' && entry.state !== 'offline')) return;
  put({ ...entry, state: 'sending' });
  const { transition, reason, missing, version, key } = entry;
  try {
    await change(`/tasks/${id}/transitions`, {
      body: { transition, ...(reason ? { reason } : {}), ...(missing?.length ? { missing } : {}) },
      version,
      key,
      keepalive: true,
    });
    put({ ...entry, state: 'sent' });
    onSent(entry);
  } catch (error) {
    if (error instanceof NoConnection || (isProblem(error) && error.status >= 500)) {
      put({ ...entry, state: 'offline' });
      later(id, againAfterMs, () => void send(id));
    } else put({ ...entry, state: 'refused', error });
  }
};

/** Everything that is held goes out now. */
export const sendAll = (): Promise<unknown> =>
  Promise.allSettled(entries.filter(({ state }) => state === 'held' || state === 'offline').map(({ id }) => send(id)));

beforeLeaving(sendAll);
addEventListener('pagehide', () => void sendAll());
document.addEventListener('visibilitychange', () => {
  if (document.hidden) void sendAll();
});

export const useOutbox = (): readonly Held[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => entries,
  );

/** Not shown in the queue: decided here, and the list the API gave is older than that. */
export const isAway = (held: readonly Held[], item: { readonly id: string; readonly version: number }): boolean =>
  held.some(({ id, version, state }) => id === item.id && version === item.version && state !== 'refused');
