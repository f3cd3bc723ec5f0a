import { expect } from 'chai';
import { done, suiteOffice } from '../support/http-office.ts';
import { fewUnits } from '../support/province.ts';
import { acknowledged, eventsOf } from '../support/tasks.ts';

// Letter 002 (Bình Định, 3/2022) addresses central agencies apart from the province's own; domain rule P5.
describe('Work addressed to a central agency in the province', () => {
  const office = suiteOffice({
    units: [...fewUnits, { code: 'BHXH', name: 'Bảo hiểm xã hội Tỉnh', class: 'central', bloc: 'central' }],
    accounts: [
      { name: 'unit.bhxh', memberships: [{ role: 'focal_point', unit: 'BHXH' }] },
      { name: 'head.bhxh', memberships: [{ role: 'head', unit: 'BHXH' }] },
    ],
  });
  const as = (name: string) => office().as(name);

  it('is never escalated: when it is overdue the office is asked to speak with the agency, and leaders hear nothing', async () => {
    const task = await acknowledged(office(), { leadUnit: 'BHXH', due: { kind: 'on_or_before', day: '2022-02-28' } });

    await office().workers.liveUntil('2022-03-31');

    const fired = (await eventsOf(office(), task.id)).filter(({ type }) => type === 'task.timer_fired');
    expect(fired.map(({ payload }) => payload.action))
      .to.include('remind')
      .and.not.include('escalate');
    expect(fired.flatMap(({ payload }) => payload.to)).to.not.include('province_leader');
    expect(fired.filter(({ payload }) => payload.softened).map(({ payload }) => payload.to)).to.deep.equal([
      ['office'],
      ['office'],
    ]);
    const inbox = async (name: string) =>
      JSON.stringify(
        (await done(as(name).get('/notifications'))).items.filter(
          ({ taskId }: { taskId: string }) => taskId === task.id,
        ),
      );
    expect(await inbox('leader')).to.equal('[]');
    expect(await inbox('office')).to.include('Quá hạn');
  });
});
