// Two processes on one database, at the same moment on the same report: what a unit was told it has said stands in the frozen bytes,
// and every step of a report is taken once.

import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { Answer, Json, Person } from '../support/client.ts';
import { done, programmeCode, suiteOffice } from '../support/http-office.ts';
import { aTask, moved } from '../support/tasks.ts';
import { chance, seed } from './chance.ts';
import { type SecondProcess, secondProcess } from './second-process.ts';

const day = '2022-11-03';
const asOf = '2022-10-30';

describe('Reports, from two processes at once', function () {
  this.timeout(180_000);
  const office = suiteOffice({
    day: '2022-10-01',
    accounts: [{ name: 'aggregator.snv', memberships: [{ role: 'aggregator', unit: 'SNV', programme: 'CT1100' }] }],
  });
  let other: SecondProcess;
  const here = (name: string): Person => office().as(name);
  const there = (name: string): Person => other.as(name);
  const dice = chance(seed + 158);

  before('two items of one unit, and the second process', async () => {
    for (const code of ['A1', 'A2']) {
      const due = { kind: 'on_or_before', day: '2022-12-31' } as const;
      const given = await done(here('office').post('/tasks', aTask({ code, leadUnit: 'SNV', due })));
      await moved(here('unit.snv'), given, 'acknowledge');
    }
    office().clock.moveTo(day);
    other = await secondProcess(office(), day);
  });
  after(() => other.close());

  const draft = (more: object = {}): Promise<Json> =>
    done(here('aggregator').post('/reports/editions', { programme: programmeCode, title: 'Báo cáo', asOf, ...more }));
  const put =
    (edition: Json, dueOn = '2022-11-30') =>
    (who: Person) =>
      who.post(`/reports/editions/${edition.id}/confirmation`, { dueOn });
  const freeze = (edition: Json) => (who: Person) => who.post(`/reports/editions/${edition.id}/freeze`, {});
  const say = (round: Json, items: readonly object[]) => (who: Person) =>
    who.post(`/reports/confirmations/${round.id}/answers`, { items });
  const codes = (answers: readonly Answer[]): readonly string[] =>
    answers.map(({ status, body }) => (status < 300 ? 'done' : `${status} ${body.code}`)).sort();
  const runOf = async (edition: Json): Promise<Json> => {
    const { runId } = await done(here('aggregator').get(`/reports/editions/${edition.id}`));
    return done(here('aggregator').get(`/reports/runs/${runId}`));
  };

  it('an answer given while the figures are frozen is in the frozen bytes or is refused: 200 races', async () => {
    const came = { inTime: 0, tooLate: 0 };
    for (let race = 0; race < 200; race += 1) {
      const edition = await draft();
      const round = await done(put(edition)(here('aggregator')));
      const agreed = ['A1', 'A2'].map((code) => ({ code, answer: 'agree' }));
      await done(say(round, agreed)(here('unit.snv')));
      const [one, two] = race % 2 === 0 ? [here, there] : [there, here];
      const disputed = [{ code: 'A1', answer: 'dispute', reason: `Chưa đúng ${race}` }];
      // Every tenth race is won before it begins, by each of the two in turn.
      const heads = race % 10 === 0 ? race % 20 : dice.below(8) / 2;

      const [frozen, said] = await Promise.all([
        (race % 20 === 0 ? pause(25) : pause(0)).then(() => freeze(edition)(one('aggregator'))),
        pause(race % 20 === 10 ? 60 : heads).then(() => say(round, disputed)(two('unit.snv'))),
      ]);

      expect(frozen.status, frozen.text).to.equal(200);
      const { confirmation } = await runOf(edition);
      if (said.status === 200) {
        came.inTime += 1;
        expect(said.body.ok, `race ${race}`).to.deep.equal([{ code: 'A1', status: 'disputed' }]);
        expect(confirmation.footnotes, `race ${race}`).to.deep.equal([
          { code: 'A1', unit: 'SNV', reason: `Chưa đúng ${race}` },
        ]);
        expect([confirmation.counts.agreed, confirmation.counts.disputed]).to.deep.equal([1, 1]);
      } else {
        came.tooLate += 1;
        expect([said.status, said.body.code], `race ${race}`).to.deep.equal([409, 'confirmation.closed']);
        expect(confirmation.footnotes, `race ${race}`).to.deep.equal([]);
        expect(confirmation.counts.agreed).to.equal(2);
      }
    }
    expect(came.inTime).to.be.greaterThan(9);
    expect(came.tooLate).to.be.greaterThan(9);
  });

  it('figures frozen by two at once are frozen once', async () => {
    for (let race = 0; race < 25; race += 1) {
      const edition = await draft();

      const answers = await Promise.all([here, there, here, there].map((at) => freeze(edition)(at('aggregator'))));

      expect(codes(answers)).to.deep.equal([...Array(3).fill('409 report.wrong_status'), 'done']);
      const { history } = await done(here('aggregator').get(`/reports/editions/${edition.id}`));
      expect(history.map(({ status }: Json) => status)).to.deep.equal(['draft', 'frozen']);
    }
  });

  it('figures are never frozen past a round that is opened at the same moment', async () => {
    for (let race = 0; race < 40; race += 1) {
      const edition = await draft();

      const [opened, frozen] = await Promise.all([
        put(edition)(here('aggregator')),
        pause(dice.below(6)).then(() => freeze(edition)(there('aggregator'))),
      ]);

      const { status } = await done(here('aggregator').get(`/reports/editions/${edition.id}`));
      expect([opened.status, frozen.status, status]).to.be.deep.oneOf([
        [201, 409, 'confirming'],
        [409, 200, 'frozen'],
      ]);
      expect(frozen.status === 200 ? opened.body.code : frozen.body.code).to.be.oneOf([
        'report.round_open',
        'report.wrong_status',
      ]);
    }
  });

  it('a report is put to its units once, issued once and corrected once', async () => {
    for (let race = 0; race < 15; race += 1) {
      const edition = await draft();
      const opened = await Promise.all([here, there].map((at) => put(edition)(at('aggregator'))));
      expect(codes(opened)).to.deep.equal(['409 report.wrong_status', 'done']);
      const { confirmation } = await done(here('aggregator').get(`/reports/editions/${edition.id}`));
      expect(opened.flatMap(({ body }) => body.id ?? [])).to.deep.equal([confirmation.round]);
      const agreed = ['A1', 'A2'].map((code) => ({ code, answer: 'agree' }));
      await done(say({ id: confirmation.round }, agreed)(here('unit.snv')));
      await done(freeze(edition)(there('aggregator')));

      const numbers = [`${race}/BC-SKHĐT`, `${race}/BC-VPUBND`];
      const issued = await Promise.all(
        numbers.map((number, index) =>
          (index === 0 ? here : there)('aggregator').post(`/reports/editions/${edition.id}/issue`, {
            number,
            issuedOn: day,
          }),
        ),
      );
      expect(codes(issued)).to.deep.equal(['409 report.wrong_status', 'done']);

      const correction = {
        programme: programmeCode,
        title: 'Đính chính',
        asOf,
        corrects: edition.id,
        reason: 'Số liệu A1',
      };
      const corrected = await Promise.all(
        [here, there].map((at) => at('aggregator').post('/reports/editions', correction)),
      );
      expect(codes(corrected)).to.deep.equal(['409 report.has_correction', 'done']);
    }
  });

  it('a year’s obligations made by two processes at once are each made once', async () => {
    const regime = {
      key: 'qd1100',
      name: 'Báo cáo',
      periods: [
        { kind: 'half_year', cutOff: '06-14', unit: '06-16' },
        { kind: 'year', cutOff: '12-14', unit: '12-16' },
      ],
      units: { classes: ['department', 'district'] },
    };
    await office().programme('CT1100', { workflow: 'periodic-report', aggregator: 'SNV' });
    await done(here('aggregator.snv').put('/programmes/CT1100/reporting', { regimes: [regime] }, { ifMatch: 0 }));
    for (const year of [2023, 2024, 2025, 2026]) {
      const made = await Promise.all(
        [here, there, here, there].map((at) =>
          done(at('aggregator.snv').post(`/programmes/CT1100/reporting/years/${year}`)),
        ),
      );

      const { rows } = await office().pool.query(
        `select count(*)::integer as owed, count(distinct (unit, period))::integer as different,
           (select count(*)::integer from task t where t.programme = 'CT1100' and t.code like '%/' || $1::text || '%') as tasks
         from report_obligation where programme = 'CT1100' and year = $1::integer`,
        [year],
      );
      expect(rows).to.deep.equal([{ owed: 8, different: 8, tasks: 8 }]);
      expect(made.reduce((sum: number, { created }: Json) => sum + created, 0)).to.equal(8);
    }
  });
});
