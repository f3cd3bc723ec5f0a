import { expect } from 'chai';
import { done, suiteOffice } from '../../support/http-office.ts';
import { auditOf, problem } from '../../support/sign-in.ts';

describe('Saved views', () => {
  const office = suiteOffice({ day: '2022-03-01' });
  const save = (who: string, name: string, more: object = {}) =>
    office()
      .as(who)
      .post('/me/views', { name, query: 'unit=SNV&deadline=overdue', ...more });
  const shown = async (who: string): Promise<readonly string[]> => {
    const { items } = await done(office().as(who).get('/me/views?page=tasks'));
    return items.map(({ name, own }: { name: string; own: boolean }) => (own ? name : `(${name})`));
  };

  it('are kept as they were given, and are nobody else’s', async () => {
    const { id } = await done(save('head.snv', 'Quá hạn'));
    const { items } = await done(office().as('head.snv').get('/me/views'));
    expect(items).to.deep.equal([
      {
        id,
        page: 'tasks',
        name: 'Quá hạn',
        query: 'unit=SNV&deadline=overdue',
        sharing: 'private',
        unit: null,
        own: true,
      },
    ]);
    expect(await shown('unit.snv')).to.deep.equal([]);
    expect(problem(await office().as('unit.snv').delete(`/me/views/${id}`))).to.deep.equal([404, 'view.not_found']);
    expect((await office().as('head.snv').delete(`/me/views/${id}`)).status).to.equal(204);
    expect(await shown('head.snv')).to.deep.equal([]);
  });

  it('take the place of one of the same name, so that saving twice is saving once', async () => {
    const first = await done(save('head.snv', 'Của tôi'));
    const second = await done(save('head.snv', 'Của tôi', { query: 'category=done' }));
    expect(second.id).to.equal(first.id);
    const { items } = await done(office().as('head.snv').get('/me/views'));
    expect(items.map(({ query }: { query: string }) => query)).to.deep.equal(['category=done']);
    await office().as('head.snv').delete(`/me/views/${first.id}`);
  });

  it('S1: are shared with a unit by its own people only, with all by the office, and it is written down', async () => {
    const { id } = await done(save('head.snv', 'Của Sở', { sharing: 'unit', unit: 'SNV' }));
    await done(save('office', 'Toàn tỉnh', { sharing: 'all' }));
    expect(await shown('unit.snv')).to.deep.equal(['(Toàn tỉnh)', '(Của Sở)']);
    expect(await shown('unit.tpcl')).to.deep.equal(['(Toàn tỉnh)']);

    for (const [who, more] of [
      ['head.tpcl', { sharing: 'unit', unit: 'SNV' }],
      ['head.snv', { sharing: 'all' }],
      ['leader', { sharing: 'all' }],
    ] as const)
      expect(problem(await save(who, 'Không được', more)), who).to.deep.equal([403, 'permission.denied']);
    expect(problem(await save('office', 'Không có', { sharing: 'unit', unit: 'KHONG-CO' }))).to.deep.equal([
      422,
      'unit.not_found',
    ]);
    expect(problem(await save('head.snv', 'Thiếu', { sharing: 'unit' }))).to.deep.equal([400, 'input.invalid']);

    expect(problem(await office().as('unit.tpcl').delete(`/me/views/${id}`))).to.deep.equal([404, 'view.not_found']);
    expect((await office().as('unit.snv').delete(`/me/views/${id}`)).status).to.equal(204);
    expect((await auditOf(office(), 'view.shared')).map(({ detail }) => detail.name)).to.deep.equal([
      'Của Sở',
      'Toàn tỉnh',
    ]);
    expect((await auditOf(office(), 'view.removed')).map(({ object }) => object)).to.deep.equal([`view ${id}`]);
  });

  it('S18: are thirty of one account and no more, each a plain query', async () => {
    for (let index = 0; index < 30; index += 1) await done(save('leader', `Bộ lọc ${index}`));
    expect(problem(await save('leader', 'Thêm nữa'))).to.deep.equal([409, 'view.too_many']);
    expect((await save('leader', 'Bộ lọc 7', { query: 'q=giai+ngan' })).status).to.equal(201);
    for (const query of ['javascript:alert(1)', '<b>', 'a b', 'q=“', `q=${'x'.repeat(1000)}`, '//evil.test'])
      expect(problem(await save('head.snv', 'Xấu', { query })), query).to.deep.equal([400, 'input.invalid']);
  });
});
