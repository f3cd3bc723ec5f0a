import { expect } from 'chai';
import type { Json } from '../support/client.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { acknowledged, assigned, letter, moved, submission, submitted } from '../support/tasks.ts';

const by = (day: string) => ({ due: { kind: 'on_or_before', day } });
const undated = { due: { kind: 'none', reason: 'Thường xuyên' } };

describe('What is coming: the deadlines of the next twelve weeks', () => {
  const office = suiteOffice({ day: '2024-04-22' });
  const as = (name: string) => office().as(name);
  const asOf = '2024-04-24';
  const coming = (more = '') => done(as('leader').get(`/reports/coming?programme=CK&asOf=${asOf}${more}`));
  let moving: Json;

  before(async () => {
    for (const day of ['2024-04-23', '2024-04-24', '2024-05-04', '2024-05-05', '2024-07-14', '2024-07-15'])
      await assigned(office(), by(day));
    await acknowledged(office(), by('2024-04-28'));
    moving = await assigned(office(), by('2024-04-29'));
    await submitted(office(), by('2024-05-06'));
    await moved(as('leader'), await assigned(office(), by('2024-05-06')), 'stop', {
      document: letter,
    });
    await assigned(office(), undated);
    office().clock.moveTo('2024-04-26');
  });

  it('are of open work that is not overdue, by weeks from Monday to Sunday, the first from the day itself', async () => {
    const { weeks, total, later } = await coming();

    expect(weeks).to.have.length(12);
    expect(
      weeks.map(({ from, to, due }: Json) => [from, to, due]).filter(([, , due]: [string, string, number]) => due),
    ).to.deep.equal([
      ['2024-04-24', '2024-04-28', 2],
      ['2024-04-29', '2024-05-05', 3],
      ['2024-07-08', '2024-07-14', 1],
    ]);
    expect(weeks[2]).to.deep.include({ from: '2024-05-06', to: '2024-05-12', due: 0, days: [] });
    expect([total, later]).to.deep.equal([6, 1]);
  });

  it('have the days off and the make-up days of their weeks, as far as the calendar is known', async () => {
    const { weeks, calendarTo } = await coming();

    expect(weeks[1].days.map(({ date, kind }: Json) => [date, kind])).to.deep.equal([
      ['2024-04-29', 'swapped_off'],
      ['2024-04-30', 'holiday'],
      ['2024-05-01', 'holiday'],
      ['2024-05-04', 'make_up'],
    ]);
    expect(calendarTo).to.equal('2026-12-31');
  });

  it('each list exactly their tasks, also as they were known before a deadline moved', async () => {
    const before = await coming();
    office().clock.moveTo('2024-04-27');
    await done(
      as('leader').post(
        `/tasks/${moving.id}/deadlines`,
        { ...by('2024-05-20'), reason: 'Chờ hướng dẫn', document: letter, effectiveAt: '2024-04-24T10:00:00+07:00' },
        { ifMatch: moving.version },
      ),
    );

    const now = await coming();
    const then = await coming(`&knownAt=${encodeURIComponent(before.knownAt)}`);
    expect(then.weeks).to.deep.equal(before.weeks);
    expect(now.weeks.map(({ due }: Json) => due)).to.deep.equal([2, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1]);
    for (const { knownAt, weeks } of [now, then])
      for (const { from, to, due } of weeks) {
        const query = new URLSearchParams({
          programme: 'CK',
          asOf,
          knownAt,
          category: 'assigned,in_progress',
          dueFrom: from,
          dueTo: to,
        });
        expect((await done(as('leader').get(`/tasks?${query}`))).total, `${knownAt} ${from}`).to.equal(due);
      }
  });

  it('are for readers of reports, of programmes that exist, of days that have come, at most a year ahead', async () => {
    const ask = async (who: string, query: string) => (await as(who).get(`/reports/coming?${query}`)).body.code;

    expect(await ask('operator', 'programme=CK')).to.equal('permission.denied');
    expect(await ask('leader', 'programme=KHONG')).to.equal('programme.not_found');
    for (const wrong of ['asOf=2099-01-01', 'weeks=0', 'weeks=54', 'until=2024-05-01'])
      expect(await ask('leader', `programme=CK&${wrong}`), wrong).to.equal('input.invalid');
  });
});

describe('Did urging work: what became of the tasks of a round within thirty days', () => {
  const office = suiteOffice({ day: '2022-01-10' });
  const as = (name: string) => office().as(name);
  const effect = (more = '') => done(as('leader').get(`/reports/urging-effect?programme=CK${more}`));
  const counts = ({ parts }: Json) => [parts.undated.count, parts.dated.count, parts.ended.count];
  const deadline = (task: Json, more: object = {}) =>
    done(
      as('leader').post(
        `/tasks/${task.id}/deadlines`,
        { ...by('2022-06-30'), reason: 'Đã rõ', ...more },
        { ifMatch: task.version },
      ),
    );
  let kept: Json;
  let late: Json;

  before(async () => {
    const [dated, ended, out] = [
      await acknowledged(office(), undated),
      await acknowledged(office(), undated),
      await acknowledged(office(), undated),
    ];
    kept = await acknowledged(office(), undated);
    late = await acknowledged(office(), { ...undated, leadUnit: 'TPCL' });
    await acknowledged(office());
    office().clock.moveTo('2022-04-10');
    const { id } = await done(as('office').post('/programmes/CK/urging-rounds'));
    await done(as('office').post(`/urging-rounds/${id}/taken-out`, { taskId: out.id, reason: 'Việc thường xuyên' }));
    await done(as('leader').post(`/urging-rounds/${id}/approval`));
    office().clock.moveTo('2022-04-11');
    await office().workers.settle();
    const now = async (task: Json) => done(as('office').get(`/tasks/${task.id}`));
    office().clock.moveTo('2022-04-20');
    await deadline(await now(dated));
    await deadline(await now(out));
    office().clock.moveTo('2022-04-25');
    await moved(as('unit.snv'), await now(ended), 'submit', submission);
    // One day too late for the reading, and one that was recorded late.
    office().clock.moveTo('2022-05-12');
    await deadline(await now(kept));
    office().clock.moveTo('2022-05-20');
    await deadline(await now(late), { effectiveAt: '2022-05-05T08:00:00+07:00' });
    office().clock.moveTo('2022-06-01');
  });

  it('is read thirty days after the last letter: still without a deadline, with one, submitted or ended without', async () => {
    const { rounds, days } = await effect();

    expect(days).to.equal(30);
    expect(rounds).to.have.length(1);
    expect(rounds[0]).to.include({
      asOf: '2022-04-10',
      sentOn: '2022-04-11',
      readOn: '2022-05-11',
      days: 30,
      complete: true,
      urged: 4,
    });
    // `kept`; the first one and `late`; the submitted one. What was taken out is in none.
    expect(counts(rounds[0])).to.deep.equal([1, 2, 1]);
  });

  it('is read on the day asked for while thirty days have not passed, and as was known', async () => {
    const [early] = (await effect('&asOf=2022-05-01')).rounds;
    const [known] = (await effect('&knownAt=2022-05-19')).rounds;

    expect(early).to.include({ readOn: '2022-05-01', days: 20, complete: false, urged: 4 });
    expect(counts(early)).to.deep.equal([2, 1, 1]);
    expect(counts(known)).to.deep.equal([2, 1, 1]);
    expect((await effect('&asOf=2022-04-10')).rounds).to.deep.equal([]);
    expect((await effect('&knownAt=2022-04-10')).rounds).to.deep.equal([]);
  });

  it('lists exactly its tasks: those that were urged, and those of each part', async () => {
    for (const more of ['', '&asOf=2022-05-01', '&knownAt=2022-05-19']) {
      const { knownAt, rounds } = await effect(more);
      const [{ id, readOn, urged, parts }] = rounds;
      const listed = async (deadlines?: readonly string[]): Promise<number> => {
        const query = new URLSearchParams({
          programme: 'CK',
          urgedIn: id,
          asOf: readOn,
          knownAt,
          ...(deadlines ? { deadline: deadlines.join(',') } : {}),
        });
        return (await done(as('leader').get(`/tasks?${query}`))).total;
      };
      expect(await listed(), more).to.equal(urged);
      for (const part of Object.values<Json>(parts)) expect(await listed(part.deadline), more).to.equal(part.count);
    }
    const { rounds } = await effect();
    expect((await done(as('office').get(`/tasks?urgedIn=${rounds[0].id}`))).items).to.have.length(4);
  });

  it('is for readers of reports', async () => {
    expect((await as('operator').get('/reports/urging-effect?programme=CK')).body.code).to.equal('permission.denied');
    expect((await as('leader').get('/reports/urging-effect?programme=KHONG')).body.code).to.equal(
      'programme.not_found',
    );
  });
});
