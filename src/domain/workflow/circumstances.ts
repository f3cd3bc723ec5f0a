// What a decision depends on beside the task and the command: all of it is given, nothing is looked up.

import type { Appraiser } from '../appraisal/panel.ts';
import type { Actor } from '../organisation/actor.ts';
import type { ReorganisationKind } from '../organisation/reorganisation.ts';
import type { Refusal } from '../refusal.ts';
import type { CivilDate } from '../schedule/civil-date.ts';
import type { Roll } from '../schedule/due.ts';
import type { WorkingCalendar } from '../schedule/working-calendar.ts';
import type { FileOnTask } from './evidence.ts';
import type { DefinitionPin, SourceDocument, TaskEvent } from './task.ts';

/** Rules a programme sets for its tasks. */
export interface ProgrammeRules {
  readonly code: string;
  /** What happens to a due day on a day off; absent: named dates stay, computed ones move on (domain rule M4). */
  readonly roll?: Roll;
  /** Days before its deadline from which a task counts as due soon. */
  readonly soonDays: number;
  /** Demonstration data: everything that shows it says so. */
  readonly illustrative: boolean;
  /** Days after its end within which work may be reopened. */
  readonly reopenDays: number;
  /** Extensions one task may be granted; null: as many as there are documents for. */
  readonly maxExtensions: number | null;
}

export interface Inheritance {
  readonly unit: string;
  readonly name: string;
  /** Through all reorganisations since; null: the unit was dissolved. */
  readonly heir: string | null;
  readonly heirName: string | null;
  /** The act that ended it; null for a unit that was entered with its end. */
  readonly reorganisation: string | null;
  readonly kind: ReorganisationKind | null;
  readonly document: SourceDocument | null;
}

export interface Circumstances {
  readonly now: Date;
  /** Null: the system itself. */
  readonly actor: Actor | null;
  readonly calendar: WorkingCalendar;
  readonly programme: ProgrammeRules;
  readonly pin: DefinitionPin;
  /** The lead unit, its parents and its children: none of their people may appraise. */
  readonly unitLine: readonly string[];
  /** Who appraises for the agencies on the task; empty where no appraisal can be touched. */
  readonly appraisers: readonly Appraiser[];
  /** Which units on the task are central agencies: addressed, but none of the province's to criticise (domain rule P5). */
  readonly centralUnits: readonly string[];
  /** Of the units on work that has ended, those that are no more, and who has their place; read for such work only. */
  readonly inheritance?: readonly Inheritance[];
  /** The reorganisation that is being executed; set by its execution and by nothing else. */
  readonly reorganisation?: string;
  /** The occurrence that follows one that was ordered to come back; set by its making and by nothing else. */
  readonly recurring?: string;
  /** The phase whose beginning is being recorded, as programme/phase; set by that and by nothing else. */
  readonly happening?: string;
  /** The approved urging round that is being sent; set by its sending and by nothing else. */
  readonly urgingRound?: string;
  /** The latest day of which figures of the programme are frozen; read for work that has ended. */
  readonly frozenOn: CivilDate | null;
  /** The account that the command names, as it may act today; absent: it names none, or there is none. */
  readonly named?: Actor;
  /** Files of this task that the command names, by id; absent: it names none. */
  readonly files?: ReadonlyMap<string, FileOnTask>;
}

export type Decision = { readonly events: readonly TaskEvent[] } | Refusal;
