// The kinds of deadline letters set, as a form asks for them and as the API takes them.

import type { Widen } from '../../text/index.ts';
import type { dueText } from './due-text.ts';
import type { FieldSpec, Values } from './form.ts';

export const dueKinds = [
  'on_or_before',
  'before',
  'within_month',
  'within',
  'recurring',
  'after_event',
  'tentative',
  'proposed',
  'none',
] as const;

const is =
  (...kinds: readonly string[]) =>
  (values: Values) =>
    kinds.includes(String(values.due ?? ''));

/** @param today earliest day that makes sense for a deadline */
export const dueFields = (text: Widen<(typeof dueText)['vi']>): readonly FieldSpec[] => [
  {
    key: 'due',
    kind: 'choice',
    label: text.kind,
    required: true,
    choices: dueKinds.map((kind) => [kind, text.kinds[kind]]),
  },
  { key: 'dueDay', kind: 'day', label: text.day, required: true, when: is('on_or_before', 'before', 'tentative') },
  { key: 'dueMonth', kind: 'month', label: text.month, required: true, hint: text.monthHint, when: is('within_month') },
  { key: 'dueWithin', kind: 'number', label: text.workingDays, required: true, when: is('within') },
  { key: 'dueAnchor', kind: 'day', label: text.anchor, required: true, when: is('recurring') },
  {
    key: 'dueEvery',
    kind: 'choice',
    label: text.every,
    required: true,
    choices: (['P1M', 'P3M', 'P6M', 'P1Y'] as const).map((every) => [every, text.periods[every]]),
    when: is('recurring'),
  },
  { key: 'dueEvent', kind: 'text', label: text.event, required: true, when: is('after_event') },
  { key: 'dueAfter', kind: 'number', label: text.daysAfter, when: is('after_event') },
  { key: 'dueTentative', kind: 'day', label: text.tentativeDay, when: is('after_event') },
  { key: 'dueByDay', kind: 'day', label: text.byDay, when: is('proposed') },
  { key: 'dueReason', kind: 'long', label: text.noneReason, required: true, hint: text.noneHint, when: is('none') },
];

type Given = Readonly<Record<string, unknown>>;

/** What the fields above gave, without them and with `due` in their place. */
export const withDue = (given: Given): Given => {
  const rest = Object.fromEntries(Object.entries(given).filter(([key]) => !key.startsWith('due')));
  return given.due === undefined ? rest : { ...rest, due: dueOf(given) };
};

const dueOf = (given: Given): Given => {
  const kind = String(given.due);
  const optional = (key: string, value: unknown) => (value === undefined ? {} : { [key]: value });
  switch (kind) {
    case 'within_month':
      return { kind, month: given.dueMonth };
    case 'within':
      return { kind, offset: { workingDays: given.dueWithin } };
    case 'recurring':
      return { kind, anchor: given.dueAnchor, every: given.dueEvery, occurrence: 0 };
    case 'after_event':
      return {
        kind,
        event: given.dueEvent,
        ...optional('offset', given.dueAfter === undefined ? undefined : { workingDays: given.dueAfter }),
        ...optional('tentativeDay', given.dueTentative),
      };
    case 'proposed':
      return { kind, ...optional('byDay', given.dueByDay) };
    case 'none':
      return { kind, reason: given.dueReason };
    default:
      return { kind, day: given.dueDay };
  }
};
