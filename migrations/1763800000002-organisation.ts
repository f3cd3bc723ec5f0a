import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Units over time: what each was from which day on, reorganisations as acts with their document, tasks that change hands,
 * and figures by the structure of then or of now.
 */
export class Organisation1763800000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table reorganisation (
        id uuid constraint reorganisation_pkey primary key,
        kind text not null constraint reorganisation_kind_check check (kind in ('rename', 'merge', 'split', 'dissolve')),
        effective_on date not null,
        document jsonb not null,
        -- The whole request as it was accepted.
        request jsonb not null,
        predecessors jsonb not null,
        successors jsonb not null,
        status text not null constraint reorganisation_status_check
          check (status in ('planned', 'running', 'done', 'refused', 'cancelled')),
        total integer not null,
        processed integer not null,
        problem jsonb,
        actor text not null,
        created_at timestamptz(3) not null,
        finished_at timestamptz(3)
      );

      alter table unit
        drop constraint unit_class_check,
        add constraint unit_class_check check (class in ('department', 'district', 'commune', 'central', 'office', 'task_force')),
        -- The running reorganisation that ends it: from then on it takes no new work.
        add column closing uuid constraint unit_closing_fkey references reorganisation;

      create table unit_version (
        id bigint generated always as identity constraint unit_version_pkey primary key,
        unit text not null constraint unit_version_unit_fkey references unit on delete cascade,
        valid_from date not null,
        name text not null,
        class text not null constraint unit_version_class_check
          check (class in ('department', 'district', 'commune', 'central', 'office', 'task_force')),
        bloc text not null,
        official_order integer not null,
        parent text,
        document jsonb,
        reorganisation uuid constraint unit_version_reorganisation_fkey references reorganisation,
        -- A correction is another row for the same day, known from a later moment: figures as known before keep the old one.
        recorded_at timestamptz(3) not null,
        recorded_by text,
        reason text
      );
      create index unit_version_unit_idx on unit_version (unit, valid_from);

      -- Every unit has a version from its first day on, whoever adds it. Nothing can have named it before it was there, so
      -- that version is known since ever.
      create function first_unit_version() returns trigger language plpgsql as $$
      begin
        insert into unit_version (unit, valid_from, name, class, bloc, official_order, parent, recorded_at, document, reorganisation)
        select new.code, new.valid_from, new.name, new.class, new.bloc, new.official_order, new.parent, to_timestamp(0), r.document, r.id
        from (select nullif(current_setting('dondoc.reorganisation', true), '')::uuid as by) s left join reorganisation r on r.id = s.by;
        return null;
      end $$;
      create trigger unit_first_version after insert on unit for each row execute function first_unit_version();
      insert into unit_version (unit, valid_from, name, class, bloc, official_order, parent, recorded_at)
        select code, valid_from, name, class, bloc, official_order, parent, to_timestamp(0) from unit;

      create function refuse_version_change() returns trigger language plpgsql as $$
      begin
        -- A unit that nothing has named yet may go, and its versions with it.
        if tg_op = 'DELETE' and not exists (select from unit where code = old.unit) then return old; end if;
        raise exception 'unit_version is append-only' using errcode = 'restrict_violation';
      end $$;
      create trigger unit_version_append_only before update or delete on unit_version
        for each row execute function refuse_version_change();

      alter table task add column former_units jsonb not null default '[]';
      alter table delta alter column category_to drop not null;
      alter table task_event
        drop constraint task_event_type_check,
        add constraint task_event_type_check check (type in (${types(true)})),
        -- Who leads the task from this event on, where the event says so.
        add column lead_unit text;
      alter table task_event disable trigger task_event_append_only;
      update task_event set lead_unit = payload ->> 'leadUnit' where type = 'task.assigned';
      alter table task_event enable trigger task_event_append_only;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table task_event
        drop column lead_unit,
        drop constraint task_event_type_check,
        add constraint task_event_type_check check (type in (${types(false)}));
      alter table delta alter column category_to set not null;
      alter table task drop column former_units;
      drop trigger unit_first_version on unit;
      drop table unit_version;
      drop function first_unit_version(), refuse_version_change();
      alter table unit
        drop column closing,
        drop constraint unit_class_check,
        add constraint unit_class_check check (class in ('department', 'district', 'central', 'office', 'task_force'));
      drop table reorganisation;
    `);
  }
}

const types = (withTransfers: boolean): string =>
  [
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
    ...(withTransfers ? ['task.transferred'] : []),
  ]
    .map((type) => `'${type}'`)
    .join(', ');
