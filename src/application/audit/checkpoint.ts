// What a checkpoint says, byte for byte. The format is public (docs/audit-format.md): an auditor checks it without this
// program, so nothing here may be reworded.

import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

export const leafKinds = ['task', 'entry', 'report', 'definition'] as const;
export type LeafKind = (typeof leafKinds)[number];

/** What one seal says of one thing. */
export interface Leaf {
  readonly kind: LeafKind;
  /** Id of the task, entry or report; key/version of a workflow. */
  readonly object: string;
  /** Number of the task's last event; 0 for what has no history of its own. */
  readonly seq: number;
  /** The task's head hash, which covers its whole chain; SHA-256 of everything else. */
  readonly hash: string;
}

/** What is signed. */
export interface Statement {
  /** From 1, without gaps. */
  readonly number: number;
  /** Local day whose end it seals. */
  readonly day: string;
  readonly sealedAt: string;
  /** Merkle root over the leaves. */
  readonly root: string;
  /** Hash of the checkpoint before; zeros for the first. */
  readonly previous: string;
  readonly leaves: number;
  /** Events that no checkpoint before covered. */
  readonly events: number;
  readonly keyId: string;
}

export interface Checkpoint extends Statement {
  readonly hash: string;
  /** Ed25519, base64. */
  readonly signature: string;
}

export const noCheckpoint = '0'.repeat(64);

/** The text of a leaf in the tree. Leaves are sorted by kind, then object, both byte by byte. */
export const leafText = ({ kind, object, seq, hash }: Leaf): string => JSON.stringify([kind, object, seq, hash]);

/** The bytes that are hashed and signed. */
export const statementText = (statement: Statement): string => {
  const { number, day, sealedAt, root, previous, leaves, events, keyId } = statement;
  const said = canonicalize({ number, day, sealedAt, root, previous, leaves, events, keyId });
  return `dondoc-checkpoint-v1\n${said}`;
};

export const statementHash = (statement: Statement): string => sha256(statementText(statement));

/** An audit entry as it is stored. */
export interface SealedEntry {
  readonly id: string;
  readonly at: string;
  readonly actor: string | null;
  readonly action: string;
  readonly object: string;
  readonly reason: string | null;
  readonly detail: unknown;
}

/** SHA-256 over the entry in canonical JSON (RFC 8785). */
export const entryHash = ({ id, at, actor, action, object, reason, detail }: SealedEntry): string =>
  sha256(canonicalize({ id, at, actor, action, object, reason, detail }) as string);

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
