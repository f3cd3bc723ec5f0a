// Three-monthly urging of work that had no deadline when it was first assigned (letter 002, clause 4): the system proposes the
// list, a person edits and approves it, and then it is sent once, however often a worker is killed over it.

import { v5 as uuidFrom } from 'uuid';
import type { Actor } from '../../domain/organisation/actor.ts';
import { Refusal } from '../../domain/refusal.ts';
import { type CivilDate, dayOf } from '../../domain/schedule/civil-date.ts';
import { decide } from '../../domain/workflow/decide.ts';
import { entryOf } from '../audit/entry.ts';
import type { Log } from '../log.ts';
import { permit } from '../permit.ts';
import type { AuditLog, Clock, IntentionStore, LoadedTask, TaskChange, TaskStore } from '../ports.ts';
import { changeOf } from '../tasks/change.ts';
import type { SettledLine, UrgingLine, UrgingRound, UrgingStore } from './ports.ts';

export interface UrgingParts {
  readonly store: UrgingStore;
  readonly tasks: Pick<TaskStore, 'load' | 'commit' | 'doneUnder'>;
  readonly intentions: Pick<IntentionStore, 'failed'>;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly log: Log;
  readonly zone: string;
}

const namespace = '0b8f5a0e-6f51-4b9e-8a3e-5f0f3d6a9c27';
const unapproved = {
  status: 'proposed',
  approvedBy: null,
  approvedAt: null,
  sentAt: null,
  withdrawnBy: null,
  withdrawnAt: null,
  withdrawalReason: null,
} as const;
const batch = 200;
/** Rounds of looking again at tasks that others change at the same time. */
const mostRaces = 20;

export interface RoundWithLines extends UrgingRound {
  readonly lines: readonly UrgingLine[];
}

export const urgingRounds = (parts: UrgingParts) => {
  const { store, audit, clock, log, zone } = parts;
  const found = async (id: string): Promise<UrgingRound> => {
    const round = await store.find(id);
    if (!round) throw new Refusal('urging.round_not_found', { round: id });
    return round;
  };
  const withLines = async (id: string): Promise<RoundWithLines> => ({
    ...(await found(id)),
    lines: await store.lines(id),
  });
  /** Of a day there is one round, and another only once that was withdrawn: two who propose at once propose the same. */
  const idOf = async (programme: string, asOf: CivilDate): Promise<string> => {
    const before = await store.withdrawn(programme, asOf);
    return uuidFrom(`${programme}/${asOf}${before === 0 ? '' : `/${before}`}`, namespace);
  };
  const record = (actor: Actor, action: string, id: string, reason?: string) =>
    audit.record(
      entryOf(clock, { actor, action, object: `urging round ${id}`, ...(reason === undefined ? {} : { reason }) }),
    );

  return {
    /** The list of today; asked twice on one day it is the same round. @throws Refusal programme.not_found */
    async propose(programme: string, actor: Actor): Promise<RoundWithLines> {
      permit(actor, 'urging.propose', { kind: 'programme', programme });
      const now = clock.now();
      const asOf = dayOf(now, zone);
      const id = await idOf(programme, asOf);
      await record(actor, 'urging.proposed', id);
      await store.propose({ ...unapproved, id, programme, asOf, proposedBy: actor.id, proposedAt: now });
      return withLines(id);
    },

    /** What the schedule does: a proposal for every programme that has something to urge. @returns how many */
    async proposeDue(): Promise<number> {
      const now = clock.now();
      const asOf = dayOf(now, zone);
      const programmes = await store.due(asOf);
      for (const programme of programmes)
        await store.propose({
          ...unapproved,
          id: await idOf(programme, asOf),
          programme,
          asOf,
          proposedBy: 'system',
          proposedAt: now,
        });
      return programmes.length;
    },

    async list(programme: string, actor: Actor): Promise<readonly UrgingRound[]> {
      permit(actor, 'urging.read', { kind: 'programme', programme });
      return store.list(programme);
    },

    /** @throws Refusal urging.round_not_found */
    async read(id: string, actor: Actor): Promise<RoundWithLines> {
      const { programme } = await found(id);
      permit(actor, 'urging.read', { kind: 'programme', programme });
      return withLines(id);
    },

    /** @throws Refusal urging.round_not_found, urging.not_proposed, urging.line_not_found */
    async takeOut(id: string, line: { taskId: string; reason: string }, actor: Actor): Promise<RoundWithLines> {
      const { programme, status } = await found(id);
      permit(actor, 'urging.propose', { kind: 'programme', programme });
      if (status !== 'proposed') throw new Refusal('urging.not_proposed', { is: status });
      await record(actor, 'urging.line_taken_out', id, line.reason);
      if (!(await store.takeOut(id, { ...line, by: actor.id }))) {
        const now = await found(id);
        throw now.status === 'proposed'
          ? new Refusal('urging.line_not_found', { taskId: line.taskId })
          : new Refusal('urging.not_proposed', { is: now.status });
      }
      return withLines(id);
    },

    /** From here on nobody edits it. @throws Refusal urging.round_not_found, urging.not_proposed */
    async approve(id: string, actor: Actor): Promise<RoundWithLines> {
      const { programme } = await found(id);
      permit(actor, 'urging.approve', { kind: 'programme', programme });
      await record(actor, 'urging.approved', id);
      if (!(await store.approve(id, actor.id, clock.now())))
        throw new Refusal('urging.not_proposed', { is: (await found(id)).status });
      return withLines(id);
    },

    /**
     * Nothing of it is sent; what it listed may be proposed again.
     * @throws Refusal urging.round_not_found, urging.not_proposed
     */
    async withdraw(id: string, reason: string, actor: Actor): Promise<RoundWithLines> {
      const { programme } = await found(id);
      permit(actor, 'urging.propose', { kind: 'programme', programme });
      if (!(await store.withdraw(id, { by: actor.id, reason, at: clock.now() })))
        throw new Refusal('urging.not_proposed', { is: (await found(id)).status });
      await record(actor, 'urging.withdrawn', id, reason);
      return withLines(id);
    },

    /** Sends approved rounds, or goes on with them; one that fails holds up no other. */
    async run(intentionIds: readonly string[]): Promise<void> {
      for (const { intentionId, round } of await store.waiting(intentionIds)) {
        try {
          await send(parts, round);
          await store.finish(intentionId, round.id, clock.now());
        } catch (error) {
          log.error('An urging round failed.', { round: round.id, error });
          await parts.intentions.failed([intentionId], String(error), clock.now());
        }
      }
    },
  };
};
export type UrgingRounds = ReturnType<typeof urgingRounds>;

/** Names the one event that a round leaves on a task: a second one would meet the unique cause. */
export const urgingCause = (round: string): string => `urging-round:${round}`;

const send = async ({ store, tasks, clock }: UrgingParts, round: UrgingRound): Promise<void> => {
  const cause = urgingCause(round.id);
  for (let tries = 0; ; ) {
    const ids = await store.open(round.id, batch);
    if (ids.length === 0) return;
    const now = clock.now();
    // What an earlier attempt wrote before it was killed is sent, whatever became of the task since.
    const before = new Set((await tasks.doneUnder(cause, ids)).map(({ id }) => id));
    const settled: SettledLine[] = [...before].map((taskId) => ({ taskId, status: 'sent', reason: null }));
    const loaded = await tasks.load(ids.filter((id) => !before.has(id)));
    const changes: TaskChange[] = [];
    for (const one of loaded.values()) {
      const change = urgingOf(one, round, now);
      if (typeof change === 'string') settled.push({ taskId: one.task.id, status: 'skipped', reason: change });
      else changes.push(change);
    }
    const written = changes.length > 0 ? await tasks.commit(changes, now) : new Set<string>();
    settled.push(...[...written].map((taskId): SettledLine => ({ taskId, status: 'sent', reason: null })));
    await store.settle(round.id, settled);
    tries = settled.length === 0 ? tries + 1 : 0;
    if (tries === mostRaces) throw new Error(`${ids.length} lines are changed by others all the time.`);
  }
};

/** The change, or why there is none. */
const urgingOf = (loaded: LoadedTask, round: UrgingRound, now: Date): TaskChange | string => {
  const { task, definition } = loaded;
  // It got its deadline between approval and sending: another list will have it if it is late.
  if (task.dueOn !== null) return 'deadline.set';
  const actor: Actor = { id: round.approvedBy as string, name: '', memberships: [] };
  const decision = decide(
    definition,
    task,
    { type: 'urge', channel: 'system', round: round.id },
    { ...loaded, pin: task.definition, actor, now, urgingRound: round.id },
  );
  if (decision instanceof Refusal) return decision.code;
  return changeOf({ ...loaded, before: task }, decision.events, () => urgingCause(round.id));
};
