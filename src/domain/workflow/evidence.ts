// Files as evidence: who may add them to a task, and when a command may name them.

import type { Actor } from '../organisation/actor.ts';
import { can } from '../organisation/policy.ts';
import { Refusal } from '../refusal.ts';
import { isFinal } from './definition.ts';
import type { AskedEvidence, Evidence, EvidenceFile, Task } from './task.ts';

/** skipped: no scanner was configured when the file came. */
export const fileScans = ['pending', 'clean', 'infected', 'skipped'] as const;
export type FileScan = (typeof fileScans)[number];

export interface FileOnTask extends EvidenceFile {
  readonly scan: FileScan;
}

/** Those who may hand in evidence: people of the lead unit and the office, while the task is open. */
export const mayAddEvidence = (actor: Actor, task: Task): Refusal | undefined => {
  // Tasks from secret documents are counted but hold no content.
  if (task.secret) return new Refusal('evidence.secret_task');
  if (!can(actor, 'task.add_evidence', { kind: 'task', task }))
    return new Refusal('permission.denied', { action: 'task.add_evidence' });
  if (isFinal(task.category)) return new Refusal('task.wrong_state', { state: task.state });
  return undefined;
};

/** What the event will carry: each file with its hash and its uploader, or why one of them cannot be handed in. */
export const resolveEvidence = (
  asked: readonly AskedEvidence[] | undefined,
  files: ReadonlyMap<string, FileOnTask> | undefined,
): readonly Evidence[] | undefined | Refusal => {
  if (!asked) return undefined;
  const resolved: Evidence[] = [];
  for (const [index, { file, ...piece }] of asked.entries()) {
    const found = file === undefined ? undefined : linkable(files?.get(file), file, `/evidence/${index}/file`);
    if (found instanceof Refusal) return found;
    resolved.push(found ? { ...piece, file: found } : piece);
  }
  return resolved;
};

const linkable = (file: FileOnTask | undefined, id: string, pointer: string): EvidenceFile | Refusal => {
  if (!file) return new Refusal('evidence.unknown_file', { pointer, file: id });
  const { scan, ...named } = file;
  if (scan === 'infected') return new Refusal('evidence.infected', { pointer, file: id });
  if (scan === 'pending') return new Refusal('evidence.not_scanned', { pointer, file: id });
  return named;
};

/** Ids of the files that a command names, each once. */
export const namedFiles = (asked: readonly AskedEvidence[] | undefined): readonly string[] => [
  ...new Set(asked?.flatMap(({ file }) => (file === undefined ? [] : [file]))),
];
