import { expect } from 'chai';
import { frozenReports } from '../../../src/adapters/db/frozen-reports.ts';
import { reportReader } from '../../../src/adapters/db/queries/statistics.ts';
import { urgedRounds } from '../../../src/adapters/db/queries/urging-effect.ts';
import { tallyStore } from '../../../src/adapters/db/tallies.ts';
import { reportRoutes } from '../../../src/adapters/http/routes/reports.ts';
import { builtInDefinitions } from '../../../src/domain/workflow/built-in.ts';
import { dice, Histories } from '../../support/histories.ts';
import { type Served, serve } from '../../support/served.ts';
import { openWorld, type World } from '../../support/world.ts';

describe('GET /reports/trend', () => {
  let world: World;
  let served: Served;
  before(async () => {
    world = await openWorld(builtInDefinitions, '2022-03-01');
    const histories = new Histories(world, dice(3));
    await histories.assign(8);
    await histories.live(30);
    const { pool, clock } = world;
    const audit = { record: async () => undefined };
    const parts = {
      reports: reportReader(pool),
      tallies: tallyStore(pool),
      calendars: { calendar: () => Promise.reject(new Error('Nobody asks for it here.')) },
      urgedRounds: urgedRounds(pool),
      frozen: frozenReports(pool),
      audit,
      clock,
    };
    served = await serve({ routes: reportRoutes(parts) });
  });
  after(async () => {
    await served.close();
    await world.close();
  });

  it('gives every day asked for, and the figures of each are those of the statistics as of that day', async () => {
    const { status, json } = await served.ask(
      'GET',
      '/api/v1/reports/trend?programme=P1&from=2022-02-27&to=2022-03-03',
      'leader',
    );

    expect(status).to.equal(200);
    expect(json).to.include({ from: '2022-02-27', to: '2022-03-03', notice: null });
    expect(json.days).to.have.length(5);
    for (const { day, total, counts } of json.days) {
      const report = await served.ask('GET', `/api/v1/reports/statistics?programme=P1&asOf=${day}`, 'leader');
      expect({ total: report.json.total, counts: report.json.counts }, day).to.deep.equal({ total, counts });
    }
  });

  it('is for readers of reports, of programmes that exist, and of days that have come', async () => {
    const path = '/api/v1/reports/trend?programme=P1';

    expect((await served.ask('GET', path)).status).to.equal(401);
    expect((await served.ask('GET', path, 'operator')).status).to.equal(403);
    expect((await served.ask('GET', '/api/v1/reports/trend?programme=P9', 'leader')).status).to.equal(404);
    for (const wrong of ['&to=2099-01-01', '&from=2022-03-02&to=2022-03-01', '&from=yesterday', '&until=2022-03-01'])
      expect((await served.ask('GET', path + wrong, 'leader')).json.code, wrong).to.equal('input.invalid');
  });
});
