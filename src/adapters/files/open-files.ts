// Which storage the configuration asks for, and where uploads arrive for it.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FileStorage, Spool } from '../../application/evidence/ports.ts';
import { Refusal } from '../../domain/refusal.ts';
import { diskStorage } from './disk.ts';
import { s3Storage } from './s3.ts';
import { spoolIn } from './spool.ts';

export interface OpenFiles {
  readonly spool: Spool;
  readonly storage: FileStorage;
  close(): void;
}

/** @param folder EVIDENCE_DIR @param s3Url EVIDENCE_S3_URL; it wins, and the folder is then only where uploads arrive */
export const openFiles = ({
  folder,
  s3Url,
}: {
  readonly folder: string | undefined;
  readonly s3Url: string | undefined;
}): OpenFiles => {
  if (folder !== undefined) {
    const storage = s3Url === undefined ? diskStorage(folder) : s3Storage(s3Url);
    return { spool: spoolIn(path.join(folder, 'incoming')), storage, close() {} };
  }
  if (s3Url === undefined) return nowhere;
  // A folder that nobody else could have prepared for us.
  const own = mkdtempSync(path.join(tmpdir(), 'dondoc-incoming-'));
  return {
    spool: spoolIn(own),
    storage: s3Storage(s3Url),
    close: () => rmSync(own, { recursive: true, force: true }),
  };
};

const refuse = async (): Promise<never> => {
  throw new Refusal('evidence.no_storage');
};
const nowhere: OpenFiles = {
  spool: { receive: refuse, sweep: async () => 0 },
  storage: { put: refuse, open: refuse, remove: refuse },
  close() {},
};
