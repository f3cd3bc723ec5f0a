// The only place that knows what deserves another try. What the rules refuse and what cannot be read will not get better;
// everything else may, so it comes back with growing pauses and in the end waits for an operator.

import { UnrecoverableError } from 'bullmq';
import type { z } from 'zod';
import type { DeliveredJob } from '../src/adapters/queue/worker.ts';
import type { Log } from '../src/application/log.ts';
import { Refusal } from '../src/domain/refusal.ts';

export const job =
  <T>(schema: z.ZodType<T>, run: (payload: T) => Promise<void>, log: Log) =>
  async ({ id, name, data, attemptsMade, attempts }: DeliveredJob): Promise<void> => {
    const fields = { job: name, jobId: id, attempt: attemptsMade + 1, attempts };

    const payload = schema.safeParse(data);
    if (!payload.success) {
      const problems = payload.error.issues.map(({ path, code }) => `${path.join('.') || 'payload'}: ${code}`);
      log.warn('A job cannot be read and is given up.', { ...fields, problems });
      throw new UnrecoverableError(`The payload does not fit: ${problems.join(', ')}.`);
    }

    try {
      await run(payload.data);
    } catch (error) {
      if (error instanceof Refusal) {
        log.info('The rules refused a job.', { ...fields, code: error.code, details: error.details });
        throw new UnrecoverableError(`Refused: ${error.code}.`);
      }
      if (attemptsMade + 1 < attempts) log.warn('A job failed and will be tried again.', { ...fields, error });
      else log.error('A job failed for the last time and waits for an operator.', { ...fields, error });
      throw error;
    }
  };
