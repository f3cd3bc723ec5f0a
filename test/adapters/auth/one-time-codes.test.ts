import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { TOTP } from 'otpauth';
import { oneTimeCodes } from '../../../src/adapters/auth/one-time-codes.ts';
import { sealer } from '../../../src/adapters/auth/seal.ts';

/** Of RFC 6238, appendix B: seconds, and the last six of the eight digits given there. */
const vectors = [
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
] as const;
const rfcSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('One-time codes', () => {
  const seal = sealer(randomBytes(32));
  const codes = oneTimeCodes(seal);
  const sealedRfc = seal.seal(rfcSecret, 'second factor of lan');
  const at = (seconds: number) => new Date(seconds * 1000);

  it('S11: are those of RFC 6238, each in its period of 30 seconds', () => {
    for (const [seconds, code] of vectors)
      expect(codes.stepOf(sealedRfc, 'lan', code, at(seconds)), code).to.equal(Math.floor(seconds / 30));
  });

  it('are let pass one period early or late, with the period they belong to, and no more', () => {
    const asked = [-60, -31, -30, 0, 29, 30, 59, 60].map((late) =>
      codes.stepOf(sealedRfc, 'lan', '005924', at(1234567890 + late)),
    );

    const step = 1234567890 / 30;
    expect(asked).to.deep.equal([undefined, undefined, step, step, step, step, step, undefined]);
  });

  it('are wrong for another account, another key and another text than six digits', () => {
    const other = oneTimeCodes(sealer(randomBytes(32)));

    expect(codes.stepOf(sealedRfc, 'minh', '005924', at(1234567890))).to.equal(undefined);
    expect(other.stepOf(sealedRfc, 'lan', '005924', at(1234567890))).to.equal(undefined);
    for (const code of ['', '5924', '0005924', '００５９２４', 'abcdef'])
      expect(codes.stepOf(sealedRfc, 'lan', code, at(1234567890)), code).to.equal(undefined);
  });

  it('come of a new secret of 160 bits, said in the address that apps scan, and sealed for keeping', () => {
    const { sealed, secret, uri } = codes.newSecret({ accountId: 'lan', email: 'lan@skhdt.gov.vn' });

    expect(secret).to.match(/^[A-Z2-7]{32}$/);
    expect(uri)
      .to.match(/^otpauth:\/\/totp\//)
      .and.to.include(`secret=${secret}`);
    expect(sealed).to.not.include(secret);
    const now = 1_800_000_000;
    const code = TOTP.generate({ secret: new TOTP({ secret }).secret, timestamp: now * 1000 });
    expect(codes.stepOf(sealed, 'lan', code, at(now))).to.equal(now / 30);
    expect(codes.newSecret({ accountId: 'lan', email: 'lan@skhdt.gov.vn' }).secret).to.not.equal(secret);
  });
});

describe('What is sealed', () => {
  const seal = sealer(randomBytes(32));

  it('opens with its key, for its purpose, unchanged, and looks different each time', () => {
    const sealed = seal.seal('bí mật', 'a');

    expect(seal.open(sealed, 'a')).to.equal('bí mật');
    expect(seal.seal('bí mật', 'a')).to.not.equal(sealed);
  });

  it('does not open for another purpose, under another key, or with any bit changed', () => {
    const sealed = seal.seal('bí mật', 'a');
    const bytes = Buffer.from(sealed, 'base64url');
    const changed = Array.from(bytes, (_, place) => {
      const copy = Buffer.from(bytes);
      copy[place] = (copy[place] ?? 0) ^ 1;
      return copy.toString('base64url');
    });

    const opened = [seal.open(sealed, 'b'), sealer(randomBytes(32)).open(sealed, 'a'), seal.open('', 'a')];
    expect(
      [...opened, ...changed.map((other) => seal.open(other, 'a'))].filter((text) => text !== undefined),
    ).to.deep.equal([]);
  });
});
