// What is selected in the list, and what can be done with all of it.

import { useState } from 'react';
import { type Query, read } from '../../api/client.ts';
import { may } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import type { TaskList } from '../../api/tasks.ts';
import { number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { useText } from '../../text/index.ts';
import type { BulkDeed, Chosen, Selection, WatchedRuns } from './bulk.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import { bulkText } from './bulk-text.ts';

interface Props {
  readonly selection: Selection;
  readonly total: number;
  /** What the list asked for. */
  readonly query: Query;
  readonly workflow: string;
  readonly runs: WatchedRuns;
  readonly onChange: (selection: Selection) => void;
}

/** All that match, page by page. */
const everyMatch = async (query: Query, onProgress: (count: number) => void): Promise<Selection> => {
  const all = new Map<string, Chosen>();
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: TaskList = await read('/tasks', { ...query, limit: 500, ...(cursor === '' ? {} : { cursor }) });
    for (const task of page.items) all.set(task.id, task);
    onProgress(all.size);
    cursor = page.next;
  }
  return all;
};

export const SelectionBar = ({ selection, total, query, workflow, runs, onChange }: Props) => {
  const text = useText(bulkText);
  const me = useMe();
  const [collected, setCollected] = useState<number>();
  const [deed, setDeed] = useState<BulkDeed['kind']>();
  const urges = may(me, 'task.urge');
  const moves = may(me, 'task.move');
  return (
    <section className="selection no-print" aria-label={text.selected(number(selection.size))}>
      <strong role="status">
        {collected === undefined
          ? text.selected(number(selection.size))
          : text.collecting(number(collected), number(total))}
      </strong>
      {selection.size < total && collected === undefined && (
        <Button
          onClick={() => {
            setCollected(0);
            void everyMatch(query, setCollected)
              .then(onChange)
              .finally(() => setCollected(undefined));
          }}
        >
          {text.selectAll(number(total))}
        </Button>
      )}
      {moves && <Button onClick={() => setDeed('transition')}>{text.act}</Button>}
      {urges && <Button onClick={() => setDeed('urge')}>{text.urge}</Button>}
      <Button look="quiet" onClick={() => onChange(new Map())}>
        {text.unselect}
      </Button>
      {deed && (
        <BulkDialog
          kind={deed}
          workflow={workflow}
          tasks={[...selection.values()]}
          runs={runs}
          onClose={() => setDeed(undefined)}
          onKeep={onChange}
        />
      )}
    </section>
  );
};
