import type { TaskBound, TaskScope } from '../../../domain/organisation/policy.ts';

/**
 * The condition that a task `k` is within the scope; undefined when all are. Bounds of one kind are asked together, as an
 * index can answer them; a test holds this against can() row by row.
 */
export const withinScope = (scope: TaskScope, bind: (value: unknown) => string): string | undefined => {
  if (scope === 'all') return undefined;
  const only = (key: keyof TaskBound): readonly string[] =>
    scope.filter((bound) => Object.keys(bound).join() === key).map((bound) => bound[key] as string);
  const [units, agencies, programmes, fields] = [only('leadUnit'), only('agency'), only('programme'), only('field')];
  const conditions = [
    ...(units.length > 0 ? [`k.lead_unit = any(${bind(units)})`] : []),
    ...(agencies.length > 0 ? [byAgency(bind(agencies))] : []),
    ...(programmes.length > 0 ? [`k.programme = any(${bind(programmes)})`] : []),
    ...(fields.length > 0 ? [`k.field = any(${bind(fields)})`] : []),
    ...scope.filter((bound) => Object.keys(bound).length > 1).map((bound) => all(bound, bind)),
  ];
  return conditions.length > 0 ? `(${conditions.join(' or ')})` : 'false';
};

const all = (
  { leadUnit, agency, programme, field, follower, followerUnit }: TaskBound,
  bind: (value: unknown) => string,
): string =>
  `(${[
    ...(leadUnit === undefined ? [] : [`k.lead_unit = ${bind(leadUnit)}`]),
    ...(agency === undefined ? [] : [byAgency(bind([agency]))]),
    ...(programme === undefined ? [] : [`k.programme = ${bind(programme)}`]),
    ...(field === undefined ? [] : [`k.field = ${bind(field)}`]),
    ...(follower === undefined ? [] : [isFollowed(bind(JSON.stringify([{ account: follower, unit: followerUnit }])))]),
  ].join(' and ')})`;

/** The first part is the predicate of the index: tasks that anybody follows are few. */
export const isFollowed = (by: string): string => `(k.followers <> '[]' and k.followers @> ${by}::jsonb)`;

/** A task without an appraising agency has no participants in its appraisal either. */
const byAgency = (agencies: string): string =>
  `(k.appraiser_unit = any(${agencies}::text[]) or (k.appraiser_unit is not null and k.participants ?| ${agencies}::text[]))`;
