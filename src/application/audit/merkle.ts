// The Merkle tree of RFC 6962 (section 2.1) over texts that come in one by one: leaf = SHA-256(0x00 | text), node =
// SHA-256(0x01 | left | right), split at the largest power of two below the number of leaves. An empty tree is SHA-256 of
// nothing. Leaf and node begin with different bytes, so that no node can be passed off as a leaf.

import { createHash } from 'node:crypto';

/** Keeps one hash per level, so a hundred thousand leaves take no more room than seventeen. */
export class MerkleTree {
  /** Roots of complete subtrees, largest first; their sizes are the bits of `#leaves`. */
  readonly #roots: Buffer<ArrayBufferLike>[] = [];
  #leaves = 0;

  get leaves(): number {
    return this.#leaves;
  }

  add(text: string): void {
    let node: Buffer<ArrayBufferLike> = createHash('sha256').update(Buffer.of(0)).update(text).digest();
    this.#leaves += 1;
    // Each trailing zero bit of the count closes a subtree of that size.
    for (let size = this.#leaves; size % 2 === 0; size /= 2) node = parent(this.#roots.pop() as Uint8Array, node);
    this.#roots.push(node);
  }

  /** Hexadecimal. */
  root(): string {
    const root = this.#roots.reduceRight<Buffer<ArrayBufferLike> | undefined>(
      (right, left) => (right ? parent(left, right) : left),
      undefined,
    );
    return (root ?? createHash('sha256').digest()).toString('hex');
  }
}

const parent = (left: Uint8Array, right: Uint8Array): Buffer<ArrayBufferLike> =>
  createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest();
