// Files on a disk of our own: <folder>/<first two digits>/<key>. Nobody else can read them and nothing can run them.

import { createReadStream } from 'node:fs';
import { chmod, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Bytes, FileStorage } from '../../application/evidence/ports.ts';

/** @param folder on the file system of the spool */
export const diskStorage = (folder: string): FileStorage => ({
  async put(key, file) {
    const target = pathOf(folder, key);
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    await chmod(file.path, 0o600);
    // The spool has synced the content; the new name is on the disk once its folder is.
    await rename(file.path, target);
    await syncFolder(path.dirname(target));
  },

  async open(key) {
    const file = pathOf(folder, key);
    try {
      await stat(file);
      return contentOf(file);
    } catch (error) {
      if ((error as { code?: string }).code === 'ENOENT') return undefined;
      throw error;
    }
  },

  async remove(key) {
    await rm(pathOf(folder, key), { force: true });
  },
});

/** Opened when somebody reads it, and not before: whoever asks may go away. */
async function* contentOf(file: string): Bytes {
  yield* createReadStream(file);
}

/** A key comes from the database: one that was tampered with must not lead out of the folder. */
const pathOf = (folder: string, key: string): string => {
  if (!/^[0-9a-f]{32}$/.test(key)) throw new Error('A storage key has 32 hexadecimal digits.');
  return path.join(folder, key.slice(0, 2), key);
};

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
