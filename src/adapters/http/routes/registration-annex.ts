// Annex IV as a file, and where a task comes from.

import { z } from 'zod';
import { type BookFormat, bookFormats } from '../../../application/book.ts';
import type { TaskStore } from '../../../application/ports.ts';
import type { PrintedTable } from '../../../application/registrations/annex-table.ts';
import type { RegistrationStore } from '../../../application/registrations/ports.ts';
import type { Actor } from '../../../domain/organisation/actor.ts';
import { can } from '../../../domain/organisation/policy.ts';
import { type ExportParts, exportedFile } from '../exported-file.ts';
import { type Route, route } from '../route.ts';
import { visibleTask } from '../task-change.ts';

export interface AnnexRouteParts extends ExportParts {
  readonly annex: (id: string, actor: Actor) => Promise<PrintedTable>;
  readonly print: (table: PrintedTable, format: BookFormat) => Promise<Uint8Array>;
  readonly registrations: Pick<RegistrationStore, 'lineage'>;
  readonly store: Pick<TaskStore, 'load'>;
}

export const registrationAnnexRoutes = ({
  annex,
  print,
  registrations,
  store,
  ...parts
}: AnnexRouteParts): readonly Route[] => [
  route({
    method: 'get',
    path: '/registrations/{id}/annex-iv',
    tag: 'Registration',
    summary: 'Annex IV: what is registered for next year, as a table or as a file',
    description:
      'Tasks common to all units are left out, of the rows and of the counts, and named in the footnote. Drafts are not part of it.',
    requires: 'registration.read',
    scope: 'tasks:read',
    params: z.strictObject({ id: z.uuid() }),
    query: z.strictObject({ format: z.enum(['json', ...bookFormats]).default('json') }),
    answers: {
      200: {
        description: 'The table; as a file with format=csv or format=xlsx.',
        schema: z.looseObject({ header: z.array(z.string()), rows: z.array(z.array(z.unknown())) }),
      },
    },
    handle: async ({ params, query, actor }) => {
      const table = await annex(params.id, actor);
      if (query.format === 'json') return { status: 200, body: table };
      const { format } = query;
      const deed = { actor, action: 'registration.exported', object: `registration ${params.id}` };
      return exportedFile(parts, deed, `${table.name}.${format}`, format, await print(table, format));
    },
  }),
  route({
    method: 'get',
    path: '/tasks/{id}/lineage',
    tag: 'Tasks',
    summary: 'Which commitments of earlier years a task goes back to, and what changed on the way',
    description: 'Latest step first. Of an earlier task that the caller may not see, only the id is told.',
    requires: 'task.read',
    scope: 'tasks:read',
    params: z.strictObject({ id: z.uuid() }),
    answers: { 200: { description: 'The steps.', schema: z.object({ items: z.array(z.looseObject({})) }) } },
    handle: async ({ params, actor }) => {
      await visibleTask(store)(actor, params.id);
      const steps = await registrations.lineage(params.id);
      const tasks = await store.load(steps.flatMap(({ sourceTask }) => sourceTask ?? []));
      const items = steps.map(({ task, sourceTask, proposal }) => {
        const source = sourceTask === null ? undefined : tasks.get(sourceTask)?.task;
        const seen = source && can(actor, 'task.read', { kind: 'task', task: source });
        const { id, registration, origin, change, targetFrom, target, basis, decision, year } = proposal;
        return {
          task,
          proposal: { id, registration, year, origin, change, targetFrom, target, basis, decision },
          from:
            sourceTask === null
              ? null
              : seen
                ? {
                    id: sourceTask,
                    code: source.code,
                    programme: source.programme,
                    title: source.title,
                    target: source.target,
                    category: source.category,
                  }
                : { id: sourceTask },
        };
      });
      return { status: 200, body: { items } };
    },
  }),
];
