import type pg from 'pg';
import type { CountedTasks } from '../../../application/reports/rows.ts';
import { unitThen } from '../unit-sql.ts';
import { knownTasks } from './as-of.ts';

/** The tasks of a report, by unit in official order, and what they stand on: one statement, so one snapshot. */
export const countedTasks =
  (pool: pg.Pool) =>
  async (programme: string, before: Date, known: Date): Promise<CountedTasks | undefined> => {
    const { rows } = await pool.query<CountedTasks>({ name: 'report-rows', text, values: [programme, before, known] });
    return rows[0];
  };

const day = `(($2::timestamptz - interval '1 millisecond') at time zone c.zone)::date`;

const text = `with ${knownTasks},
  counted as (
    select k.code, k.title, k.lead_unit as unit, s.name as "unitName", s.bloc, k.field, k.appraiser_unit as appraiser,
      agency.name as "appraiserName", k.participants, t.measure_unit as "measureUnit", t.target, said.result, said.progress,
      k.category, k.estimate, k.due_on as "dueOn", k.submitted_on as "submittedOn", said.narrative, ended.document,
      t.definition_key || '/' || t.definition_version as workflow, s.official_order
    from known k join task t on t.id = k.id join programme p on p.code = k.programme join calendar c on c.key = p.calendar
    cross join lateral ${unitThen('k.lead_unit', day, '$3')} s
    left join lateral ${unitThen('k.appraiser_unit', day, '$3')} agency on true
    left join lateral (
      -- Each the last that was said of it; a report may leave one of them out.
      select (array_agg(e.payload -> 'result' order by e.seq desc) filter (where e.payload ? 'result'))[1] as result,
        (array_agg(e.payload -> 'progress' order by e.seq desc) filter (where e.payload ? 'progress'))[1] as progress,
        (array_agg(e.payload ->> 'narrative' order by e.seq desc) filter (where e.payload ? 'narrative'))[1] as narrative
      from task_event e where e.task_id = k.id and e.type = 'task.progress_reported' and e.effective_at < $2 and e.recorded_at <= $3
    ) said on true
    left join lateral (
      select e.payload -> 'document' ->> 'number' as document from task_event e
      where e.task_id = k.id and e.category is not null and e.effective_at < $2 and e.recorded_at <= $3
      order by e.seq desc limit 1) ended on true)
  select
    (select json_build_object('key', c.key, 'version', c.version)) as calendar,
    coalesce((select json_agg(w order by w.key, w.version) from (
      select distinct t.definition_key as key, t.definition_version as version, t.definition_sha256 as sha256
      from known k join task t on t.id = k.id) w), '[]') as workflows,
    coalesce((select json_agg(json_build_object('code', code, 'title', title, 'unit', unit, 'unitName', "unitName", 'bloc', bloc,
        'field', field, 'appraiser', appraiser, 'appraiserName', "appraiserName", 'participants', participants,
        'measureUnit', "measureUnit", 'target', target, 'result', result, 'progress', progress, 'category', category,
        'estimate', estimate, 'dueOn', "dueOn", 'submittedOn', "submittedOn", 'narrative', narrative, 'document', document,
        'workflow', workflow)
      order by official_order, unit, code collate "C") from counted), '[]') as rows
  from programme p join calendar c on c.key = p.calendar where p.code = $1`;
