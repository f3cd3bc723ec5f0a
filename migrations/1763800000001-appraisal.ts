import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Panels with votes, substitutes, questions and opinions; fields and indicators; secret work; reopening by two persons;
 * memberships with a field and with days.
 */
export class Appraisal1763800000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table task
        add column field text,
        add column indicator text,
        add column secret boolean not null default false,
        add column participants jsonb not null default '[]',
        add column review jsonb,
        add column proposal jsonb,
        drop constraint task_holder_check,
        add constraint task_holder_check check (holder in ('unit', 'appraiser', 'office', 'province'));
      -- What replaying the history of these tasks gives: a round without votes, open since the task came there.
      update task set review = jsonb_build_object('since', entered_on, 'votes', '[]'::jsonb, 'opinions', '[]'::jsonb,
        'question', null) where category = 'awaiting_appraisal';

      alter table task_event
        add column on_behalf_of text,
        add column signing text,
        drop constraint task_event_type_check,
        add constraint task_event_type_check check (type in (${types}));

      alter table programme add column reopen_days integer not null default 30;
      create index report_run_programme_idx on report_run (programme, as_of);

      alter table membership
        add column field text,
        add column valid_from date,
        add column valid_to date,
        drop constraint membership_role_check,
        add constraint membership_role_check check (role in ('administrator', 'office', 'specialist', 'head', 'focal_point',
          'appraiser', 'aggregator', 'leader', 'operator', 'auditor')),
        add constraint membership_days_check check (valid_from < valid_to);

      create table absence (
        id uuid constraint absence_pkey primary key,
        account_id uuid not null constraint absence_account_id_fkey references account,
        from_day date not null,
        -- The first day back.
        until_day date not null,
        substitute uuid constraint absence_substitute_fkey references account,
        signing text constraint absence_signing_check check (signing in ('KT.', 'TL.', 'TUQ.', 'TM.', 'Q.')),
        document jsonb,
        created_by text not null,
        created_at timestamptz(3) not null,
        cancelled_at timestamptz(3),
        constraint absence_days_check check (from_day < until_day),
        constraint absence_other_check check (substitute <> account_id)
      );
      create index absence_account_id_idx on absence (account_id);
      create index absence_substitute_idx on absence (substitute);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table absence;
      alter table membership
        drop constraint membership_days_check,
        drop constraint membership_role_check,
        drop column field,
        drop column valid_from,
        drop column valid_to,
        add constraint membership_role_check check (role in ('administrator', 'office', 'head', 'focal_point', 'appraiser',
          'aggregator', 'leader', 'operator', 'auditor'));
      drop index report_run_programme_idx;
      alter table programme drop column reopen_days;
      alter table task_event
        drop constraint task_event_type_check,
        add constraint task_event_type_check check (type in ('task.assigned', 'task.moved', 'task.progress_reported',
          'task.deadline_decided', 'task.timer_fired', 'task.timer_skipped')),
        drop column on_behalf_of,
        drop column signing;
      alter table task
        drop constraint task_holder_check,
        add constraint task_holder_check check (holder in ('unit', 'appraiser', 'office')),
        drop column field,
        drop column indicator,
        drop column secret,
        drop column participants,
        drop column review,
        drop column proposal;
    `);
  }
}

const types = [
  'task.assigned',
  'task.moved',
  'task.progress_reported',
  'task.deadline_decided',
  'task.timer_fired',
  'task.timer_skipped',
  'task.vote_cast',
  'task.recalled',
  'task.information_requested',
  'task.information_given',
  'task.opinion_given',
  'task.reassigned',
  'task.move_proposed',
]
  .map((type) => `'${type}'`)
  .join(', ');
