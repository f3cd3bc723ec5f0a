import { expect } from 'chai';
import {
  type Comparison,
  comparisons,
  conditionFields,
  holds,
  type Scalar,
} from '../../../src/domain/workflow/condition.ts';
import type { Task } from '../../../src/domain/workflow/task.ts';
import { aTask } from '../../support/builders.ts';

/** What a form field holds, or nothing. */
const taskWith = (actual: Scalar | null): Task => aTask({ fields: actual === null ? {} : { asked: actual } });

const passes = (actual: Scalar | null, op: Comparison, value?: Scalar | readonly Scalar[]): boolean =>
  holds({ field: 'form.asked', op, ...(value === undefined ? {} : { value }) }, taskWith(actual));

// Rows: what the task holds. Columns: the value compared with. Letters name the operators that hold:
// e eq, n ne, < lt, l lte, > gt, g gte, i in [value].
const letters: Readonly<Record<string, Comparison>> = {
  e: 'eq',
  n: 'ne',
  '<': 'lt',
  l: 'lte',
  '>': 'gt',
  g: 'gte',
  i: 'in',
};
const table: readonly (readonly [actual: Scalar | null, value: Scalar, holding: string])[] = [
  [1, 1, 'elgi'],
  [1, 2, 'n<l'],
  [2, 1, 'n>g'],
  [10, 9, 'n>g'],
  [0, -0.5, 'n>g'],
  [1, '1', 'n'],
  [1, true, 'n'],
  ['1', 1, 'n'],
  ['b', 'b', 'elgi'],
  ['a', 'b', 'n<l'],
  ['b', 'a', 'n>g'],
  ['2026-06-15', '2026-06-16', 'n<l'],
  ['2026-12-16', '2026-06-16', 'n>g'],
  ['', '', 'elgi'],
  ['true', true, 'n'],
  [true, true, 'ei'],
  [true, false, 'n'],
  [false, false, 'ei'],
  [false, true, 'n'],
  [false, 0, 'n'],
  [null, 1, 'n'],
  [null, 'a', 'n'],
  [null, false, 'n'],
];

describe('a condition', () => {
  for (const [actual, value, holding] of table)
    for (const [letter, op] of Object.entries(letters)) {
      const expected = holding.includes(letter);
      it(`${expected ? 'holds' : 'does not hold'} for ${JSON.stringify(actual)} ${op} ${JSON.stringify(value)}`, () => {
        expect(passes(actual, op, op === 'in' ? [value] : value)).to.equal(expected);
      });
    }

  for (const actual of [0, '', false, 1, 'a', true])
    it(`counts ${JSON.stringify(actual)} as present`, () => {
      expect([passes(actual, 'present'), passes(actual, 'absent')]).to.deep.equal([true, false]);
    });

  it('counts what was never given as absent', () => {
    expect([passes(null, 'present'), passes(null, 'absent')]).to.deep.equal([false, true]);
  });

  it('finds a value among several, and does not take a text for a list', () => {
    expect([passes('b', 'in', ['a', 'b']), passes('c', 'in', ['a', 'b']), passes('b', 'in', 'abc')]).to.deep.equal([
      true,
      false,
      false,
    ]);
  });

  it('does not hold when the value to compare with is missing or a list', () => {
    const ordered = ['eq', 'lt', 'lte', 'gt', 'gte', 'in'] as const;

    expect(ordered.map((op) => passes(1, op))).to.deep.equal(ordered.map(() => false));
    expect(ordered.slice(0, -1).map((op) => passes(1, op, [1]))).to.deep.equal(ordered.slice(0, -1).map(() => false));
  });

  it('knows every operator it offers', () => {
    expect(new Set([...Object.values(letters), 'present', 'absent'])).to.deep.equal(new Set(comparisons));
  });

  it('combines tests with all, any and not', () => {
    const yes = { field: 'round', op: 'eq', value: 0 } as const;
    const no = { field: 'round', op: 'eq', value: 1 } as const;
    const task = aTask();

    expect([
      holds({ all: [yes, yes] }, task),
      holds({ all: [yes, no] }, task),
      holds({ all: [] }, task),
      holds({ any: [no, yes] }, task),
      holds({ any: [no, no] }, task),
      holds({ any: [] }, task),
      holds({ not: no }, task),
      holds({ not: { all: [yes, { any: [no, yes] }] } }, task),
    ]).to.deep.equal([true, false, true, true, false, false, true, false]);
  });

  it('reads the data of the task under the names it offers', () => {
    const task = aTask({
      state: 'awaiting_appraisal',
      progress: 60,
      estimate: 'done',
      returns: 2,
      extensions: 1,
      round: 3,
      submittedOn: '2026-02-02',
    });

    expect(
      Object.fromEntries(Object.entries(conditionFields).map(([field, read]) => [field, read(task)])),
    ).to.deep.equal({
      kind: 'own',
      programme: '2026',
      leadUnit: 'so-y-te',
      appraiserUnit: 'so-noi-vu',
      dueOn: '2026-11-30',
      assignedOn: '2026-01-05',
      submittedOn: '2026-02-02',
      progress: 60,
      estimate: 'done',
      returns: 2,
      extensions: 1,
      round: 3,
    });
  });

  it('takes nothing from the prototype of an object for data', () => {
    expect(holds({ field: 'form.constructor', op: 'present' }, aTask())).to.equal(false);
    expect(() => holds({ field: 'constructor', op: 'present' }, aTask())).to.throw('unknown field');
  });
});
