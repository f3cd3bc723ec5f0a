// I13: checkpoints follow each other without gaps, each is signed, its root is that of its leaves, and what the leaves say
// of audit entries is still so. Tasks are judged with their histories (verify-task.ts), reports and workflows by the
// database (verify-tables.ts).

import {
  type Checkpoint,
  entryHash,
  leafText,
  noCheckpoint,
  statementHash,
  statementText,
} from '../audit/checkpoint.ts';
import { MerkleTree } from '../audit/merkle.ts';
import type { CheckSignature } from '../audit/ports.ts';
import type { VerifyView } from './verify-source.ts';

export interface SealOptions {
  /** Absent: signatures are not looked at. */
  readonly checkSignature?: CheckSignature;
  /** Hashes of checkpoints that were written down elsewhere, by number. */
  readonly pins?: ReadonlyMap<number, string>;
}

export interface SealCounts {
  readonly checkpoints: number;
  readonly leaves: number;
}

type Broken = (row: string, message: string) => void;

export const inspectSeals = async (
  view: VerifyView,
  broken: Broken,
  { checkSignature, pins = new Map() }: SealOptions,
): Promise<SealCounts> => {
  let checkpoints = 0;
  let leaves = 0;
  let previous: Checkpoint | undefined;
  for await (const page of view.checkpointBatches())
    for (const checkpoint of page) {
      judgeStatement(checkpoint, previous, broken, checkSignature);
      leaves += await judgeLeaves(view, checkpoint, broken);
      judgePin(checkpoint, pins.get(checkpoint.number), broken);
      checkpoints += 1;
      previous = checkpoint;
    }
  for (const number of pins.keys())
    if (number > (previous?.number ?? 0))
      broken(`checkpoint ${number}`, 'forged seal: was written down elsewhere and is gone');
  await judgeEntries(view, broken);
  return { checkpoints, leaves };
};

const judgeStatement = (
  checkpoint: Checkpoint,
  previous: Checkpoint | undefined,
  broken: Broken,
  checkSignature: CheckSignature | undefined,
): void => {
  const row = `checkpoint ${checkpoint.number}`;
  const expected = (previous?.number ?? 0) + 1;
  if (checkpoint.number !== expected) broken(row, `forged seal: checkpoint ${expected} is gone`);
  else if (checkpoint.previous !== (previous?.hash ?? noCheckpoint))
    broken(row, 'forged seal: does not carry the hash of the checkpoint before it');
  if (statementHash(checkpoint) !== checkpoint.hash) broken(row, 'forged seal: says something else than its hash');
  const signed = checkSignature?.(checkpoint.keyId, statementText(checkpoint), checkpoint.signature);
  if (signed === false) broken(row, 'forged seal: the signature is not that of the installation');
  if (checkSignature && signed === undefined)
    broken(row, `forged seal: signed by key ${checkpoint.keyId}, which is not known`);
};

const judgeLeaves = async (view: VerifyView, checkpoint: Checkpoint, broken: Broken): Promise<number> => {
  const tree = new MerkleTree();
  for await (const page of view.leavesOf(checkpoint.number)) for (const leaf of page) tree.add(leafText(leaf));
  if (tree.leaves !== checkpoint.leaves || tree.root() !== checkpoint.root)
    broken(
      `checkpoint ${checkpoint.number}`,
      `forged seal: its ${tree.leaves} leaves do not give the sealed root over ${checkpoint.leaves}`,
    );
  return tree.leaves;
};

const judgePin = ({ number, hash }: Checkpoint, pinned: string | undefined, broken: Broken): void => {
  if (pinned !== undefined && pinned !== hash)
    broken(`checkpoint ${number}`, 'forged seal: has another hash than was written down elsewhere');
};

const judgeEntries = async (view: VerifyView, broken: Broken): Promise<void> => {
  for await (const page of view.entryBatches())
    for (const { entry, sealed } of page)
      if (sealed !== null && entryHash(entry) !== sealed)
        broken(`audit entry ${entry.id}`, 'changed: its content is not what was sealed');
};
