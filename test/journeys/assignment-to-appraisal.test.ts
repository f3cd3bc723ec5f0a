import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { expect } from 'chai';
import type { Json } from '../support/client.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { acknowledged, assigned, eventsOf, letter, moved, moving, submission, submitted } from '../support/tasks.ts';

describe('From assignment to appraisal', () => {
  const office = suiteOffice({ day: '2022-01-10' });
  const as = (name: string) => office().as(name);

  it('leads a task from the office to the unit, to the appraiser and to its end, each step with its own version', async () => {
    const given = await as('office').post('/tasks', {
      programme: 'CK',
      title: 'Nâng cao chỉ số cải cách hành chính',
      product: 'Báo cáo kết quả',
      leadUnit: 'SNV',
      appraiserUnit: 'STTTT',
      source: letter,
      due: { kind: 'on_or_before', day: '2022-06-30' },
    });
    expect(given.status).to.equal(201);
    expect(given.headers.get('etag')).to.equal('"v1"');
    expect(given.headers.get('location')).to.equal(`/api/v1/tasks/${given.body.id}`);
    expect(given.body).to.include({ category: 'assigned', holder: 'unit', dueOn: '2022-06-30', deadline: 'in_time' });

    office().clock.moveTo('2022-01-12');
    const taken = await moved(as('unit.snv'), given.body, 'acknowledge');
    expect(taken).to.include({ category: 'in_progress', version: 2 });

    office().clock.moveTo('2022-04-20');
    const reported = await done(
      as('unit.snv').post(
        `/tasks/${taken.id}/progress`,
        { progress: 60, result: 'Đã rà soát 12 thủ tục', narrative: 'Theo kế hoạch', estimate: 'done' },
        { ifMatch: taken.version },
      ),
    );
    expect(reported).to.include({ category: 'in_progress', progress: 60, estimate: 'done', version: 3 });

    office().clock.moveTo('2022-06-28');
    const handedIn = await moved(as('head.snv'), reported, 'submit', submission);
    expect(handedIn).to.include({
      category: 'awaiting_appraisal',
      holder: 'appraiser',
      submittedOn: '2022-06-28',
      finishedOn: null,
      deadline: 'submitted_on_time',
      round: 1,
    });

    office().clock.moveTo('2022-08-15');
    const finished = await moved(as('appraiser.stttt'), handedIn, 'approve');
    expect(finished).to.include({
      category: 'done',
      holder: null,
      submittedOn: '2022-06-28',
      finishedOn: '2022-08-15',
      deadline: 'done_on_time',
      version: 5,
    });
    expect(finished.fields).to.deep.equal(submission.fields);
  });

  it('says of a unit’s claim that it waits for appraisal, in the list and in the figures, and not that it is done', async () => {
    const before = await done(as('leader').get('/reports/statistics?programme=CK'));
    const task = await submitted(office());

    const after = await done(as('leader').get('/reports/statistics?programme=CK'));
    const listed = await done(as('appraiser.stttt').get(`/tasks?programme=CK&category=awaiting_appraisal`));

    expect(after.counts.done).to.equal(before.counts.done);
    expect(after.counts.awaiting_appraisal).to.equal(before.counts.awaiting_appraisal + 1);
    expect(listed.items.map(({ id }: Json) => id)).to.include(task.id);
  });

  it('lets no unit finish its own work, nor submit without result and evidence', async () => {
    const task = await acknowledged(office());

    const early = await moving(as('head.snv'), task, 'approve');
    const bare = await moving(as('head.snv'), task, 'submit');

    expect([early.status, early.body.code]).to.deep.equal([409, 'task.wrong_state']);
    expect([bare.status, bare.body.code]).to.deep.equal([422, 'requirement.missing']);
    expect(bare.body.missing.map(({ pointer }: Json) => pointer)).to.deep.equal(['/fields/result', '/evidence']);
  });

  it('keeps the history readable, each event with its actor, its capacity and the hash that an auditor recomputes', async () => {
    const task = await submitted(office());
    await moved(as('appraiser.stttt'), task, 'approve');

    const events = await eventsOf(office(), task.id);

    expect(events.map(({ type, capacity, actorName }) => [type, capacity, actorName])).to.deep.equal([
      ['task.assigned', 'assigning', 'office'],
      ['task.moved', 'lead_unit.focal_point', 'unit.snv'],
      ['task.moved', 'lead_unit.focal_point', 'unit.snv'],
      ['task.moved', 'appraising_agency', 'appraiser.stttt'],
    ]);
    let head = '0'.repeat(64);
    for (const { seq, type, actor, capacity, effectiveAt, recordedAt, payload, prevHash, hash } of events) {
      const event = { taskId: task.id, seq, type, actor, capacity, effectiveAt, recordedAt, payload };
      expect(prevHash).to.equal(head);
      head = createHash('sha256')
        .update(`${head}\n${canonicalize(event)}`)
        .digest('hex');
      expect(hash).to.equal(head);
    }
  });

  it('pages through a long history without losing or repeating an event', async () => {
    let task = await acknowledged(office());
    for (let percent = 1; percent <= 12; percent += 1)
      task = await done(
        as('unit.snv').post(`/tasks/${task.id}/progress`, { progress: percent }, { ifMatch: task.version }),
      );

    const seen: number[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const page: Json = await done(as('unit.snv').get(`/tasks/${task.id}/events?limit=5&after=${after}`));
      seen.push(...page.items.map(({ seq }: Json) => seq));
      after = page.next;
    }

    expect(seen).to.deep.equal(Array.from({ length: 14 }, (_, index) => index + 1));
  });

  it('tells each person what they may do now, and why not the rest', async () => {
    const task = await submitted(office());
    const actions = async (name: string) =>
      Object.fromEntries(
        (await done(as(name).get(`/tasks/${task.id}`))).actions.map(({ transition, refused }: Json) => [
          transition,
          refused ?? 'may',
        ]),
      );

    expect(await actions('appraiser.stttt')).to.deep.equal({
      approve: 'may',
      reject: 'may',
      return: 'may',
      stop: 'permission.denied',
    });
    expect(await actions('unit.snv')).to.deep.equal({
      approve: 'conflict_of_interest',
      reject: 'conflict_of_interest',
      return: 'conflict_of_interest',
      stop: 'permission.denied',
    });
    expect(await actions('office')).to.include({ stop: 'may', approve: 'permission.denied' });
    const { actions: told } = await done(as('unit.snv').get(`/tasks/${task.id}`));
    expect(told.find(({ transition }: Json) => transition === 'approve').why.vi).to.match(/[.…]$/);
    expect(told.find(({ transition }: Json) => transition === 'approve').why.en).to.match(/[.…]$/);
    const { actions: possible } = await done(as('appraiser.stttt').get(`/tasks/${task.id}`));
    expect(possible.find(({ transition }: Json) => transition === 'approve')).to.not.have.property('why');
  });

  it('shows a task to its unit, its appraiser and the province, and to nobody else', async () => {
    const task = await assigned(office());
    const status = async (name: string) => (await as(name).get(`/tasks/${task.id}`)).status;

    expect(await status('unit.snv')).to.equal(200);
    expect(await status('appraiser.stttt')).to.equal(200);
    expect(await status('leader')).to.equal(200);
    expect(await status('unit.tpcl')).to.equal(404);
    expect(await status('appraiser.skhdt')).to.equal(404);
    expect((await moving(as('unit.tpcl'), task, 'acknowledge')).body.code).to.equal('task.not_found');
  });
});
