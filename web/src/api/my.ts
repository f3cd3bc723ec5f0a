// What the people of a unit have before them: its open tasks, and rounds in which its figures wait to be confirmed.

import { queryOptions } from '@tanstack/react-query';
import { read } from './client.ts';
import type { TaskList, TaskListing } from './tasks.ts';

export const openTasksQuery = (units: readonly string[]) =>
  queryOptions({
    queryKey: ['tasks', 'open', units],
    queryFn: async ({ signal }): Promise<readonly TaskListing[]> => {
      const all: TaskListing[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: TaskList = await read(
          '/tasks',
          {
            unit: units.join(','),
            category: 'assigned,in_progress,awaiting_appraisal',
            sort: 'dueOn',
            limit: 100,
            ...(cursor === '' ? {} : { cursor }),
          },
          signal,
        );
        all.push(...page.items);
        cursor = page.next;
      }
      return all;
    },
    enabled: units.length > 0,
  });

interface Round {
  readonly id: string;
  readonly programme: string;
  readonly asOf: string;
  /** The last day on which the unit may answer. */
  readonly dueOn: string;
  readonly frozen: boolean;
}

export interface OwedConfirmation extends Round {
  readonly unanswered: number;
}

/** Open rounds in which lines of these units have no answer yet. */
export const owedConfirmationsQuery = (programmes: readonly string[]) =>
  queryOptions({
    queryKey: ['confirmations', 'owed', programmes],
    queryFn: async ({ signal }): Promise<readonly OwedConfirmation[]> => {
      const rounds = await Promise.all(
        programmes.map((programme) =>
          read<{ readonly items: readonly Round[] }>('/reports/confirmations', { programme }, signal),
        ),
      );
      const owed = await Promise.all(
        rounds
          .flatMap(({ items }) => items)
          .filter(({ frozen }) => !frozen)
          .map(async (round) => {
            const { items } = await read<{ readonly items: readonly unknown[] }>(
              `/reports/confirmations/${round.id}/lines`,
              { status: 'waiting' },
              signal,
            );
            return { ...round, unanswered: items.length };
          }),
      );
      return owed.filter(({ unanswered }) => unanswered > 0);
    },
    enabled: programmes.length > 0,
  });
