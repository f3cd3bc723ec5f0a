import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How the rates of a programme are rounded, and the third denominator under the name the API gives it. */
export class Figures1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table programme
        drop constraint programme_denominator_check,
        add column rounding text not null default 'half_up'
          constraint programme_rounding_check check (rounding in ('half_up', 'truncate'));
      update programme set denominator = 'within_group' where denominator = 'group';
      alter table programme
        add constraint programme_denominator_check check (denominator in ('all', 'fallen_due', 'within_group'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table programme drop constraint programme_denominator_check, drop column rounding;
      update programme set denominator = 'group' where denominator = 'within_group';
      alter table programme
        add constraint programme_denominator_check check (denominator in ('all', 'fallen_due', 'group'));
    `);
  }
}
