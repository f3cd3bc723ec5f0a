// What waits on an appraiser's desk, by indicator or by unit. Whose turn it is follows from the panel of the day, which
// only the domain resolves; so the tasks are read in pages, judged, and then counted and listed from the same rows.

import { type DeskActions, type DeskPlace, deskActions, deskPlace, type Turn } from '../../domain/appraisal/desk.ts';
import type { Vote } from '../../domain/appraisal/review.ts';
import { type Actor, hasRole } from '../../domain/organisation/actor.ts';
import { can, everywhere } from '../../domain/organisation/policy.ts';
import { Refusal } from '../../domain/refusal.ts';
import { fold } from '../../domain/text.ts';
import { isFinal, outcomes } from '../../domain/workflow/definition.ts';
import type { MeasureTasks } from '../following/measure.ts';
import type { Clock, LoadedTask, TaskStore } from '../ports.ts';
import type { DeskEvent, DeskFilter, DeskReader, DeskUnit } from './ports.ts';

export const groupings = ['indicator', 'unit', 'none'] as const;
export type Grouping = (typeof groupings)[number];

export interface InboxRequest extends Omit<DeskFilter, 'agencies' | 'courts'> {
  readonly actor: Actor;
  /** Another agency's desk; for those who see all tasks. */
  readonly agency?: string | undefined;
  readonly group: Grouping;
  readonly waiting: Turn | 'all';
  readonly late?: boolean | undefined;
  readonly after?: { readonly value: string; readonly id: string } | undefined;
  readonly limit: number;
}

export interface InboxGroup {
  /** What to give as `indicator` or `unit` to list exactly these. */
  readonly key: string;
  readonly name: string;
  readonly tasks: number;
  readonly units: number;
  readonly late: number;
}

/** Tasks read at a time. */
const pageSize = 200;

/**
 * @returns one page, the groups and the figures of all pages; each figure is what listing with the same filter gives
 * @throws Refusal permission.denied for another agency's desk
 */
export const appraisalInbox =
  (store: Pick<TaskStore, 'load'>, reader: DeskReader, clock: Clock, measure: MeasureTasks) =>
  async (request: InboxRequest) => {
    const { actor, group, waiting, late, after, limit } = request;
    const now = clock.now();
    const ids = await reader.candidates({ ...request, ...deskOf(request) });
    const placed: Placed[] = [];
    for (let from = 0; from < ids.length; from += pageSize)
      // Decided between the two reads; or of another field than the reader appraises for the agency.
      for (const loaded of (await store.load(ids.slice(from, from + pageSize))).values())
        if (loaded.task.review && can(actor, 'task.read', { kind: 'task', task: loaded.task }))
          placed.push({ loaded, place: deskPlace(...asked(loaded, actor, now)) });
    const units = await reader.units([...new Set(placed.map(({ loaded }) => loaded.task.leadUnit))]);
    const wanted = placed.filter(
      ({ place }) =>
        (waiting === 'all' || place.turn === waiting) && (late === undefined || late === place.workingDaysLate > 0),
    );
    const sorted = wanted
      .map((each) => ({ ...each, value: sortValue(each, group, units) }))
      .sort((a, b) => compare([a.value, a.loaded.task.id], [b.value, b.loaded.task.id]));
    const rest = after
      ? sorted.filter(({ value, loaded }) => compare([value, loaded.task.id], [after.value, after.id]) > 0)
      : sorted;
    const page = rest.slice(0, limit);
    const last = rest.length > limit ? page.at(-1) : undefined;
    const measured = await measure(page.map(({ loaded }) => loaded.task));
    return {
      total: wanted.length,
      counts: {
        mine: count(placed, 'mine'),
        others: count(placed, 'others'),
        unit: count(placed, 'unit'),
        late: placed.filter(({ place }) => place.workingDaysLate > 0).length,
      },
      groups: groupsOf(sorted, group, units),
      items: (await described(page, reader, actor, now, units)).map((item) => ({
        ...item,
        measured: measured.get(item.id) ?? null,
      })),
      next: last && { value: last.value, id: last.loaded.task.id },
      illustrative: page.some(({ loaded }) => loaded.programme.illustrative),
    };
  };
export type InboxPage = Awaited<ReturnType<ReturnType<typeof appraisalInbox>>>;

interface Placed {
  readonly loaded: LoadedTask;
  readonly place: DeskPlace;
}

const asked = (loaded: LoadedTask, actor: Actor, now: Date) =>
  [loaded.definition, loaded.task, { ...loaded, pin: loaded.task.definition, actor, now }] as const;

const deskOf = ({ actor, agency }: InboxRequest): Pick<DeskFilter, 'agencies' | 'courts'> => {
  const own = [
    ...actor.memberships.flatMap(({ role, unit }) => (role === 'appraiser' && unit !== undefined ? [unit] : [])),
    ...(actor.standsInFor ?? []).map(({ unit }) => unit),
  ];
  if (agency !== undefined) {
    if (!own.includes(agency) && !everywhere(actor, 'task.read'))
      throw new Refusal('permission.denied', { action: 'task.read', agency });
    return { agencies: [agency], courts: [] };
  }
  return {
    agencies: [...new Set(own)],
    courts: [
      ...(hasRole(actor, 'office') ? (['office'] as const) : []),
      ...(hasRole(actor, 'leader') ? (['province'] as const) : []),
    ],
  };
};

const count = (placed: readonly Placed[], turn: Turn): number =>
  placed.filter(({ place }) => place.turn === turn).length;

export const indicatorOf = ({ indicator, title }: LoadedTask['task']): string => indicator ?? title;

/** Within a group by the order of units and by code; without groups what waits longest comes first. */
const sortValue = ({ loaded }: Placed, group: Grouping, units: ReadonlyMap<string, DeskUnit>): string => {
  const { task } = loaded;
  const unit = `${String(units.get(task.leadUnit)?.order ?? 0).padStart(10, '0')} ${task.leadUnit}`;
  switch (group) {
    case 'indicator':
      return `${fold(indicatorOf(task))} ${unit} ${task.code}`;
    case 'unit':
      return `${unit} ${task.code}`;
    case 'none':
      return `${task.submittedOn ?? ''} ${task.code}`;
    default:
      return group satisfies never;
  }
};

const compare = ([a, x]: readonly [string, string], [b, y]: readonly [string, string]): number =>
  a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0;

const groupsOf = (
  sorted: readonly Placed[],
  group: Grouping,
  units: ReadonlyMap<string, DeskUnit>,
): readonly InboxGroup[] => {
  if (group === 'none') return [];
  const groups = new Map<string, Placed[]>();
  for (const each of sorted) {
    const { task } = each.loaded;
    const key = group === 'unit' ? task.leadUnit : indicatorOf(task);
    const members = groups.get(key);
    if (members) members.push(each);
    else groups.set(key, [each]);
  }
  return [...groups].map(([key, members]) => ({
    key,
    name: group === 'unit' ? (units.get(key)?.name ?? key) : key,
    tasks: members.length,
    units: new Set(members.map(({ loaded }) => loaded.task.leadUnit)).size,
    late: members.filter(({ place }) => place.workingDaysLate > 0).length,
  }));
};

const described = async (
  page: readonly Placed[],
  reader: DeskReader,
  actor: Actor,
  now: Date,
  units: ReadonlyMap<string, DeskUnit>,
) => {
  const events = await reader.events(page.map(({ loaded }) => loaded.task.id));
  const names = await reader.names(peopleIn(page));
  return page.map(({ loaded, place }) =>
    itemOf(loaded, place, {
      events: events.get(loaded.task.id) ?? [],
      unitName: units.get(loaded.task.leadUnit)?.name ?? loaded.task.leadUnit,
      nameOf: (account) => names.get(account) ?? account,
      actions: deskActions(...asked(loaded, actor, now)),
    }),
  );
};

const peopleIn = (page: readonly Placed[]): readonly string[] => [
  ...new Set(
    page.flatMap(({ loaded: { task }, place }) => [
      ...(place.seat ? [place.seat.seat] : []),
      ...(task.review?.votes ?? []).flatMap(({ seat, by }) => [seat, by]),
      ...(task.review?.opinions ?? []).flatMap(({ seat, by }) => [seat, by]),
      ...(task.review?.question ? [task.review.question.by] : []),
    ]),
  ),
];

interface Described {
  readonly events: readonly DeskEvent[];
  readonly unitName: string;
  readonly nameOf: (account: string) => string;
  readonly actions: DeskActions;
}

const itemOf = (
  { task, programme }: LoadedTask,
  { turn, seat, votes, vote, appraiseBy, workingDaysLate }: DeskPlace,
  { events, unitName, nameOf, actions }: Described,
) => {
  const cast = task.review?.votes ?? [];
  const person = (account: string) => ({ account, name: nameOf(account) });
  const told = (given: Vote) => ({
    unit: given.unit,
    seat: person(given.seat),
    by: person(given.by),
    signing: given.signing ?? null,
    outcome: given.outcome,
    on: given.on,
  });
  return {
    id: task.id,
    code: task.code,
    title: task.title,
    indicator: indicatorOf(task),
    programme: task.programme,
    illustrative: programme.illustrative,
    unit: { code: task.leadUnit, name: unitName },
    agency: task.appraiserUnit,
    participants: task.participants,
    round: task.round,
    submittedOn: task.submittedOn,
    dueOn: task.dueOn,
    evidence: evidenceOf(events),
    appraiseBy,
    workingDaysLate,
    waiting: turn,
    seat: seat && {
      unit: seat.unit,
      lead: seat.lead,
      votes,
      onBehalfOf: seat.voter?.onBehalfOf ? person(seat.voter.onBehalfOf) : null,
      signing: seat.voter?.signing ?? null,
    },
    vote: vote && told(vote),
    votes: {
      counts: Object.fromEntries(
        outcomes.map((outcome) => [outcome, cast.filter((given) => given.outcome === outcome).length]),
      ),
      cast: cast.map(told),
    },
    opinions: (task.review?.opinions ?? []).map(({ seat: member, unit, by, stance }) => ({
      unit,
      seat: person(member),
      by: person(by),
      stance,
      opinion: opinionText(events, task.round, member, unit),
    })),
    question: task.review?.question && {
      on: task.review.question.on,
      unit: task.review.question.unit,
      by: person(task.review.question.by),
      question: events.findLast((event) => event.type === 'task.information_requested')?.payload.question ?? null,
    },
    actions,
    version: task.version,
  };
};
export type InboxItem = ReturnType<typeof itemOf>;

/** Titles of what was handed in since the work was last with the unit for good. */
export const evidenceOf = (events: readonly DeskEvent[]): readonly string[] => {
  const back = events.findLastIndex(
    (event) =>
      (event.type === 'task.moved' || event.type === 'task.recalled') &&
      (event.payload.fromCategory === 'awaiting_appraisal' || isFinal(event.payload.fromCategory)) &&
      (event.payload.category === 'assigned' || event.payload.category === 'in_progress'),
  );
  return events
    .slice(back + 1)
    .flatMap((event) =>
      event.type === 'task.information_given' || (event.type === 'task.moved' && event.payload.answer === undefined)
        ? (event.payload.evidence ?? []).map(({ title }) => title)
        : [],
    );
};

const opinionText = (events: readonly DeskEvent[], round: number, seat: string, unit: string): string | null => {
  const given = events.findLast(
    (event) =>
      event.type === 'task.opinion_given' &&
      event.payload.round === round &&
      event.payload.seat === seat &&
      event.payload.unit === unit,
  );
  return given?.type === 'task.opinion_given' ? (given.payload.opinion ?? null) : null;
};
