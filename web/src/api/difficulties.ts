// Difficulties of many tasks, also of those of which the reader sees nothing else.

import { queryOptions } from '@tanstack/react-query';
import { read } from './client.ts';

export interface DifficultyRow {
  readonly taskId: string;
  readonly code: string;
  readonly title: string;
  /** Of the task. */
  readonly version: number;
  /** The task itself is not the reader's to see. */
  readonly outside: boolean;
  readonly unit: string;
  readonly unitName: string;
  readonly number: number;
  readonly cause: string;
  readonly proposal: string | null;
  readonly addressee: string;
  readonly addresseeUnit: string | null;
  readonly on: string;
  readonly answerBy: string;
  readonly answer: string | null;
  readonly answeredOn: string | null;
  readonly mayAnswer: boolean;
  readonly mayRedirect: boolean;
}

export interface DifficultyList {
  readonly asOf: string;
  readonly counts: { readonly open: number; readonly unanswered: number };
  readonly items: readonly DifficultyRow[];
}

/** What the page has in its address. */
export type DifficultySearch = Readonly<Record<string, string | undefined>>;

export const difficultiesQuery = ({ show = 'open', programme, unit }: DifficultySearch) =>
  queryOptions({
    queryKey: ['difficulties', show, programme, unit],
    queryFn: ({ signal }) =>
      read<DifficultyList>(
        '/difficulties',
        { programme, unit, ...(show === 'all' ? {} : { open: String(show === 'open') }) },
        signal,
      ),
    placeholderData: (before) => before,
  });
