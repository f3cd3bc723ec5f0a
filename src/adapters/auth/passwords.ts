import { type Algorithm, hash, verify } from '@node-rs/argon2';
import type { PasswordHasher } from '../../application/ports.ts';

/** Argon2id as OWASP recommends for small servers: 19 MiB, two passes, one lane. */
const argon2id = 2 as Algorithm;
const settings = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const passwordHasher = (): PasswordHasher => {
  // Verified in place of a missing account's hash, so that the answer takes as long.
  const stranger = hash('nobody has this password', settings);
  return {
    hash: (password) => hash(password, settings),
    async verify(stored, password) {
      const right = await verify(stored ?? (await stranger), password);
      return stored !== null && right;
    },
  };
};
