import { expect } from 'chai';
import fc from 'fast-check';
import { definitionLimits, parseDefinition } from '../../src/adapters/definition-schema.ts';
import { commitment } from '../support/builders.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The commitment as JSON from outside, with the value at a path replaced (or removed: undefined). */
const withValue = (path: string, value: unknown): unknown => {
  const copy: unknown = JSON.parse(JSON.stringify(commitment));
  const segments = path.split('/').slice(1);
  const last = segments.pop() ?? '';
  const parent = segments.reduce<unknown>((node, key) => Reflect.get(Object(node), key), copy);
  if (value === undefined) Reflect.deleteProperty(Object(parent), last);
  else Object.defineProperty(Object(parent), last, { value, enumerable: true, configurable: true, writable: true });
  return copy;
};

const found = (input: unknown): readonly string[] =>
  parseDefinition(input).problems.map(({ code, pointer }) => `${code} ${pointer}`);

const long = 'a'.repeat(201);
const name = { vi: 'Tên', en: 'Name' };
const many = <T>(n: number, item: (index: number) => T): readonly T[] =>
  Array.from({ length: n }, (_, index) => item(index));
const nested = (levels: number): Json => (levels === 0 ? 'deep' : [nested(levels - 1)]);

const cases: readonly (readonly [title: string, path: string, value: unknown, ...expected: readonly string[]])[] = [
  ['an unknown key of the definition', '/webhook', 'x', 'shape.unknown_key /webhook'],
  ['an unknown key of a state', '/states/2/color', 'red', 'shape.unknown_key /states/2/color'],
  ['an unknown key of a transition', '/transitions/0/guard', {}, 'shape.unknown_key /transitions/0/guard'],
  [
    'an unknown key of a requirement',
    '/transitions/1/require/photo',
    true,
    'shape.unknown_key /transitions/1/require/photo',
  ],
  ['an unknown key of a name', '/name/fr', 'Nom', 'shape.unknown_key /name/fr'],
  ['an unknown key of a timer step', '/timers/1/steps/0/mail', true, 'shape.unknown_key /timers/1/steps/0/mail'],
  ['an unknown key of a field', '/forms/0/fields/0/pattern', '(a+)+$', 'shape.unknown_key /forms/0/fields/0/pattern'],
  ['an unknown key of a test', '/timers/3/when/regex', '.*', 'shape.unknown_key /timers/3/when/regex'],
  [
    'an unknown key of an outcome',
    '/appraisals/0/outcomes/maybe',
    'x',
    'shape.unknown_key /appraisals/0/outcomes/maybe',
  ],
  ['an unknown key of a period', '/acknowledgeWithin/weeks', 1, 'shape.unknown_key /acknowledgeWithin/weeks'],
  ['an unknown key with a slash in it', '/a~b', 1, 'shape.unknown_key /a~0b'],
  ['a missing key', '/key', undefined, 'shape.missing /key'],
  ['a key with accents', '/key', 'cam-kết', 'shape.key /key'],
  [
    'a key with a capital',
    '/states/3/key',
    'Done',
    'state.unreachable /states/3',
    'shape.key /states/3/key',
    'transition.unknown_state /transitions/2/to',
    'transition.unknown_state /transitions/7/from/0',
  ],
  ['a key that begins with a digit', '/key', '1st', 'shape.key /key'],
  ['a key of 65 letters', '/key', 'a'.repeat(65), 'shape.key /key'],
  ['a version of zero', '/version', 0, 'shape.size /version'],
  ['a version of a half', '/version', 1.5, 'shape.type /version'],
  ['a version in words', '/version', 'one', 'shape.type /version'],
  ['a missing Vietnamese name', '/name/vi', undefined, 'shape.missing /name/vi'],
  ['an empty English name', '/states/0/name/en', '', 'shape.size /states/0/name/en'],
  ['a name of spaces', '/states/0/name/vi', '  ', 'shape.size /states/0/name/vi'],
  ['a name of 201 letters', '/timers/0/name/vi', long, 'shape.size /timers/0/name/vi'],
  ['a name with a control character', '/name/vi', 'a\u0000b', 'shape.text /name/vi'],
  ['an unknown category', '/states/5/category', 'paused', 'shape.choice /states/5/category'],
  ['an unknown holder', '/states/0/holder', 'mayor', 'shape.choice /states/0/holder'],
  ['an unknown role', '/transitions/6/by/0', 'mayor', 'shape.choice /transitions/6/by/0'],
  ['an unknown role in a timer', '/timers/1/steps/0/to/0', 'mayor', 'shape.choice /timers/1/steps/0/to/0'],
  ['an unknown anchor', '/timers/1/anchor', 'now', 'shape.choice /timers/1/anchor'],
  ['an unknown action', '/timers/1/steps/0/action', 'close', 'shape.choice /timers/1/steps/0/action'],
  ['an unknown rule of appraisal', '/appraisals/0/rule', 'coin', 'shape.choice /appraisals/0/rule'],
  ['a flag that is false', '/states/0/initial', false, 'shape.choice /states/0/initial'],
  ['a flag in words', '/forms/0/fields/0/required', 'yes', 'shape.choice /forms/0/fields/0/required'],
  ['an operator that does not exist', '/timers/3/when/op', 'matches', 'shape.choice /timers/3/when/op'],
  ['a condition in words', '/timers/3/when', 'always', 'shape.type /timers/3/when'],
  ['a condition without an operator', '/timers/3/when', { field: 'dueOn' }, 'shape.missing /timers/3/when/op'],
  [
    'a fault deep in a condition',
    '/timers/3/when',
    { all: [{ not: { any: [{ field: 'round', op: 'eq', value: {} }] } }] },
    'shape.type /timers/3/when/all/0/not/any/0/value',
  ],
  [
    'a condition of two kinds',
    '/timers/3/when',
    { not: { field: 'dueOn', op: 'present' }, all: [] },
    'shape.unknown_key /timers/3/when/not',
  ],
  ['a period that is a number', '/timers/1/steps/0/offset', 3, 'shape.type /timers/1/steps/0/offset'],
  ['half a working day', '/acknowledgeWithin', { workingDays: 0.5 }, 'shape.type /acknowledgeWithin/workingDays'],
  ['a period that is endless', '/acknowledgeWithin', `P${'1'.repeat(60)}D`, 'shape.size /acknowledgeWithin'],
  ['states that are no list', '/states', {}, 'shape.type /states'],
  [
    '51 states',
    '/states',
    [...commitment.states, ...many(45, (i) => ({ key: `s${i}`, name, category: 'done' }))],
    'shape.size /states',
    ...many(45, (i) => `state.unreachable /states/${i + 6}`),
  ],
  ['201 transitions', '/transitions', many(201, () => commitment.transitions[0]), 'shape.too_long /transitions'],
  ['a list nobody would look through', '/states/0/x', many(5000, () => 1), 'shape.too_long /states/0/x'],
  [
    'a structure without a floor',
    '/states/0/x',
    nested(5000),
    `shape.too_deep /states/0/x${'/0'.repeat(definitionLimits.depth - 3)}`,
  ],
  [
    '51 timers',
    '/timers',
    [...commitment.timers, ...many(46, (i) => ({ ...commitment.timers[1], key: `t${i}` }))],
    'shape.size /timers',
  ],
  [
    '21 forms',
    '/forms',
    [...commitment.forms, ...many(20, (i) => ({ ...commitment.forms[0], key: `f${i}` }))],
    'shape.size /forms',
    ...many(20, (i) => `form.unused /forms/${i + 1}`),
  ],
  [
    '51 fields',
    '/forms/0/fields',
    many(51, (i) => ({ key: `f${i}`, name, type: 'text' })),
    'shape.size /forms/0/fields',
  ],
];

describe('reading a definition from outside', () => {
  it('gives back a sound one as it is, with its names in one normal form', () => {
    const decomposed = withValue('/name/vi', `  ${'Cam kết hành động'.normalize('NFD')} `);

    expect(parseDefinition(withValue('/version', 1)).definition).to.deep.equal(commitment);
    expect(parseDefinition(decomposed).definition?.name.vi).to.equal('Cam kết hành động');
  });

  for (const [title, path, value, ...expected] of cases)
    it(`refuses ${title}, with its place`, () => {
      const { definition, problems } = parseDefinition(withValue(path, value));

      expect(definition).to.equal(undefined);
      expect(problems.map(({ code, pointer }) => `${code} ${pointer}`)).to.deep.equal(expected);
    });

  for (const input of [undefined, null, 1, 'text', true, []])
    it(`refuses what is no object: ${JSON.stringify(input)}`, () => {
      expect(found(input)).to.deep.equal([`${input === undefined ? 'shape.missing' : 'shape.type'} `]);
    });

  it('reports what is wrong in structure and in sense together, in the order of the document', () => {
    const broken = withValue('/states/0/color', 'red') as typeof commitment;
    Reflect.deleteProperty(Object(broken.states[0]), 'holder');
    Object.assign(Object(broken.states[3]), { holder: 'unit', name: { vi: '', en: 'Done' } });
    Object.assign(Object(broken.transitions[6]), { by: ['office', 'lead_unit.head'] });
    Object.assign(Object(broken.timers[1]), { at: '25:00', max: 'four' });

    expect(found(broken)).to.deep.equal([
      'shape.unknown_key /states/0/color',
      'state.holder_missing /states/0/holder',
      'state.holder_unexpected /states/3/holder',
      'shape.size /states/3/name/vi',
      'timer.at /timers/1/at',
      'shape.type /timers/1/max',
      'stop.role /transitions/6/by/1',
    ]);
  });

  it('does not blame the parts that a broken one leaves hanging', () => {
    expect(found(withValue('/states/2/category', 'thinking'))).to.deep.equal(['shape.choice /states/2/category']);
    expect(found(withValue('/transitions/0/to', 7))).to.deep.equal(['shape.type /transitions/0/to']);
    expect(found(withValue('/states', undefined))).to.deep.equal(['shape.missing /states']);
    expect(found(withValue('/timers/0', null))).to.deep.equal(['shape.type /timers/0']);
  });

  for (const key of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])
    it(`treats ${key} as the unknown key it is, and nothing is polluted`, () => {
      const smuggled = { isAdmin: true, initial: true, holder: 'unit' };

      expect(found(withValue(`/${key}`, smuggled))).to.deep.equal([`shape.unknown_key /${key}`]);
      expect(found(withValue(`/states/3/${key}`, smuggled))).to.deep.equal([`shape.unknown_key /states/3/${key}`]);
      expect(Reflect.get({}, 'isAdmin')).to.equal(undefined);
    });

  it('never throws, whatever JSON comes in', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (input) => {
        expect(parseDefinition(input).problems.length).to.be.greaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  const pathsOf = (value: unknown, path = ''): readonly string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, part]) => [`${path}/${key}`, ...pathsOf(part, `${path}/${key}`)])
      : [];

  it('never throws when any part of a sound definition is replaced by any JSON', () => {
    fc.assert(
      fc.property(fc.constantFrom(...pathsOf(commitment)), fc.option(fc.jsonValue({ maxDepth: 3 })), (path, value) => {
        const { definition, problems } = parseDefinition(withValue(path, value));

        expect(definition === undefined).to.equal(problems.length > 0);
        for (const { pointer } of problems) expect(pointer === '' || pointer.startsWith('/')).to.equal(true);
      }),
      { numRuns: 1500 },
    );
  });

  it('refuses a definition from which any required part is taken', () => {
    const optional =
      /\/(initial|holder|require|when|within|repeat|required|choices|evidence|form|reason|document)(\/|$)/;

    for (const path of pathsOf(commitment).filter(
      (candidate) => !/\/\d+$/.test(candidate) && !optional.test(candidate),
    ))
      expect(parseDefinition(withValue(path, undefined)).problems, path).not.to.deep.equal([]);
  });
});
