import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People are told of confirmation rounds as they are of tasks; a proposed urging round can be withdrawn. */
export class Confirmations1764000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table notification
        alter column task_id drop not null,
        alter column event_seq drop not null,
        -- Of a confirmation round in place of a task: which news of it, once per person, and what its line says.
        add column confirmation uuid constraint notification_confirmation_fkey references confirmation_round,
        add column about text,
        add column said jsonb,
        add constraint notification_event_check
          check ((confirmation is null) = (task_id is not null) and (confirmation is null) = (event_seq is not null)),
        add constraint notification_said_check
          check ((confirmation is null) = (about is null) and (confirmation is null) = (said is null));
      create unique index notification_confirmation_key on notification (account_id, confirmation, about)
        where confirmation is not null;

      alter table urging_round
        add column withdrawn_by text,
        add column withdrawn_at timestamptz(3),
        add column withdrawal_reason text,
        drop constraint urging_round_status_check,
        add constraint urging_round_status_check check (status in ('proposed', 'approved', 'sent', 'withdrawn')),
        drop constraint urging_round_approval_check,
        add constraint urging_round_approval_check check ((status in ('approved', 'sent')) = (approved_by is not null)),
        add constraint urging_round_withdrawal_check
          check ((status = 'withdrawn') = (withdrawn_by is not null) and (status = 'withdrawn') = (withdrawal_reason is not null)),
        drop constraint urging_round_day_key;
      -- After one was withdrawn the same day may have another.
      create unique index urging_round_day_key on urging_round (programme, as_of) where status <> 'withdrawn';
    `);
  }

  /** What the schema of before has no words for goes: news of rounds, and proposals that were withdrawn. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from urging_line l using urging_round r where r.id = l.round and r.status = 'withdrawn';
      delete from urging_round where status = 'withdrawn';
      drop index urging_round_day_key;
      alter table urging_round
        add constraint urging_round_day_key unique (programme, as_of),
        drop constraint urging_round_approval_check,
        add constraint urging_round_approval_check check ((status = 'proposed') = (approved_by is null)),
        drop constraint urging_round_status_check,
        add constraint urging_round_status_check check (status in ('proposed', 'approved', 'sent')),
        drop column withdrawal_reason,
        drop column withdrawn_at,
        drop column withdrawn_by;

      delete from intention where queue = 'notify' and kind = 'confirmation';
      delete from notification where confirmation is not null;
      alter table notification
        drop column said,
        drop column about,
        drop column confirmation,
        alter column event_seq set not null,
        alter column task_id set not null;
    `);
  }
}
