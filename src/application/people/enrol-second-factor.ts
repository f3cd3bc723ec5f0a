import { Refusal } from '../../domain/refusal.ts';
import type { Clock } from '../ports.ts';
import type { AccountStore, OneTimeCodes, SecondFactorStore } from './ports.ts';

/**
 * A new secret for the app; of no effect until a code of it confirms it. Asked again before that, the earlier one is void.
 * @throws Refusal second_factor.exists
 */
export const enrolSecondFactor =
  (
    factors: Pick<SecondFactorStore, 'startSecondFactor'>,
    accounts: Pick<AccountStore, 'account'>,
    codes: OneTimeCodes,
    clock: Clock,
  ) =>
  async (accountId: string): Promise<{ readonly secret: string; readonly uri: string }> => {
    const { email } = await accounts.account(accountId);
    const { sealed, secret, uri } = codes.newSecret({ accountId, email });
    if (!(await factors.startSecondFactor(accountId, sealed, clock.now()))) throw new Refusal('second_factor.exists');
    return { secret, uri };
  };
