import { type Regime, type ReportLevel, reportLevels } from '../../../domain/reporting/regime.ts';
import { day, instant, integer, json, oneOf, optional, primary, references, table, text, uuid } from './table.ts';

export interface ReportingRow {
  readonly programme: string;
  readonly version: number;
  readonly regimes: readonly Regime[];
  readonly set_by: string;
  readonly set_at: Date;
}

export const reportingTable = table<ReportingRow>('reporting', {
  programme: references(primary('reporting', text), 'programme', 'reporting_programme_fkey'),
  version: integer,
  regimes: json,
  set_by: references(uuid, 'account', 'reporting_set_by_fkey'),
  set_at: instant,
});

export interface ReportObligationRow {
  readonly id: string;
  readonly programme: string;
  readonly regime: string;
  readonly year: number;
  readonly period: string;
  readonly period_name: string;
  readonly unit: string;
  readonly level: ReportLevel;
  readonly from_on: string;
  readonly cut_off_on: string;
  readonly due_on: string;
  readonly aggregator_due_on: string | null;
  readonly upper_due_on: string | null;
  readonly created_at: Date;
}

export const reportObligationTable = table<ReportObligationRow>(
  'report_obligation',
  {
    id: references(primary('report_obligation', uuid), 'task', 'report_obligation_id_fkey'),
    programme: references(text, 'programme', 'report_obligation_programme_fkey'),
    regime: text,
    year: integer,
    period: text,
    period_name: text,
    unit: references(text, 'unit', 'report_obligation_unit_fkey'),
    from_on: day,
    cut_off_on: day,
    due_on: day,
    aggregator_due_on: optional(day),
    upper_due_on: optional(day),
    created_at: instant,
    level: { ...text, default: 'unit' },
  },
  {
    uniques: [{ name: 'report_obligation_once_key', columns: ['programme', 'regime', 'period', 'unit'] }],
    checks: [
      { name: 'report_obligation_days_check', expression: 'from_on <= cut_off_on' },
      oneOf('report_obligation', 'level', reportLevels),
    ],
    indices: [{ name: 'report_obligation_due_on_idx', columns: ['programme', 'due_on'] }],
  },
);
