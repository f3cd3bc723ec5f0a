import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { parseDefinition } from '../src/adapters/definition-schema.ts';
import { filesUnder } from './support/markdown.ts';
import { documents, root } from './support/write-docs.ts';

describe('the documentation', () => {
  for (const [file, wanted] of documents())
    it(`${file} says what the program does (otherwise: npm run docs)`, () => {
      expect(readFileSync(path.join(root, file), 'utf8')).to.equal(wanted);
    });

  it('shows a workflow that could be published', () => {
    const example =
      /```json\n([\s\S]*?)```/.exec(readFileSync(path.join(root, 'docs/workflows.md'), 'utf8'))?.[1] ?? '';

    expect(parseDefinition({ ...JSON.parse(example), version: 1 }).problems).to.deep.equal([]);
  });

  it('links to nothing that is not there', () => {
    const broken = filesUnder(root).flatMap((file) => {
      const text = readFileSync(path.join(root, file), 'utf8').replaceAll(/```[\s\S]*?```/g, '');
      return [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].flatMap(([, target = '']) =>
        /^[a-z]+:/.test(target) || existsSync(path.join(root, path.dirname(file), target))
          ? []
          : [`${file}: ${target}`],
      );
    });

    expect(broken).to.deep.equal([]);
  });
});
