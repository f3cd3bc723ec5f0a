// What the use cases of documents need: drafts and issued documents, the tasks that came from them, proposed deadlines.

import type { Document, DocumentFacts, TaskLinkKind } from '../../domain/documents/document.ts';
import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import type { Due } from '../../domain/schedule/due.ts';
import type { TaskStore } from '../ports.ts';

export interface DocumentQuery {
  /** Only issued ones that these units received; absent: all. */
  readonly units?: readonly string[];
  readonly status?: Document['status'] | undefined;
  readonly limit: number;
}

export interface DocumentTask {
  readonly taskId: string;
  readonly item: string | null;
}

export interface NewDocumentTask extends DocumentTask {
  readonly documentId: string;
  readonly position: number;
}

export interface TaskLink {
  readonly from: string;
  readonly to: string;
  readonly kind: TaskLinkKind;
}

/** An event of the task, or a row from the time before proposals were events. */
export interface DeadlineProposal {
  readonly id: string;
  readonly taskId: string;
  /** The last event of the task that it knew. */
  readonly afterSeq: number;
  readonly due: Due;
  readonly dueOn: CivilDate;
  readonly reason: string | null;
  readonly proposedBy: string;
  readonly capacity: string;
  readonly recordedAt: Date;
}

/** A proposal with the decision that answered it: the first deadline decided after it. */
export interface AnsweredProposal extends DeadlineProposal {
  readonly decision: {
    readonly seq: number;
    readonly by: string | null;
    readonly dueOn: CivilDate | null;
    readonly recordedAt: Date;
  } | null;
}

export interface OpenProposal {
  readonly id: string;
  readonly task: {
    readonly id: string;
    readonly code: string;
    readonly title: string;
    readonly leadUnit: string;
    readonly programme: string;
    readonly version: number;
  };
  readonly dueOn: CivilDate;
  readonly reason: string | null;
  readonly recordedAt: Date;
}

export interface DocumentStore {
  /** @throws Refusal document.not_found when it corrects none */
  add(document: Document): Promise<void>;
  find(id: string): Promise<Document | undefined>;
  /** Newest first. */
  list(asked: DocumentQuery): Promise<readonly Document[]>;
  /** Corrections of a document, oldest first. */
  correctionsOf(id: string): Promise<readonly Document[]>;
  /** @returns false when the draft has another version by now, or is issued */
  update(id: string, version: number, facts: DocumentFacts): Promise<boolean>;
  /**
   * @returns false when it is no draft of this version any more
   * @throws Refusal document.exists
   */
  issue(
    id: string,
    version: number,
    issued: { readonly number: string; readonly on: CivilDate; readonly by: string; readonly at: Date },
  ): Promise<boolean>;
  /** In the order of the items. */
  tasksOf(documentId: string): Promise<readonly DocumentTask[]>;
  documentOf(taskId: string): Promise<{ readonly document: Document; readonly item: string | null } | undefined>;
  /** Links from and to a task. */
  linksOf(taskId: string): Promise<readonly TaskLink[]>;
  /** The task of a code or an id. */
  taskId(codeOrId: string): Promise<string | undefined>;
  /** Runs a write in one transaction: all of it stands or none. */
  together<T>(
    write: (tx: {
      readonly tasks: TaskStore;
      keep(
        tasks: readonly NewDocumentTask[],
        links: readonly TaskLink[],
        by: { readonly actor: string; readonly at: Date },
      ): Promise<void>;
    }) => Promise<T>,
  ): Promise<T>;
}

export interface ProposalStore {
  /** Of one task, oldest first. */
  ofTask(taskId: string): Promise<readonly AnsweredProposal[]>;
  /** The last one of each open task that nobody has answered yet, oldest first. */
  open(limit: number): Promise<readonly OpenProposal[]>;
}
