import type { Definition } from '../../domain/workflow/definition.ts';
import type { FrozenReport } from '../reports/freeze.ts';
import type { Checkpoint, Leaf, SealedEntry } from './checkpoint.ts';
import type { ChainLink } from './verdict.ts';

/** The key of the installation that seals. It never leaves the process. */
export interface SealKey {
  /** Begin of the SHA-256 of the public key. */
  readonly keyId: string;
  readonly publicKeyPem: string;
  /** @returns the signature, base64 */
  sign(text: string): string;
}

/** Undefined: the key is not known, so nothing can be said. */
export type CheckSignature = (keyId: string, text: string, signature: string) => boolean | undefined;

export interface SealStore {
  /** Everything in one transaction that sees one moment; one sealer at a time, the next waits. */
  alone<T>(seal: (tx: SealTx) => Promise<T>): Promise<T>;
}

export interface SealTx {
  last(): Promise<Checkpoint | undefined>;
  /**
   * Writes the leaves of every task whose head has moved since its last leaf, and of reports and published workflows
   * that have none.
   * @returns how many events are covered for the first time
   */
  coverTasksAndDocuments(number: number): Promise<number>;
  /** Entries without a leaf, some thousand at a time. */
  uncoveredEntries(): AsyncIterable<readonly SealedEntry[]>;
  coverEntries(number: number, leaves: readonly Leaf[]): Promise<void>;
  /** In the order of the tree. */
  leavesOf(number: number): AsyncIterable<readonly Leaf[]>;
  save(checkpoint: Checkpoint): Promise<void>;
}

export interface CheckpointReader {
  list(page: { readonly limit: number; readonly before?: number | undefined }): Promise<readonly Checkpoint[]>;
  find(number: number): Promise<Checkpoint | undefined>;
  leaves(page: {
    readonly number: number;
    readonly limit: number;
    readonly after?: Pick<Leaf, 'kind' | 'object'> | undefined;
  }): Promise<readonly Leaf[]>;
}

/** Half-open; of tasks those that have an event in it, with their whole histories. */
export interface ExportWindow {
  readonly from: Date | undefined;
  readonly until: Date | undefined;
  readonly programme: string | undefined;
}

export interface ExportSource {
  /** Reads as long as lines are asked for, all of it from one moment. */
  snapshot(lines: (view: ExportView) => AsyncGenerator<string, void>): AsyncGenerator<string, void>;
}

export interface ExportView {
  checkpoints(): AsyncIterable<readonly Checkpoint[]>;
  leavesOf(checkpoint: number): AsyncIterable<readonly Leaf[]>;
  definitions(): Promise<readonly { key: string; version: number; sha256: string; body: Definition }[]>;
  reports(window: ExportWindow): AsyncIterable<readonly FrozenReport[]>;
  /** Whole histories, task by task, in the order of event numbers. */
  events(window: ExportWindow): AsyncIterable<readonly ChainLink[]>;
  entries(window: ExportWindow): AsyncIterable<readonly { readonly entry: SealedEntry }[]>;
}
