import { expect } from 'chai';
import { checkDefinition } from '../../../src/domain/workflow/check.ts';
import type { Condition } from '../../../src/domain/workflow/condition.ts';
import type { Definition } from '../../../src/domain/workflow/definition.ts';
import { problemCodes } from '../../../src/domain/workflow/problem.ts';
import { builtIn, changed, commitment, type Draft } from '../../support/builders.ts';

type Change = (definition: Draft<Definition>) => void;
type Expected = readonly string[];

/** The item at a place that the test knows to exist. */
const at = <T>(list: readonly T[], index: number): T => {
  const item = list[index];
  if (item === undefined) throw new Error(`No item ${index}.`);
  return item;
};

const found = (definition: Definition): Expected =>
  checkDefinition(definition).map(({ code, pointer }) => `${code} ${pointer}`);

const name = { vi: 'Tên', en: 'Name' };
const nested = (depth: number): Condition =>
  depth === 1 ? { field: 'progress', op: 'present' } : { not: nested(depth - 1) };

const cases: Readonly<Record<string, readonly (readonly [title: string, change: Change, ...expected: Expected])[]>> = {
  'keys and lists': [
    [
      'a state key twice',
      (d) => {
        d.states.push({ key: 'done', name, category: 'done' });
      },
      'key.repeated /states/6/key',
    ],
    [
      'a transition key twice',
      (d) => {
        d.transitions.push({ ...at(d.transitions, 0) });
      },
      'key.repeated /transitions/8/key',
    ],
    [
      'a timer key twice',
      (d) => {
        at(d.timers, 1).key = 'acknowledge';
      },
      'key.repeated /timers/1/key',
    ],
    [
      'a form key twice',
      (d) => {
        d.forms.push({ ...at(d.forms, 0) });
      },
      'key.repeated /forms/1/key',
    ],
    [
      'a field key twice',
      (d) => {
        at(at(d.forms, 0).fields, 1).key = 'result';
        at(at(d.forms, 0).fields, 1).type = 'text';
      },
      'key.repeated /forms/0/fields/1/key',
    ],
    [
      'a role twice',
      (d) => {
        at(d.transitions, 0).by.push('lead_unit.head');
      },
      'list.repeated /transitions/0/by/2',
    ],
    [
      'a source twice',
      (d) => {
        at(d.transitions, 0).from.push('assigned');
      },
      'list.repeated /transitions/0/from/1',
    ],
    [
      'a timer state twice',
      (d) => {
        at(d.timers, 1).states.push('assigned');
      },
      'list.repeated /timers/1/states/2',
    ],
    [
      'a recipient twice',
      (d) => {
        at(at(d.timers, 1).steps, 0).to.push('lead_unit.focal_point');
      },
      'list.repeated /timers/1/steps/0/to/1',
    ],
  ],
  states: [
    [
      'no first state',
      (d) => {
        delete at(d.states, 0).initial;
      },
      'initial.missing /states',
    ],
    [
      'no state at all',
      (d) => {
        Object.assign(d, { states: [], transitions: [], appraisals: [], timers: [], forms: [] });
        delete d.acknowledgeWithin;
      },
      'initial.missing /states',
    ],
    [
      'two first states',
      (d) => {
        at(d.states, 1).initial = true;
      },
      'initial.several /states/1/initial',
    ],
    [
      'a first state under appraisal',
      (d) => {
        delete at(d.states, 0).initial;
        at(d.states, 2).initial = true;
        at(d.transitions, 4).to = 'assigned';
      },
      'initial.category /states/2/category',
    ],
    [
      'an open state that nobody holds',
      (d) => {
        delete at(d.states, 0).holder;
      },
      'state.holder_missing /states/0/holder',
    ],
    [
      'a final state that somebody holds',
      (d) => {
        at(d.states, 3).holder = 'office';
      },
      'state.holder_unexpected /states/3/holder',
    ],
    [
      'a state without a way to it',
      (d) => {
        d.states.push({ key: 'archived', name, category: 'done' });
      },
      'state.unreachable /states/6',
    ],
    [
      'a state without a way out',
      (d) => {
        d.states.push({ key: 'waiting', name, category: 'in_progress', holder: 'unit' });
        d.transitions.push({
          key: 'wait',
          name,
          from: ['in_progress'],
          to: 'waiting',
          by: ['office'],
        });
      },
      'state.dead_end /states/6',
    ],
    [
      'states that only lead to each other',
      (d) => {
        for (const key of ['a', 'b']) d.states.push({ key, name, category: 'in_progress', holder: 'unit' });
        d.transitions.push({ key: 'to_a', name, from: ['in_progress', 'b'], to: 'a', by: ['office'] });
        d.transitions.push({ key: 'to_b', name, from: ['a'], to: 'b', by: ['office'] });
      },
      'state.dead_end /states/6',
      'state.dead_end /states/7',
    ],
    [
      'a way that leads only through an ending',
      (d) => {
        d.states.push({ key: 'checked', name, category: 'in_progress', holder: 'unit' });
        d.transitions.push({ key: 'check', name, from: ['in_progress'], to: 'checked', by: ['office'] });
        d.transitions.push({ key: 'finish', name, from: ['checked'], to: 'done', by: ['office'] });
      },
    ],
    [
      'a review held by the unit itself',
      (d) => {
        at(d.states, 2).holder = 'unit';
      },
      'review.holder /states/2/holder',
    ],
  ],
  appraisals: [
    [
      'a review state without an appraisal',
      (d) => {
        d.appraisals = [];
        d.timers.pop();
      },
      'review.no_appraisal /states/2',
      'appraisal.bypassed /transitions/2',
      'appraisal.bypassed /transitions/3',
    ],
    [
      'two appraisals of one state',
      (d) => {
        d.appraisals.push({ ...at(d.appraisals, 0) });
      },
      'appraisal.repeated /appraisals/1/state',
    ],
    [
      'an appraisal of a state that is no review',
      (d) => {
        d.appraisals.push({ ...at(d.appraisals, 0), state: 'in_progress' });
        delete at(d.appraisals, 1).within;
      },
      'appraisal.outcome_from /appraisals/1/outcomes/achieved',
      'appraisal.outcome_from /appraisals/1/outcomes/not_achieved',
      'appraisal.outcome_from /appraisals/1/outcomes/returned',
      'appraisal.returned_target /appraisals/1/outcomes/returned',
      'appraisal.not_review /appraisals/1/state',
    ],
    [
      'an appraisal of no state',
      (d) => {
        d.appraisals.push({ ...at(d.appraisals, 0), state: 'nowhere' });
        delete at(d.appraisals, 1).within;
      },
      'appraisal.outcome_from /appraisals/1/outcomes/achieved',
      'appraisal.outcome_from /appraisals/1/outcomes/not_achieved',
      'appraisal.outcome_from /appraisals/1/outcomes/returned',
      'appraisal.unknown_state /appraisals/1/state',
    ],
    [
      'an answer that is no transition',
      (d) => {
        at(d.appraisals, 0).outcomes.returned = 'send_back';
      },
      'appraisal.unknown_transition /appraisals/0/outcomes/returned',
    ],
    [
      'an answer that can be given before the submission',
      (d) => {
        at(d.transitions, 2).from.push('in_progress');
      },
      'appraisal.outcome_from /appraisals/0/outcomes/achieved',
    ],
    [
      'achieved that does not end as done',
      (d) => {
        at(d.transitions, 2).to = 'not_done';
        at(d.transitions, 5).to = 'done';
        at(d.transitions, 5).by = ['office'];
      },
      'appraisal.achieved_target /appraisals/0/outcomes/achieved',
    ],
    [
      'not achieved that ends as done',
      (d) => {
        at(d.transitions, 3).to = 'done';
      },
      'appraisal.not_achieved_target /appraisals/0/outcomes/not_achieved',
    ],
    [
      'returned to somebody who is not the unit',
      (d) => {
        at(d.states, 0).holder = 'office';
        at(d.transitions, 4).to = 'assigned';
      },
      'appraisal.returned_target /appraisals/0/outcomes/returned',
    ],
    [
      'an answer that leads back to its own review',
      (d) => {
        at(d.transitions, 3).to = 'awaiting_appraisal';
      },
      'appraisal.not_achieved_target /appraisals/0/outcomes/not_achieved',
    ],
    [
      'a return without a reason',
      (d) => {
        delete at(d.transitions, 4).require;
      },
      'appraisal.reason /transitions/4/require/reason',
    ],
    [
      'a rejection without a reason',
      (d) => {
        at(d.transitions, 3).require = { evidence: 1 };
      },
      'appraisal.reason /transitions/3/require/reason',
    ],
    [
      'a quorum without its number of votes',
      (d) => {
        Object.assign(at(d.appraisals, 0), { rule: 'quorum' });
      },
      'appraisal.quorum /appraisals/0/quorum',
    ],
    [
      'a number of votes that no rule reads',
      (d) => {
        Object.assign(at(d.appraisals, 0), { rule: 'all', quorum: 2 });
      },
      'appraisal.quorum /appraisals/0/quorum',
    ],
    [
      'agencies that each vote and do not vote',
      (d) => {
        Object.assign(at(d.appraisals, 0), { rule: 'per_group', participants: 'opinion' });
      },
      'appraisal.per_group_votes /appraisals/0/participants',
    ],
    [
      'a veto where one vote decides anyway',
      (d) => {
        Object.assign(at(d.appraisals, 0), { veto: 'lead' });
      },
      'appraisal.veto_unused /appraisals/0/veto',
    ],
    [
      'an answer beside the panel that votes',
      (d) => {
        Object.assign(at(d.appraisals, 0), { rule: 'all' });
        at(d.transitions, 2).by.push('office');
      },
      'appraisal.beside_panel /transitions/2/by',
    ],
    [
      'a unit that appraises itself',
      (d) => {
        at(d.transitions, 2).by.push('lead_unit.head', 'lead_unit.focal_point', 'submitter');
      },
      'appraisal.own_work /transitions/2/by/1',
      'appraisal.own_work /transitions/2/by/2',
      'appraisal.own_work /transitions/2/by/3',
    ],
    [
      'a way out of the review that is no answer',
      (d) => {
        at(d.transitions, 5).from.push('awaiting_appraisal');
      },
      'appraisal.bypassed /transitions/5',
    ],
    [
      'a unit that declares its own work done',
      (d) => {
        d.transitions.push({
          key: 'finish',
          name,
          from: ['in_progress'],
          to: 'done',
          by: ['office', 'lead_unit.head'],
        });
      },
      'appraisal.skipped /transitions/8/by/1',
    ],
    [
      'a deadline for the appraiser that no timer counts from',
      (d) => {
        d.timers.pop();
      },
      'appraisal.within_unused /appraisals/0/within',
    ],
    [
      'a deadline for the appraiser that is no period',
      (d) => {
        at(d.appraisals, 0).within = 'soon';
      },
      'offset.invalid /appraisals/0/within',
    ],
    [
      'a deadline for the appraiser that lies before the submission',
      (d) => {
        at(d.appraisals, 0).within = '-P1D';
      },
      'offset.negative /appraisals/0/within',
    ],
  ],
  transitions: [
    [
      'a source that is no state',
      (d) => {
        at(d.transitions, 0).from.push('nowhere');
      },
      'transition.unknown_state /transitions/0/from/1',
    ],
    [
      'a target that is no state',
      (d) => {
        at(d.transitions, 5).to = 'nowhere';
      },
      'transition.unknown_state /transitions/5/to',
    ],
    [
      'no source',
      (d) => {
        at(d.transitions, 5).from = [];
      },
      'transition.no_from /transitions/5/from',
    ],
    [
      'nobody who may take it',
      (d) => {
        at(d.transitions, 0).by = [];
      },
      'transition.no_role /transitions/0/by',
    ],
    [
      'an administrator who moves work under their own rules',
      (d) => {
        at(d.transitions, 0).by.push('administrator');
      },
      `transition.administrator /transitions/0/by/${at(commitment.transitions, 0).by.length}`,
    ],
    [
      'a unit that reopens its own work',
      (d) => {
        at(d.transitions, 7).by.push('lead_unit.head');
      },
      'reopen.role /transitions/7/by/1',
    ],
    [
      'a reopening without a document',
      (d) => {
        at(d.transitions, 7).require = { reason: true };
      },
      'reopen.requirement /transitions/7/require',
    ],
    [
      'a reopening without a reason',
      (d) => {
        at(d.transitions, 7).require = { document: true };
      },
      'reopen.requirement /transitions/7/require',
    ],
    [
      'a reopening into another ending',
      (d) => {
        at(d.transitions, 7).from = ['done'];
        at(d.transitions, 7).to = 'not_done';
      },
      'reopen.target /transitions/7/to',
    ],
    [
      'a reopening straight into review',
      (d) => {
        at(d.transitions, 7).to = 'awaiting_appraisal';
      },
      'reopen.target /transitions/7/to',
    ],
    [
      'a unit that stops its own work',
      (d) => {
        at(d.transitions, 6).by.push('lead_unit.head');
      },
      'stop.role /transitions/6/by/2',
    ],
    [
      'a stop without a document',
      (d) => {
        delete at(d.transitions, 6).require;
      },
      'stop.document /transitions/6/require/document',
    ],
    [
      'evidence that is no number of pieces',
      (d) => {
        at(d.transitions, 1).require = { form: 'result', evidence: 0 };
      },
      'requirement.evidence /transitions/1/require/evidence',
    ],
    [
      'two ways of the same role between the same states',
      (d) => {
        d.transitions.push({ ...at(d.transitions, 0), key: 'start' });
      },
    ],
  ],
  forms: [
    [
      'a form that does not exist',
      (d) => {
        at(d.transitions, 5).require = { form: 'cause' };
      },
      'form.unknown /transitions/5/require/form',
    ],
    [
      'a form that nothing asks for',
      (d) => {
        d.forms.push({ key: 'cause', fields: [{ key: 'cause', name, type: 'text' }] });
      },
      'form.unused /forms/1',
    ],
    [
      'a form without fields',
      (d) => {
        at(d.forms, 0).fields = [];
      },
      'form.empty /forms/0/fields',
    ],
    [
      'a choice without choices',
      (d) => {
        at(at(d.forms, 0).fields, 0).type = 'choice';
      },
      'field.choices_missing /forms/0/fields/0/choices',
    ],
    [
      'choices on a text',
      (d) => {
        at(at(d.forms, 0).fields, 0).choices = ['a'];
      },
      'field.choices_unexpected /forms/0/fields/0/choices',
    ],
    [
      'a choice offered twice',
      (d) => {
        Object.assign(at(at(d.forms, 0).fields, 0), { type: 'choice', choices: ['a', 'b', 'a'] });
      },
      'list.repeated /forms/0/fields/0/choices/2',
    ],
    [
      'one field key with two types',
      (d) => {
        d.forms.push({ key: 'cause', fields: [{ key: 'result', name, type: 'number' }] });
        at(d.transitions, 5).require = { form: 'cause' };
      },
      'field.type_differs /forms/1/fields/0/type',
    ],
  ],
  timers: [
    [
      'a timer in no state',
      (d) => {
        at(d.timers, 1).states = [];
      },
      'timer.no_states /timers/1/states',
    ],
    [
      'a timer in a state that does not exist',
      (d) => {
        at(d.timers, 1).states.push('nowhere');
      },
      'timer.unknown_state /timers/1/states/2',
    ],
    [
      'a timer in a final state',
      (d) => {
        at(d.timers, 1).states.push('done');
      },
      'timer.final_state /timers/1/states/2',
    ],
    [
      'a timer without a level',
      (d) => {
        at(d.timers, 1).steps = [];
      },
      'timer.nothing /timers/1/steps',
    ],
    [
      'a time of day that no clock shows',
      (d) => {
        at(d.timers, 1).at = '24:00';
      },
      'timer.at /timers/1/at',
    ],
    [
      'a ladder without a top',
      (d) => {
        at(d.timers, 2).max = 0;
      },
      'timer.max /timers/2/max',
    ],
    [
      'a ladder higher than allowed',
      (d) => {
        at(d.timers, 2).max = 101;
      },
      'timer.max /timers/2/max',
    ],
    [
      'more steps than may fire',
      (d) => {
        at(d.timers, 1).max = 3;
      },
      'timer.too_many_steps /timers/1/max',
    ],
    [
      'a repetition that never comes',
      (d) => {
        at(d.timers, 2).max = 4;
      },
      'timer.repeat_never /timers/2/max',
    ],
    [
      'a repetition that stands still',
      (d) => {
        at(d.timers, 3).repeat = { every: 'P0D', action: 'urge', to: ['office'] };
      },
      'timer.repeat_every /timers/3/repeat/every',
    ],
    [
      'a repetition that runs backwards',
      (d) => {
        at(d.timers, 3).repeat = { every: { workingDays: -1 }, action: 'urge', to: ['office'] };
      },
      'timer.repeat_every /timers/3/repeat/every',
    ],
    [
      'a repetition that is no period',
      (d) => {
        at(d.timers, 3).repeat = { every: 'quarterly', action: 'urge', to: ['office'] };
      },
      'offset.invalid /timers/3/repeat/every',
    ],
    [
      'a step that is no period',
      (d) => {
        at(at(d.timers, 1).steps, 0).offset = '30 days';
      },
      'offset.invalid /timers/1/steps/0/offset',
    ],
    [
      'a step that addresses nobody',
      (d) => {
        at(at(d.timers, 1).steps, 0).to = [];
      },
      'timer.no_recipient /timers/1/steps/0/to',
    ],
    [
      'a repetition that addresses nobody',
      (d) => {
        at(d.timers, 3).repeat = { every: 'P3M', action: 'urge', to: [] };
      },
      'timer.no_recipient /timers/3/repeat/to',
    ],
    [
      'steps out of order',
      (d) => {
        at(at(d.timers, 1).steps, 1).offset = '-P60D';
      },
      'timer.step_order /timers/1/steps/1/offset',
    ],
    [
      'two steps on one day',
      (d) => {
        at(at(d.timers, 2).steps, 1).offset = 'P1D';
      },
      'timer.step_order /timers/2/steps/1/offset',
    ],
    [
      'a step in months after a later one in days',
      (d) => {
        at(at(d.timers, 2).steps, 0).offset = 'P1M';
      },
      'timer.step_order /timers/2/steps/1/offset',
    ],
    [
      'working days certainly out of order with days',
      (d) => {
        at(at(d.timers, 2).steps, 0).offset = { workingDays: 3 };
      },
      'timer.step_order /timers/2/steps/1/offset',
    ],
    [
      'periods whose order depends on the month',
      (d) => {
        at(at(d.timers, 2).steps, 2).offset = 'P1M';
        at(at(d.timers, 2).steps, 3).offset = 'P30D';
      },
    ],
    [
      'acknowledging counted from nothing',
      (d) => {
        delete d.acknowledgeWithin;
      },
      'timer.acknowledge_within /timers/0/anchor',
    ],
    [
      'a deadline for acknowledging that no timer counts from',
      (d) => {
        d.timers.shift();
      },
      'acknowledge.unused /acknowledgeWithin',
    ],
    [
      'a deadline for acknowledging before the assignment',
      (d) => {
        d.acknowledgeWithin = { workingDays: -1 };
      },
      'offset.negative /acknowledgeWithin',
    ],
    [
      'appraising counted where nothing is appraised',
      (d) => {
        at(d.timers, 4).states.push('in_progress');
      },
      'timer.appraise_within /timers/4/states/1',
    ],
    [
      'appraising counted from nothing',
      (d) => {
        delete at(d.appraisals, 0).within;
      },
      'timer.appraise_within /timers/4/states/0',
    ],
  ],
  conditions: [
    ...(
      [
        ['data that does not exist', { field: 'clock', op: 'present' }, 'condition.field /field'],
        ['data of every object', { field: 'constructor', op: 'present' }, 'condition.field /field'],
        ['a form field that does not exist', { field: 'form.cause', op: 'present' }, 'condition.field /field'],
        ['a comparison without a value', { field: 'progress', op: 'eq' }, 'condition.value /value'],
        ['a presence with a value', { field: 'progress', op: 'present', value: 1 }, 'condition.value /value'],
        ['a number compared with a text', { field: 'progress', op: 'gte', value: '50' }, 'condition.value /value'],
        ['a day compared with no day', { field: 'dueOn', op: 'lt', value: '2026-02-30' }, 'condition.value /value'],
        ['an order among texts', { field: 'leadUnit', op: 'lt', value: 'b' }, 'condition.op /op'],
        ['an order among yes and no', { field: 'form.agreed', op: 'gt', value: true }, 'condition.op /op'],
        ['a kind that does not exist', { field: 'kind', op: 'eq', value: 'secret' }, 'condition.value /value'],
        ['a choice that is not offered', { field: 'form.cause', op: 'ne', value: 'c' }, 'condition.value /value'],
        ['one of a single value', { field: 'kind', op: 'in', value: 'own' }, 'condition.value /value'],
        ['one of nothing', { field: 'kind', op: 'in', value: [] }, 'condition.value /value'],
        ['one of wrong values', { field: 'round', op: 'in', value: [1, 'two'] }, 'condition.value /value'],
        ['one value that is a list', { field: 'round', op: 'eq', value: [1] }, 'condition.value /value'],
        ['an empty all', { all: [] }, 'condition.empty /all'],
        ['an empty any, deeper', { not: { all: [{ any: [] }] } }, 'condition.empty /not/all/0/any'],
        ['a condition six levels deep', nested(6), 'condition.too_deep '],
        [
          'a condition of 51 parts',
          { any: Array.from({ length: 50 }, () => ({ field: 'round', op: 'present' }) as const) },
          'condition.too_large ',
        ],
      ] as const
    ).map(
      ([title, when, expected]) =>
        [
          title,
          (d: Draft<Definition>) => {
            const withForm = title.includes('not offered') || title.includes('yes and no');
            at(d.transitions, 5).when = structuredClone(when) as Draft<Condition>;
            if (!withForm) return;
            at(d.forms, 0).fields.push({ key: 'agreed', name, type: 'yes_no' });
            at(d.forms, 0).fields.push({ key: 'cause', name, type: 'choice', choices: ['a', 'b'] });
          },
          expected.replace(' ', ' /transitions/5/when'),
        ] as const,
    ),
    [
      'a fault in the guard of a timer',
      (d) => {
        at(d.timers, 3).when = { field: 'due', op: 'absent' };
      },
      'condition.field /timers/3/when/field',
    ],
    [
      'a guard of five levels, and one of fifty parts',
      (d) => {
        at(d.transitions, 5).when = nested(5) as Draft<Condition>;
        at(d.timers, 3).when = { any: Array.from({ length: 49 }, () => ({ field: 'round', op: 'present' }) as const) };
      },
    ],
    [
      'fitting tests of every kind of data',
      (d) => {
        at(d.forms, 0).fields.push(
          { key: 'agreed', name, type: 'yes_no' },
          { key: 'cause', name, type: 'choice', choices: ['a', 'b'] },
          { key: 'until', name, type: 'date' },
          { key: 'amount', name, type: 'number' },
        );
        at(d.transitions, 5).when = {
          all: [
            { field: 'kind', op: 'in', value: ['own', 'common'] },
            { field: 'estimate', op: 'ne', value: 'stopped' },
            { field: 'leadUnit', op: 'eq', value: 'so-y-te' },
            { field: 'dueOn', op: 'lte', value: '2026-06-16' },
            { field: 'form.until', op: 'gt', value: '2026-01-01' },
            { field: 'form.amount', op: 'gte', value: 1.5 },
            { field: 'form.achieved', op: 'lt', value: 100 },
            { field: 'form.agreed', op: 'eq', value: true },
            { field: 'form.cause', op: 'in', value: ['a'] },
            { field: 'form.result', op: 'present' },
          ],
        };
      },
    ],
  ],
};

describe('checking a definition', () => {
  it('finds nothing wrong with the commitment that comes with the product', () => {
    expect(found(commitment)).to.deep.equal([]);
  });

  for (const [part, table] of Object.entries(cases))
    describe(part, () => {
      for (const [title, change, ...expected] of table)
        it(`${expected.length === 0 ? 'allows' : 'refuses'} ${title}`, () => {
          expect(found(changed(commitment, change))).to.deep.equal(expected);
        });
    });

  it('has a case for every problem it knows', () => {
    const covered = new Set(
      Object.values(cases).flatMap((table) =>
        table.flatMap(([, , ...expected]) => expected.map((line) => line.split(' ')[0])),
      ),
    );

    expect(problemCodes.filter((code) => !code.startsWith('shape.') && !covered.has(code))).to.deep.equal([]);
  });

  it('reports all problems at once, in the order of the document', () => {
    const broken = changed(commitment, (d) => {
      delete at(d.states, 0).initial;
      at(d.states, 3).holder = 'unit';
      at(d.transitions, 6).by.push('submitter');
      at(d.timers, 1).at = 'noon';
      d.forms.push({ key: 'cause', fields: [] });
    });

    expect(found(broken)).to.deep.equal([
      'form.unused /forms/1',
      'form.empty /forms/1/fields',
      'initial.missing /states',
      'state.holder_unexpected /states/3/holder',
      'timer.at /timers/1/at',
      'stop.role /transitions/6/by/2',
    ]);
  });

  it('puts the third state before the eleventh', () => {
    const broken = changed(commitment, (d) => {
      for (let index = 0; index < 6; index += 1) d.states.push({ key: `s${index}`, name, category: 'done' });
      delete at(d.states, 2).holder;
    });

    expect(found(broken).map((line) => line.split(' ')[1])).to.deep.equal([
      '/states/2/holder',
      ...[6, 7, 8, 9, 10, 11].map((index) => `/states/${index}`),
    ]);
  });

  it('tells every problem and its way out in both languages', () => {
    const texts = Object.values(cases)
      .flat()
      .flatMap(([, change]) => checkDefinition(changed(commitment, change)));

    for (const { vi, en, code } of texts)
      for (const text of [vi, en]) {
        expect(text, code).to.match(/\.$/);
        expect(text, code).not.to.match(/\{\d\}|undefined/);
      }
  });

  it('lets an opinion hand on to a decision', () => {
    expect(found(builtIn('registration'))).to.deep.equal([]);
  });
});
