import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Registration of next year's commitments, and forecasts that are kept to be scored. */
export class Registration1763900000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table registration (
        id uuid constraint registration_pkey primary key,
        programme text not null constraint registration_programme_fkey references programme
          constraint registration_programme_key unique,
        source_programme text constraint registration_source_programme_fkey references programme,
        year integer not null,
        document jsonb,
        opened_by text not null,
        opened_at timestamptz(3) not null
      );

      create table proposal (
        id uuid constraint proposal_pkey primary key,
        registration uuid not null constraint proposal_registration_fkey references registration,
        unit text not null constraint proposal_unit_fkey references unit,
        year integer not null,
        origin text not null constraint proposal_origin_check check (origin in ('unit', 'office')),
        change text not null constraint proposal_change_check check (change in ('carried', 'target_changed', 'added', 'dropped')),
        source_task uuid constraint proposal_source_task_fkey references task,
        target_from jsonb,
        basis jsonb,
        reason text,
        title text not null,
        product text,
        measure_unit text,
        target jsonb,
        kind text not null constraint proposal_kind_check check (kind in ('common', 'template', 'own')),
        field text,
        indicator text,
        appraiser_unit text constraint proposal_appraiser_unit_fkey references unit,
        status text not null constraint proposal_status_check
          check (status in ('draft', 'submitted', 'returned', 'approved', 'rejected')),
        opinion text,
        note text,
        decision jsonb,
        decided_by text,
        decided_at timestamptz(3),
        -- Next year's task: one for each proposal, and one proposal for each.
        task uuid constraint proposal_task_fkey references task constraint proposal_task_key unique,
        version integer not null,
        created_by text not null,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        -- However often and from wherever it is carried forward: one copy.
        constraint proposal_source_key unique (source_task, year),
        constraint proposal_source_check check ((source_task is null) = (change = 'added')),
        constraint proposal_basis_check check (change <> 'target_changed' or basis is not null),
        constraint proposal_dropped_check check ((change = 'dropped') = (reason is not null)),
        constraint proposal_decision_check check ((status in ('approved', 'rejected')) = (decision is not null)),
        constraint proposal_created_check check (task is null or status = 'approved' and change <> 'dropped')
      );
      create index proposal_registration_idx on proposal (registration, unit);

      -- An opinion is never changed: a later one of the same bloc stands in its place.
      create table bloc_opinion (
        id bigint generated always as identity constraint bloc_opinion_pkey primary key,
        registration uuid not null constraint bloc_opinion_registration_fkey references registration,
        bloc text not null,
        text text not null,
        by_account text not null,
        at timestamptz(3) not null
      );
      create index bloc_opinion_registration_idx on bloc_opinion (registration, bloc, id);
      create trigger bloc_opinion_append_only before update or delete on bloc_opinion
        for each row execute function refuse_change();
      create trigger bloc_opinion_no_truncate before truncate on bloc_opinion
        for each statement execute function refuse_change();

      create table forecast (
        id uuid constraint forecast_pkey primary key,
        programme text not null constraint forecast_programme_fkey references programme,
        as_of date not null,
        made_at timestamptz(3) not null,
        made_by text not null,
        method text not null,
        -- Of everything it was computed from.
        inputs_sha256 text not null,
        rows jsonb not null
      );
      create index forecast_programme_idx on forecast (programme, made_at);
      create trigger forecast_append_only before update or delete on forecast
        for each row execute function refuse_change();
      create trigger forecast_no_truncate before truncate on forecast
        for each statement execute function refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table forecast, bloc_opinion, proposal, registration');
  }
}
