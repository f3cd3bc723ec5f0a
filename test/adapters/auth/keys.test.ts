import { hkdfSync } from 'node:crypto';
import { expect } from 'chai';
import { deriveKey, type KeyLabel } from '../../../src/adapters/auth/keys.ts';

const labels: readonly KeyLabel[] = ['totp', 'decision-link', 'audit-seal', 'oidc-state'];

describe('Keys made from the one secret', () => {
  it('are 32 bytes, always the same, and another one for each purpose and each secret', () => {
    const keys = ['first-secret-of-the-office-0123456789', 'second-secret-of-the-office-012345678'].flatMap((secret) =>
      labels.map((label) => deriveKey(secret, label)),
    );

    expect(keys.map(({ length }) => length)).to.deep.equal(Array(8).fill(32));
    expect(new Set(keys.map((key) => key.toString('hex'))).size).to.equal(8);
    expect(deriveKey('first-secret-of-the-office-0123456789', 'totp')).to.deep.equal(keys[0]);
  });

  it('are HKDF-SHA256 with the label as context, so that another program can make them too', () => {
    const secret = 'first-secret-of-the-office-0123456789';

    const other = Buffer.from(hkdfSync('sha256', Buffer.from(secret), Buffer.alloc(0), Buffer.from('dondoc totp'), 32));

    expect(deriveKey(secret, 'totp')).to.deep.equal(other);
  });
});
