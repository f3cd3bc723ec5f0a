import type { ComparedUnit } from '../../domain/registration/compare.ts';
import type { Proposal, SourceCommitment } from '../../domain/registration/proposal.ts';
import type { Due } from '../../domain/schedule/due.ts';
import type { SourceDocument } from '../../domain/workflow/task.ts';
import type { TaskChange, TaskStore } from '../ports.ts';

/** One round: what is registered for a programme's year. */
export interface Registration {
  readonly id: string;
  /** Next year's programme, in which the tasks will be. */
  readonly programme: string;
  /** This year's, from which commitments are carried forward. */
  readonly sourceProgramme: string | null;
  readonly year: number;
  /** The letter that asks for it. */
  readonly document: SourceDocument | null;
  readonly openedBy: string;
  readonly openedAt: Date;
}

export interface BlocOpinion {
  readonly bloc: string;
  readonly text: string;
  readonly by: string;
  readonly at: Date;
}

export interface ProposalWrite {
  readonly next: Proposal;
  /** The version that was seen. */
  readonly expected: number;
}

export interface LineageStep {
  /** The later task … */
  readonly task: string;
  /** … and the one it was carried forward from. */
  readonly sourceTask: string | null;
  readonly proposal: Proposal;
}

export interface ProgrammeYear {
  readonly year: number;
  readonly defaultDue: Due | null;
  readonly zone: string;
  readonly name: string;
  readonly illustrative: boolean;
}

export interface RegistrationStore {
  /** @throws Refusal programme.not_found */
  programme(code: string): Promise<ProgrammeYear>;
  /** @throws Refusal registration.exists */
  open(registration: Registration): Promise<void>;
  find(id: string): Promise<Registration | undefined>;
  /** Latest year first. */
  list(programme: string | undefined): Promise<readonly Registration[]>;
  /** This year's commitments of one unit or of all, without secret and stopped ones. */
  sources(registration: Registration, unit?: string): Promise<readonly SourceCommitment[]>;
  /** By units in official order. */
  proposals(registration: string): Promise<readonly Proposal[]>;
  /** Under their names of today, in official order. */
  units(codes: readonly string[]): Promise<readonly ComparedUnit[]>;
  /** Adds them in one statement; what is carried forward already stays as it is. Answers with the ids that are new. */
  add(proposals: readonly Proposal[], by: string, now: Date): Promise<ReadonlySet<string>>;
  /** Writes all of them, or none when one has changed since it was seen. */
  write(changes: readonly ProposalWrite[], by: string, now: Date): Promise<boolean>;
  /** Latest of each bloc; with a moment, of those given by then. */
  opinions(registration: string, known?: Date): Promise<readonly BlocOpinion[]>;
  addOpinion(registration: string, opinion: BlocOpinion): Promise<void>;
  /**
   * Makes tasks of the next approved proposals that have none, all of them or none, in one transaction that no other
   * creation of the same registration can run beside.
   * @returns how many; 0: nothing is left
   * @throws Overtaken when a right or a unit changed meanwhile; nothing was written
   */
  createTasks(
    registration: string,
    make: (tasks: TaskStore, proposals: readonly Proposal[]) => Promise<readonly TaskChange[]>,
    now: Date,
  ): Promise<number>;
  /** From a task back to the first one it goes back to, latest step first; and what was made of the task itself. */
  lineage(task: string): Promise<readonly LineageStep[]>;
}

/** Something that a decision rested on changed between deciding and writing. */
export class Overtaken extends Error {}
