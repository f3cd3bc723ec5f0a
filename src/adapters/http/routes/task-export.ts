// The list of tasks as a file: the rows of the screen, in its order, and of when they are.

import { entryOf } from '../../../application/audit/entry.ts';
import type { AuditLog, Clock } from '../../../application/ports.ts';
import type { BookFormat, BookWriter } from '../../../application/reports/book.ts';
import { listingBook } from '../../../application/tasks/listing-book.ts';
import type { Actor } from '../../../domain/organisation/actor.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { noticeOf } from '../../../domain/reporting/illustrative.ts';
import type { TaskPage, TaskPageRequest } from '../../db/queries/tasks.ts';
import { bookReply } from '../book-reply.ts';
import type { Reply } from '../route.ts';

const mostRows = 10_000;

export interface TaskExportParts {
  readonly list: (request: TaskPageRequest) => Promise<TaskPage>;
  readonly writer: BookWriter;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly zone: string;
}

/** @throws Refusal export.too_large */
export const exportTasks = async (
  { list, writer, audit, clock, zone }: TaskExportParts,
  format: BookFormat,
  { after: _after, ...asked }: TaskPageRequest,
  actor: Actor,
): Promise<Reply> => {
  const now = clock.now();
  const { items, next } = await list({ ...asked, limit: mostRows });
  if (next) throw new Refusal('export.too_large', { most: mostRows });
  const notice = noticeOf({ illustrative: items.some(({ illustrative }) => illustrative) });
  const book = listingBook(items, { asOf: asked.today, known: asked.times?.known ?? now, zone, notice });
  const detail = { format, rows: items.length, filter: asked.filter, asOf: asked.today };
  await audit.record(entryOf(clock, { actor, action: 'task.exported', object: 'tasks', detail }));
  return bookReply(writer, book, format);
};
