import { expect } from 'chai';
import { type Composition, compose } from '../src/compose.ts';
import { layFoundations } from '../src/foundations.ts';
import { freshDatabase, type TestDatabase } from './support/database.ts';
import { secretKey } from './support/province.ts';
import { quiet } from './support/world.ts';

describe('the foundations of a new installation', () => {
  let database: TestDatabase;
  let composition: Composition;

  beforeEach(async () => {
    database = await freshDatabase();
    composition = await compose(
      {
        DATABASE_URL: database.url,
        SECRET_KEY: secretKey,
        NODE_ENV: 'test',
        TRUST_PROXY: 0,
        RATE_LIMIT_PER_MINUTE: 1200,
      },
      quiet,
    );
  });
  afterEach(async () => {
    await composition.close();
    await database.drop();
  });

  const first = { ADMIN_EMAIL: 'Quantri@example.vn', ADMIN_PASSWORD: 'một mật khẩu đủ dài' };
  const count = async (table: string): Promise<number> =>
    Number((await composition.pool.query(`select count(*) from ${table}`)).rows[0].count);

  it('are a calendar, the built-in workflows in force and an administrator', async () => {
    await layFoundations(composition, first);

    expect((await composition.programmes.calendar('vn'))?.zone).to.equal('Asia/Ho_Chi_Minh');
    const { rows } = await composition.pool.query('select key, status from workflow_definition order by key');
    expect(rows).to.deep.equal(
      ['commitment', 'directive-task', 'periodic-report', 'registration'].map((key) => ({ key, status: 'published' })),
    );
    const account = await composition.people.accountByEmail('quantri@example.vn');
    expect((await composition.people.actor(account?.id ?? ''))?.memberships).to.deep.equal([{ role: 'administrator' }]);
    expect(await composition.passwords.verify(account?.passwordHash ?? null, first.ADMIN_PASSWORD)).to.equal(true);
  });

  it('are laid once: what an administrator changed since then stays', async () => {
    await layFoundations(composition, first);
    await composition.definitions.retire('registration', 1, { id: 'somebody', name: '', memberships: [] });
    await composition.programmes.saveCalendar({ key: 'vn', zone: 'Asia/Ho_Chi_Minh', days: [] });

    await layFoundations(composition, { ...first, ADMIN_EMAIL: 'another@example.vn' });

    expect(await count('account')).to.equal(1);
    expect((await composition.programmes.calendar('vn'))?.days).to.deep.equal([]);
    expect((await composition.definitions.read('registration', 1)).status).to.equal('retired');
  });

  it('hold no account where none is asked for', async () => {
    await layFoundations(composition, { ADMIN_EMAIL: undefined, ADMIN_PASSWORD: undefined });

    expect(await count('account')).to.equal(0);
  });
});
