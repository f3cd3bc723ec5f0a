import { z } from 'zod';
import type { Log } from '../src/application/log.ts';
import { job } from './job.ts';

const payload = z.object({ ids: z.array(z.string().regex(/^\d+$/)).min(1).max(500) });

/** A job that names rows of the table of intentions; the use case reads them again and does what is left to do. */
export const batch = (handle: (ids: readonly string[]) => Promise<unknown>, log: Log) =>
  job(
    payload,
    async ({ ids }) => {
      await handle(ids);
    },
    log,
  );
