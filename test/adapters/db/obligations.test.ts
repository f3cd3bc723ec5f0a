// Thirty-one units, five years, in a database that holds forty times as much: each of the two statements finds its rows by
// index.

import { expect } from 'chai';
import { addText, listStatement } from '../../../src/adapters/db/obligations.ts';
import { done, suiteOffice } from '../../support/http-office.ts';

const years = [2024, 2025, 2026, 2027, 2028];
const units = [
  { code: 'SNV', name: 'Sở Nội vụ', class: 'department', bloc: 'department' },
  ...Array.from({ length: 31 }, (_, index) => ({
    code: `DV${String(index + 1).padStart(2, '0')}`,
    name: `Đơn vị ${index + 1}`,
    class: index < 19 ? 'department' : 'district',
    bloc: index < 19 ? 'department' : 'district',
  })),
  { code: 'SKHDT', name: 'Sở Kế hoạch và Đầu tư', class: 'office', bloc: 'office' },
];
const regimes = [
  {
    key: 'qd1100',
    name: 'Báo cáo',
    periods: [
      { kind: 'half_year', cutOff: '06-14', unit: '06-16' },
      { kind: 'year', cutOff: '12-14', unit: '12-16' },
    ],
    units: { classes: ['department', 'district'] },
  },
];
const span = { programme: 'CT', from: '2024-01-01', to: '2028-12-31' };

describe('31 units by 5 years of obligations', function () {
  this.timeout(120_000);
  const office = suiteOffice({ day: '2024-01-02', units });

  before('make them through the API, and fill the tables with those of forty other programmes', async () => {
    const admin = office().as('admin');
    await office().programme('CT', { workflow: 'periodic-report', aggregator: 'SNV', year: 2024 });
    await done(admin.put('/programmes/CT/reporting', { regimes }, { ifMatch: 0 }));
    for (const year of years) await done(admin.post(`/programmes/CT/reporting/years/${year}`));
  });

  /** Filler that no rule made: it lives and dies in a transaction, with the rules of the tables switched off. */
  const explained = async (statements: readonly { text: string; values?: unknown[] }[]): Promise<readonly string[]> => {
    const client = await office().pool.connect();
    try {
      await client.query('begin');
      await client.query(`set local session_replication_role = 'replica'`);
      await client.query(`create temporary table ids on commit drop as
        select n, id as old, gen_random_uuid() as id from report_obligation, generate_series(1, 40) n`);
      const { rows } = await client.query<{ columns: string }>(
        `select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
         where attrelid = 'task'::regclass and attnum > 0 and not attisdropped and attgenerated = ''
           and attname not in ('id', 'code', 'programme')`,
      );
      const { columns = '' } = rows[0] ?? {};
      await client.query(`insert into task (id, code, programme, ${columns})
        select i.id, t.code || '/' || i.n, 'KHAC' || i.n, ${columns.replaceAll(/(\w+|"\w+")/g, 't.$1')} from ids i join task t on t.id = i.old`);
      await client.query(`insert into report_obligation
        select i.id, 'KHAC' || i.n, regime, year, period, period_name, unit, from_on, cut_off_on, due_on, aggregator_due_on,
          upper_due_on, created_at from ids i join report_obligation o on o.id = i.old`);
      await client.query(`insert into task_event (task_id, seq, type, actor, capacity, effective_at, recorded_at, cause, payload, state, category,
          due_on, lead_unit, prev_hash, hash)
        select i.id, e.seq, e.type, e.actor, e.capacity, e.effective_at, e.recorded_at, e.cause, e.payload, e.state, e.category,
          e.due_on, e.lead_unit, e.prev_hash, e.hash from ids i join task_event e on e.task_id = i.old`);
      await client.query('analyze task');
      await client.query('analyze report_obligation');
      await client.query('analyze task_event');
      const plans: string[] = [];
      for (const { text, values = [] } of statements) {
        const { rows: plan } = await client.query<{ 'QUERY PLAN': string }>(
          `explain (analyze, costs off) ${text}`,
          values,
        );
        plans.push(plan.map((line) => line['QUERY PLAN']).join('\n'));
      }
      return plans;
    } finally {
      await client.query('rollback');
      client.release();
    }
  };

  it('are 310, all in one answer, and none is made a second time', async () => {
    const again = await done(office().as('admin').post('/programmes/CT/reporting/years/2028'));
    const matrix = await done(
      office().as('leader').get('/programmes/CT/obligations/matrix?from=2024-01-01&to=2028-12-31'),
    );

    expect([again.created, again.existing]).to.deep.equal([0, 62]);
    expect([matrix.units.length, matrix.periods.length]).to.deep.equal([31, 10]);
    expect(matrix.periods.map(({ total }: { total: number }) => total)).to.deep.equal(Array(10).fill(31));
  });

  it('are read in one statement that scans no table of theirs from end to end', async () => {
    const bounded = listStatement({ ...span, scope: [{ leadUnit: 'DV07' }] });
    const plans = await explained([listStatement({ ...span, scope: 'all' }), bounded] as {
      text: string;
      values: unknown[];
    }[]);

    for (const plan of plans) {
      expect(plan).to.match(/Index (Only )?Scan.*report_obligation|Bitmap Index Scan on report_obligation/);
      expect(plan).to.not.match(/Seq Scan on (report_obligation|task|task_event)\b/);
    }
    expect(plans[0]).to.match(/rows=310\b|rows=310\.00/);
  });

  it('are written in one statement that looks each up by the index of its key', async () => {
    const { rows } = await office().pool.query(`select json_agg(o order by o.id) as list from report_obligation o
      where o.programme = 'CT' and o.year = 2028`);
    const [plan = ''] = await explained([{ text: addText, values: [JSON.stringify(rows[0].list), new Date()] }]);

    expect(plan).to.match(/Conflict Resolution: NOTHING/);
    expect(plan).to.match(/Conflicting Tuples: 62/);
    expect(plan).to.not.match(/Seq Scan/);
  });
});
