import { expect } from 'chai';
import { applyDiff, cellsOf, type DiffedRow, diffOf } from '../../../src/domain/reporting/diff.ts';
import { imbalanceOf } from '../../../src/domain/reporting/imbalance.ts';
import { categories } from '../../../src/domain/workflow/definition.ts';
import { estimates } from '../../../src/domain/workflow/task.ts';
import { dice } from '../../support/histories.ts';

const row = (more: Partial<DiffedRow> = {}): DiffedRow => ({
  code: 'CK-1',
  unit: 'SNV',
  category: 'in_progress',
  estimate: 'done',
  ...more,
});

describe('The difference between two reports', () => {
  it('says where a task was counted before and where it is counted now', () => {
    expect(diffOf([row()], [row({ category: 'not_done' })])).to.deep.equal([
      {
        code: 'CK-1',
        before: { unit: 'SNV', bucket: 'in_progress', estimate: 'done' },
        after: { unit: 'SNV', bucket: 'not_done', estimate: 'not_done' },
      },
    ]);
  });

  it('leaves out what is counted in the same cells, though it is another state', () => {
    expect(diffOf([row({ category: 'assigned' })], [row()])).to.deep.equal([]);
  });

  it('has tasks that came and tasks that went', () => {
    const place = { unit: 'SNV', bucket: 'in_progress', estimate: 'done' };

    expect(diffOf([row()], [row({ code: 'CK-2' })])).to.deep.equal([
      { code: 'CK-1', before: place, after: null },
      { code: 'CK-2', before: null, after: place },
    ]);
  });

  it('applied to the old counts gives the new counts, whatever happened between', () => {
    for (let seed = 1; seed <= 500; seed += 1) {
      const roll = dice(seed);
      const one = <T>(of: readonly T[]): T => of[roll(of.length)] as T;
      const some = (): DiffedRow[] =>
        Array.from({ length: 40 }, (_, n) =>
          row({
            code: `CK-${n}`,
            unit: one(['SNV', 'TPCL', 'STC']),
            category: one(categories),
            estimate: one([null, ...estimates]),
          }),
        ).filter(() => roll(5) > 0);
      const [before, after] = [some(), some()];

      expect(applyDiff(cellsOf(before), diffOf(before, after)), `seed ${seed}`).to.deep.equal(cellsOf(after));
      expect(applyDiff(cellsOf(after), diffOf(after, before)), `seed ${seed}, back`).to.deep.equal(cellsOf(before));
    }
  });
});

describe('The imbalance between units', () => {
  it('is the fewest, the middle and the most', () => {
    expect(imbalanceOf([13, 5, 8])).to.deep.equal({ units: 3, min: 5, median: 8, max: 13 });
    expect(imbalanceOf([4, 1, 3, 2])).to.deep.equal({ units: 4, min: 1, median: 2.5, max: 4 });
    expect(imbalanceOf([])).to.deep.equal({ units: 0, min: 0, median: 0, max: 0 });
  });
});
