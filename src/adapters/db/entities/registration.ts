import {
  origins,
  type Proposal,
  proposalChanges,
  proposalStatuses,
  type Target,
} from '../../../domain/registration/proposal.ts';
import type { Forecast } from '../../../domain/reporting/forecast.ts';
import { type SourceDocument, taskKinds } from '../../../domain/workflow/task.ts';
import {
  day,
  identity,
  instant,
  integer,
  json,
  oneOf,
  optional,
  primary,
  references,
  table,
  text,
  uuid,
} from './table.ts';

export interface RegistrationRow {
  readonly id: string;
  readonly programme: string;
  readonly source_programme: string | null;
  readonly year: number;
  readonly document: SourceDocument | null;
  readonly opened_by: string;
  readonly opened_at: Date;
}

export const registrationTable = table<RegistrationRow>(
  'registration',
  {
    id: primary('registration', uuid),
    programme: references(text, 'programme', 'registration_programme_fkey'),
    source_programme: references(optional(text), 'programme', 'registration_source_programme_fkey'),
    year: integer,
    document: optional(json),
    opened_by: text,
    opened_at: instant,
  },
  { uniques: [{ name: 'registration_programme_key', columns: ['programme'] }] },
);

export interface ProposalRow {
  readonly id: string;
  readonly registration: string;
  readonly unit: string;
  readonly year: number;
  readonly origin: Proposal['origin'];
  readonly change: Proposal['change'];
  readonly source_task: string | null;
  readonly target_from: Target | null;
  readonly basis: SourceDocument | null;
  readonly reason: string | null;
  readonly title: string;
  readonly product: string | null;
  readonly measure_unit: string | null;
  readonly target: Target | null;
  readonly kind: Proposal['kind'];
  readonly field: string | null;
  readonly indicator: string | null;
  readonly appraiser_unit: string | null;
  readonly status: Proposal['status'];
  readonly opinion: string | null;
  readonly note: string | null;
  readonly decision: SourceDocument | null;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
  readonly task: string | null;
  readonly version: number;
  readonly created_by: string;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export const proposalTable = table<ProposalRow>(
  'proposal',
  {
    id: primary('proposal', uuid),
    registration: references(uuid, 'registration', 'proposal_registration_fkey'),
    unit: references(text, 'unit', 'proposal_unit_fkey'),
    year: integer,
    origin: text,
    change: text,
    source_task: references(optional(uuid), 'task', 'proposal_source_task_fkey'),
    target_from: optional(json),
    basis: optional(json),
    reason: optional(text),
    title: text,
    product: optional(text),
    measure_unit: optional(text),
    target: optional(json),
    kind: text,
    field: optional(text),
    indicator: optional(text),
    appraiser_unit: references(optional(text), 'unit', 'proposal_appraiser_unit_fkey'),
    status: text,
    opinion: optional(text),
    note: optional(text),
    decision: optional(json),
    decided_by: optional(text),
    decided_at: optional(instant),
    task: references(optional(uuid), 'task', 'proposal_task_fkey'),
    version: integer,
    created_by: text,
    created_at: instant,
    updated_at: instant,
  },
  {
    uniques: [
      { name: 'proposal_source_key', columns: ['source_task', 'year'] },
      { name: 'proposal_task_key', columns: ['task'] },
    ],
    checks: [
      oneOf('proposal', 'origin', origins),
      oneOf('proposal', 'change', proposalChanges),
      oneOf('proposal', 'kind', taskKinds),
      oneOf('proposal', 'status', proposalStatuses),
      { name: 'proposal_source_check', expression: `(source_task is null) = (change = 'added')` },
      { name: 'proposal_basis_check', expression: `change <> 'target_changed' or basis is not null` },
      { name: 'proposal_dropped_check', expression: `(change = 'dropped') = (reason is not null)` },
      {
        name: 'proposal_decision_check',
        expression: `(status in ('approved', 'rejected')) = (decision is not null)`,
      },
      {
        name: 'proposal_created_check',
        expression: `task is null or status = 'approved' and change <> 'dropped'`,
      },
    ],
    indices: [{ name: 'proposal_registration_idx', columns: ['registration', 'unit'] }],
  },
);

export interface BlocOpinionRow {
  readonly id: string;
  readonly registration: string;
  readonly bloc: string;
  readonly text: string;
  readonly by_account: string;
  readonly at: Date;
}

export const blocOpinionTable = table<BlocOpinionRow>(
  'bloc_opinion',
  {
    id: identity('bloc_opinion'),
    registration: references(uuid, 'registration', 'bloc_opinion_registration_fkey'),
    bloc: text,
    text,
    by_account: text,
    at: instant,
  },
  { indices: [{ name: 'bloc_opinion_registration_idx', columns: ['registration', 'bloc', 'id'] }] },
);

export interface ForecastTableRow {
  readonly id: string;
  readonly programme: string;
  readonly as_of: string;
  readonly made_at: Date;
  readonly made_by: string;
  readonly method: string;
  readonly inputs_sha256: string;
  readonly rows: Forecast;
}

export const forecastTable = table<ForecastTableRow>(
  'forecast',
  {
    id: primary('forecast', uuid),
    programme: references(text, 'programme', 'forecast_programme_fkey'),
    as_of: day,
    made_at: instant,
    made_by: text,
    method: text,
    inputs_sha256: text,
    rows: json,
  },
  { indices: [{ name: 'forecast_programme_idx', columns: ['programme', 'made_at'] }] },
);
