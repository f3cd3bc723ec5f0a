// The plan of a year as it is typed, and the plan that comes of it.

import { type PhaseName, type PhasePlan, phaseNames, type StandingPhase } from '../../api/programme-settings.ts';

export const measures = ['working', 'D', 'W', 'M', 'Y'] as const;
export type Measure = (typeof measures)[number];

/** Of one phase. */
export interface PhaseDraft {
  readonly starts: 'none' | 'on_day' | 'after_submission';
  readonly day: string;
  readonly event: string;
  readonly unit: string;
  readonly tentativeDay: string;
  readonly ends: 'none' | 'on_day' | 'within';
  readonly endDay: string;
  readonly length: string;
  /** `kept`: of several measures (P1M15D), and stays as it is. */
  readonly measure: Measure | 'kept';
}
export type PlanDraft = Readonly<Record<PhaseName, PhaseDraft>>;

const noPhase: PhaseDraft = {
  starts: 'none',
  day: '',
  event: '',
  unit: '',
  tentativeDay: '',
  ends: 'none',
  endDay: '',
  length: '',
  measure: 'working',
};

const lengthOf = (ends: PhasePlan['ends']): Pick<PhaseDraft, 'length' | 'measure'> => {
  if (ends?.kind !== 'within') return { length: '', measure: 'working' };
  if (typeof ends.offset !== 'string') return { length: String(ends.offset.workingDays), measure: 'working' };
  const [, length, measure] = /^P(\d+)([DWMY])$/.exec(ends.offset) ?? [];
  return length === undefined
    ? { length: ends.offset, measure: 'kept' }
    : { length, measure: measure as Exclude<Measure, 'working'> };
};

export const draftOf = (phases: readonly StandingPhase[]): PlanDraft =>
  Object.fromEntries(
    phaseNames.map((name) => {
      const { starts, ends } = phases.find(({ phase }) => phase === name) ?? {};
      const draft: PhaseDraft = {
        ...noPhase,
        ...(starts ? { starts: starts.kind } : {}),
        ...(starts?.kind === 'on_day' ? { day: starts.day } : {}),
        ...(starts?.kind === 'after_submission'
          ? { event: starts.event, unit: starts.unit, tentativeDay: starts.tentativeDay ?? '' }
          : {}),
        ...(ends ? { ends: ends.kind } : {}),
        ...(ends?.kind === 'on_day' ? { endDay: ends.day } : {}),
        ...lengthOf(ends ?? null),
      };
      return [name, draft];
    }),
  ) as unknown as PlanDraft;

export type PhaseProblem = Partial<Record<'day' | 'event' | 'unit' | 'endDay' | 'length', 'required' | 'length'>>;

export const problemsOf = (given: PhaseDraft): PhaseProblem => {
  const { starts, ends } = given;
  if (starts === 'none') return {};
  const wanted = (key: 'day' | 'event' | 'unit' | 'endDay', when: boolean) =>
    when && given[key].trim() === '' ? { [key]: 'required' as const } : {};
  const wrong = given.measure !== 'kept' && !/^[1-9]\d{0,3}$/.test(given.length.trim());
  return {
    ...wanted('day', starts === 'on_day'),
    ...wanted('event', starts === 'after_submission'),
    ...wanted('unit', starts === 'after_submission'),
    ...wanted('endDay', ends === 'on_day'),
    ...(ends === 'within' && wrong ? { length: 'length' as const } : {}),
  };
};

const endsOf = ({ ends, endDay, length, measure }: PhaseDraft): PhasePlan['ends'] => {
  if (ends === 'none') return null;
  if (ends === 'on_day') return { kind: 'on_day', day: endDay };
  if (measure === 'kept') return { kind: 'within', offset: length };
  const count = Number(length.trim());
  return { kind: 'within', offset: measure === 'working' ? { workingDays: count } : `P${count}${measure}` };
};

/** In the order in which they stand; new ones follow in the order in which a year usually goes. */
export const planOf = (draft: PlanDraft, before: readonly StandingPhase[]): readonly PhasePlan[] => {
  const standing = before.map(({ phase }) => phase);
  const order = [...standing, ...phaseNames.filter((name) => !standing.includes(name))];
  return order.flatMap((phase): readonly PhasePlan[] => {
    const given = draft[phase];
    const ends = endsOf(given);
    if (given.starts === 'none') return [];
    if (given.starts === 'on_day') return [{ phase, starts: { kind: 'on_day', day: given.day }, ends }];
    const { tentativeDay, unit } = given;
    const starts = { kind: 'after_submission', event: given.event.trim(), unit } as const;
    return [{ phase, starts: { ...starts, ...(tentativeDay === '' ? {} : { tentativeDay }) }, ends }];
  });
};
