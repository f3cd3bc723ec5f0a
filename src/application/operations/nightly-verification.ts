import type { Log } from '../log.ts';
import type { Inspection } from './verify.ts';

/**
 * Looks at everything once a night. What is wrong is an error in the log, a figure in the metrics and a sign in the
 * overview; all of them read what this leaves in the ledger of runs.
 */
export const nightlyVerification = (look: () => Promise<Inspection>, log: Log) => async (): Promise<string> => {
  const { tasks, events, invariants } = await look();
  const broken = invariants.reduce((sum, report) => sum + report.broken, 0);
  for (const { invariant, findings, broken: count } of invariants)
    if (findings[0]) log.error('The verification found something wrong.', { ...findings[0], invariant, count });
  return JSON.stringify({ broken, tasks, events });
};

/** Null: nothing was verified yet. */
export const brokenIn = (left: string | null): number | null => {
  const broken = /^\{"broken":(\d+)/.exec(left ?? '')?.[1];
  return broken === undefined ? null : Number(broken);
};
