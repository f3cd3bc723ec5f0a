import { z } from 'zod';
import type { Log } from '../src/application/log.ts';
import { job } from './job.ts';

/** A tick carries no meaning: it only makes us look whether a period has come. */
export const tick = (seen: () => void, runSchedules: () => Promise<void>, log: Log) =>
  job(
    z.looseObject({}),
    async () => {
      seen();
      await runSchedules();
    },
    log,
  );
