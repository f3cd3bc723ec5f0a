import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One counter of urgings for every list; work that comes back; the department's own report to the province. */
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

      alter table task add column recurrence jsonb;
      update task t set recurrence = e.due from (
        select distinct on (task_id) task_id, payload -> 'due' as due from task_event
        where type in ('task.assigned', 'task.deadline_decided') and payload -> 'due' ->> 'kind' in ('recurring', 'none')
        order by task_id, seq desc) e
      where e.task_id = t.id and e.due ->> 'kind' = 'recurring';
      create index task_recurring_idx on task (programme) where recurrence is not null;
      alter table task_link drop constraint task_link_kind_check, add constraint task_link_kind_check
        check (kind in ('about', 'follows', 'carried_forward', 'next_occurrence'));
      -- unit: to the aggregating agency; aggregator: what the agency itself sends on.
      alter table report_obligation add column level text not null default 'unit'
        constraint report_obligation_level_check check (level in ('unit', 'aggregator'));
      -- A task has one next occurrence, whoever makes it.
      create unique index task_link_next_key on task_link (to_task) where kind = 'next_occurrence';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update task t set following = t.following || jsonb_build_object('urgings', (
        select count(*) from task_event e where e.task_id = t.id and e.type = 'task.urged')) where t.following is not null;
      alter table task drop column urgings, drop column recurrence;
      drop index task_link_next_key;
      alter table report_obligation drop column level;
      alter table task_link disable trigger task_link_append_only;
      delete from task_link where kind = 'next_occurrence';
      alter table task_link enable trigger task_link_append_only;
      alter table task_link drop constraint task_link_kind_check, add constraint task_link_kind_check
        check (kind in ('about', 'follows', 'carried_forward'));
    `);
  }
}
