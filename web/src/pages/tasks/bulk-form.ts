// What a deed on many tasks can be, and what it asks for. What needs a form or evidence differs from task to task: it is
// named with its reason, and done on each task.

import { useQuery } from '@tanstack/react-query';
import { capacitiesFor } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import { workflowQuery, workflowsQuery } from '../../api/task-parts.ts';
import { useNamed, useText } from '../../text/index.ts';
import type { FieldSpec } from '../task/form.ts';
import { taskText } from '../task/text.ts';
import type { BulkDeed } from './bulk.ts';

export const useBulkForm = (kind: BulkDeed['kind'], workflow: string, chosen: string) => {
  const own = useText(taskText);
  const named = useNamed();
  const roles: readonly string[] = capacitiesFor(useMe(), 'task.move');
  const version = useQuery(workflowsQuery)
    .data?.filter(({ key, status }) => key === workflow && status === 'published')
    .at(-1)?.version;
  const definition = useQuery({
    ...workflowQuery({ key: workflow, version: version ?? 0 }),
    enabled: version !== undefined,
  }).data?.definition;
  const mine = (definition?.transitions ?? []).filter(({ by }) => by.some((role) => roles.includes(role)));
  const alone = mine.filter(({ require }) => require?.evidence !== undefined || require?.form !== undefined);
  const together = mine.filter((transition) => !alone.includes(transition));
  const document: FieldSpec = { key: 'document', kind: 'document', label: own.documentOptional };
  const require = together.find(({ key }) => key === chosen)?.require;
  const fields: readonly FieldSpec[] =
    kind === 'urge'
      ? [
          {
            key: 'channel',
            kind: 'choice',
            label: own.channel,
            required: true,
            choices: (['letter', 'phone', 'meeting'] as const).map((key) => [key, own.channels[key]]),
          },
          { key: 'note', kind: 'long', label: own.note },
          document,
        ]
      : [
          { key: 'reason', kind: 'long', label: own.reason, required: require?.reason === true },
          ...(require?.document === true ? [{ ...document, label: own.document, required: true }] : []),
        ];
  return {
    fields,
    choices: together.map(({ key, name }) => [key, named(name)] as const),
    alone: kind === 'urge' ? [] : alone.map(({ name }) => named(name)),
    loaded: kind === 'urge' || definition !== undefined,
  };
};
