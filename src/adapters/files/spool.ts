// Where an upload arrives: a file of its own below one folder, hashed on the way, a piece at a time.

import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Bytes, Received, Spool } from '../../application/evidence/ports.ts';
import { Refusal } from '../../domain/refusal.ts';

/** @param folder for nothing else; with the disk storage on the same file system, so that a file can be moved there */
export const spoolIn = (folder: string): Spool => ({
  async receive(content, limitBytes) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = path.join(folder, randomBytes(16).toString('hex'));
    const discard = () => rm(file, { force: true });
    try {
      return {
        path: file,
        ...(await write(file, content, limitBytes)),
        content: () => createReadStream(file),
        discard,
      };
    } catch (error) {
      await discard();
      throw error;
    }
  },

  async sweep(olderThanMs) {
    let removed = 0;
    for (const name of await readdir(folder).catch(() => [])) {
      const file = path.join(folder, name);
      const found = await stat(file).catch(() => undefined);
      // By the clock of the file system: it wrote the time.
      if (!found?.isFile() || Date.now() - found.mtimeMs < olderThanMs) continue;
      await rm(file, { force: true });
      removed += 1;
    }
    return removed;
  },
});

const write = async (file: string, content: Bytes, limitBytes: number): Promise<Pick<Received, 'bytes' | 'sha256'>> => {
  const hash = createHash('sha256');
  let bytes = 0;
  const handle = await open(file, 'wx', 0o600);
  try {
    for await (const chunk of arriving(content)) {
      bytes += chunk.length;
      if (bytes > limitBytes) throw new Refusal('evidence.too_large', { limitBytes });
      hash.update(chunk);
      await handle.appendFile(chunk);
    }
    // Before anybody is told that it is there.
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { bytes, sha256: hash.digest('hex') };
};

/** A sender that breaks off is no fault of ours; a disk that is full is. */
async function* arriving(content: Bytes): Bytes {
  try {
    yield* content;
  } catch {
    throw new Refusal('body.malformed', { reason: 'aborted' });
  }
}
