import { type PhaseEnd, type PhaseName, type PhaseStart, phaseNames } from '../../../domain/programmes/phases.ts';
import type { SourceDocument } from '../../../domain/workflow/task.ts';
import { day, identity, instant, integer, json, oneOf, optional, primary, references, table, text } from './table.ts';

export interface ProgrammePhaseRow {
  readonly programme: string;
  readonly phase: PhaseName;
  readonly position: number;
  readonly starts: PhaseStart;
  readonly ends: PhaseEnd | null;
  readonly started_on: string | null;
  readonly started_by: string | null;
  readonly started_recorded_at: Date | null;
  readonly started_document: SourceDocument | null;
  readonly ended_on: string | null;
  readonly ended_by: string | null;
  readonly ended_recorded_at: Date | null;
  readonly ended_document: SourceDocument | null;
}

export const programmePhaseTable = table<ProgrammePhaseRow>(
  'programme_phase',
  {
    programme: references(primary('programme_phase', text), 'programme', 'programme_phase_programme_fkey'),
    phase: primary('programme_phase', text),
    position: integer,
    starts: json,
    ends: optional(json),
    started_on: optional(day),
    started_by: optional(text),
    started_recorded_at: optional(instant),
    started_document: optional(json),
    ended_on: optional(day),
    ended_by: optional(text),
    ended_recorded_at: optional(instant),
    ended_document: optional(json),
  },
  {
    checks: [
      oneOf('programme_phase', 'phase', phaseNames),
      {
        name: 'programme_phase_started_check',
        expression: `(started_on is null) = (started_by is null) and (started_on is null) = (started_recorded_at is null)
          and (started_on is not null or started_document is null)`,
      },
      {
        name: 'programme_phase_ended_check',
        expression: `(ended_on is null) = (ended_by is null) and (ended_on is null) = (ended_recorded_at is null)
          and (ended_on is not null or ended_document is null)`,
      },
      {
        name: 'programme_phase_order_check',
        expression: 'ended_on is null or started_on is not null and ended_on >= started_on',
      },
    ],
  },
);

export interface ScopeReviewRow {
  readonly id: string;
  readonly programme: string;
  readonly unit: string;
  readonly applies: readonly string[];
  readonly note: string | null;
  readonly reviewed_on: string;
  readonly reviewed_by: string;
  readonly recorded_at: Date;
}

export const scopeReviewTable = table<ScopeReviewRow>(
  'scope_review',
  {
    id: identity('scope_review'),
    programme: references(text, 'programme', 'scope_review_programme_fkey'),
    unit: references(text, 'unit', 'scope_review_unit_fkey'),
    applies: json,
    note: optional(text),
    reviewed_on: day,
    reviewed_by: text,
    recorded_at: instant,
  },
  { indices: [{ name: 'scope_review_unit_idx', columns: ['programme', 'unit', 'id'] }] },
);
