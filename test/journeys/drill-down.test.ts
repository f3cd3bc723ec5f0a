import { expect } from 'chai';
import type { Json } from '../support/client.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { acknowledged, assigned, letter, moved, submission } from '../support/tasks.ts';

/** Each figure of the report and the filter that lists its tasks. */
const buckets: Readonly<Record<string, string>> = {
  in_progress: 'assigned,in_progress',
  done: 'done',
  not_done: 'not_done',
  awaiting_appraisal: 'awaiting_appraisal',
  stopped: 'stopped',
};

describe('Every figure opens', () => {
  const office = suiteOffice({ day: '2022-01-10' });
  const as = (name: string) => office().as(name);

  before('a year of all kinds of work, some of it entered late', async () => {
    await yearOfWork();
  });

  for (const times of [
    '',
    '&asOf=2022-06-30',
    '&asOf=2022-10-30',
    '&asOf=2022-10-30&knownAt=2022-10-30',
    '&asOf=2022-10-30&knownAt=2022-11-02T03:00:00Z',
    '&knownAt=2022-07-01',
    '&asOf=2022-01-09',
  ])
    it(`leads from each number to exactly its tasks${times === '' ? ' today' : `: ${times.slice(1)}`}`, async () => {
      const report = await done(as('leader').get(`/reports/statistics?programme=CK${times}`));
      let cells = 0;
      const opens = async (figure: number, filter: string): Promise<void> => {
        const page = await done(as('leader').get(`/tasks?programme=CK${times}${filter}&limit=100`));
        expect(`${filter} ${page.total} ${page.items.length}`).to.equal(`${filter} ${figure} ${figure}`);
        cells += 1;
      };

      for (const [place, figures] of [
        ['', report],
        ...report.byUnit.map((unit: Json) => [`&unit=${unit.unit}`, unit]),
        ...report.byBloc.map((bloc: Json) => [`&bloc=${bloc.bloc}`, bloc]),
      ]) {
        await opens(figures.total, place);
        for (const [bucket, category] of Object.entries(buckets))
          await opens(figures.counts[bucket], `${place}&category=${category}`);
        for (const [part, count] of Object.entries<number>(figures.parts.in_progress))
          await opens(count, `${place}&category=${part}`);
        for (const deadline of deadlineClasses)
          await opens(figures.deadlines[deadline] ?? 0, `${place}&deadline=${deadline}`);
        for (const [estimate, count] of Object.entries<number>(figures.estimate))
          await opens(count, `${place}&estimate=${estimate}`);
      }

      expect(cells).to.be.greaterThan(20);
      for (const part of [report.counts, report.estimate, report.deadlines]) expect(sum(part)).to.equal(report.total);
      expect(report.byUnit.reduce((total: number, unit: Json) => total + unit.total, 0)).to.equal(report.total);
    });

  it('crosses bucket, unit, deadline and estimate in one filter as the tasks themselves cross', async () => {
    const all = await done(as('leader').get('/tasks?programme=CK&limit=100'));
    for (const unit of ['SNV', 'TPCL'])
      for (const deadline of deadlineClasses)
        for (const category of ['assigned', 'in_progress', 'awaiting_appraisal', 'done', 'not_done', 'stopped']) {
          const filter = `&unit=${unit}&deadline=${deadline}&category=${category}`;
          const { items } = await done(as('leader').get(`/tasks?programme=CK${filter}`));
          expect(items.map(({ code }: Json) => code)).to.deep.equal(
            all.items
              .filter((task: Json) => task.unit === unit && task.deadline === deadline && task.category === category)
              .map(({ code }: Json) => code),
          );
        }
  });

  it('shows a unit the list of its own tasks only, while the figures are for all to see', async () => {
    const { total } = await done(as('unit.tpcl').get('/reports/statistics?programme=CK'));
    const own = await done(as('unit.tpcl').get('/tasks?programme=CK&limit=100'));

    expect(own.total).to.be.lessThan(total);
    expect(new Set(own.items.map(({ unit }: Json) => unit))).to.deep.equal(new Set(['TPCL']));
  });

  it('pages through the list in every order without losing or repeating a task', async () => {
    const { total } = await done(as('leader').get('/tasks?programme=CK'));
    for (const times of ['', '&asOf=2022-10-30'])
      for (const sort of ['code', '-code', 'dueOn', '-dueOn', 'recordedAt', '-recordedAt']) {
        const seen: Json[] = [];
        for (let cursor = ''; ; ) {
          const page = await done(as('leader').get(`/tasks?programme=CK${times}&sort=${sort}&limit=3${cursor}`));
          expect(page.total).to.equal(total);
          seen.push(...page.items);
          if (page.next === null) break;
          cursor = `&cursor=${encodeURIComponent(page.next)}`;
        }
        expect(new Set(seen.map(({ id }) => id)).size, sort).to.equal(total);
        expect(seen).to.have.length(total);
        const value = (task: Json) => task[sort.replace('-', '')] ?? '9999-12-31';
        for (const [index, task] of seen.entries()) {
          const before = seen[index - 1];
          if (!before) continue;
          if (sort.startsWith('-')) expect(value(task) <= value(before), sort).to.equal(true);
          else expect(value(task) >= value(before), sort).to.equal(true);
        }
      }
  });

  it('finds by words of any case, with or without accents, and takes signs as they are', async () => {
    const found = async (q: string) =>
      (await done(as('leader').get(`/tasks?programme=CK&q=${encodeURIComponent(q)}`))).total;

    expect(await found('ĐẶC BIỆT')).to.equal(1);
    expect(await found('dac biet')).to.equal(1);
    expect(await found('biệt đặc')).to.equal(1);
    expect(await found('100%')).to.equal(1);
    expect(await found('100_')).to.equal(0);
    expect(await found('không có từ này')).to.equal(0);
    expect(await found("'; drop table task; --")).to.equal(0);
  });

  const yearOfWork = async (): Promise<void> => {
    const due = (day: string) => ({ due: { kind: 'on_or_before', day } });
    const tpcl = { leadUnit: 'TPCL', appraiserUnit: 'SNV' };
    const reporting = async (name: string, task: Json, estimate: string, more: object = {}) =>
      done(as(name).post(`/tasks/${task.id}/progress`, { estimate, ...more }, { ifMatch: task.version }));

    await assigned(office(), due('2022-12-31'));
    await assigned(office(), { ...tpcl, due: { kind: 'none', reason: 'Chờ hướng dẫn' } });
    await assigned(office(), { ...due('2022-11-05'), title: 'Nhiệm vụ đặc biệt, đạt 100% chỉ tiêu' });
    const running = await acknowledged(office(), { ...due('2022-10-15'), ...tpcl });
    const estimated = await acknowledged(office(), due('2022-12-31'));
    const tobeExtended = await acknowledged(office(), { ...due('2022-06-30'), ...tpcl });
    const onTime = await acknowledged(office(), due('2022-06-30'));
    const late = await acknowledged(office(), { ...due('2022-05-31'), ...tpcl });
    const undatedDone = await acknowledged(office(), { due: { kind: 'tentative', day: '2022-11-30' } });
    const tofail = await acknowledged(office(), due('2022-09-30'));
    const tostop = await acknowledged(office(), { ...due('2022-12-31'), ...tpcl });
    const lateEntry = await acknowledged(office(), { ...due('2022-10-31'), ...tpcl });

    office().clock.moveTo('2022-06-20');
    const handedIn = await moved(as('unit.snv'), onTime, 'submit', submission);
    const handedInLate = await moved(as('unit.tpcl'), late, 'submit', submission);
    const undated = await moved(as('unit.snv'), undatedDone, 'submit', submission);
    await done(
      as('office').post(
        `/tasks/${tobeExtended.id}/deadlines`,
        { ...due('2022-11-30'), reason: 'Gia hạn', document: letter },
        { ifMatch: tobeExtended.version },
      ),
    );
    office().clock.moveTo('2022-07-20');
    await moved(as('appraiser.stttt'), handedIn, 'approve');
    await moved(as('appraiser.snv'), handedInLate, 'approve');
    await moved(as('appraiser.stttt'), undated, 'approve');
    await moved(as('head.snv'), tofail, 'fail', { reason: 'Không đủ nguồn lực' });
    await moved(as('leader'), tostop, 'stop', { document: letter });
    office().clock.moveTo('2022-10-20');
    await reporting('unit.tpcl', running, 'not_done', { progress: 40 });
    await reporting('unit.snv', estimated, 'done', { progress: 80 });
    for (const day of ['2022-10-10', '2022-10-31'])
      await moved(as('unit.snv'), await acknowledged(office(), due(day)), 'submit', submission);
    await moved(as('unit.snv'), await acknowledged(office(), { due: { kind: 'proposed' } }), 'submit', submission);
    office().clock.moveTo('2022-11-02', '09:00');
    await moved(as('unit.tpcl'), lateEntry, 'submit', { ...submission, effectiveAt: '2022-10-28' });
    await office().workers.settle();
    office().clock.moveTo('2022-11-02', '10:30');
  };
});

const deadlineClasses = [
  'in_time',
  'due_soon',
  'overdue',
  'undated',
  'submitted_on_time',
  'submitted_late',
  'submitted_undated',
  'done_on_time',
  'done_late',
  'done_undated',
  'closed',
];

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);
