// Letter 002, clause 4 of the document: "định kỳ 03 tháng/lần". Work that comes back, each time as a task of its own.

import { expect } from 'chai';
import type { Json } from '../support/client.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { eventsOf, moved, submission } from '../support/tasks.ts';

const document = { number: '77/UBND-NC', date: '2022-01-04', issuer: 'UBND tỉnh' };
const quarterly = { kind: 'recurring', anchor: '2021-11-30', every: 'P3M', occurrence: 1 };

describe('Letter 002, "định kỳ 03 tháng/lần": work that comes back', function () {
  this.timeout(60_000);
  const office = suiteOffice({ day: '2022-01-10' });
  const as = (name: string) => office().as(name);
  const read = (id: string): Promise<Json> => done(as('auditor').get(`/tasks/${id}`));
  const make = (): Promise<string> => office().composition.makeOccurrences();
  /** The occurrence after a task, as its page links to it. */
  const occurrenceAfter = async (id: string): Promise<Json | undefined> => {
    const { links } = await done(as('office').get(`/tasks/${id}/links`));
    const found = links.find(({ kind, direction }: Json) => kind === 'next_occurrence' && direction === 'from');
    return found && read(found.task.id);
  };
  const given = (more: Json = {}): Promise<Json> =>
    done(
      as('office').post('/tasks', {
        programme: 'CK',
        code: 'CD-1350-4',
        title: 'Đôn đốc các nhiệm vụ chưa có thời hạn',
        product: 'Danh sách đôn đốc',
        leadUnit: 'SNV',
        appraiserUnit: 'STTTT',
        participants: ['SKHDT'],
        due: quarterly,
        ...more,
      }),
    );
  const finish = async (task: Json): Promise<Json> => {
    const taken = await moved(as('unit.snv'), task, 'acknowledge');
    return moved(as('appraiser.stttt'), await moved(as('unit.snv'), taken, 'submit', submission), 'approve');
  };
  let first: Json;
  let second: Json;

  it('2.12: once an occurrence is accepted the next one is made, once even when two workers make it', async () => {
    first = await given();
    expect(first.dueOn).to.equal('2022-02-28');
    expect(await make()).to.equal('0 occurrences made, 0 failures');
    await office().workers.liveUntil('2022-02-10');
    await finish(await read(first.id));

    const told = await Promise.all([make(), make(), make()]);

    expect(told.map((text) => Number(text.split(' ')[0])).reduce((sum, made) => sum + made)).to.equal(1);
    expect(told.every((text) => text.endsWith('0 failures'))).to.equal(true);
    second = (await occurrenceAfter(first.id)) as Json;
    // From the anchor and not from 28 February: 30 May.
    expect(second).to.include({ dueOn: '2022-05-30', code: 'CD-1350-4/K2', category: 'assigned', leadUnit: 'SNV' });
    expect(second).to.deep.include({
      title: first.title,
      product: 'Danh sách đôn đốc',
      appraiserUnit: 'STTTT',
      participants: ['SKHDT'],
      due: { ...quarterly, occurrence: 2 },
    });
    const { links } = await done(as('unit.snv').get(`/tasks/${second.id}/links`));
    expect(links.map(({ kind, direction, task }: Json) => [kind, direction, task.code])).to.deep.equal([
      ['next_occurrence', 'to', 'CD-1350-4'],
    ]);
    expect(await make()).to.equal('0 occurrences made, 0 failures');
    expect((await done(as('office').get('/tasks?programme=CK'))).total).to.equal(2);
  });

  it('2.12: an occurrence that was extended moves no later one, and one that is late holds none up', async () => {
    await done(
      as('leader').post(
        `/tasks/${second.id}/deadlines`,
        { due: { kind: 'on_or_before', day: '2022-06-10' }, reason: 'Chờ số liệu', document },
        { ifMatch: second.version },
      ),
    );
    await office().workers.liveUntil('2022-06-10', '23:00');
    expect(await make()).to.equal('0 occurrences made, 0 failures');
    await office().workers.liveUntil('2022-06-11', '01:05');
    expect(await make()).to.equal('1 occurrences made, 0 failures');

    const third = (await occurrenceAfter(second.id)) as Json;
    expect([third.dueOn, third.due.occurrence]).to.deep.equal(['2022-08-30', 3]);
    expect(await read(second.id)).to.include({ category: 'assigned', deadline: 'overdue' });
    expect((await eventsOf(office(), third.id)).map(({ type, capacity }) => [type, capacity])).to.deep.equal([
      ['task.assigned', 'assigning'],
    ]);
    // The unit finishes late what it owed; that makes no second next one.
    await finish(await read(second.id));
    expect(await make()).to.equal('0 occurrences made, 0 failures');
  });

  it('2.12: after an outage over several periods the next one that can still be kept is made, and no drift comes of it', async () => {
    const third = (await occurrenceAfter(second.id)) as Json;
    office().clock.moveTo('2023-06-01');
    expect(await make()).to.equal('1 occurrences made, 0 failures');

    // 30 November, 28 February and 30 May have passed; nobody is late for what they were never asked.
    const next = (await occurrenceAfter(third.id)) as Json;
    expect([next.dueOn, next.due.occurrence, next.code]).to.deep.equal(['2023-08-30', 7, 'CD-1350-4/K7']);
  });

  it('2.12: it ends by a stop, or by the decision that there is no deadline any more; who ordered it may have left', async () => {
    const due = { ...quarterly, anchor: '2023-06-01', every: 'P1M' };
    const stopped = await given({ code: 'CD-A', due });
    const ended = await given({ code: 'CD-B', due });
    const goesOn = await done(
      as('aggregator').post('/tasks', {
        programme: 'CK',
        code: 'CD-C',
        title: 'Việc hằng tháng',
        leadUnit: 'TPCL',
        appraiserUnit: 'STTTT',
        due,
      }),
    );
    await moved(as('leader'), stopped, 'stop', { reason: 'Không còn cần', document });
    await done(
      as('leader').post(
        `/tasks/${ended.id}/deadlines`,
        { due: { kind: 'none', reason: 'Chuyển thành việc thường xuyên' }, reason: 'Theo chỉ đạo', document },
        { ifMatch: ended.version },
      ),
    );
    await office().pool.query(
      `delete from membership m using account a where a.id = m.account_id and a.email = 'aggregator@thu.test'`,
    );
    office().clock.moveTo('2023-07-02');

    expect(await make()).to.equal('1 occurrences made, 0 failures');

    expect([await occurrenceAfter(stopped.id), await occurrenceAfter(ended.id)]).to.deep.equal([undefined, undefined]);
    expect((await occurrenceAfter(goesOn.id))?.dueOn).to.equal('2023-08-01');
  });
});
