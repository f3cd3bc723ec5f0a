import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reports with a life of their own, the tasks behind frozen figures, and the round in which units confirm them. */
export class ReportRuns1763900000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(script);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table confirmation_entry, confirmation_line, confirmation_round, report_edition_step, report_edition, report_run_rows;
      drop function refuse_edition_change();
    `);
  }
}

const appendOnly = (table: string): string => `
  create trigger ${table}_append_only before update or delete on ${table} for each row execute function refuse_change();
  create trigger ${table}_no_truncate before truncate on ${table} for each statement execute function refuse_change();`;

const script = `
  -- The tasks as they were counted, as text, so that they are read byte for byte as they were written.
  create table report_run_rows (
    run_id uuid constraint report_run_rows_pkey primary key constraint report_run_rows_run_id_fkey references report_run,
    rows text not null,
    sha256 text not null
  );
  ${appendOnly('report_run_rows')}

  create table report_edition (
    id uuid constraint report_edition_pkey primary key,
    programme text not null constraint report_edition_programme_fkey references programme,
    title text not null,
    as_of date not null,
    status text not null constraint report_edition_status_check check (status in ('draft', 'confirming', 'frozen', 'issued')),
    run_id uuid constraint report_edition_run_id_fkey references report_run,
    -- The edition that this one corrects; of each at most one.
    corrects uuid constraint report_edition_corrects_fkey references report_edition constraint report_edition_corrects_key unique,
    reason text,
    number text,
    issued_on date,
    document jsonb,
    created_by text not null,
    created_at timestamptz(3) not null,
    constraint report_edition_run_check check ((run_id is null) = (status in ('draft', 'confirming'))),
    constraint report_edition_issue_check check ((status = 'issued') = (number is not null and issued_on is not null)),
    constraint report_edition_reason_check check (corrects is null or reason is not null)
  );
  create index report_edition_programme_idx on report_edition (programme, created_at);
  create index report_edition_run_idx on report_edition (run_id);

  -- A report goes on and never back: what is frozen stays, what was issued says nothing else any more.
  create function refuse_edition_change() returns trigger language plpgsql as $$
  begin
    if tg_op <> 'UPDATE' or old.status = 'issued'
      or (old.run_id is not null and new.run_id is distinct from old.run_id)
      or row(new.id, new.programme, new.as_of, new.corrects, new.reason, new.created_by, new.created_at)
        is distinct from row(old.id, old.programme, old.as_of, old.corrects, old.reason, old.created_by, old.created_at) then
      raise exception 'a report keeps what it is, and an issued one everything' using errcode = 'restrict_violation';
    end if;
    return new;
  end $$;
  create trigger report_edition_kept before update or delete on report_edition
    for each row execute function refuse_edition_change();
  create trigger report_edition_no_truncate before truncate on report_edition
    for each statement execute function refuse_edition_change();

  create table report_edition_step (
    id bigint generated always as identity constraint report_edition_step_pkey primary key,
    edition uuid not null constraint report_edition_step_edition_fkey references report_edition,
    status text not null constraint report_edition_step_status_check check (status in ('draft', 'confirming', 'frozen', 'issued')),
    actor text not null,
    at timestamptz(3) not null
  );
  create index report_edition_step_edition_idx on report_edition_step (edition, id);
  ${appendOnly('report_edition_step')}

  create table confirmation_round (
    id uuid constraint confirmation_round_pkey primary key,
    edition uuid not null constraint confirmation_round_edition_fkey references report_edition
      constraint confirmation_round_edition_key unique,
    programme text not null constraint confirmation_round_programme_fkey references programme,
    as_of date not null,
    known_at timestamptz(3) not null,
    -- The last day on which units answer.
    due_on date not null,
    opened_by text not null,
    opened_at timestamptz(3) not null
  );
  create index confirmation_round_programme_idx on confirmation_round (programme, opened_at);
  ${appendOnly('confirmation_round')}

  create table confirmation_line (
    round_id uuid not null constraint confirmation_line_round_id_fkey references confirmation_round,
    code text not null,
    -- The row of the report as it was put to the unit.
    row jsonb not null,
    constraint confirmation_line_pkey primary key (round_id, code)
  );
  ${appendOnly('confirmation_line')}

  create table confirmation_entry (
    id bigint generated always as identity constraint confirmation_entry_pkey primary key,
    round_id uuid not null,
    code text not null,
    kind text not null constraint confirmation_entry_kind_check check (kind in ('agree', 'dispute', 'upheld', 'rejected')),
    reason text,
    -- Number of the event that puts right what was disputed.
    correction integer,
    actor text not null,
    at timestamptz(3) not null,
    constraint confirmation_entry_line_fkey foreign key (round_id, code) references confirmation_line,
    constraint confirmation_entry_reason_check check (kind in ('agree', 'upheld') or reason is not null),
    constraint confirmation_entry_correction_check check ((kind = 'upheld') = (correction is not null))
  );
  create index confirmation_entry_line_idx on confirmation_entry (round_id, code, id);
  ${appendOnly('confirmation_entry')}
`;
