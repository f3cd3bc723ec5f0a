// What a commit does about files that its events name. Only a change that names one is written with these parts.

import type { TaskChange } from '../../application/ports.ts';
import type { Evidence } from '../../domain/workflow/task.ts';

/** A row per file and event; empty for nearly every change. */
export const fileLinks = (
  changes: readonly TaskChange[],
): readonly { readonly task_id: string; readonly file_id: string; readonly seq: number }[] =>
  changes.flatMap(({ next, events }) =>
    events.flatMap(({ event: { seq, payload } }) => {
      const { evidence = [] } = payload as { readonly evidence?: readonly Evidence[] };
      return evidence.flatMap(({ file }) => (file ? [{ task_id: next.id, file_id: file.id, seq }] : []));
    }),
  );

/**
 * $14 links, $15 ids of the files. A task drops out like one that moved meanwhile if one of its files is no longer there
 * for it; a file that is there is held until the commit, so that housekeeping cannot take it.
 */
export const linkParts = {
  before: `named as (select * from json_to_recordset($14::json) as n(task_id uuid, file_id uuid, seq integer)),
  held as (select f.id, f.task_id from evidence_file f join named n on n.file_id = f.id and n.task_id = f.task_id
    where f.id = any($15::uuid[]) and f.state = 'kept' and f.scan in ('clean', 'skipped') order by f.id for update of f),`,
  /** Of the task to be moved, t. */
  condition: `and not exists (select from named n where n.task_id = t.id
      and not exists (select from held h where h.id = n.file_id and h.task_id = n.task_id))`,
  after: `linked as (
    update evidence_file f set linked_seq = n.seq, linked_at = $9
    from (select task_id, file_id, min(seq) as seq from named group by task_id, file_id) n join changed on changed.id = n.task_id
    where f.id = any($15::uuid[]) and f.id = n.file_id and f.linked_seq is null),`,
} as const;
