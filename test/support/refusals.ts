import { expect } from 'chai';
import { Refusal } from '../../src/domain/refusal.ts';

/** The refusal the work ends in; anything else it does fails the test. */
export const refusalOf = async (work: () => unknown): Promise<Refusal> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  return expect.fail('nothing was refused');
};

/** Code and reason, as 'import.unreadable/empty'. */
export const reasonOf = async (work: () => unknown): Promise<string> => {
  const { code, details } = await refusalOf(work);
  return `${code}/${String(details.reason)}`;
};
