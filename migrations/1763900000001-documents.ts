import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Documents that give work, the tasks that came from each item, what tasks have to do with one another, deadlines that units
 * propose, the phases of a programme, and which of its tasks a unit says apply to it.
 */
export class Documents1763900000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(script);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table programme drop column denominator, drop column percent_digits, drop column criteria, drop column basis;
      drop table scope_review, programme_phase, deadline_proposal, task_link, document_task, document;
      drop function refuse_issued_document_change(), refuse_phase_fact_change();
    `);
  }
}

const appendOnly = (table: string): string => `
  create trigger ${table}_append_only before update or delete on ${table} for each row execute function refuse_change();
  create trigger ${table}_no_truncate before truncate on ${table} for each statement execute function refuse_change();`;

const script = `
  create table document (
    id uuid constraint document_pkey primary key,
    kind text not null constraint document_kind_check check (kind in ('letter', 'decision', 'report', 'plan')),
    -- Blank on a draft: number and day are the records office's to give.
    number text,
    -- What follows the number: UBND-KSTT. Known before it.
    sign text,
    issued_on date,
    issuer text not null,
    authority text not null
      constraint document_authority_check check (authority in ('people_committee', 'chairman', 'issuer')),
    signer jsonb,
    abstract text,
    secret boolean not null,
    recipients jsonb not null,
    attachments jsonb not null,
    status text not null constraint document_status_check check (status in ('draft', 'issued')),
    version integer not null,
    corrects uuid constraint document_corrects_fkey references document,
    created_by text not null,
    created_at timestamptz(3) not null,
    issued_by text,
    recorded_at timestamptz(3),
    constraint document_issued_check check ((status = 'issued') = (number is not null and issued_on is not null and issued_by is not null
      and recorded_at is not null)),
    constraint document_abstract_check check (not secret or abstract is null)
  );
  create unique index document_number_idx on document (issuer, number, issued_on)
    where status = 'issued' and corrects is null;
  create index document_created_idx on document (created_at, id);
  create index document_corrects_idx on document (corrects);
  create function refuse_issued_document_change() returns trigger language plpgsql as $$
  begin
    if tg_op <> 'TRUNCATE' or exists (select from document where status = 'issued') then
      raise exception 'an issued document neither changes nor goes' using errcode = 'restrict_violation';
    end if;
    return null;
  end $$;
  create trigger document_issued before update or delete on document
    for each row when (old.status = 'issued') execute function refuse_issued_document_change();
  create trigger document_no_truncate before truncate on document
    for each statement execute function refuse_issued_document_change();

  create table document_task (
    task_id uuid constraint document_task_pkey primary key constraint document_task_task_id_fkey references task,
    document_id uuid not null constraint document_task_document_id_fkey references document,
    item text,
    position integer not null,
    recorded_at timestamptz(3) not null
  );
  create index document_task_document_idx on document_task (document_id, position);
  ${appendOnly('document_task')}

  create table task_link (
    from_task uuid constraint task_link_from_task_fkey references task,
    to_task uuid constraint task_link_to_task_fkey references task,
    kind text constraint task_link_kind_check check (kind in ('about', 'follows', 'carried_forward')),
    created_by text not null,
    recorded_at timestamptz(3) not null,
    constraint task_link_pkey primary key (from_task, to_task, kind),
    constraint task_link_self_check check (from_task <> to_task)
  );
  create index task_link_to_idx on task_link (to_task);
  ${appendOnly('task_link')}

  create table deadline_proposal (
    id uuid constraint deadline_proposal_pkey primary key,
    task_id uuid not null constraint deadline_proposal_task_id_fkey references task,
    -- The last event of the task that the proposal knew: the first deadline decided after it is the answer.
    after_seq integer not null,
    due jsonb not null,
    due_on date not null,
    reason text,
    proposed_by text not null,
    capacity text not null,
    recorded_at timestamptz(3) not null
  );
  create index deadline_proposal_task_idx on deadline_proposal (task_id, recorded_at);
  ${appendOnly('deadline_proposal')}

  create table programme_phase (
    programme text constraint programme_phase_programme_fkey references programme,
    phase text constraint programme_phase_phase_check
      check (phase in ('registration', 'opinions', 'approval', 'execution', 'confirmation', 'appraisal', 'closing')),
    position integer not null,
    -- On a day, or after what another body submits; the tentative day is a forecast.
    starts jsonb not null,
    ends jsonb,
    started_on date,
    started_by text,
    started_recorded_at timestamptz(3),
    started_document jsonb,
    ended_on date,
    ended_by text,
    ended_recorded_at timestamptz(3),
    ended_document jsonb,
    constraint programme_phase_pkey primary key (programme, phase),
    constraint programme_phase_started_check check ((started_on is null) = (started_by is null)
      and (started_on is null) = (started_recorded_at is null) and (started_on is not null or started_document is null)),
    constraint programme_phase_ended_check check ((ended_on is null) = (ended_by is null)
      and (ended_on is null) = (ended_recorded_at is null) and (ended_on is not null or ended_document is null)),
    constraint programme_phase_order_check check (ended_on is null or started_on is not null and ended_on >= started_on)
  );
  create function refuse_phase_fact_change() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' or new.starts <> old.starts or new.started_on <> old.started_on or new.started_on is null
      or new.started_document is distinct from old.started_document
      or (old.ended_on is not null and (new.ended_on is distinct from old.ended_on or new.ends is distinct from old.ends)) then
      raise exception 'what was recorded of a phase neither changes nor goes' using errcode = 'restrict_violation';
    end if;
    return new;
  end $$;
  create trigger programme_phase_facts before update or delete on programme_phase
    for each row when (old.started_on is not null) execute function refuse_phase_fact_change();

  create table scope_review (
    id bigint generated always as identity constraint scope_review_pkey primary key,
    programme text not null constraint scope_review_programme_fkey references programme,
    unit text not null constraint scope_review_unit_fkey references unit,
    -- Codes of tasks of the programme.
    applies jsonb not null,
    note text,
    reviewed_on date not null,
    reviewed_by text not null,
    recorded_at timestamptz(3) not null
  );
  create index scope_review_unit_idx on scope_review (programme, unit, id);
  ${appendOnly('scope_review')}

  alter table programme
    -- Of what a rate is a share: of all (report 158), of what has fallen due, of its own group.
    add column denominator text not null default 'all'
      constraint programme_denominator_check check (denominator in ('all', 'fallen_due', 'group')),
    add column percent_digits integer not null default 1
      constraint programme_percent_digits_check check (percent_digits between 0 and 2),
    -- What its leaders expect of good work, in their words (letter 000 c).
    add column criteria text,
    add column basis jsonb;
`;
