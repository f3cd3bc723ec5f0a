import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Difficulties are put to somebody else by the office, and remind whoever is to answer them: also those that are open today.
 * Whoever follows a task is named on it, and members of a unit have a role.
 * A report names the order to make it.
 * Proposed deadlines are events of their task; the rows of before stay where they are and are read beside them.
 */
export class Following1764000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table task_event
        drop constraint task_event_type_check,
        add constraint task_event_type_check check (type in (${types(true)}));

      -- Phân công theo dõi: who follows a task, for which unit, from which day on.
      alter table task add column followers jsonb not null default '[]';
      create index task_followers_idx on task (programme) where followers <> '[]';
      alter table membership
        drop constraint membership_role_check,
        add constraint membership_role_check check (role in (${roles(true)}));
      -- Difficulties say as what they were written down.
      update task t set following = jsonb_set(following, '{difficulties}', (
        select jsonb_agg(d.said || jsonb_build_object('capacity', e.capacity) order by d.place)
        from jsonb_array_elements(t.following -> 'difficulties') with ordinality as d(said, place)
          join task_event e on e.task_id = t.id and e.type = 'task.difficulty_reported' and e.payload -> 'number' = d.said -> 'number'))
      where jsonb_array_length(t.following -> 'difficulties') > 0;
      update task set following = following || '{"deadlineProposal": null}' where following is not null;

      -- Making the report is itself an assignment (letter 003, 3.2): the task or the document that orders it.
      alter table report_edition
        add column order_task uuid constraint report_edition_order_task_fkey references task,
        add column order_document uuid constraint report_edition_order_document_fkey references document;
      create index report_edition_order_task_idx on report_edition (order_task) where order_task is not null;
      create index report_edition_order_document_idx on report_edition (order_document) where order_document is not null;
      ${editionKept('corrects, reason, order_task, order_document')}

      -- What the engine owes from now on for difficulties that wait (src/domain/schedule/difficulty-timers.ts).
      insert into intention (queue, kind, task_id, rule, occurrence, anchor, payload, due_at, ready_at)
      select 'timers', 'fire-timer', t.id, 'difficulty/' || d.number, 1, format('answer_by:%s#%s', d."answerBy", d.number), '{}',
        due.at, due.at
      from task t join programme p on p.code = t.programme join calendar c on c.key = p.calendar
        cross join lateral jsonb_to_recordset(t.following -> 'difficulties') as d(number integer, "on" date, "answerBy" date, answer jsonb)
        cross join lateral (select ((case when d."answerBy" - 2 > d."on" then d."answerBy" - 2 else d."answerBy" + 1 end)
          + time '08:00') at time zone c.zone as at) due
      where t.following is not null and d.answer is null and t.category in ('assigned', 'in_progress', 'awaiting_appraisal');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${editionKept('corrects, reason')}
      alter table report_edition drop column order_task, drop column order_document;
      delete from membership where role = 'member';
      alter table membership
        drop constraint membership_role_check,
        add constraint membership_role_check check (role in (${roles(false)}));
      alter table task drop column followers;
      update task t set following = jsonb_set(following, '{difficulties}', (
        select jsonb_agg(d.said - 'capacity' order by d.place)
        from jsonb_array_elements(t.following -> 'difficulties') with ordinality as d(said, place)))
      where jsonb_array_length(t.following -> 'difficulties') > 0;
      delete from intention where rule like 'difficulty/%';
      update task set following = following - 'deadlineProposal' where following is not null;
      alter table task_event
        drop constraint task_event_type_check,
        add constraint task_event_type_check check (type in (${types(false)}));
    `);
  }
}

/** A report goes on and never back: what is frozen stays, what was issued says nothing else any more. */
function editionKept(columns: string): string {
  const kept = `id, programme, as_of, ${columns}, created_by, created_at`.split(', ');
  const row = (of: string): string => `row(${kept.map((column) => `${of}.${column}`).join(', ')})`;
  return `
      create or replace function refuse_edition_change() returns trigger language plpgsql as $$
      begin
        if tg_op <> 'UPDATE' or old.status = 'issued'
          or (old.run_id is not null and new.run_id is distinct from old.run_id)
          or ${row('new')} is distinct from ${row('old')} then
          raise exception 'a report keeps what it is, and an issued one everything' using errcode = 'restrict_violation';
        end if;
        return new;
      end $$;`;
}

const before = [
  'task.assigned',
  'task.moved',
  'task.progress_reported',
  'task.deadline_decided',
  'task.timer_fired',
  'task.timer_skipped',
  'task.vote_cast',
  'task.recalled',
  'task.information_requested',
  'task.information_given',
  'task.opinion_given',
  'task.reassigned',
  'task.move_proposed',
  'task.transferred',
  'task.difficulty_reported',
  'task.difficulty_answered',
  'task.extension_requested',
  'task.explained',
  'task.cause_judged',
  'task.urged',
];
const added = ['task.difficulty_redirected', 'task.deadline_proposed', 'task.follower_named'];

function types(all: boolean): string {
  return [...before, ...(all ? added : [])].map((type) => `'${type}'`).join(', ');
}

function roles(member: boolean): string {
  const all = ['administrator', 'office', 'specialist', 'head', 'focal_point', ...(member ? ['member'] : [])];
  return [...all, 'appraiser', 'aggregator', 'leader', 'operator', 'auditor'].map((role) => `'${role}'`).join(', ');
}
