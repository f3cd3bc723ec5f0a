// The list of OWASP ASVS 5.0 in docs/security-asvs.md, held against the standard's own numbers and against what is there.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { pending, titlesByItem } from '../support/titles.ts';
import standard from './asvs-5.0.json' with { type: 'json' };

const root = path.join(import.meta.dirname, '../..');
const text = readFileSync(path.join(root, 'docs/security-asvs.md'), 'utf8');

interface Row {
  readonly id: string;
  readonly level: number;
  readonly verdict: string;
  /** Test files, sources and items of the catalogue, as they stand between backticks. */
  readonly references: readonly string[];
  readonly words: string;
}

const rows: readonly Row[] = [
  ...text.matchAll(/^\| (V\d+\.\d+\.\d+) \| (\d) \| ([^|]+) \| ([^|]+) \| ([^|]*) \|$/gm),
].map(([, id = '', level, , verdict = '', shown = '']) => ({
  id,
  level: Number(level),
  verdict,
  references: [...shown.matchAll(/`([^`]+)`/g)].map(([, reference]) => reference ?? ''),
  words: shown.replaceAll(/`[^`]+`/g, '').trim(),
}));

const verdicts = ['holds', 'does not apply', 'gap', 'planned'] as const;

describe('The list of OWASP ASVS 5.0', () => {
  const titles = titlesByItem();
  const wanted = Object.entries(standard).filter(([, level]) => level <= 2);

  it('knows the standard whole: 70 requirements of level 1, 183 of level 2, 92 of level 3', () => {
    const count = (level: number) => Object.values(standard).filter((one) => one === level).length;

    expect([count(1), count(2), count(3)]).to.deep.equal([70, 183, 92]);
  });

  it('has every requirement of levels 1 and 2 once, in order, under its level', () => {
    expect(rows.map(({ id, level }) => `${id} ${level}`)).to.deep.equal(wanted.map(([id, level]) => `${id} ${level}`));
    expect(text.match(/^\| V/gm)).to.have.length(rows.length);
  });

  it('says of each whether it holds, and shows it by a test or a place in the source, or says why not', () => {
    for (const { id, verdict, references, words } of rows) {
      expect(verdicts, id).to.include(verdict);
      if (verdict === 'holds')
        expect(
          references.some((one) => !pending.includes(one)),
          id,
        ).to.equal(true);
      else expect(words.length, `${id}: ${words}`).to.be.greaterThan(14);
    }
  });

  it('names nothing that is not there', () => {
    for (const { id, references } of rows)
      for (const reference of references) {
        if (/^S\d+$/.test(reference)) {
          expect(titles.has(reference) || pending.includes(reference), `${id}: ${reference}`).to.equal(true);
          continue;
        }
        const [file = '', title] = reference.split(' › ');
        if (!/\//.test(file) && !/^\.|\.(md|yml|json)$|^Dockerfile$/.test(file)) continue;
        expect(existsSync(path.join(root, file)), `${id}: ${file}`).to.equal(true);
        if (title !== undefined)
          expect(readFileSync(path.join(root, file), 'utf8').includes(title), `${id}: ${reference}`).to.equal(true);
      }
  });

  it('counts what it says', () => {
    const count = (level: number, verdict: string) =>
      rows.filter((row) => row.level === level && row.verdict === verdict).length;
    const line = (level: number) => `| ${[level, ...verdicts.map((verdict) => count(level, verdict))].join(' | ')} |`;

    for (const level of [1, 2]) expect(text).to.include(line(level));
  });
});
