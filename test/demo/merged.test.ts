import { expect } from 'chai';
import { openPool } from '../../src/adapters/db/pool.ts';
import { verifySource } from '../../src/adapters/db/verify-source.ts';
import { verify } from '../../src/application/operations/verify.ts';
import { computedAgain } from '../../src/application/reports/freeze.ts';
import { readStatistics, type StatisticsReport } from '../../src/application/reports/statistics.ts';
import { compose } from '../../src/compose.ts';
import { demoProgramme, seedDemo } from '../../src/demo/seed.ts';
import type { Reorganisation } from '../../src/domain/organisation/reorganisation.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { secretKey } from '../support/province.ts';
import { HandClock, quiet } from '../support/world.ts';

// Story 12 of the domain, on the golden case: report 158/BC-SKHĐT of 30/10/2022, and districts that end on 1/7/2025.
describe('Report 158 after the districts have become communes', () => {
  const clock = new HandClock('2025-07-02', '09:00');
  const actor = { id: '7d0e3f6c-6d4e-4f8e-9b39-6a1f2b9d7a10', name: '', memberships: [] };
  const document = { number: '1654/NQ-UBTVQH15', date: '2025-06-16', issuer: 'Ủy ban Thường vụ Quốc hội' };
  const nothing = { changes: [], mapping: [], appraisers: [], members: [] };
  let database: TestDatabase;
  let composition: Awaited<ReturnType<typeof compose>>;
  let before158: StatisticsReport;
  let frozen: { readonly id: string; readonly body: string } | undefined;

  const figures = (more: Partial<Parameters<ReturnType<typeof readStatistics>>[0]> = {}) =>
    readStatistics(composition.reports, clock)({ programme: demoProgramme, asOf: '2022-10-30', ...more });
  const readFrozen = async () => {
    const [report] = await composition.frozen.list(demoProgramme);
    return composition.frozen.find(report?.id ?? '');
  };

  before(async function () {
    this.timeout(180_000);
    database = await freshDatabase();
    const settings = {
      DATABASE_URL: database.url,
      SECRET_KEY: secretKey,
      NODE_ENV: 'test',
      TRUST_PROXY: 0,
      RATE_LIMIT_PER_MINUTE: 1_000,
    } as const;
    await seedDemo({ ...settings, DEMO_PASSWORD: 'dondoc-demo' }, quiet, () => undefined);
    composition = await compose(settings, quiet, { clock });
    before158 = await figures();
    frozen = await readFrozen();

    const acts: readonly Reorganisation[] = [
      {
        ...nothing,
        kind: 'merge',
        effectiveOn: '2025-07-01',
        document,
        predecessors: ['HCL', 'HTM'],
        successors: [
          {
            code: 'XTM',
            name: 'UBND xã Tháp Mười',
            class: 'commune',
            bloc: 'commune',
            officialOrder: 1,
            parent: null,
          },
        ],
      },
      {
        ...nothing,
        kind: 'rename',
        effectiveOn: '2025-07-01',
        document,
        predecessors: [],
        successors: [],
        changes: [{ code: 'SYT', name: 'Sở Y tế và Dân số', bloc: 'health', officialOrder: 99 }],
      },
    ];
    for (const [index, act] of acts.entries()) await composition.reorganisations.plan(act, actor, `act-${index}`);
    const { rows } = await composition.pool.query(`select id from intention where kind = 'reorganise' order by id`);
    for (const { id } of rows) await composition.reorganisations.run([id]);
    expect((await composition.reorganisations.list(10)).map(({ status }) => status)).to.deep.equal(['done', 'done']);
  });
  after(async () => {
    await composition.close();
    await database.drop();
  });

  it('says 103, 81, 20, 84 and 5 of 293 still, unit by unit under the names of 2022', async () => {
    const { knownAt: _now, ...now } = await figures();
    const { knownAt: _then, ...then } = before158;

    expect(now).to.deep.equal(then);
    expect(now.counts).to.deep.equal({
      in_progress: 103,
      done: 81,
      not_done: 20,
      awaiting_appraisal: 84,
      stopped: 5,
    });
  });

  it('is the same to the byte as it was frozen', async () => {
    expect((await readFrozen())?.body).to.equal(frozen?.body);
  });

  it('counts the 25 of both districts for the commune when it is asked by the structure of now', async () => {
    const { byUnit, total } = await figures({ structure: 'now' });
    const of = (code: string) => byUnit.find(({ unit }) => unit === code);

    expect(total).to.equal(293);
    expect([of('HCL'), of('HTM')]).to.deep.equal([undefined, undefined]);
    expect([of('XTM')?.total, of('XTM')?.name, of('XTM')?.bloc]).to.deep.equal([25, 'UBND xã Tháp Mười', 'commune']);
    expect(of('SYT')?.name).to.equal('Sở Y tế và Dân số');
  });

  it('stands the whole verification, with every frozen report computed again', async () => {
    const pool = openPool({ databaseUrl: database.url, max: 1, statementTimeoutMs: 60_000 }, quiet);
    try {
      const findings = await verify(verifySource(pool, clock), {
        recompute: computedAgain(composition.reports, clock),
      });
      // The demonstration leaves its last notices to workers that do not run here.
      expect(findings.filter(({ invariant }) => invariant !== 'I11')).to.deep.equal([]);
    } finally {
      await pool.end();
    }
  });
});
