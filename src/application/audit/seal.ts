import type { Log } from '../log.ts';
import type { Clock } from '../ports.ts';
import { type Checkpoint, entryHash, leafText, noCheckpoint, statementHash, statementText } from './checkpoint.ts';
import { MerkleTree } from './merkle.ts';
import type { SealKey, SealStore, SealTx } from './ports.ts';

export interface SealRequest {
  /** Local day whose end is sealed. */
  readonly day: string;
  /** A seal of this moment or later is good enough and is answered instead of a new one. */
  readonly notBefore?: Date;
}

/**
 * Seals everything that was recorded since the last seal. A task's head hash covers its whole chain, so what a slow
 * transaction commits late is simply covered by the next seal; there is no cursor that could run past it.
 */
export const sealNow =
  (store: SealStore, key: SealKey, clock: Clock, log: Log) =>
  async (request: SealRequest): Promise<Checkpoint> => {
    const { checkpoint, isNew } = await store.alone((tx) => sealIn(tx, key, clock, request));
    // Outside the database: whoever rewrites all of it has not rewritten the log.
    if (isNew) log.info('Checkpoint sealed.', { ...checkpoint });
    return checkpoint;
  };

const sealIn = async (tx: SealTx, key: SealKey, clock: Clock, { day, notBefore }: SealRequest) => {
  const last = await tx.last();
  if (last && notBefore && new Date(last.sealedAt) >= notBefore) return { checkpoint: last, isNew: false };
  const number = (last?.number ?? 0) + 1;
  const events = await tx.coverTasksAndDocuments(number);
  for await (const entries of tx.uncoveredEntries())
    await tx.coverEntries(
      number,
      entries.map((entry) => ({ kind: 'entry', object: entry.id, seq: 0, hash: entryHash(entry) })),
    );
  const tree = new MerkleTree();
  for await (const leaves of tx.leavesOf(number)) for (const leaf of leaves) tree.add(leafText(leaf));
  const statement = {
    number,
    day,
    sealedAt: clock.now().toISOString(),
    root: tree.root(),
    previous: last?.hash ?? noCheckpoint,
    leaves: tree.leaves,
    events,
    keyId: key.keyId,
  };
  const signature = key.sign(statementText(statement));
  const checkpoint = { ...statement, hash: statementHash(statement), signature };
  await tx.save(checkpoint);
  return { checkpoint, isNew: true };
};
