import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The end of the events of tasks, found without reading them all: a block range index, since events are appended in about
 * the order of their recording. Writing an event costs next to nothing more.
 */
export class Live1764000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'create index task_event_recorded_idx on task_event using brin (recorded_at) with (pages_per_range = 16, autosummarize = on)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index task_event_recorded_idx');
  }
}
