import { Secret, TOTP } from 'otpauth';
import type { OneTimeCodes, Sealer } from '../../application/people/ports.ts';

/** What every app understands (RFC 6238): SHA-1, six digits, 30 seconds; one period early or late is let pass. */
const settings = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
const window = 1;
const issuer = 'Đôn đốc';

export const oneTimeCodes = (sealer: Sealer): OneTimeCodes => ({
  newSecret({ accountId, email }) {
    const secret = new Secret({ size: 20 });
    const uri = new TOTP({ ...settings, issuer, label: email, secret }).toString();
    return { sealed: sealer.seal(secret.base32, purposeOf(accountId)), secret: secret.base32, uri };
  },

  stepOf(sealed, accountId, code, at) {
    // Other digits of Unicode are longer in bytes, and otpauth 9.5.2 fails comparing them.
    if (!/^[0-9]{6}$/.test(code)) return undefined;
    // Undefined after a change of SECRET_KEY: then no code is right.
    const opened = sealer.open(sealed, purposeOf(accountId));
    if (opened === undefined) return undefined;
    const timestamp = at.getTime();
    const secret = Secret.fromBase32(opened);
    const delta = TOTP.validate({ ...settings, token: code, secret, timestamp, window });
    return delta === null ? undefined : TOTP.counter({ period: settings.period, timestamp }) + delta;
  },
});

const purposeOf = (accountId: string): string => `second factor of ${accountId}`;
