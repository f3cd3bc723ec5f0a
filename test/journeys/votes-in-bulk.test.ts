import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { changed, commitment } from '../support/builders.ts';
import type { Json } from '../support/client.ts';
import { commanded, morning } from '../support/commands.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { PostOffice } from '../support/post-office.ts';
import { eventsOf, letter, submitted } from '../support/tasks.ts';

describe('Panels that vote on many tasks at once', () => {
  const post = new PostOffice();
  before(() => post.open());
  after(() => post.close());
  const office = suiteOffice({
    day: '2022-06-06',
    accounts: [
      { name: 'a', memberships: [{ role: 'appraiser', unit: 'STTTT' }] },
      { name: 'd', memberships: [{ role: 'appraiser', unit: 'SKHDT' }] },
    ],
    get config() {
      return { SMTP_URL: post.url, PUBLIC_URL: 'https://dondoc.example.vn' };
    },
  });
  const as = (name: string) => office().as(name);
  const due = { due: { kind: 'on_or_before', day: '2022-12-16' } };
  const bulk = (name: string, items: readonly Json[], body: object, key: string = randomUUID()) =>
    done(
      as(name).post(
        '/tasks/transitions',
        { items: items.map(({ id, version }) => ({ id, version })), ...body },
        { key },
      ),
    );
  const results = ({ ok }: Json) => ok.map(({ result, category }: Json) => [result, category]);
  const now = (task: Json) => done(as('auditor').get(`/tasks/${task.id}`));

  it('begins with a workflow in which all appraisers must agree', async () => {
    const workflow = changed(commitment, (draft) => {
      draft.key = 'by-all';
      Object.assign(draft.appraisals[0] ?? {}, { rule: 'all' });
    });
    await done(as('admin').post('/workflows', workflow));

    expect((await as('admin').post('/workflows/by-all/versions/1/publish')).status).to.be.within(200, 299);
  });

  it('says of each item whether it was a vote or the decision, the same again, and writes the document into each', async () => {
    const alone = await submitted(office(), due);
    const together = await submitted(office(), { ...due, workflow: 'by-all' });
    const decision = { outcome: 'achieved', document: letter };
    const key = randomUUID();

    const preview = await bulk('a', [together, alone], { ...decision, preview: true });
    const first = await bulk('a', [together, alone], decision, key);

    for (const answer of [preview, first])
      expect(results(answer)).to.deep.equal([
        ['voted', 'awaiting_appraisal'],
        ['decided', 'done'],
      ]);
    const closing = await bulk('appraiser.stttt', [await now(together)], decision);
    expect(results(closing)).to.deep.equal([['decided', 'done']]);
    // The task has gone on meanwhile; the answer is still about what this request did.
    expect(await bulk('a', [together, alone], decision, key)).to.deep.equal(first);
    const events = (await eventsOf(office(), together.id)).slice(-2);
    expect(events.map(({ type, payload }) => [type, payload.document])).to.deep.equal([
      ['task.vote_cast', letter],
      ['task.moved', letter],
    ]);
  });

  it('gathers in a return what everybody who returned the work asks for', async () => {
    const task = await submitted(office(), { ...due, workflow: 'by-all' });
    const returning = (person: string, version: number, ...missing: string[]) =>
      as(person).post(
        `/tasks/${task.id}/transitions`,
        { outcome: 'returned', reason: 'Chưa đủ', missing: missing.map((what) => ({ what })) },
        { ifMatch: version },
      );

    const first = await done(returning('a', task.version, 'Số liệu quý II', 'Biên bản'));
    const second = await done(returning('appraiser.stttt', first.version, 'Biên bản', 'Ảnh hiện trường'));

    expect([first.category, second.category]).to.deep.equal(['awaiting_appraisal', 'in_progress']);
    const { lastReturn } = await done(as('unit.snv').get(`/tasks/${task.id}`));
    expect(lastReturn.missing).to.deep.equal(['Số liệu quý II', 'Biên bản', 'Ảnh hiện trường']);
  });

  it('counts the votes on the desk and leaves the open round to those who have not voted', async () => {
    const task = await submitted(office(), { ...due, workflow: 'by-all' });
    await bulk('a', [task], { outcome: 'achieved' });
    const desk = async (name: string) =>
      (await done(as(name).get('/appraisals?group=none&limit=100'))).items.find(({ id }: Json) => id === task.id);

    const voted = await desk('a');
    expect([voted.waiting, voted.vote.outcome]).to.deep.equal(['others', 'achieved']);
    const waiting = await desk('appraiser.stttt');
    expect([waiting.waiting, waiting.vote, waiting.votes.counts]).to.deep.equal([
      'mine',
      null,
      { achieved: 1, not_achieved: 0, returned: 0 },
    ]);
    expect(waiting.votes.cast.map(({ by, outcome }: Json) => [by.name, outcome])).to.deep.equal([['a', 'achieved']]);
  });

  it('takes a vote by link as a vote: the round stays open, the link is spent, and who only advises gets none', async () => {
    const task = await submitted(office(), {
      ...due,
      workflow: 'by-all',
      participants: ['SKHDT'],
      title: 'Nhiều thành viên',
    });
    await morning(office(), '2022-06-07');
    const linksOf = (name: string) => {
      const { mail } = post.delivered.findLast(({ to }) => to[0] === `${name}@thu.test`) ?? {};
      const entry = mail?.text?.split('\n- ').find((each) => each.includes('Nhiều thành viên'));
      expect(entry, name).to.be.a('string');
      return [...(entry ?? '').matchAll(/\/d\/([\w-]{43})/g)].map(([, token]) => token);
    };
    expect(linksOf('d')).to.deep.equal([]);
    const [token] = linksOf('a');
    const address = `${new URL(office().address).origin}/d/${token}`;
    const page = await (await fetch(address)).text();
    const hidden = [...page.matchAll(/name="(version|nonce)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]);
    const form = new URLSearchParams([...hidden, ['outcome', 'achieved']] as [string, string][]);

    const voted = await fetch(address, { method: 'POST', body: form });
    expect([voted.status, (await voted.text()).includes('Đã ghi nhận ý kiến thẩm định')]).to.deep.equal([200, true]);
    const again = await fetch(address, { method: 'POST', body: form });
    expect([again.status, (await again.text()).includes('Đạt')]).to.deep.equal([410, true]);
    const open = await now(task);
    expect([open.category, open.review.votes.length]).to.deep.equal(['awaiting_appraisal', 1]);

    await commanded(office(), 'office', open, 'appraisers', { appraiserUnit: 'STTTT', reason: 'Làm lại' });
    await morning(office(), '2022-06-08');
    expect(linksOf('a').length).to.equal(1);
  });
});
