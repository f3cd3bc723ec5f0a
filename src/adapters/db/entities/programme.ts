import { type Denominator, denominators, type Rounding, roundings } from '../../../domain/programmes/settings.ts';
import type { Due, Roll } from '../../../domain/schedule/due.ts';
import type { CalendarDay } from '../../../domain/schedule/working-calendar.ts';
import type { Definition } from '../../../domain/workflow/definition.ts';
import type { SourceDocument } from '../../../domain/workflow/task.ts';
import { boolean, day, instant, integer, json, oneOf, optional, primary, references, table, text } from './table.ts';

export const definitionStatuses = ['draft', 'published', 'retired'] as const;
export type DefinitionStatus = (typeof definitionStatuses)[number];

export interface WorkflowDefinitionRow {
  readonly key: string;
  readonly version: number;
  readonly status: DefinitionStatus;
  readonly name_vi: string;
  readonly name_en: string;
  readonly body: Definition;
  /** Null while a draft. */
  readonly sha256: string | null;
  readonly created_by: string;
  readonly created_at: Date;
  readonly published_at: Date | null;
  readonly retired_at: Date | null;
}

export const workflowDefinitionTable = table<WorkflowDefinitionRow>(
  'workflow_definition',
  {
    key: primary('workflow_definition', text),
    version: primary('workflow_definition', integer),
    status: text,
    name_vi: text,
    name_en: text,
    body: json,
    sha256: optional(text),
    created_by: text,
    created_at: instant,
    published_at: optional(instant),
    retired_at: optional(instant),
  },
  {
    checks: [
      oneOf('workflow_definition', 'status', definitionStatuses),
      { name: 'workflow_definition_sha256_check', expression: `(status = 'draft') = (sha256 is null)` },
    ],
  },
);

export interface CalendarRow {
  readonly key: string;
  readonly zone: string;
  readonly version: number;
}

export const calendarTable = table<CalendarRow>('calendar', {
  key: primary('calendar', text),
  zone: text,
  version: integer,
});

export interface CalendarDayRow extends CalendarDay {
  readonly calendar: string;
}

export const calendarDayTable = table<CalendarDayRow>(
  'calendar_day',
  {
    calendar: references(primary('calendar_day', text), 'calendar', 'calendar_day_calendar_fkey'),
    date: primary('calendar_day', day),
    kind: text,
    name: text,
    source: text,
  },
  { checks: [oneOf('calendar_day', 'kind', ['holiday', 'in_lieu', 'swapped_off', 'make_up'])] },
);

export interface ProgrammeRow {
  readonly code: string;
  readonly name: string;
  readonly noun: string;
  readonly year: number;
  readonly workflow: string;
  readonly calendar: string;
  readonly roll: Roll | null;
  readonly soon_days: number;
  readonly default_due: Due | null;
  readonly aggregator: string | null;
  readonly illustrative: boolean;
  readonly created_at: Date;
  readonly reopen_days: number;
  readonly max_extensions: number | null;
  readonly denominator?: Denominator | undefined;
  readonly percent_digits?: number | undefined;
  readonly rounding?: Rounding | undefined;
  readonly criteria?: string | null | undefined;
  readonly basis?: SourceDocument | null | undefined;
}

export const programmeTable = table<ProgrammeRow>(
  'programme',
  {
    code: primary('programme', text),
    name: text,
    noun: text,
    year: integer,
    workflow: text,
    calendar: references(text, 'calendar', 'programme_calendar_fkey'),
    roll: optional(text),
    soon_days: integer,
    default_due: optional(json),
    aggregator: references(optional(text), 'unit', 'programme_aggregator_fkey'),
    illustrative: boolean,
    created_at: instant,
    reopen_days: { ...integer, default: 30 },
    max_extensions: { ...optional(integer), default: 1 },
    denominator: { ...text, default: 'all' },
    percent_digits: { ...integer, default: 1 },
    rounding: { ...text, default: 'half_up' },
    criteria: optional(text),
    basis: optional(json),
  },
  {
    checks: [
      oneOf('programme', 'roll', ['keep', 'next', 'previous']),
      oneOf('programme', 'denominator', denominators),
      oneOf('programme', 'rounding', roundings),
      { name: 'programme_percent_digits_check', expression: 'percent_digits between 0 and 2' },
    ],
  },
);
