// Whether the timers of a definition can ring: a declared reminder that is never sent is the worst fault of all.

import { isOffset, type Offset, parseOffset } from '../schedule/offset.ts';
import { checkCondition } from './check-condition.ts';
import { type Definition, isFinal, type TimerRule } from './definition.ts';
import { type Problem, problem } from './problem.ts';
import { repeated } from './repeated.ts';

export const timerLimits = { max: 100 } as const;

export const checkTimers = (definition: Definition): readonly Problem[] => [
  ...definition.timers.flatMap((rule, index) => checkTimer(rule, `/timers/${index}`, definition)),
  ...checkDeadlines(definition),
];

/** Deadlines for acknowledging and appraising: whole, forward, and counted from by some timer. */
const checkDeadlines = ({ acknowledgeWithin, appraisals, timers }: Definition): readonly Problem[] => {
  const problems: Problem[] = [];
  if (acknowledgeWithin !== undefined) {
    problems.push(...checkPeriod(acknowledgeWithin, '/acknowledgeWithin'));
    if (!timers.some(({ anchor }) => anchor === 'acknowledge_by'))
      problems.push(problem('acknowledge.unused', '/acknowledgeWithin'));
  }
  for (const [index, { state, within }] of appraisals.entries()) {
    if (within === undefined) continue;
    const pointer = `/appraisals/${index}/within`;
    problems.push(...checkPeriod(within, pointer));
    if (!timers.some(({ anchor, states }) => anchor === 'appraise_by' && states.includes(state)))
      problems.push(problem('appraisal.within_unused', pointer, state));
  }
  return problems;
};

const checkPeriod = (offset: Offset, pointer: string): readonly Problem[] => {
  if (!isOffset(offset)) return [problem('offset.invalid', pointer)];
  return daysOf(offset).least < 0 ? [problem('offset.negative', pointer)] : [];
};

const checkTimer = (rule: TimerRule, pointer: string, definition: Definition): readonly Problem[] => [
  ...checkStates(rule, pointer, definition),
  ...(timeOfDay.test(rule.at) ? [] : [problem('timer.at', `${pointer}/at`)]),
  ...checkAnchor(rule, pointer, definition),
  ...checkLadder(rule, pointer),
  ...checkSteps(rule, pointer),
  ...checkRepeat(rule, pointer),
  ...(rule.when ? checkCondition(rule.when, `${pointer}/when`, definition) : []),
];

const timeOfDay = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

const checkStates = ({ key, states }: TimerRule, pointer: string, definition: Definition): readonly Problem[] => {
  if (states.length === 0) return [problem('timer.no_states', `${pointer}/states`, key)];
  const wrong = states.flatMap((name, index) => {
    const state = definition.states.find((candidate) => candidate.key === name);
    if (!state) return [problem('timer.unknown_state', `${pointer}/states/${index}`, name)];
    return isFinal(state.category) ? [problem('timer.final_state', `${pointer}/states/${index}`, name)] : [];
  });
  return [...wrong, ...repeated(states, `${pointer}/states`)];
};

const checkAnchor = (
  { anchor, states }: TimerRule,
  pointer: string,
  { acknowledgeWithin, appraisals }: Definition,
): readonly Problem[] => {
  if (anchor === 'acknowledge_by' && acknowledgeWithin === undefined)
    return [problem('timer.acknowledge_within', `${pointer}/anchor`)];
  if (anchor !== 'appraise_by') return [];
  return states.flatMap((name, index) =>
    appraisals.some(({ state, within }) => state === name && within !== undefined)
      ? []
      : [problem('timer.appraise_within', `${pointer}/states/${index}`, name)],
  );
};

const checkLadder = ({ key, steps, repeat, max }: TimerRule, pointer: string): readonly Problem[] => {
  if (steps.length === 0 && !repeat) return [problem('timer.nothing', `${pointer}/steps`, key)];
  const at = `${pointer}/max`;
  if (!Number.isInteger(max) || max < 1 || max > timerLimits.max) return [problem('timer.max', at)];
  if (steps.length > max) return [problem('timer.too_many_steps', at, steps.length, max)];
  return repeat && steps.length === max ? [problem('timer.repeat_never', at, max)] : [];
};

const checkSteps = ({ steps }: TimerRule, pointer: string): readonly Problem[] =>
  steps.flatMap(({ offset, to }, index) => {
    const at = `${pointer}/steps/${index}`;
    const before = steps[index - 1]?.offset;
    const recipients = checkRecipients(to, `${at}/to`);
    if (!isOffset(offset)) return [problem('offset.invalid', `${at}/offset`), ...recipients];
    if (before !== undefined && isOffset(before) && !mayFollow(before, offset))
      return [problem('timer.step_order', `${at}/offset`), ...recipients];
    return recipients;
  });

const checkRepeat = ({ repeat }: TimerRule, pointer: string): readonly Problem[] => {
  if (!repeat) return [];
  const recipients = checkRecipients(repeat.to, `${pointer}/repeat/to`);
  const at = `${pointer}/repeat/every`;
  if (!isOffset(repeat.every)) return [problem('offset.invalid', at), ...recipients];
  return daysOf(repeat.every).least > 0 ? recipients : [problem('timer.repeat_every', at), ...recipients];
};

const checkRecipients = (to: readonly string[], pointer: string): readonly Problem[] =>
  to.length === 0 ? [problem('timer.no_recipient', pointer)] : repeated(to, pointer);

/** Whether b can lie after a. Months and working days have no fixed length, so only the certain cases are refused. */
const mayFollow = (a: Offset, b: Offset): boolean => {
  const [first, second] = [daysOf(a), daysOf(b)];
  if (first.exact !== undefined && first.unit === second.unit && second.exact !== undefined)
    return first.exact < second.exact;
  return first.least < second.most;
};

interface Days {
  readonly least: number;
  readonly most: number;
  /** Offsets of one unit compare exactly. */
  readonly unit: string;
  readonly exact?: number;
}

/** The calendar days an offset can amount to: months of 28 to 31, a working day with up to two weeks off on the way. */
const daysOf = (offset: Offset): Days => {
  if (typeof offset !== 'string') {
    const n = offset.workingDays;
    const far = n === 0 ? 0 : Math.sign(n) * (Math.abs(n) * 2 + 14);
    return { ...ordered(n, far), unit: 'working days', exact: n };
  }
  const parsed = parseOffset(offset);
  if (!parsed) throw new Error(`Not an offset: ${offset}`);
  const { sign, months, days } = parsed;
  const bounds = ordered(sign * (months * 28 + days), sign * (months * 31 + days));
  // As many months each: the days decide.
  return { ...bounds, unit: `${sign * months} months`, exact: sign * days };
};

const ordered = (a: number, b: number) => ({ least: Math.min(a, b), most: Math.max(a, b) });
