// docs/letters.md promises that every numbered clause of the four letters is accounted for, and names tests that show it.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { root } from './support/write-docs.ts';

/** How many clauses each letter has. */
const letters: Readonly<Record<string, number>> = { 0: 18, 2: 15, 3: 21, 4: 9 };
const numbered = Object.entries(letters).flatMap(([letter, count]) =>
  Array.from({ length: count }, (_, index) => `${letter}.${index + 1}`),
);
const answers = ['Shown', 'Not software', 'Not yet'] as const;
type Answer = (typeof answers)[number];

const page = readFileSync(path.join(root, 'docs/letters.md'), 'utf8');
const [listed = '', counted = ''] = page.split('\n## Counts\n');

/** "- **0.1** words. Shown: …", with the indented lines that belong to it. */
const clauses = [...listed.matchAll(/^- \*\*(\S+)\*\* (.+(?:\n {2}.+)*)/gm)].map(([, number = '', text = '']) => ({
  number,
  text,
  answers: answers.filter((answer) => new RegExp(`(^|\\n {2})${answer}: \\S`).test(text)),
  tests: [...text.matchAll(/`(test\/[^`]+)` › `([^`]+)`/g)].map(([, file = '', title = '']) => ({ file, title })),
}));
const isA = (answer: Answer) => (clause: (typeof clauses)[number]) => clause.answers.includes(answer);

describe('docs/letters.md', () => {
  it('lists every numbered clause of the four letters once, in their order', () => {
    expect(clauses.map(({ number }) => number)).to.deep.equal(numbered);
  });

  it('says of each clause one of three: shown by a test, not software, or not yet, with the reason', () => {
    const wrong = clauses.filter((clause) => clause.answers.length !== 1);
    expect(wrong.map(({ number }) => number)).to.deep.equal([]);

    const unproved = clauses.filter((clause) => isA('Shown')(clause) && clause.tests.length === 0);
    expect(unproved.map(({ number }) => number)).to.deep.equal([]);
  });

  it('names only tests that are there, by their file and exact title', () => {
    const lost = clauses.flatMap(({ number, tests }) =>
      tests
        .filter(({ file, title }) => {
          const full = path.join(root, file);
          return !existsSync(full) || !readFileSync(full, 'utf8').includes(`it('${title}', `);
        })
        .map(({ file, title }) => `${number}: ${file} › ${title}`),
    );
    expect(lost).to.deep.equal([]);

    const mentioned = [...page.matchAll(/`test\/[^`]+`/g)].length;
    expect(mentioned, 'every file stands with a title').to.equal(clauses.flatMap(({ tests }) => tests).length);
  });

  it('counts what it lists', () => {
    const told = Object.fromEntries(
      [...counted.matchAll(/^\| ([A-Z][a-z ]+) \| (\d+) \|$/gm)].map(([, name = '', count]) => [name, Number(count)]),
    );
    expect(told).to.deep.equal({
      ...Object.fromEntries(answers.map((answer) => [answer, clauses.filter(isA(answer)).length])),
      Together: numbered.length,
    });
  });
});
