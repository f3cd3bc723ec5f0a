import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Links in mail by which one person decides one round. The token itself is nowhere here: it is made from the id with a key,
 * at the moment of sending, and only its hash is kept.
 */
export class DecisionLinks1763800000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table decision_link (
        id uuid constraint decision_link_pkey primary key,
        token_hash text not null constraint decision_link_token_hash_key unique,
        account_id uuid not null constraint decision_link_account_id_fkey references account,
        task_id uuid not null constraint decision_link_task_id_fkey references task,
        round integer not null,
        -- A mail that is taken back before it was sent takes its links with it.
        mail_id uuid not null constraint decision_link_mail_id_fkey references mail on delete cascade,
        created_at timestamptz(3) not null,
        expires_at timestamptz(3) not null,
        -- For showing only: what counts is the event that names the link as its cause.
        used_at timestamptz(3),
        outcome text,
        killed_at timestamptz(3)
      );
      create index decision_link_task_id_idx on decision_link (task_id, account_id);
      create index decision_link_mail_id_idx on decision_link (mail_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table decision_link');
  }
}
