// The Ed25519 key pair that seals checkpoints. Its seed comes from the installation's one secret, so there is nothing to
// store and nothing in the database to steal.

import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { CheckSignature, SealKey } from '../../application/audit/ports.ts';
import { deriveKey } from './keys.ts';

/** What stands before the 32 bytes of a seed in PKCS #8 (RFC 8410, section 7). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface InstallationSealKey extends SealKey {
  /** Also knows the keys of former secrets. */
  readonly check: CheckSignature;
}

/**
 * @param secret SECRET_KEY of the configuration
 * @param former public keys of secrets used before, as base64 of their SPKI
 */
export const sealKey = (secret: string, former: readonly string[] = []): InstallationSealKey => {
  const seed = deriveKey(secret, 'audit-seal');
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const keyId = keyIdOf(publicKey);
  const known = new Map([...former.map(spkiKey), publicKey].map((key) => [keyIdOf(key), key]));
  return {
    keyId,
    publicKeyPem: publicKey.export({ format: 'pem', type: 'spki' }) as string,
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64'),
    check(id, text, signature) {
      const key = known.get(id);
      return key && verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
    },
  };
};

const spkiKey = (base64: string): KeyObject =>
  createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });

const keyIdOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ format: 'der', type: 'spki' }))
    .digest('hex')
    .slice(0, 16);
