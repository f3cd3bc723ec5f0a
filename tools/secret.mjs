// The SECRET_KEY of `npm start`: made once and kept beside the embedded PostgreSQL, because what is encrypted in the
// database under one key cannot be read under another.
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import path from 'node:path';
import { Problem } from './processes.mjs';

export function keptSecret(dataDir) {
  const file = path.join(dataDir, 'secret-key');
  try {
    // wx: of two launchers at once one makes it, the other reads it.
    fs.writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const secret = fs.readFileSync(file, 'utf8').trim();
  if (secret.length < 32) throw new Problem(`${file} does not hold a key of 32 characters or more.`);
  return secret;
}
