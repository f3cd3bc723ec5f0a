// What happens to files without anybody asking: scans that are still to be made, and leaving.

import type { Log } from '../log.ts';
import type { AuditLog, Clock } from '../ports.ts';
import type { FileRegister, FileStorage, Scanner, Spool, WaitingScan } from './ports.ts';

export interface KeepFilesParts {
  readonly files: FileRegister;
  readonly storage: FileStorage;
  readonly spool: Spool;
  readonly scanner?: Scanner | undefined;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly log: Log;
}

const hour = 3_600_000;
/** Files that nobody handed in. */
const unusedKeptMs = 7 * 24 * hour;
/** No upload takes this long. */
const arrivingMs = hour;
const perRound = 500;
const scanAgainMs = 60_000;

/**
 * Removes what was never handed in and what broken uploads left: first the content, then the row, so that after a crash
 * in between the row is still there to lead to it. Doing it twice does it once.
 * @returns how many files went
 */
export const clearFiles =
  ({ files, storage, spool, clock, log }: KeepFilesParts) =>
  async (now: Date = clock.now()): Promise<number> => {
    let gone = await spool.sweep(arrivingMs);
    const failed = new Set<string>();
    for (;;) {
      const leaving = await files.toLeave(
        new Date(now.getTime() - unusedKeptMs),
        new Date(now.getTime() - arrivingMs),
        perRound + failed.size,
      );
      const open = leaving.filter(({ id }) => !failed.has(id));
      if (open.length === 0) return gone;
      const removed: string[] = [];
      for (const { id, storageKey } of open) {
        try {
          await storage.remove(storageKey);
          removed.push(id);
        } catch (error) {
          // The next night tries again.
          log.warn('A file could not be removed from the storage.', { fileId: id, error });
          failed.add(id);
        }
      }
      await files.forget(removed);
      gone += removed.length;
    }
  };

/** @returns the intentions that were scans, done or put off; the rest is for somebody else */
export const scanWaiting =
  (parts: KeepFilesParts) =>
  async (intentionIds: readonly string[]): Promise<ReadonlySet<string>> => {
    const waiting = await parts.files.waitingScans(intentionIds);
    for (const scan of waiting) await scanOne(parts, scan);
    return new Set(waiting.map(({ intentionId }) => intentionId));
  };

const scanOne = async ({ files, storage, scanner, audit, clock, log }: KeepFilesParts, waiting: WaitingScan) => {
  const { intentionId, file } = waiting;
  try {
    if (!scanner) throw new Error('No virus scanner is configured any more.');
    const verdict = await scanner(async () => {
      const content = await storage.open(file.storageKey);
      if (!content) throw new Error(`File ${file.id} is not in the storage.`);
      return content;
    });
    if (verdict.scan === 'infected') {
      log.warn('A file that waited for the virus scanner is infected.', { fileId: file.id });
      await audit.record({
        at: clock.now(),
        actor: null,
        action: 'evidence.infected',
        object: `task ${file.taskId}`,
        detail: { fileId: file.id, by: file.by, sha256: file.sha256, signature: verdict.signature },
      });
    }
    await files.scanned(waiting, verdict.scan);
  } catch (error) {
    log.warn('A waiting file could not be scanned.', { fileId: file.id, error });
    await files.scanLater(intentionId, String(error), new Date(clock.now().getTime() + scanAgainMs));
  }
};
