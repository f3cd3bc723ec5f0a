import type pg from 'pg';
import type { ProgrammeFigures, ReportedProgramme, ReportReader } from '../../../application/reports/statistics.ts';
import type { FigureRule } from '../../../domain/programmes/settings.ts';
import type { CountedRow, ReportUnit } from '../../../domain/reporting/statistics.ts';
import { heirs, unitThen } from '../unit-sql.ts';
import { knownTasks } from './as-of.ts';
import { countedTasks } from './report-rows.ts';

const rule = `json_build_object('denominator', p.denominator, 'percentDigits', p.percent_digits, 'rounding', p.rounding) as rule`;

interface Row {
  readonly name: string;
  readonly noun: string;
  readonly soon_days: number;
  readonly illustrative: boolean;
  readonly rule: FigureRule;
  readonly units: readonly ReportUnit[];
  readonly rows: readonly CountedRow[];
}

/** One statement, so one snapshot, answers all parts of a report. */
export const reportReader = (pool: pg.Pool): ReportReader => ({
  async programme(code) {
    const { rows } = await pool.query<ReportedProgramme>({
      name: 'reported-programme',
      text: `select p.name, p.noun, p.illustrative, c.zone, ${rule} from programme p join calendar c on c.key = p.calendar where p.code = $1`,
      values: [code],
    });
    return rows[0];
  },

  async figures(programme, before, known, structure = 'then') {
    const { rows } = await pool.query<Row>({
      name: `report-figures-${structure}`,
      text: `with ${knownTasks},
        counted as (
          select ${structure === 'then' ? 'lead_unit' : 'heir'} as unit, category, due_on as "dueOn", submitted_on as "submittedOn", estimate, count(*)::integer as count
          from known ${structure === 'then' ? '' : `join ${heirs} h on h.unit = known.leads_now`} group by 1, 2, 3, 4, 5)
        select p.name, p.noun, p.soon_days, p.illustrative, ${rule},
          coalesce((select json_agg(counted) from counted), '[]') as rows,
          coalesce((select json_agg(json_build_object('code', u.code, 'name', s.name, 'bloc', s.bloc) order by s.official_order, u.code)
            from unit u cross join lateral ${structure === 'then' ? unitThen('u.code', "(($2::timestamptz - interval '1 millisecond') at time zone c.zone)::date", '$3') : '(select u.name, u.bloc, u.official_order)'} s
            where u.code in (select unit from counted)), '[]') as units
        from programme p join calendar c on c.key = p.calendar where p.code = $1`,
      values: [programme, before, known],
    });
    const row = rows[0];
    return row && ({ ...row, soonDays: row.soon_days } satisfies ProgrammeFigures);
  },

  rows: countedTasks(pool),
});
