import type { RefusalCode, RefusalDetails } from '../../src/domain/refusal.ts';
import { Refusal } from '../../src/domain/refusal.ts';

/** What was refused. Whatever else is thrown goes through, and doing it after all is an error. */
export async function refusalOf(work: Promise<unknown>): Promise<{ code: RefusalCode; details: RefusalDetails }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, details: error.details };
    throw error;
  }
  throw new Error('It was not refused.');
}
