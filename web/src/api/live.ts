// Changes of others, without a reload. The server says that something changed, never what: the page asks again, and the
// policy answers. Where the stream cannot be held, a slow question every half minute stands in. Hidden pages, and pages
// that nobody touches any more, ask nothing: asking counts as using the session, which would then never end by itself.

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

interface Change {
  /** What kind of thing: `tasks`, `notifications`, `operations`… the first part of a query key. */
  readonly topics: readonly string[];
}

/** Query keys that are made from a kind of thing, where it is more than its own name. */
const madeFrom: Readonly<Record<string, readonly string[]>> = {
  tasks: ['tasks', 'task', 'appraisals', 'statistics', 'trend', 'difficulties', 'obligations', 'confirmations'],
  imports: ['imports', 'import'],
  reports: ['reports', 'run'],
  workflows: ['workflows', 'workflow'],
};
const everyMs = 30_000;
/** Rest between two questions about what changed. */
const betweenMs = 2_000;
/** A session that nobody uses ends after half an hour. */
const restMs = 20 * 60_000;
const touches = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

export const useLive = (): void => {
  const client = useQueryClient();
  useEffect(() => listen(client), [client]);
};

/** @returns what ends it */
const listen = (client: QueryClient): (() => void) => {
  let stream: EventSource | undefined;
  let later: ReturnType<typeof setTimeout> | undefined;
  let touchedAt = Date.now();
  let missed = false;
  const changed = new Set<string>();
  let asking = false;
  // One after the other, with a rest between: on a busy day something changes every second, and a slow answer would be
  // given up for the next question again and again.
  const ask = async () => {
    asking = true;
    while (changed.size > 0) {
      const keys = [...changed];
      changed.clear();
      await client
        .invalidateQueries({ predicate: ({ queryKey }) => keys.includes(String(queryKey[0])), refetchType: 'active' })
        .catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, betweenMs));
    }
    asking = false;
  };
  const refresh = (topics: readonly string[]) => {
    for (const topic of topics) for (const key of madeFrom[topic] ?? [topic]) changed.add(key);
    if (!asking) void ask();
  };
  const catchUp = () => refresh(['tasks', 'notifications']);
  const close = () => {
    clearTimeout(later);
    stream?.close();
    stream = undefined;
  };
  const resting = () => document.hidden || Date.now() - touchedAt > restMs;
  const open = () => {
    close();
    if (resting()) {
      missed = true;
      return;
    }
    const opened = new EventSource('/api/v1/live');
    stream = opened;
    opened.addEventListener('open', () => {
      // What happened while nobody listened was told to nobody.
      if (missed) catchUp();
      missed = false;
    });
    opened.addEventListener('changed', (event) => {
      if (resting()) open();
      else refresh((JSON.parse(event.data) as Change).topics);
    });
    opened.addEventListener('error', () => {
      missed = true;
      // A connection that broke is tried again by the browser itself; an answer that refused is not.
      if (opened.readyState !== EventSource.CLOSED) return;
      later = setTimeout(() => {
        if (!resting()) catchUp();
        open();
      }, everyMs);
    });
  };
  const onVisible = () => {
    touchedAt = Date.now();
    open();
  };
  const onTouch = () => {
    const rested = resting();
    touchedAt = Date.now();
    if (rested) open();
  };
  open();
  document.addEventListener('visibilitychange', onVisible);
  for (const touch of touches) addEventListener(touch, onTouch, { passive: true });
  return () => {
    document.removeEventListener('visibilitychange', onVisible);
    for (const touch of touches) removeEventListener(touch, onTouch);
    close();
  };
};
