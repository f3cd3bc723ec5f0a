import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { MerkleTree } from '../../../src/application/audit/merkle.ts';

describe('The Merkle tree', () => {
  it('is the hash of nothing when it is empty', () => {
    expect(new MerkleTree().root()).to.equal('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('gives, for every size, the root that the recursive definition of RFC 6962 gives', () => {
    const texts = Array.from({ length: 70 }, (_, index) => `leaf ${index}`);
    const tree = new MerkleTree();
    for (const [index, text] of texts.entries()) {
      tree.add(text);

      expect(tree.root()).to.equal(recursive(texts.slice(0, index + 1)).toString('hex'));
    }
    expect(tree.leaves).to.equal(70);
  });

  it('does not take two nodes for one leaf', () => {
    const two = new MerkleTree();
    two.add('a');
    two.add('b');
    const forged = new MerkleTree();
    forged.add(`${leaf('a').toString('latin1')}${leaf('b').toString('latin1')}`);

    expect(forged.root()).not.to.equal(two.root());
  });
});

const hash = (...parts: readonly (string | Uint8Array)[]): Buffer => {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest();
};
const leaf = (text: string): Buffer => hash(Buffer.of(0), text);

const recursive = (texts: readonly string[]): Buffer => {
  if (texts.length === 1) return leaf(texts[0] as string);
  let half = 1;
  while (half * 2 < texts.length) half *= 2;
  return hash(Buffer.of(1), recursive(texts.slice(0, half)), recursive(texts.slice(half)));
};
