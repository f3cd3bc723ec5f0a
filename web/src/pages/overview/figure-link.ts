import type { Bucket, Statistics } from '../../api/reports.ts';

/** The list behind a figure: the same programme and the same two times. */
export const figureLink = (
  found: Pick<Statistics, 'programme' | 'asOf' | 'knownAt'>,
  filter: Readonly<Record<string, string>>,
) => ({
  to: '/tasks' as const,
  search: { programme: found.programme.code, asOf: found.asOf, knownAt: found.knownAt, ...filter },
});

export const categoryOf = (bucket: Bucket): string => (bucket === 'in_progress' ? 'assigned,in_progress' : bucket);
