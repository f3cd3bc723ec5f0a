import { expect } from 'chai';
import { forecastStore } from '../../src/adapters/db/forecasts.ts';
import { referenceData } from '../../src/adapters/db/reference-data.ts';
import { registrationStore } from '../../src/adapters/db/registrations.ts';
import { decideRegistration } from '../../src/application/registrations/decide.ts';
import { carryForward } from '../../src/application/registrations/propose.ts';
import { openRegistration } from '../../src/application/registrations/rounds.ts';
import { keepForecast, readForecast, scoreForecasts } from '../../src/application/reports/forecast.ts';
import { compose } from '../../src/compose.ts';
import { demoProgramme, seedDemo } from '../../src/demo/seed.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { secretKey } from '../support/province.ts';
import { HandClock, quiet } from '../support/world.ts';

// The 293 commitments of 2022 as the history of 2023.
describe('A forecast for the demonstration', () => {
  const clock = new HandClock('2023-01-10', '09:00');
  const actor = {
    id: '7d0e3f6c-6d4e-4f8e-9b39-6a1f2b9d7a10',
    name: '',
    memberships: [{ role: 'office' as const }, { role: 'leader' as const }],
  };
  const decision = { number: '12/QĐ-UBND-HC', date: '2023-01-10', issuer: 'UBND Tỉnh' };
  const next = 'CK2023';
  let database: TestDatabase;
  let composition: Awaited<ReturnType<typeof compose>>;

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
  });
  after(async () => {
    await composition.close();
    await database.drop();
  });

  it('of the first year is none, and says that there is too little history', async () => {
    const request = { programme: demoProgramme, asOf: '2022-10-30' };

    const { done, total, withoutHistory, open, explanation } = await readForecast(
      forecastStore(composition.pool),
      clock,
    )(request, actor);

    expect({ done, total, withoutHistory: withoutHistory === open }).to.deep.equal({
      done: null,
      total: 293,
      withoutHistory: true,
    });
    expect(explanation).to.match(/^Chưa đủ số liệu các năm trước/);
  });

  it('of the next year rests on the first, holds its point in its band, and is scored when the year is over', async function () {
    this.timeout(60_000);
    const { pool, store, audit } = composition;
    const found = await composition.programmes.find(demoProgramme);
    if (!found) throw new Error('There is no demonstration.');
    const defaultDue = { kind: 'on_or_before', day: '2023-12-15' } as const;
    await composition.programmes.create({ ...found, code: next, year: 2023, defaultDue });
    const registrations = registrationStore(pool, referenceData(pool));
    const parts = { store: registrations, tasks: store, clock, audit };
    const opening = { programme: next, sourceProgramme: demoProgramme, document: null };
    const { id } = await openRegistration(registrations, clock, audit)(opening, actor);
    const { copied } = await carryForward(parts)(id, { changes: [], drop: [] }, actor);
    await pool.query(`update proposal set status = 'submitted' where registration = $1`, [id]);
    const request = { document: decision, approve: 'all', reject: [] } as const;
    const decided = await decideRegistration(parts)(id, request, actor);
    // Of 293 five were stopped; two batches made the rest.
    expect([copied, decided.created]).to.deep.equal([288, 288]);

    const forecasts = forecastStore(pool);
    clock.moveTo('2023-02-01');
    const kept = await keepForecast(forecasts, clock, audit)({ programme: next }, actor);
    const again = await readForecast(forecasts, clock)({ programme: next, asOf: '2023-02-01' }, actor);

    expect([kept.total, kept.history, kept.withoutHistory, kept.inputsSha256]).to.deep.equal([
      288,
      293,
      0,
      again.inputsSha256,
    ]);
    for (const { done } of [kept, ...kept.byUnit])
      expect(done && done.low <= done.point && done.point <= done.high).to.equal(true);
    expect(kept.byUnit.reduce((sum, { expected }) => sum + (expected ?? Number.NaN), 0)).to.be.closeTo(
      kept.expected ?? Number.NaN,
      1e-6,
    );

    expect((await scoreForecasts(forecasts, clock)(next, actor)).map(({ score }) => score)).to.deep.equal([null]);
    clock.moveTo('2024-02-01');
    const [scored] = await scoreForecasts(forecasts, clock)(next, actor);
    // Nothing was done in 2023: the more it had promised, the worse it did.
    expect(scored?.score).to.include({ tasks: 288, reference: 0, undecided: 0 });
    expect(scored?.score?.brier).to.be.greaterThan(0);
    await pool.query(`update forecast set method = 'another'`).then(
      () => expect.fail('a kept forecast was changed'),
      ({ code }: { code: string }) => expect(code).to.equal('23001'),
    );
  });
});
