import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Periodic reports: the regime of a programme, and what each unit owes for each period. An obligation is a task. */
export class Obligations1763900000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table reporting (
        programme text constraint reporting_pkey primary key constraint reporting_programme_fkey references programme,
        version integer not null,
        regimes jsonb not null,
        -- For whom the schedule makes the obligations of the next year.
        set_by uuid not null constraint reporting_set_by_fkey references account,
        set_at timestamptz(3) not null
      );

      create table report_obligation (
        id uuid constraint report_obligation_pkey primary key constraint report_obligation_id_fkey references task,
        programme text not null constraint report_obligation_programme_fkey references programme,
        regime text not null,
        year integer not null,
        period text not null,
        period_name text not null,
        unit text not null constraint report_obligation_unit_fkey references unit,
        from_on date not null,
        cut_off_on date not null,
        -- As the regime has it; what was decided about it since is in the task.
        due_on date not null,
        aggregator_due_on date,
        upper_due_on date,
        created_at timestamptz(3) not null,
        constraint report_obligation_once_key unique (programme, regime, period, unit),
        constraint report_obligation_days_check check (from_on <= cut_off_on)
      );
      create index report_obligation_due_on_idx on report_obligation (programme, due_on);
      -- What is owed stays owed; it is let off by a decision on its task.
      create trigger report_obligation_append_only before update or delete on report_obligation
        for each row execute function refuse_change();
      create trigger report_obligation_no_truncate before truncate on report_obligation
        for each statement execute function refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table report_obligation, reporting');
  }
}
