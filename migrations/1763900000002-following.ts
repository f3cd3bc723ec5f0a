import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Difficulties, requests for extensions, explanations and urgings on tasks; how many extensions a programme allows; urging
 * rounds that a person approves; common tasks that every unit has a copy of.
 */
export class Following1763900000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table task add column following jsonb;
      create index task_followed_idx on task (programme) where following is not null;
      -- QĐ 790/QĐ-UBND-HC (Đồng Tháp): a task is extended once at most. Null: no limit.
      alter table programme add column max_extensions integer default 1;

      alter table task_event
        drop constraint task_event_type_check,
        add constraint task_event_type_check check (type in (${types(true)}));

      create table urging_round (
        id uuid constraint urging_round_pkey primary key,
        programme text not null constraint urging_round_programme_fkey references programme,
        -- The day whose list it proposes; one round a day, whoever asks.
        as_of date not null,
        status text not null constraint urging_round_status_check check (status in ('proposed', 'approved', 'sent')),
        proposed_by text not null,
        proposed_at timestamptz(3) not null,
        approved_by text,
        approved_at timestamptz(3),
        sent_at timestamptz(3),
        constraint urging_round_day_key unique (programme, as_of),
        constraint urging_round_approval_check check ((status = 'proposed') = (approved_by is null))
      );
      create table urging_line (
        round uuid not null constraint urging_line_round_fkey references urging_round,
        task_id uuid not null constraint urging_line_task_id_fkey references task,
        unit text not null,
        assigned_on date not null,
        months integer not null,
        -- The how-manieth urging; known once it is sent.
        n integer,
        status text not null constraint urging_line_status_check check (status in ('proposed', 'taken_out', 'sent', 'skipped')),
        -- Why a person took it out, or the rules would not send it any more.
        reason text,
        changed_by text,
        constraint urging_line_pkey primary key (round, task_id),
        constraint urging_line_reason_check check (status in ('proposed', 'sent') or reason is not null)
      );
      create index urging_line_task_id_idx on urging_line (task_id);

      create table common_task (
        programme text not null constraint common_task_programme_fkey references programme,
        code text not null,
        -- The task as every unit has it, less the unit.
        body jsonb not null,
        created_by text not null,
        created_at timestamptz(3) not null,
        constraint common_task_pkey primary key (programme, code)
      );
      create table common_copy (
        task_id uuid constraint common_copy_pkey primary key constraint common_copy_task_id_fkey references task,
        programme text not null,
        code text not null,
        constraint common_copy_common_fkey foreign key (programme, code) references common_task (programme, code)
      );
      create index common_copy_common_idx on common_copy (programme, code);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table common_copy, common_task, urging_line, urging_round;
      alter table task_event
        drop constraint task_event_type_check,
        add constraint task_event_type_check check (type in (${types(false)}));
      alter table programme drop column max_extensions;
      drop index task_followed_idx;
      alter table task drop column following;
    `);
  }
}

const before = [
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
  'task.transferred',
];
const added = [
  'task.difficulty_reported',
  'task.difficulty_answered',
  'task.extension_requested',
  'task.explained',
  'task.cause_judged',
  'task.urged',
];

function types(all: boolean): string {
  return [...before, ...(all ? added : [])].map((type) => `'${type}'`).join(', ');
}
