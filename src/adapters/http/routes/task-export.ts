// The list of tasks as a file: the rows of the screen, in its order, and of when they are.

import type { BookFormat } from '../../../application/book.ts';
import { listingBook } from '../../../application/tasks/listing-book.ts';
import type { Actor } from '../../../domain/organisation/actor.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { noticeOf } from '../../../domain/reporting/illustrative.ts';
import type { StateNames } from '../../db/queries/state-names.ts';
import type { TaskPage, TaskPageRequest } from '../../db/queries/tasks.ts';
import { type BookParts, exportedBook } from '../exported-file.ts';
import type { Reply } from '../route.ts';

const mostRows = 10_000;

export interface TaskExportParts extends BookParts {
  readonly list: (request: TaskPageRequest) => Promise<TaskPage>;
  readonly zone: string;
  readonly stateNames: StateNames;
}

/** @throws Refusal export.too_large */
export const exportTasks = async (
  { list, zone, stateNames, ...parts }: TaskExportParts,
  format: BookFormat,
  { after: _after, ...asked }: TaskPageRequest,
  actor: Actor,
): Promise<Reply> => {
  const now = parts.clock.now();
  const { items, next } = await list({ ...asked, limit: mostRows });
  if (next) throw new Refusal('export.too_large', { most: mostRows });
  const notice = noticeOf({ illustrative: items.some(({ illustrative }) => illustrative) });
  const names = await stateNames(items.map(({ id }) => id));
  const named = items.map((item) => ({ ...item, stateName: names(item.id, item.state) }));
  const book = listingBook(named, { asOf: asked.today, known: asked.times?.known ?? now, zone, notice });
  const detail = { rows: items.length, filter: asked.filter, asOf: asked.today };
  return exportedBook(parts, { actor, action: 'task.exported', object: 'tasks', detail }, book, format);
};
