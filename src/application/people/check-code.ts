import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../ports.ts';
import type { OneTimeCodes, SecondFactorStore } from './ports.ts';

const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const codesPerPerson = 10;

/**
 * Ten codes of 120 bits: as much chance as lets a plain hash be kept of them (ASVS 5.0, 6.5.2). Without the letters and
 * digits that are taken for each other.
 */
export const newRecoveryCodes = (): readonly string[] =>
  Array.from({ length: codesPerPerson }, () =>
    Array.from(randomBytes(24), (byte) => alphabet[byte % alphabet.length])
      .join('')
      .replaceAll(/(.{6})(?=.)/g, '$1-'),
  );

export const recoveryHash = (code: string): string =>
  createHash('sha256')
    .update(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
    .digest('base64url');

/** Takes a code of the app or a recovery code; either is good once. Undefined: it is wrong, or was used. */
export const checkCode =
  (
    factors: Pick<SecondFactorStore, 'secondFactor' | 'useStep' | 'useRecoveryCode'>,
    codes: OneTimeCodes,
    clock: Clock,
  ) =>
  async (accountId: string, code: string): Promise<'app' | 'recovery_code' | undefined> => {
    const factor = await factors.secondFactor(accountId);
    if (!factor?.confirmedAt) return undefined;
    const digits = code.replaceAll(' ', '');
    if (/^\d{6}$/.test(digits)) {
      const step = codes.stepOf(factor.sealedSecret, accountId, digits, clock.now());
      return step !== undefined && (await factors.useStep(accountId, step)) ? 'app' : undefined;
    }
    return (await factors.useRecoveryCode(accountId, recoveryHash(code), clock.now())) ? 'recovery_code' : undefined;
  };
