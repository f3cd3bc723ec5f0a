import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One counter of urgings for every list. */
export class Periodic1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Timers, rounds, letters, calls: counted together, where before the column "following" counted what people did.
      alter table task add column urgings integer not null default 0;
      update task t set urgings = u.urgings from (
        select e.task_id, count(*) as urgings from task_event e
        where e.type = 'task.urged' or (e.type = 'task.timer_fired' and e.payload ->> 'action' <> 'remind'
          and e.payload -> 'to' ?| array['lead_unit.head', 'lead_unit.focal_point'])
        group by e.task_id) u where u.task_id = t.id;
      update task set following = following - 'urgings' where following is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update task t set following = t.following || jsonb_build_object('urgings', (
        select count(*) from task_event e where e.task_id = t.id and e.type = 'task.urged')) where t.following is not null;
      alter table task drop column urgings;
    `);
  }
}
