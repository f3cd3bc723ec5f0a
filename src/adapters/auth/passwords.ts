import { type Algorithm, hash, verify } from '@node-rs/argon2';
import type { PasswordHasher } from '../../application/ports.ts';

/** Argon2id as OWASP recommends for small servers: 19 MiB, two passes, one lane. */
const argon2id = 2 as Algorithm;
const settings = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const present = `m=${settings.memoryCost},t=${settings.timeCost},p=${settings.parallelism}`;

/** Of a crowd that signs in at once the others wait: memory stays bounded, and other work gets its turn. */
const atOnce = 2;

export const passwordHasher = (): PasswordHasher => {
  const inTurn = turns(atOnce);
  // Verified in place of a missing account's hash, so that the answer takes as long.
  const stranger = hash('nobody has this password', settings);
  return {
    hash: (password) => inTurn(() => hash(password, settings)),
    async verify(stored, password) {
      const against = stored ?? (await stranger);
      const right = await inTurn(() => verify(against, password));
      return stored !== null && right;
    },
    outdated: (stored) => !stored.startsWith('$argon2id$') || stored.split('$')[3] !== present,
  };
};

/** Runs so many at once, the rest in the order in which they came. */
export const turns = (most: number) => {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      // The place goes on to the next one without becoming free in between.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
};
