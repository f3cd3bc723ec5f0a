// Changes of others, without a reload. The server says that something changed, never what: the page asks again, and the
// policy answers. Where the stream cannot be held, a slow question every half minute stands in; hidden pages ask nothing.

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

interface Change {
  /** What kind of thing: `tasks`, `notifications`, `operations`… the first part of a query key. */
  readonly topics: readonly string[];
}

/** Everything that is counted from tasks. */
const fromTasks = [
  'tasks',
  'task',
  'appraisals',
  'statistics',
  'trend',
  'difficulties',
  'obligations',
  'confirmations',
];

export const useLive = (): void => {
  const client = useQueryClient();
  useEffect(() => {
    let stream: EventSource | undefined;
    const refresh = (topics: readonly string[]) => {
      const keys = topics.flatMap((topic) => (topic === 'tasks' ? fromTasks : [topic]));
      void client.invalidateQueries({
        predicate: ({ queryKey }) => keys.includes(String(queryKey[0])),
        refetchType: 'active',
      });
    };
    const open = () => {
      stream?.close();
      if (document.hidden) return;
      stream = new EventSource('/api/v1/live');
      stream.addEventListener('changed', (event) => refresh((JSON.parse(event.data) as Change).topics));
    };
    const onVisible = () => {
      open();
      if (!document.hidden) refresh(['tasks', 'notifications']);
    };
    open();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      document.removeEventListener('visibilitychange', onVisible);
      stream?.close();
    };
  }, [client]);
};
