import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One deed on many tasks, done by a worker: what was asked, how far it is, and what the rules refused. */
export class BulkRuns1764100000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table bulk_run (
        id uuid constraint bulk_run_pkey primary key,
        kind text not null constraint bulk_run_kind_check check (kind in ('transition', 'urge')),
        command jsonb not null,
        -- In the order in which they are done; the first so many as processed says are.
        items jsonb not null,
        body_hash text not null,
        status text not null constraint bulk_run_status_check check (status in ('waiting', 'running', 'done', 'failed')),
        total integer not null,
        processed integer not null,
        ok integer not null,
        actor uuid not null constraint bulk_run_actor_fkey references account,
        created_at timestamptz(3) not null,
        finished_at timestamptz(3)
      );
      create index bulk_run_actor_idx on bulk_run (actor, created_at);
      create table bulk_run_refusal (
        run_id uuid not null constraint bulk_run_refusal_run_fkey references bulk_run,
        number integer not null,
        task_id uuid not null,
        code text not null,
        details jsonb not null,
        constraint bulk_run_refusal_pkey primary key (run_id, number)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from intention where queue = 'bulk';
      drop table bulk_run_refusal;
      drop table bulk_run;
    `);
  }
}
