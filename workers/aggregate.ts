import { z } from 'zod';
import type { TallyStore } from '../src/adapters/db/tallies.ts';
import type { Log } from '../src/application/log.ts';
import { job } from './job.ts';

/** Folds deltas into the tallies until none is left. */
export const aggregate = (tallies: Pick<TallyStore, 'fold'>, log: Log) =>
  job(
    z.looseObject({}),
    async () => {
      while ((await tallies.fold()) > 0);
    },
    log,
  );
