import { expect } from 'chai';
import {
  type AffectedTask,
  planOf,
  type Reorganisation,
  type ReorganisationPlan,
  type Situation,
} from '../../../src/domain/organisation/reorganisation.ts';
import type { Unit } from '../../../src/domain/organisation/units.ts';
import { Refusal } from '../../../src/domain/refusal.ts';
import { aDocument } from '../../support/builders.ts';

const aUnit = (code: string, given: Partial<Unit> = {}): Unit => ({
  code,
  name: code,
  class: 'department',
  bloc: 'department',
  officialOrder: 1,
  parent: null,
  validFrom: '2000-01-01',
  validTo: null,
  successor: null,
  ...given,
});
const aTask = (given: Partial<AffectedTask> = {}): AffectedTask => ({
  id: 't1',
  code: 'T-1',
  programme: 'CK',
  leadUnit: 'A',
  appraiserUnit: 'X',
  participants: [],
  field: null,
  kind: 'own',
  category: 'in_progress',
  inReview: false,
  ...given,
});
const units = [aUnit('A'), aUnit('B'), aUnit('C'), aUnit('X'), aUnit('A1', { parent: 'A' })];
const situation = (given: Partial<Situation> = {}): Situation => ({
  today: '2025-07-01',
  units,
  closing: [],
  lastVersions: new Map(units.map(({ code, validFrom }) => [code, validFrom])),
  tasks: [aTask()],
  members: [{ membership: '1', account: 'p', name: 'P', role: 'head', unit: 'A' }],
  programmes: [{ code: 'CK', aggregator: 'A', frozenOn: null }],
  ...given,
});
const request = (given: Partial<Reorganisation> = {}): Reorganisation => ({
  kind: 'merge',
  effectiveOn: '2025-07-01',
  document: aDocument,
  predecessors: ['A'],
  successors: ['B'],
  changes: [],
  mapping: [],
  appraisers: [],
  members: [],
  ...given,
});
const planned = (given: Partial<Reorganisation> = {}, more: Partial<Situation> = {}): ReorganisationPlan => {
  const plan = planOf(request(given), situation(more));
  if (plan instanceof Refusal) throw plan;
  return plan;
};
const refused = (given: Partial<Reorganisation>, more: Partial<Situation> = {}): unknown => {
  const plan = planOf(request(given), situation(more));
  return plan instanceof Refusal ? [plan.code, plan.details.pointer].filter(Boolean) : plan;
};
const aNewUnit = (code: string, parent: string | null = null) => {
  const { validFrom: _from, validTo: _to, successor: _successor, ...unit } = aUnit(code, { parent });
  return unit;
};

describe('A reorganisation', () => {
  it('of a merger ends the unit, moves its open work and people, and puts what lay below it below the successor', () => {
    const plan = planned();

    expect(plan.ended).to.deep.equal([{ code: 'A', successor: 'B' }]);
    expect(plan.moves.map(({ move }) => move)).to.deep.equal([
      { leadUnit: 'B', appraiserUnit: 'X', participants: [], replaced: false },
    ]);
    expect(plan.members.map(({ to }) => to)).to.deep.equal(['B']);
    expect(plan.aggregators).to.deep.equal([{ programme: 'CK', from: 'A', to: 'B' }]);
    expect(plan.changed.map(({ code, parent }) => [code, parent])).to.deep.equal([['A1', 'B']]);
  });

  it('of a split follows the first rule that fits, and the first successor for the rest', () => {
    const tasks = [
      aTask({ id: 'one', field: 'y-te' }),
      aTask({ id: 'two', field: 'y-te', kind: 'common' }),
      aTask({ id: 'three' }),
    ];
    const { moves, ended } = planned(
      {
        kind: 'split',
        successors: [aNewUnit('N1'), aNewUnit('N2'), 'A'],
        mapping: [
          { tasks: ['two'], to: 'A' },
          { field: 'y-te', to: 'N2' },
        ],
      },
      { tasks },
    );

    expect(moves.map(({ task, move }) => [task.id, move.leadUnit])).to.deep.equal([
      ['one', 'N2'],
      ['three', 'N1'],
    ]);
    expect(ended).to.deep.equal([]);
  });

  it('lists every agency that would judge its own line: the unit itself, what is above it, what is below it', () => {
    const conflictsOf = (appraiserUnit: string, parent: string | null, participants: readonly string[] = []) =>
      planned(
        { successors: [aNewUnit('N', parent)] },
        { tasks: [aTask({ appraiserUnit, participants })] },
      ).conflicts.map(({ agency }) => agency);

    expect(conflictsOf('X', null)).to.deep.equal([]);
    expect(conflictsOf('X', 'X')).to.deep.equal(['X']);
    expect(conflictsOf('A1', null)).to.deep.equal(['A1']);
    expect(conflictsOf('A', null)).to.deep.equal(['N']);
    expect(conflictsOf('X', 'C', ['C'])).to.deep.equal(['C']);
  });

  it('is without conflict once another agency is named for the task', () => {
    const tasks = [aTask({ appraiserUnit: 'B' })];
    const appraisers = [{ tasks: ['t1'], appraiserUnit: 'C' }];

    expect(planned({}, { tasks }).conflicts).to.have.length(1);
    const { conflicts, moves } = planned({ appraisers }, { tasks });
    expect(conflicts).to.deep.equal([]);
    expect(moves.map(({ move }) => [move.appraiserUnit, move.replaced])).to.deep.equal([['C', true]]);
  });

  it('reaches no day that is frozen where its work lies, and any day where nothing of it moves', () => {
    const frozen = (frozenOn: string, code = 'CK') => ({ programmes: [{ code, aggregator: null, frozenOn }] });

    expect(refused({}, frozen('2025-07-01'))).to.deep.equal(['reorganisation.frozen']);
    expect(planned({}, frozen('2025-06-30')).moves).to.have.length(1);
    expect(planned({}, frozen('2025-07-01', 'OTHER')).moves).to.have.length(1);
  });

  it('refuses what no answer could mend', () => {
    const gone = [...units, aUnit('D', { validTo: '2025-01-01', successor: 'B' })];
    expect(refused({ predecessors: ['NONE'] })).to.deep.equal(['unit.not_found']);
    expect(refused({ predecessors: ['D'] }, { units: gone })).to.deep.equal(['unit.ended']);
    expect(refused({ successors: ['D'] }, { units: gone })).to.deep.equal(['unit.ended']);
    expect(refused({}, { closing: ['B'] })).to.deep.equal(['unit.ended']);
    expect(refused({ successors: [aNewUnit('C')] })).to.deep.equal(['unit.exists']);
    expect(refused({ successors: [aNewUnit('N', 'NONE')] })).to.deep.equal(['unit.not_found']);
    expect(refused({ kind: 'dissolve', successors: [] })).to.deep.equal(['unit.has_open_tasks']);
    expect(refused({}, { lastVersions: new Map([['A', '2025-08-01']]) })).to.deep.equal(['effective.before_previous']);
    const cycle = { kind: 'rename', predecessors: [], successors: [], changes: [{ code: 'A', parent: 'A1' }] } as const;
    expect(refused(cycle)).to.deep.equal(['unit.cycle']);
  });

  it('takes of each kind what it is made of, and nothing else', () => {
    for (const [given, pointer] of [
      [{ successors: [] }, '/successors'],
      [{ successors: ['B', 'C'] }, '/successors'],
      [{ kind: 'split' }, '/successors'],
      [{ kind: 'dissolve' }, '/successors'],
      [{ kind: 'rename' }, '/changes'],
      [{ predecessors: [] }, '/predecessors'],
      [{ predecessors: ['A', 'A'] }, '/predecessors'],
      [{ changes: [{ code: 'A', name: 'Khác' }] }, '/changes'],
      [{ mapping: [{ field: 'x', to: 'B' }] }, '/mapping'],
      [{ members: [{ account: 'p', to: 'C' }] }, '/members'],
    ] as const)
      expect(refused(given as Partial<Reorganisation>), JSON.stringify(given)).to.deep.equal([
        'input.invalid',
        pointer,
      ]);
  });
});
