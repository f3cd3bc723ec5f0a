// What the use cases of evidence files need: a place where an upload arrives, a storage, a judge of contents, a scanner.

import type { FileOnTask } from '../../domain/workflow/evidence.ts';
import type { Answer, IdempotencyKey } from '../ports.ts';
import type { FileType } from './file-types.ts';

export type Bytes = AsyncIterable<Uint8Array>;

/** A whole upload, on the disk and nowhere else yet. */
export interface Received {
  readonly path: string;
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
  content(): Bytes;
  /** Removes what is left of it; also safe after the storage took it. */
  discard(): Promise<void>;
}

/** Where uploads arrive, in memory only a piece at a time. */
export interface Spool {
  /** @throws Refusal evidence.too_large as soon as more than the limit has come, body.malformed when the sender broke off */
  receive(content: Bytes, limitBytes: number): Promise<Received>;
  /** Removes what processes that were killed left behind. @returns how many */
  sweep(olderThanMs: number): Promise<number>;
}

/** Keys are 32 hexadecimal digits, made by us; no name that a person gave ever reaches a storage. */
export interface FileStorage {
  /** All of it or nothing: a reader never meets a part. */
  put(key: string, file: Received): Promise<void>;
  /** @returns undefined when there is nothing under the key */
  open(key: string): Promise<Bytes | undefined>;
  /** Removing what is not there is no error. */
  remove(key: string): Promise<void>;
}

/**
 * What a file is by its content.
 * @throws Refusal evidence.type_refused, evidence.extension_differs, evidence.macros, evidence.unsafe_archive
 */
export type Inspect = (file: Received, extension: string) => Promise<FileType>;

export type Verdict = { readonly scan: 'clean' } | { readonly scan: 'infected'; readonly signature: string };

/**
 * A virus scanner. Rejects when it cannot be asked.
 * @param open called once the scanner is there, so that nothing is opened in vain
 */
export type Scanner = (open: () => Promise<Bytes>) => Promise<Verdict>;

/** A file as it is registered. */
export interface StoredFile extends FileOnTask {
  readonly taskId: string;
  readonly name: string;
  readonly storageKey: string;
  /** ISO 8601, UTC. */
  readonly uploadedAt: string;
  /** The first event that names it; null: not handed in yet. */
  readonly linkedSeq: number | null;
}

export interface WaitingScan {
  readonly intentionId: string;
  readonly file: StoredFile;
}

export interface FileRegister {
  /**
   * Before the content goes to the storage, so that whatever a crash leaves there has a row that leads to it.
   * @param mostWaiting how many files of one task may wait to be handed in
   * @throws Refusal evidence.too_many
   */
  begin(file: StoredFile, mostWaiting: number): Promise<void>;
  /**
   * The content is in the storage: from now on the file is there for people, with the kept answer and, when it still
   * has to be scanned, the intention to do so.
   * @returns false when housekeeping took the row meanwhile
   * @throws IdempotencyRace when the key was used meanwhile
   */
  keep(file: StoredFile, idempotency: IdempotencyKey & Answer, now: Date): Promise<boolean>;
  /** The content is to go, if it was never handed in. */
  giveUp(fileId: string): Promise<void>;
  /** Files of a task in the order of their coming. */
  ofTask(taskId: string): Promise<readonly StoredFile[]>;
  /** Marks for leaving what was never handed in, and what never arrived; tells all that is to leave. */
  toLeave(
    unusedSince: Date,
    arrivingSince: Date,
    limit: number,
  ): Promise<readonly Pick<StoredFile, 'id' | 'storageKey'>[]>;
  /** After the content is gone. */
  forget(fileIds: readonly string[]): Promise<void>;
  /** Which of these intentions are scans to be made, and of which files. */
  waitingScans(intentionIds: readonly string[]): Promise<readonly WaitingScan[]>;
  /** Writes the verdict and removes the intention, in one. */
  scanned(waiting: WaitingScan, scan: Verdict['scan']): Promise<void>;
  /** The scanner could not be asked: again later, without ever giving up. */
  scanLater(intentionId: string, error: string, at: Date): Promise<void>;
}
