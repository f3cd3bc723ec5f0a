import { expect } from 'chai';
import { done, suiteOffice } from '../support/http-office.ts';
import { acknowledged, aTask, firedOn, moved, submission } from '../support/tasks.ts';

// Letter 004 (Quảng Ngãi, 02/2023): at the latest 16 June and 16 December, every year. 16 June 2024 is a Sunday.
describe('16 June on a Sunday', () => {
  const office = suiteOffice({ day: '2024-01-15' });
  const as = (name: string) => office().as(name);
  const halfYear = { kind: 'recurring', anchor: '2023-06-16', every: 'P6M', occurrence: 2 };
  const kept = [
    [null, '2024-06-16', '2024-06-16'],
    ['keep', '2024-06-16', '2024-06-16'],
    ['next', '2024-06-17', '2024-06-17'],
    ['previous', '2024-06-14', '2024-06-14'],
  ] as const;

  for (const [roll, named, recurring] of kept)
    it(`falls on ${named} in a programme that says ${roll ?? 'nothing'}, named in the letter or coming back`, async () => {
      const programme = `BC-${roll ?? 'mac-dinh'}`;
      await office().programme(programme, { roll });
      const due = async (kind: object) =>
        (await done(as('office').post('/tasks', aTask({ programme, due: kind })))).dueOn;

      expect(await due({ kind: 'on_or_before', day: '2024-06-16' })).to.equal(named);
      expect(await due({ kind: 'before', day: '2024-06-17' })).to.equal(named);
      expect(await due(halfYear)).to.equal(recurring);
    });

  it('moves a period that ends on it to the Monday, as the Civil Code has it', async () => {
    office().clock.moveTo('2024-05-16');
    const within = { kind: 'within', offset: 'P1M' };

    expect(await done(as('office').post('/tasks', aTask({ due: within })))).to.include({ dueOn: '2024-06-17' });
  });

  it('is on time until midnight of the day it fell on, and late a minute after', async () => {
    for (const [roll, lastDay, nextDay] of [
      ['keep', '2024-06-16', '2024-06-17'],
      ['next', '2024-06-17', '2024-06-18'],
    ] as const) {
      const programme = `BC2-${roll}`;
      office().clock.moveTo('2024-06-10');
      await office().programme(programme, { roll });
      const due = { kind: 'on_or_before', day: '2024-06-16' };
      const onTime = await acknowledged(office(), { programme, due });
      const late = await acknowledged(office(), { programme, due });

      office().clock.moveTo(lastDay, '23:59');
      expect((await moved(as('unit.snv'), onTime, 'submit', submission)).deadline).to.equal('submitted_on_time');
      office().clock.moveTo(nextDay, '00:00');
      expect((await moved(as('unit.snv'), late, 'submit', submission)).deadline).to.equal('submitted_late');
    }
  });

  it('is urged from the day after it fell on', async () => {
    office().clock.moveTo('2029-01-08');
    await office().programme('BC-2029', { roll: 'next' });
    // 16 June 2029 is a Saturday.
    const task = await acknowledged(office(), {
      programme: 'BC-2029',
      due: { kind: 'on_or_before', day: '2029-06-16' },
    });
    expect(task.dueOn).to.equal('2029-06-18');

    await office().workers.liveUntil('2029-06-19');

    expect(await firedOn(office(), task.id, 'overdue')).to.deep.equal(['2029-06-19']);
    expect(await firedOn(office(), task.id, 'due_soon')).to.deep.equal([
      '2029-05-19',
      '2029-06-11',
      '2029-06-15',
      '2029-06-18',
    ]);
  });
});
