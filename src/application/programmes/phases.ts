// The plan of a programme's year and what came of it: who recorded that a phase began or ended, by which document. What was
// recorded stays; only what has not begun can be planned anew.

import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '../../domain/organisation/actor.ts';
import { everywhere } from '../../domain/organisation/policy.ts';
import type { Phase, PhaseFact, PhaseName, PhasePlan, PhaseStanding } from '../../domain/programmes/phases.ts';
import { phaseStanding } from '../../domain/programmes/phases.ts';
import { Refusal } from '../../domain/refusal.ts';
import { type CivilDate, dayOf } from '../../domain/schedule/civil-date.ts';
import type { Roll } from '../../domain/schedule/due.ts';
import type { WorkingCalendar } from '../../domain/schedule/working-calendar.ts';
import type { SourceDocument } from '../../domain/workflow/task.ts';
import { entryOf } from '../audit/entry.ts';
import { permit } from '../permit.ts';
import type { AuditLog, Clock } from '../ports.ts';
import type { DeadlinesSet, EventDeadlines, PhaseEvent } from './event-deadlines.ts';

export interface PhaseStore {
  /** In the order of the plan. */
  list(programme: string): Promise<readonly Phase[]>;
  /**
   * Replaces the plan; of phases that have begun only their place may change, and their end while they run.
   * @returns false when one of those that are to change or to go has begun meanwhile
   */
  plan(programme: string, phases: readonly PhasePlan[]): Promise<boolean>;
  /**
   * @param plan deadlines wait for it: a worker shall set those that the caller does not
   * @returns undefined when it has been recorded before
   */
  record(
    programme: string,
    phase: PhaseName,
    what: 'started' | 'ended',
    fact: PhaseFact,
    plan?: Pick<PhaseEvent, 'everywhere'>,
  ): Promise<{ readonly intentionId: string | null } | undefined>;
  /** @returns false when the unit is unknown */
  knowsUnits(units: readonly string[]): Promise<boolean>;
}

export interface PhaseParts {
  readonly phases: PhaseStore;
  /** @throws Refusal programme.not_found */
  readonly rules: (programme: string) => Promise<{ readonly calendar: WorkingCalendar; readonly roll: Roll | null }>;
  readonly deadlines: EventDeadlines;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

export type StandingPhase = Phase & PhaseStanding;
export interface PhaseOverview {
  readonly today: CivilDate;
  /** Those that run today. */
  readonly present: readonly PhaseName[];
  readonly phases: readonly StandingPhase[];
}

/** With what the recording did to deadlines that waited for it. */
export type PhaseRecord = PhaseOverview & { readonly deadlines?: DeadlinesSet };

export interface Recorded {
  /** Absent: today. */
  readonly on?: CivilDate | undefined;
  readonly document?: SourceDocument | undefined;
}

export const programmePhases = (parts: PhaseParts) => {
  const { phases, rules, deadlines, audit, clock } = parts;

  /** @throws Refusal programme.not_found */
  const overview = async (programme: string): Promise<PhaseOverview> => {
    const { calendar, roll } = await rules(programme);
    const today = dayOf(clock.now(), calendar.zone);
    const standing = (await phases.list(programme)).map((phase) => ({
      ...phase,
      ...phaseStanding(phase, { today, calendar, roll }),
    }));
    const running = standing.filter(({ state }) => state === 'running' || state === 'overrun');
    return { today, present: running.map(({ phase }) => phase), phases: standing };
  };

  const recordFact = async (
    actor: Actor,
    programme: string,
    phase: PhaseName,
    what: 'started' | 'ended',
    given: Recorded,
  ): Promise<PhaseRecord> => {
    permit(actor, 'programme.phase', { kind: 'programme', programme });
    const before = await overview(programme);
    const on = given.on ?? before.today;
    judge(before, phase, what, { ...given, on });
    const fact = { on, by: actor.id, document: given.document ?? null, recordedAt: clock.now() };
    const event = what === 'started' ? eventOf(before, programme, phase, fact, actor) : undefined;
    const recorded = await phases.record(programme, phase, what, fact, event);
    if (!recorded) throw new Refusal('phase.begun', { phase });
    await audit.record(
      entryOf(clock, {
        actor,
        action: `phase.${what}`,
        object: `programme ${programme}`,
        detail: { phase, on, document: fact.document },
      }),
    );
    const { intentionId } = recorded;
    const told = event && intentionId !== null ? await deadlines.setPlanned(event, intentionId) : undefined;
    return { ...(await overview(programme)), ...(told ? { deadlines: told } : {}) };
  };

  /** @throws Refusal phase.not_found, phase.not_waiting when the phase begins on a day */
  const eventIn = async (actor: Actor, programme: string, phase: PhaseName, on: CivilDate | undefined) => {
    permit(actor, 'programme.phase', { kind: 'programme', programme });
    const standing = await overview(programme);
    const found = standing.phases.find((each) => each.phase === phase);
    if (!found) throw new Refusal('phase.not_found', { phase });
    const fact = found.started ?? { on: on ?? standing.today, by: actor.id, document: null };
    const event = eventOf(standing, programme, phase, fact, actor);
    if (!event) throw new Refusal('phase.not_waiting', { phase });
    if (event.on > standing.today) throw new Refusal('effective.in_future', { on: event.on, now: standing.today });
    return { event, started: found.started !== null };
  };

  return {
    overview,

    /**
     * Which deadlines recording the event sets: as if it had happened on that day, or, once it is recorded, those of tasks
     * that came since.
     * @throws Refusal phase.not_found, phase.not_waiting, effective.in_future, permission.denied
     */
    async waiting(actor: Actor, programme: string, phase: PhaseName, on?: CivilDate) {
      const { event } = await eventIn(actor, programme, phase, on);
      return { event: event.event, on: event.on, items: await deadlines.preview(event, actor) };
    },

    /**
     * Sets the deadlines of tasks that came after the event was recorded.
     * @throws Refusal phase.not_found, phase.not_waiting, phase.not_begun, permission.denied
     */
    async setLater(actor: Actor, programme: string, phase: PhaseName): Promise<DeadlinesSet> {
      const { event, started } = await eventIn(actor, programme, phase, undefined);
      if (!started) throw new Refusal('phase.not_begun', { phase });
      const told = await deadlines.set({ ...event, by: actor.id });
      const object = `programme ${programme}`;
      if (told.set > 0)
        await audit.record(
          entryOf(clock, { actor, action: 'phase.deadlines_set', object, detail: { phase, set: told.set } }),
        );
      return told;
    },

    /**
     * @throws Refusal programme.not_found, unit.not_found; input.invalid when a phase comes twice; phase.begun when one that has
     *   begun would go or begin otherwise
     */
    async plan(actor: Actor, programme: string, planned: readonly PhasePlan[]): Promise<PhaseOverview> {
      permit(actor, 'programme.write', { kind: 'programme', programme });
      await rules(programme);
      if (new Set(planned.map(({ phase }) => phase)).size < planned.length)
        throw new Refusal('input.invalid', { pointer: '/phases', problem: 'a phase comes twice' });
      const named = planned.flatMap(({ starts }) => (starts.kind === 'after_submission' ? starts.unit : []));
      if (!(await phases.knowsUnits(named))) throw new Refusal('unit.not_found', { units: named });
      const begun = (await phases.list(programme)).filter(({ started }) => started);
      for (const phase of begun) refuseOtherwise(phase, planned);
      if (!(await phases.plan(programme, planned))) throw new Refusal('phase.begun');
      await audit.record(
        entryOf(clock, { actor, action: 'phases.planned', object: `programme ${programme}`, detail: { planned } }),
      );
      return overview(programme);
    },

    /**
     * Records that a phase began. What it waits for is proved by the document that was submitted.
     * @throws Refusal phase.not_found, phase.begun, requirement.missing, effective.in_future, permission.denied
     */
    start: (actor: Actor, programme: string, phase: PhaseName, given: Recorded): Promise<PhaseRecord> =>
      recordFact(actor, programme, phase, 'started', given),

    /** @throws Refusal phase.not_found, phase.begun when it has ended, phase.not_begun, effective.in_future, input.invalid */
    end: (actor: Actor, programme: string, phase: PhaseName, given: Recorded): Promise<PhaseRecord> =>
      recordFact(actor, programme, phase, 'ended', given),
  };
};
export type ProgrammePhases = ReturnType<typeof programmePhases>;

/** What the recording is to set; undefined: the phase waits for nothing. */
const eventOf = (
  { phases }: PhaseOverview,
  programme: string,
  phase: PhaseName,
  { on, by, document }: Pick<PhaseFact, 'on' | 'by' | 'document'>,
  actor: Actor,
): PhaseEvent | undefined => {
  const starts = phases.find((each) => each.phase === phase)?.starts;
  return starts?.kind === 'after_submission'
    ? { programme, phase, event: starts.event, everywhere: everywhere(actor, 'programme.phase'), on, by, document }
    : undefined;
};

const judge = (
  { today, phases }: PhaseOverview,
  name: PhaseName,
  what: 'started' | 'ended',
  { on, document }: Recorded & { readonly on: CivilDate },
): void => {
  const phase = phases.find((each) => each.phase === name);
  if (!phase) throw new Refusal('phase.not_found', { phase: name });
  if (phase[what]) throw new Refusal('phase.begun', { phase: name, on: phase[what].on });
  if (on > today) throw new Refusal('effective.in_future', { on, now: today });
  if (what === 'started') {
    if (phase.starts.kind === 'after_submission' && !document)
      throw new Refusal('requirement.missing', { missing: [{ pointer: '/document', what: 'document' }] });
    return;
  }
  if (!phase.started) throw new Refusal('phase.not_begun', { phase: name });
  if (on < phase.started.on) throw new Refusal('input.invalid', { pointer: '/on', problem: 'is before it began' });
};

const refuseOtherwise = (begun: Phase, planned: readonly PhasePlan[]): void => {
  const next = planned.find(({ phase }) => phase === begun.phase);
  const sameEnd = !begun.ended || isDeepStrictEqual(next?.ends, begun.ends);
  if (!next || !isDeepStrictEqual(next.starts, begun.starts) || !sameEnd)
    throw new Refusal('phase.begun', { phase: begun.phase, on: begun.started?.on });
};
