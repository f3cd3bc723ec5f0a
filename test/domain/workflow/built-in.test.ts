import { expect } from 'chai';
import { parseDefinition } from '../../../src/adapters/definition-schema.ts';
import { builtInDefinitions } from '../../../src/domain/workflow/built-in.ts';
import { type Definition, needsAppraiserUnit } from '../../../src/domain/workflow/definition.ts';
import { builtIn } from '../../support/builders.ts';

const keysOf = (list: readonly { readonly key: string }[]) => list.map(({ key }) => key);

const into = (definition: Definition, category: string) => {
  const states = definition.states.filter((state) => state.category === category).map(({ key }) => key);
  return definition.transitions.filter(({ to }) => states.includes(to));
};

describe('the definitions that come with the product', () => {
  it('are a commitment, a directive task, a periodic report and a registration', () => {
    expect(keysOf(builtInDefinitions)).to.deep.equal([
      'commitment',
      'directive-task',
      'periodic-report',
      'registration',
    ]);
  });

  for (const definition of builtInDefinitions) {
    it(`can be published: ${definition.key}`, () => {
      expect(parseDefinition(definition)).to.deep.equal({ definition, problems: [] });
    });

    it(`can be written down and read back: ${definition.key}`, () => {
      expect(parseDefinition(JSON.parse(JSON.stringify(definition))).definition).to.deep.equal(definition);
    });

    it(`stop only by the province and by document: ${definition.key}`, () => {
      const stops = into(definition, 'stopped');

      expect(stops).to.have.lengthOf(1);
      expect([...(stops[0]?.by ?? [])].toSorted()).to.deep.equal(['office', 'province_leader']);
      expect(stops[0]?.require?.document).to.equal(true);
    });

    it(`say no English where Vietnamese is read: ${definition.key}`, () => {
      const names = [
        definition,
        ...definition.states,
        ...definition.transitions,
        ...definition.timers,
        ...definition.forms.flatMap(({ fields }) => fields),
      ];

      expect(names.filter(({ name }) => name.vi === name.en)).to.deep.equal([]);
    });
  }

  it('give the commitment the states and steps everything else is built on', () => {
    const commitment = builtIn('commitment');

    expect(commitment.states.map(({ key, name, category, holder }) => [key, name.vi, category, holder])).to.deep.equal([
      ['assigned', 'Mới giao', 'assigned', 'unit'],
      ['in_progress', 'Đang thực hiện', 'in_progress', 'unit'],
      ['awaiting_appraisal', 'Chờ thẩm định', 'awaiting_appraisal', 'appraiser'],
      ['done', 'Hoàn thành', 'done', undefined],
      ['not_done', 'Không hoàn thành', 'not_done', undefined],
      ['stopped', 'Dừng thực hiện', 'stopped', undefined],
    ]);
    expect(keysOf(commitment.transitions)).to.deep.equal([
      'acknowledge',
      'submit',
      'approve',
      'reject',
      'return',
      'fail',
      'stop',
      'reopen',
    ]);
  });

  it('urge undated work every three months (letter 002, item 4)', () => {
    for (const key of ['commitment', 'directive-task']) {
      const undated = builtIn(key).timers.find((timer) => timer.key === 'undated');
      expect(undated).to.deep.include({ anchor: 'assigned', when: { field: 'dueOn', op: 'absent' }, steps: [] });
      expect(undated?.repeat?.every).to.equal('P3M');
    }
  });

  it('ask for an appraising agency only where one appraises', () => {
    expect(builtInDefinitions.filter(needsAppraiserUnit).map(({ key }) => key)).to.deep.equal([
      'commitment',
      'periodic-report',
      'registration',
    ]);
  });
});
