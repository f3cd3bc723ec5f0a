// What reorganising needs from the world.

import type {
  Reorganisation,
  ReorganisationKind,
  ReorganisationPlan,
  Situation,
} from '../../domain/organisation/reorganisation.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import type { SourceDocument } from '../../domain/workflow/task.ts';

export interface ReorganisationRun {
  readonly id: string;
  readonly kind: ReorganisationKind;
  readonly effectiveOn: CivilDate;
  readonly document: SourceDocument;
  readonly predecessors: readonly string[];
  readonly successors: readonly string[];
  /**
   * planned: its day has not come, or no worker has; running: units take no more work and tasks are moving; refused: on
   * its day the rules stood against it, and nothing was changed.
   */
  readonly status: 'planned' | 'running' | 'done' | 'refused' | 'cancelled';
  /** Tasks to move, as counted when it began, and moved so far. */
  readonly total: number;
  readonly processed: number;
  /** What stands in its way. */
  readonly problem: Readonly<Record<string, unknown>> | null;
  readonly actor: string;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly request: Reorganisation;
}

export interface WaitingReorganisation {
  readonly intentionId: string;
  readonly run: ReorganisationRun;
}

export type Judge = (situation: Situation) => ReorganisationPlan | Refusal;

export interface ReorganisationStore {
  situation(request: Reorganisation, today: CivilDate): Promise<Situation>;
  /** Stores a run and plans its job for the moment, in one transaction. False when the id is taken. */
  plan(run: ReorganisationRun, dueAt: Date): Promise<boolean>;
  find(id: string): Promise<ReorganisationRun | undefined>;
  /** Newest day first. */
  list(limit: number): Promise<readonly ReorganisationRun[]>;
  /** False when it is no longer merely planned. */
  cancel(id: string, now: Date): Promise<boolean>;
  waiting(intentionIds: readonly string[]): Promise<readonly WaitingReorganisation[]>;
  /**
   * Judges again with the units locked, and writes what the plan says of units and people: successors stand, predecessors
   * take no more work. What the judge refuses ends the run.
   * @returns whether the run goes on
   */
  begin(
    waiting: WaitingReorganisation,
    judge: Judge,
    times: { readonly now: Date; readonly today: CivilDate },
  ): Promise<boolean>;
  /** Ids of open tasks that name a predecessor, in their order. */
  affected(run: ReorganisationRun, after: string | undefined, limit: number): Promise<readonly string[]>;
  progress(id: string, moved: number, problem: ReorganisationRun['problem']): Promise<void>;
  /**
   * Ends the predecessors and the run in one transaction, unless open tasks still name one of them.
   * @returns how many do
   */
  finish(waiting: WaitingReorganisation, now: Date): Promise<number>;
}
