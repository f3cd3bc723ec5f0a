import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Everything the spine needs: organisation, people, definitions, tasks with their history, intentions, figures, operations. */
export class Foundation1763700000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One call: the driver sends the whole script in one round trip, inside the migration's transaction.
    await runner.query(script);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table worker, schedule_run, schedule, audit_entry, report_run, import_run, mail, notification, idempotency,
        daily_tally, delta, intention, task_event, task, programme, calendar_day, calendar, workflow_definition,
        login_attempt, session, membership, account, unit;
      drop function refuse_change(), refuse_published_change();
    `);
  }
}

const category = `('assigned', 'in_progress', 'awaiting_appraisal', 'done', 'not_done', 'stopped')`;

const script = `
  create extension if not exists pg_trgm;

  create function refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
  end $$;

  create table unit (
    code text constraint unit_pkey primary key,
    name text not null,
    class text not null constraint unit_class_check check (class in ('department', 'district', 'central', 'office', 'task_force')),
    bloc text not null,
    official_order integer not null,
    parent text constraint unit_parent_fkey references unit,
    valid_from date not null,
    valid_to date,
    successor text constraint unit_successor_fkey references unit
  );
  create index unit_parent_idx on unit (parent);

  create table account (
    id uuid constraint account_pkey primary key,
    email text not null constraint account_email_key unique,
    name text not null,
    password_hash text,
    active boolean not null default true,
    created_at timestamptz(3) not null
  );

  create table membership (
    id bigint generated always as identity constraint membership_pkey primary key,
    account_id uuid not null constraint membership_account_id_fkey references account,
    role text not null constraint membership_role_check check (role in
      ('administrator', 'office', 'head', 'focal_point', 'appraiser', 'aggregator', 'leader', 'operator', 'auditor')),
    unit text constraint membership_unit_fkey references unit,
    programme text
  );
  create index membership_account_id_idx on membership (account_id);
  create index membership_unit_role_idx on membership (unit, role);

  create table session (
    token_hash text constraint session_pkey primary key,
    account_id uuid not null constraint session_account_id_fkey references account,
    created_at timestamptz(3) not null,
    seen_at timestamptz(3) not null,
    expires_at timestamptz(3) not null,
    revoked_at timestamptz(3)
  );
  create index session_account_id_idx on session (account_id);

  create table login_attempt (
    subject text constraint login_attempt_pkey primary key,
    failures integer not null,
    blocked_until timestamptz(3)
  );

  create table workflow_definition (
    key text not null,
    version integer not null,
    status text not null constraint workflow_definition_status_check check (status in ('draft', 'published', 'retired')),
    name_vi text not null,
    name_en text not null,
    body jsonb not null,
    sha256 text,
    created_by text not null,
    created_at timestamptz(3) not null,
    published_at timestamptz(3),
    retired_at timestamptz(3),
    constraint workflow_definition_pkey primary key (key, version),
    constraint workflow_definition_sha256_check check ((status = 'draft') = (sha256 is null))
  );
  create function refuse_published_change() returns trigger language plpgsql as $$
  begin
    if old.status <> 'draft' and (tg_op = 'DELETE' or new.body is distinct from old.body or new.sha256 is distinct from old.sha256
        or new.status = 'draft') then
      raise exception 'a published definition is immutable' using errcode = 'restrict_violation';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
  end $$;
  create trigger workflow_definition_immutable before update or delete on workflow_definition
    for each row execute function refuse_published_change();

  create table calendar (
    key text constraint calendar_pkey primary key,
    zone text not null,
    version integer not null
  );
  create table calendar_day (
    calendar text not null constraint calendar_day_calendar_fkey references calendar,
    date date not null,
    kind text not null constraint calendar_day_kind_check check (kind in ('holiday', 'in_lieu', 'swapped_off', 'make_up')),
    name text not null,
    source text not null,
    constraint calendar_day_pkey primary key (calendar, date)
  );

  create table programme (
    code text constraint programme_pkey primary key,
    name text not null,
    noun text not null,
    year integer not null,
    workflow text not null,
    calendar text not null constraint programme_calendar_fkey references calendar,
    roll text constraint programme_roll_check check (roll in ('keep', 'next', 'previous')),
    soon_days integer not null,
    default_due jsonb,
    aggregator text constraint programme_aggregator_fkey references unit,
    illustrative boolean not null,
    created_at timestamptz(3) not null
  );

  create table task (
    id uuid constraint task_pkey primary key,
    code text not null constraint task_code_key unique,
    programme text not null constraint task_programme_fkey references programme,
    definition_key text not null,
    definition_version integer not null,
    definition_sha256 text not null,
    title text not null,
    product text,
    measure_unit text,
    target jsonb,
    kind text not null constraint task_kind_check check (kind in ('common', 'template', 'own')),
    source jsonb,
    lead_unit text not null constraint task_lead_unit_fkey references unit,
    appraiser_unit text constraint task_appraiser_unit_fkey references unit,
    assigned_on date not null,
    state text not null,
    category text not null constraint task_category_check check (category in ${category}),
    holder text constraint task_holder_check check (holder in ('unit', 'appraiser', 'office')),
    version integer not null,
    seq integer not null,
    round integer not null,
    entered_on date not null,
    due jsonb not null,
    due_on date,
    due_original_on date,
    extensions integer not null,
    submitted_on date,
    submitted_by text,
    evidence_by jsonb not null,
    finished_on date,
    returns integer not null,
    progress double precision,
    result jsonb,
    estimate text constraint task_estimate_check check (estimate in ('done', 'not_done', 'stopped')),
    fields jsonb not null,
    fired jsonb not null,
    moved_at timestamptz(3) not null,
    reported_at timestamptz(3),
    due_decided_at timestamptz(3) not null,
    recorded_at timestamptz(3) not null,
    head_hash text not null,
    search text not null,
    constraint task_definition_fkey foreign key (definition_key, definition_version) references workflow_definition (key, version)
  ) with (fillfactor = 80);
  create index task_programme_code_idx on task (programme, code);
  create index task_programme_due_on_idx on task (programme, due_on);
  -- No index looks at what a move or a timer changes, so these updates stay on their page and touch no index at all.
  create index task_lead_unit_idx on task (lead_unit);
  create index task_appraiser_unit_idx on task (appraiser_unit);
  create index task_search_idx on task using gin (search gin_trgm_ops);

  create table task_event (
    task_id uuid not null constraint task_event_task_id_fkey references task,
    seq integer not null,
    type text not null constraint task_event_type_check check (type in ('task.assigned', 'task.moved', 'task.progress_reported',
      'task.deadline_decided', 'task.timer_fired', 'task.timer_skipped')),
    actor text,
    capacity text not null,
    effective_at timestamptz(3) not null,
    recorded_at timestamptz(3) not null,
    -- What caused it, once: a command's key or a timer's level. Doing it again meets the unique index.
    cause text not null,
    payload jsonb not null,
    -- What report queries read, copied out of the payload: state after the event where the event sets it.
    state text,
    category text constraint task_event_category_check check (category in ${category}),
    submitted_on date,
    due_on date,
    estimate text,
    prev_hash text not null,
    hash text not null,
    constraint task_event_pkey primary key (task_id, seq)
  );
  create unique index task_event_cause_key on task_event (task_id, cause);
  create trigger task_event_append_only before update or delete on task_event
    for each row execute function refuse_change();
  create trigger task_event_no_truncate before truncate on task_event
    for each statement execute function refuse_change();

  create table intention (
    id bigint generated always as identity constraint intention_pkey primary key,
    queue text not null,
    kind text not null,
    task_id uuid constraint intention_task_id_fkey references task,
    -- Timers only: at most one live timer per task and rule.
    rule text,
    occurrence integer,
    anchor text,
    payload jsonb not null,
    due_at timestamptz(3) not null,
    -- When the dispatcher may hand it out (again): the due time at first, later the end of a lease or a back-off.
    ready_at timestamptz(3) not null,
    attempts integer not null default 0,
    last_error text,
    parked_at timestamptz(3)
  ) with (fillfactor = 80);
  create unique index intention_task_rule_key on intention (task_id, rule) where rule is not null;
  create index intention_ready_at_idx on intention (ready_at) where parked_at is null;
  create index intention_parked_at_idx on intention (parked_at) where parked_at is not null;

  create table delta (
    id bigint generated always as identity constraint delta_pkey primary key,
    task_id uuid not null,
    seq integer not null,
    programme text not null,
    unit text not null,
    category_from text,
    category_to text not null,
    effective_on date not null,
    recorded_at timestamptz(3) not null
  );
  create table daily_tally (
    programme text not null,
    unit text not null,
    day date not null,
    category text not null,
    change integer not null,
    constraint daily_tally_pkey primary key (programme, day, unit, category)
  );

  create table idempotency (
    actor text not null,
    key text not null,
    body_hash text not null,
    status integer not null,
    etag text,
    response text not null,
    recorded_at timestamptz(3) not null,
    constraint idempotency_pkey primary key (actor, key)
  );
  create index idempotency_recorded_at_idx on idempotency (recorded_at);

  create table notification (
    id bigint generated always as identity constraint notification_pkey primary key,
    account_id uuid not null constraint notification_account_id_fkey references account,
    task_id uuid not null constraint notification_task_id_fkey references task,
    event_seq integer not null,
    kind text not null,
    urgency text not null constraint notification_urgency_check check (urgency in ('now', 'digest')),
    created_at timestamptz(3) not null,
    read_at timestamptz(3),
    mail_id uuid,
    constraint notification_account_event_key unique (account_id, task_id, event_seq)
  );
  create index notification_unmailed_idx on notification (account_id) where mail_id is null;
  create index notification_account_idx on notification (account_id, id);
  create index notification_task_idx on notification (task_id);

  create table mail (
    id uuid constraint mail_pkey primary key,
    account_id uuid not null constraint mail_account_id_fkey references account,
    -- 'digest/2026-06-15' or 'now/<hour>/<slot>': one mail for one reason.
    reason text not null,
    address text not null,
    subject text not null,
    body text not null,
    created_at timestamptz(3) not null,
    sent_at timestamptz(3),
    constraint mail_account_reason_key unique (account_id, reason)
  );
  create index mail_account_created_at_idx on mail (account_id, created_at);

  create table import_run (
    id uuid constraint import_run_pkey primary key,
    programme text not null constraint import_run_programme_fkey references programme,
    mode text not null constraint import_run_mode_check check (mode in ('all', 'partial')),
    status text not null constraint import_run_status_check check (status in ('waiting', 'running', 'done', 'refused', 'failed')),
    total integer not null,
    processed integer not null,
    created integer not null,
    unchanged integer not null,
    problems jsonb not null,
    file bytea,
    file_sha256 text not null,
    actor text not null,
    created_at timestamptz(3) not null,
    finished_at timestamptz(3)
  );

  create table report_run (
    id uuid constraint report_run_pkey primary key,
    programme text not null constraint report_run_programme_fkey references programme,
    as_of date not null,
    known_at timestamptz(3) not null,
    body text not null,
    sha256 text not null,
    created_by text not null,
    created_at timestamptz(3) not null
  );
  create trigger report_run_append_only before update or delete on report_run
    for each row execute function refuse_change();
  create trigger report_run_no_truncate before truncate on report_run
    for each statement execute function refuse_change();

  create table audit_entry (
    id bigint generated always as identity constraint audit_entry_pkey primary key,
    at timestamptz(3) not null,
    actor text,
    action text not null,
    object text not null,
    reason text,
    detail jsonb not null
  );
  create trigger audit_entry_append_only before update or delete on audit_entry
    for each row execute function refuse_change();
  create trigger audit_entry_no_truncate before truncate on audit_entry
    for each statement execute function refuse_change();

  create table schedule (
    key text constraint schedule_pkey primary key,
    cron text not null,
    zone text not null,
    catch_up_hours integer not null,
    since timestamptz(3) not null,
    paused_at timestamptz(3),
    paused_reason text
  );
  create table schedule_run (
    schedule text not null constraint schedule_run_schedule_fkey references schedule,
    nominal_at timestamptz(3) not null,
    outcome text not null constraint schedule_run_outcome_check check (outcome in ('running', 'done', 'skipped', 'failed')),
    detail text,
    started_at timestamptz(3) not null,
    finished_at timestamptz(3),
    constraint schedule_run_pkey primary key (schedule, nominal_at)
  );

  create table worker (
    id uuid constraint worker_pkey primary key,
    name text not null,
    queues jsonb not null,
    started_at timestamptz(3) not null,
    seen_at timestamptz(3) not null,
    tick_seen_at timestamptz(3)
  );
`;
