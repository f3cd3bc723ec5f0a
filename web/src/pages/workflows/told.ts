// Every part of a definition in words: what tables show, and what two versions are compared by.

import type { Appraisal, Definition, Form, Names, Offset, State, Timer, Transition } from '../../api/workflows.ts';
import { number } from '../../format.ts';
import { useSettings } from '../../settings.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { definitionText } from './definition/text.ts';
import { workflowsText } from './text.ts';

/** What is said of something: label and words. */
export type Facts = readonly (readonly [label: string, words: string])[];

export const useWords = () => ({ ...useText(workflowsText), ...useText(definitionText) });
type Words = ReturnType<typeof useWords>;

export const isFinal = (category: string): boolean => ['done', 'not_done', 'stopped'].includes(category);

/** The word for a value of a fixed vocabulary; a value that is none of it stands as it is. */
const wordOf = (vocabulary: Readonly<Record<string, string>>, value: string): string =>
  (Object.hasOwn(vocabulary, value) ? vocabulary[value] : undefined) ?? value;

export const useTold = (definition: Definition) => {
  const text = useWords();
  const { states: categories } = useText(common);
  const { language } = useSettings();
  const named = ({ name, key }: { readonly name: Names; readonly key: string }): string =>
    name[language] || name.vi || key || text.unnamed;
  const stateName = (key: string): string => {
    const state = definition.states.find((one) => one.key === key);
    return state ? named(state) : key;
  };
  const transitionName = (key: string): string => {
    const transition = definition.transitions.find((one) => one.key === key);
    return transition ? named(transition) : key;
  };
  const roles = (by: readonly string[]): string => by.map((role) => wordOf(text.roles, role)).join(', ');
  const offset = (value: Offset | undefined): string => offsetWords(value, text);
  const condition = (value: unknown): string => conditionWords(value, text);
  const required = ({ require = {} }: Transition): string =>
    [
      require.form !== undefined && text.requireForm(require.form),
      require.evidence !== undefined && text.requireEvidence(number(require.evidence)),
      require.reason && text.requireReason,
      require.document && text.requireDocument,
    ]
      .filter(Boolean)
      .join(', ');
  const category = (state: State): string => wordOf(categories, state.category);
  const holder = (state: State): string =>
    state.holder === undefined ? (isFinal(state.category) ? text.final : '–') : wordOf(text.holders, state.holder);

  const steps = ({ steps: ladder, repeat }: Timer): readonly string[] => [
    ...ladder.map(
      (step) => `${ladderWords(step.offset, text)}: ${wordOf(text.actions, step.action)} – ${roles(step.to)}`,
    ),
    ...(repeat
      ? [`${text.everyWords(offset(repeat.every))}: ${wordOf(text.actions, repeat.action)} – ${roles(repeat.to)}`]
      : []),
  ];
  return {
    text,
    isFinal,
    named,
    stateName,
    transitionName,
    roles,
    offset,
    condition,
    required,
    category,
    holder,
    steps,
    state: (state: State): Facts => [
      [text.columns.what, named(state)],
      [text.category, category(state)],
      [text.holder, holder(state)],
      ...(state.initial ? [[text.initial, '✓'] as const] : []),
    ],
    transition: (transition: Transition): Facts => [
      [text.columns.what, named(transition)],
      [text.columns.from, transition.from.map(stateName).join(', ')],
      [text.columns.to, stateName(transition.to)],
      [text.columns.by, roles(transition.by)],
      [text.columns.require, required(transition)],
      [text.columns.when, condition(transition.when)],
    ],
    appraisal: ({ outcomes, ...appraisal }: Appraisal): Facts => [
      [text.columns.state, stateName(appraisal.state)],
      [
        text.rule,
        appraisal.quorum === undefined
          ? wordOf(text.rules, appraisal.rule)
          : `${wordOf(text.rules, appraisal.rule)}: ${text.quorumWords(number(appraisal.quorum))}`,
      ],
      [
        text.participants,
        appraisal.participants === undefined ? text.byDefault : wordOf(text.participantsOf, appraisal.participants),
      ],
      [text.veto, appraisal.veto === undefined ? text.noVeto : wordOf(text.vetoOf, appraisal.veto)],
      ...Object.entries(text.outcomes).map(
        ([outcome, words]) =>
          [words, transitionName((outcomes as Readonly<Record<string, string>>)[outcome] ?? '–')] as const,
      ),
      [text.within, appraisal.within === undefined ? text.noDeadline : offset(appraisal.within)],
    ],
    timer: (timer: Timer): Facts => [
      [text.columns.what, named(timer)],
      [text.inStates, timer.states.map(stateName).join(', ')],
      [text.anchor, `${wordOf(text.anchors, timer.anchor)}, ${timer.at}`],
      [text.columns.when, condition(timer.when)],
      [text.steps, steps(timer).join('\n')],
      [text.max, Number.isFinite(timer.max) ? number(timer.max) : '–'],
      [text.misfire, wordOf(text.misfires, timer.misfire)],
    ],
    form: (form: Form): Facts =>
      form.fields.map((field) => [
        named(field),
        [wordOf(text.fieldTypes, field.type), field.required && text.fieldRequired, field.choices?.join(' / ')]
          .filter(Boolean)
          .join(', '),
      ]),
  };
};
export type Told = ReturnType<typeof useTold>;

const pattern = /^([+-])?P(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})W)?(?:(\d{1,5})D)?$/;

/** Signed amount in words; undefined when it is no offset. */
export const spanOf = (value: unknown, text: Words): { readonly sign: number; readonly words: string } | undefined => {
  if (typeof value === 'string') {
    const match = pattern.exec(value);
    if (!match) return undefined;
    const [, sign, ...amounts] = match;
    const parts = (['Y', 'M', 'W', 'D'] as const).flatMap((unit, index) => {
      const amount = Number(amounts[index] ?? 0);
      return amount === 0 ? [] : [`${number(amount)} ${text.units[unit]}`];
    });
    return { sign: parts.length === 0 ? 0 : sign === '-' ? -1 : 1, words: parts.join(' ') };
  }
  const days = (value as { readonly workingDays?: unknown } | null | undefined)?.workingDays;
  return typeof days === 'number'
    ? { sign: Math.sign(days), words: `${number(Math.abs(days))} ${text.units.working}` }
    : undefined;
};

const offsetWords = (value: unknown, text: Words): string =>
  spanOf(value, text)?.words ?? (value === undefined ? '–' : JSON.stringify(value));

/** Before or after the anchor. */
export const ladderWords = (value: unknown, text: Words): string => {
  const span = spanOf(value, text);
  if (!span) return offsetWords(value, text);
  return span.sign === 0 ? text.sameDay : span.sign < 0 ? text.before(span.words) : text.after(span.words);
};

const conditionWords = (value: unknown, text: Words): string => {
  if (value === undefined) return '';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const { all, any, not, field, op, value: wanted } = value as Readonly<Record<string, unknown>>;
  const inner = (part: unknown) => {
    const words = conditionWords(part, text);
    return typeof part === 'object' && part !== null && ('all' in part || 'any' in part) ? `(${words})` : words;
  };
  if (Array.isArray(all)) return all.map(inner).join(` ${text.and} `);
  if (Array.isArray(any)) return any.map(inner).join(` ${text.or} `);
  if (not !== undefined) return `${text.not} (${conditionWords(not, text)})`;
  if (typeof field !== 'string' || typeof op !== 'string') return JSON.stringify(value);
  const given = wanted === undefined ? '' : Array.isArray(wanted) ? ` ${wanted.join(', ')}` : ` ${String(wanted)}`;
  return `${wordOf(text.conditionFields, field)} ${wordOf(text.operators, op)}${given}`;
};
