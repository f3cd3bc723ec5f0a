// Tasks, people and circumstances with defaults, so that a test shows only what matters to it.

import type { Appraiser } from '../../src/domain/appraisal/panel.ts';
import { openReview } from '../../src/domain/appraisal/review.ts';
import type { Actor, Membership } from '../../src/domain/organisation/actor.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import { vietnamCalendarDays } from '../../src/domain/schedule/vietnam-calendar.ts';
import { workingCalendar } from '../../src/domain/schedule/working-calendar.ts';
import { builtInDefinitions } from '../../src/domain/workflow/built-in.ts';
import type { Circumstances, Decision } from '../../src/domain/workflow/circumstances.ts';
import { decide } from '../../src/domain/workflow/decide.ts';
import { type Definition, stateOf } from '../../src/domain/workflow/definition.ts';
import { evolve } from '../../src/domain/workflow/evolve.ts';
import type { AssignTask, Command, SourceDocument, Task, TaskEvent } from '../../src/domain/workflow/task.ts';

/** All levels may be written, for tests that bend a definition. */
export type Draft<T> = T extends object ? { -readonly [K in keyof T]: Draft<T[K]> } : T;

export const builtIn = (key: string): Definition => {
  const definition = builtInDefinitions.find((candidate) => candidate.key === key);
  if (!definition) throw new Error(`No built-in definition ${key}.`);
  return definition;
};

export const commitment = builtIn('commitment');

/** A copy of a definition with something changed. */
export const changed = (definition: Definition, change: (draft: Draft<Definition>) => void): Definition => {
  const draft = structuredClone(definition) as Draft<Definition>;
  change(draft);
  return draft as Definition;
};

export const calendar = workingCalendar({
  key: 'vn',
  zone: 'Asia/Ho_Chi_Minh',
  version: 1,
  days: vietnamCalendarDays,
});

export const pin = { key: 'commitment', version: 1, sha256: 'a'.repeat(64) } as const;

let people = 0;
export const anActor = (...memberships: readonly Membership[]): Actor => {
  people += 1;
  return { id: `person-${people}`, name: `Người ${people}`, memberships };
};

/** The lead unit is a department; above it the province, below it a branch. A third party appraises. */
export const units = { lead: 'so-y-te', parent: 'ubnd-tinh', child: 'chi-cuc', appraiser: 'so-noi-vu' } as const;

export const cast = {
  head: anActor({ role: 'head', unit: units.lead }),
  focalPoint: anActor({ role: 'focal_point', unit: units.lead }),
  appraiser: anActor({ role: 'appraiser', unit: units.appraiser }),
  office: anActor({ role: 'office' }),
  leader: anActor({ role: 'leader' }),
  administrator: anActor({ role: 'administrator' }),
  aggregator: anActor({ role: 'aggregator', programme: '2026' }),
  operator: anActor({ role: 'operator' }),
  auditor: anActor({ role: 'auditor' }),
  otherHead: anActor({ role: 'head', unit: 'so-giao-duc' }),
  otherAppraiser: anActor({ role: 'appraiser', unit: 'so-giao-duc' }),
} as const;

export const aDocument: SourceDocument = { number: '12/QĐ-UBND', date: '2026-03-02', issuer: 'UBND Tỉnh' };

/** The usual appraiser, and whoever acts if they appraise for the usual agency. */
const appraisersWith = (actor: Actor | null | undefined): readonly Appraiser[] => {
  const held = actor?.memberships ?? [];
  const acts = held.some(({ role, unit }) => role === 'appraiser' && unit === units.appraiser);
  if (!actor || !acts || actor.id === cast.appraiser.id) return [anAppraiser(cast.appraiser)];
  return [anAppraiser(cast.appraiser), anAppraiser(actor, { units: held.flatMap(({ unit }) => unit ?? []) })];
};

/** A seat on the panel of the usual agency. */
export const anAppraiser = (person: Pick<Actor, 'id' | 'name'>, given: Partial<Appraiser> = {}): Appraiser => ({
  account: person.id,
  name: person.name,
  unit: units.appraiser,
  units: [given.unit ?? units.appraiser],
  validFrom: null,
  validTo: null,
  absences: [],
  ...given,
});

/** Ten in the morning, Vietnam time, unless a whole instant is given. */
export const instant = (text: string): Date => new Date(text.length === 10 ? `${text}T10:00:00+07:00` : text);

export const circumstances = (
  given: Partial<Omit<Circumstances, 'now'>> & { readonly now?: string | Date } = {},
): Circumstances => {
  const { now = '2026-03-10', ...rest } = given;
  return {
    actor: cast.office,
    calendar,
    programme: { code: '2026', soonDays: 3, illustrative: false, reopenDays: 30, maxExtensions: 1 },
    pin,
    unitLine: [units.lead, units.parent, units.child],
    appraisers: appraisersWith(rest.actor),
    centralUnits: [],
    frozenOn: null,
    ...rest,
    now: typeof now === 'string' ? instant(now) : now,
  };
};

export const anAssignment = (given: Partial<AssignTask> = {}): AssignTask => ({
  type: 'assign',
  id: '0190d3c0-0000-7000-8000-000000000001',
  code: 'CK-01',
  title: 'Tỷ lệ bao phủ bảo hiểm y tế',
  kind: 'own',
  leadUnit: units.lead,
  appraiserUnit: units.appraiser,
  due: { kind: 'on_or_before', day: '2026-11-30' },
  ...given,
});

export const eventsOf = (decision: Decision): readonly TaskEvent[] => {
  if (decision instanceof Refusal) throw new Error(`Refused: ${decision.code} ${JSON.stringify(decision.details)}`);
  return decision.events;
};

export const codeOf = (decision: Decision): string | undefined =>
  decision instanceof Refusal ? decision.code : undefined;

/** A task assigned on Monday 5 January 2026, in any state and with any data. */
export const aTask = (given: Partial<Task> = {}, definition: Definition = commitment): Task => {
  const decision = decide(definition, null, anAssignment(), circumstances({ now: '2026-01-05' }));
  const assigned = eventsOf(decision).reduce<Task | null>(evolve, null) as Task;
  const state = given.state === undefined ? undefined : stateOf(definition, given.state);
  const ofState = state ? { category: state.category, holder: state.holder ?? null } : {};
  const submitted =
    state?.category === 'awaiting_appraisal'
      ? {
          round: 1,
          submittedOn: '2026-02-02',
          submittedBy: cast.head.id,
          evidenceBy: [cast.head.id],
          review: openReview(given.submittedOn ?? '2026-02-02'),
        }
      : {};
  return { ...assigned, ...ofState, ...submitted, ...given };
};

/** Decides and applies; the task afterwards. */
export const applied = (
  task: Task,
  command: Command,
  given: Parameters<typeof circumstances>[0],
  definition: Definition = commitment,
): Task =>
  eventsOf(decide(definition, task, command, circumstances(given))).reduce<Task>(
    (state, event) => evolve(state, event),
    task,
  );
