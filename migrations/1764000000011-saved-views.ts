import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Views of lists that people keep under a name: for themselves, for a unit, or for everybody. */
export class SavedViews1764000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table saved_view (
        id uuid constraint saved_view_pkey primary key,
        owner uuid not null constraint saved_view_owner_fkey references account,
        page text not null constraint saved_view_page_check check (page in ('tasks')),
        name text not null,
        query text not null,
        sharing text not null constraint saved_view_sharing_check check (sharing in ('private', 'unit', 'all')),
        unit text constraint saved_view_unit_fkey references unit,
        created_at timestamptz(3) not null,
        constraint saved_view_name_key unique (owner, page, name),
        constraint saved_view_unit_check check ((unit is not null) = (sharing = 'unit'))
      );
      create index saved_view_unit_idx on saved_view (unit) where unit is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table saved_view');
  }
}
