import { QueryFailedError } from 'typeorm';
import { Refusal, type RefusalCode, type RefusalDetails } from '../../domain/refusal.ts';

const uniqueViolation = '23505';
const foreignKeyViolation = '23503';

/**
 * Waits for a write. Where it meets one of the named constraints, that is an answer to whoever asked and no fault;
 * the constraint, not a question beforehand, is what two writers at the same moment cannot both pass.
 */
export const orRefuse = async <T>(
  write: Promise<T>,
  meaning: Readonly<Record<string, readonly [RefusalCode, RefusalDetails]>>,
): Promise<T> => {
  try {
    return await write;
  } catch (error) {
    const refusal = meaning[constraintOf(error) ?? ''];
    throw refusal ? new Refusal(...refusal) : error;
  }
};

const constraintOf = (error: unknown): string | undefined => {
  if (!(error instanceof QueryFailedError)) return undefined;
  const { code, constraint } = error.driverError as { code?: string; constraint?: string };
  return code === uniqueViolation || code === foreignKeyViolation ? constraint : undefined;
};
