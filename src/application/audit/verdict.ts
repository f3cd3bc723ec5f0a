// What was done to a sealed history, told apart: each verdict asks for another answer from whoever runs the installation.

import type { TaskEvent } from '../../domain/workflow/task.ts';
import { chainHash, chainStart } from '../tasks/chain.ts';
import type { Leaf } from './checkpoint.ts';

export type Verdict =
  /** An event says something else than its hash. */
  | 'changed'
  /** An event is gone and its neighbours are still there. */
  | 'missing event'
  /** The last events are gone. */
  | 'missing tail'
  | 'missing task'
  | 'inserted or reordered'
  /** All hashes fit each other, and not the seal: somebody with all rights computed them again. */
  | 'recomputed'
  /** The seal itself is not ours. */
  | 'forged seal';

/** What a checkpoint says of the task. */
export type SealedHead = Pick<Leaf, 'seq' | 'hash'> & { readonly checkpoint: number };

export interface ChainLink {
  readonly event: TaskEvent;
  readonly prevHash: string;
  readonly hash: string;
}

export interface Judgement {
  readonly verdict: Verdict;
  /** Number of the event at which it shows. */
  readonly seq: number;
  readonly message: string;
}

/**
 * The first thing that is wrong with what was sealed; undefined when all of it is as it was. Events after the last seal are
 * not looked at.
 * @param events in the order of their numbers
 * @param heads of one task, in the order of their checkpoints
 */
export const judgeSealed = (events: readonly ChainLink[], heads: readonly SealedHead[]): Judgement | undefined => {
  const last = Math.max(0, ...heads.map(({ seq }) => seq));
  const found = judgeChain(events, last) ?? judgeHeads(events, heads);
  // What comes after the seal then tells more: an event put in at its edge pushed another one out.
  return found?.verdict === 'recomputed' ? (judgeChain(events, events.length) ?? found) : found;
};

const judgeChain = (events: readonly ChainLink[], last: number): Judgement | undefined => {
  let head = chainStart;
  for (const [index, link] of events.slice(0, last).entries()) {
    const seq = index + 1;
    if (link.event.seq !== seq) return judgement('missing event', seq, `event ${seq} is gone`);
    if (chainHash(link.prevHash, link.event) !== link.hash) {
      const was = numberThatFits(link, events.length + 1);
      return was === undefined
        ? judgement('changed', seq, 'its content is not what was hashed')
        : judgement('inserted or reordered', seq, `it was written as event ${was}`);
    }
    if (link.prevHash !== head) return judgement('changed', Math.max(1, seq - 1), `event ${seq} follows another one`);
    head = link.hash;
  }
  return undefined;
};

/** Under which number the event would fit its hash: it then stands in another's place. */
const numberThatFits = ({ event, prevHash, hash }: ChainLink, most: number): number | undefined => {
  for (let seq = 1; seq <= most; seq += 1) if (chainHash(prevHash, { ...event, seq }) === hash) return seq;
  return undefined;
};

const judgeHeads = (events: readonly ChainLink[], heads: readonly SealedHead[]): Judgement | undefined => {
  for (const { seq, hash, checkpoint } of heads) {
    const found = events[seq - 1];
    if (!found)
      return judgement(
        'missing tail',
        events.length + 1,
        `checkpoint ${checkpoint} covers ${seq} events, there are ${events.length}`,
      );
    if (found.hash !== hash)
      return judgement(
        'recomputed',
        seq,
        `the chain is consistent, but checkpoint ${checkpoint} sealed another hash of event ${seq}`,
      );
  }
  return undefined;
};

const judgement = (verdict: Verdict, seq: number, message: string): Judgement => ({ verdict, seq, message });
