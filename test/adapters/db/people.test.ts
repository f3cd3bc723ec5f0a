import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { DataSource } from 'typeorm';
import { organisationStore } from '../../../src/adapters/db/organisation.ts';
import { type NewAccount, type PeopleStore, peopleStore } from '../../../src/adapters/db/people.ts';
import type { Membership } from '../../../src/domain/organisation/actor.ts';
import { refusalOf } from '../../support/refusal.ts';
import { suiteDatabase } from '../../support/source.ts';
import { aUnit } from './a-unit.ts';

describe('people in the database', () => {
  const database = suiteDatabase();
  let people: PeopleStore;
  before(async () => {
    people = peopleStore(database.source);
    for (const code of ['SKHDT', 'SNV', 'STTTT']) await organisationStore(database.source).createUnit(aUnit({ code }));
  });

  beforeEach(() => database.source.query('truncate account, login_attempt cascade'));

  describe('an account', () => {
    it('is found by its address in any case, with what a login needs', async () => {
      const account = anAccount({ email: 'Lan@SKHDT.gov.vn', passwordHash: '$argon2id$...' });
      await people.createAccount(account);

      expect(await people.accountByEmail('lan@skhdt.gov.VN')).to.deep.equal({
        id: account.id,
        name: account.name,
        passwordHash: '$argon2id$...',
        active: true,
      });
      expect(await people.accountByEmail('minh@skhdt.gov.vn')).to.equal(undefined);
    });

    it('acts with its memberships, in the order they were given', async () => {
      const memberships = [
        { role: 'head', unit: 'SKHDT' },
        { role: 'aggregator', programme: 'CK2022' },
        { role: 'office' },
      ] as const;
      const account = anAccount({ memberships });
      await people.createAccount(account);

      expect(await people.actor(account.id)).to.deep.equal({ id: account.id, name: account.name, memberships });
    });

    it('does not act once it is deactivated, or when there is none', async () => {
      const account = anAccount();
      await people.createAccount(account);
      await deactivate(database.source, account.id);

      expect(await people.actor(account.id)).to.equal(undefined);
      expect(await people.actor(randomUUID())).to.equal(undefined);
    });

    it('is refused for an address that has one, also in other case, and leaves no memberships behind', async () => {
      await people.createAccount(anAccount({ email: 'lan@skhdt.gov.vn' }));

      const refusal = await refusalOf(
        people.createAccount(anAccount({ email: 'LAN@skhdt.gov.vn', memberships: [{ role: 'office' }] })),
      );

      expect(refusal).to.deep.equal({ code: 'user.exists', details: { email: 'LAN@skhdt.gov.vn' } });
      expect(await database.source.query('select * from membership')).to.deep.equal([]);
    });

    it('is refused, and not made, for a unit that does not exist', async () => {
      const account = anAccount({ memberships: [{ role: 'head', unit: 'NOWHERE' }] });

      const refusal = await refusalOf(people.createAccount(account));

      expect(refusal).to.deep.equal({ code: 'unit.not_found', details: { units: ['NOWHERE'] } });
      expect(await people.accountByEmail(account.email)).to.equal(undefined);
    });
  });

  describe('failed logins', () => {
    it('do not block before the tenth, then 3 s, doubling, never more than 60 s', async () => {
      const waits: number[] = [];
      let now = noon;
      for (let k = 1; k <= 17; k += 1) {
        expect(await people.beginLogin('lan/10.0.0.1', now)).to.equal(true);
        const blockedUntil = await people.loginBlockedUntil('lan/10.0.0.1');
        waits.push(blockedUntil === null ? 0 : (blockedUntil.getTime() - now.getTime()) / 1000);
        if (blockedUntil !== null) {
          expect(await people.beginLogin('lan/10.0.0.1', new Date(blockedUntil.getTime() - 1))).to.equal(false);
          now = blockedUntil;
        }
      }

      expect(waits).to.deep.equal([...Array(9).fill(0), 3, 6, 12, 24, 48, 60, 60, 60]);
    });

    it('let ten of a burst be judged, however many come at the same moment', async () => {
      const judged = await Promise.all(Array.from({ length: 40 }, () => people.beginLogin('lan/10.0.0.1', noon)));

      expect(judged.filter(Boolean)).to.have.length(10);
    });

    it('are forgotten after a login, and are counted for each subject alone', async () => {
      for (let k = 1; k <= 10; k += 1) await people.beginLogin('lan/10.0.0.1', noon);
      expect(await people.beginLogin('lan/10.0.0.2', noon)).to.equal(true);
      expect(await people.beginLogin('lan/10.0.0.1', noon)).to.equal(false);

      await people.loginSuccess('lan/10.0.0.1');

      expect(await people.loginBlockedUntil('lan/10.0.0.1')).to.equal(null);
      expect(await people.beginLogin('lan/10.0.0.1', noon)).to.equal(true);
    });
  });
});

const noon = new Date('2026-06-16T05:00:00.000Z');

type AccountAndActor = NewAccount & { readonly memberships: readonly Membership[] };

const anAccount = (wanted: Partial<AccountAndActor> = {}): AccountAndActor => ({
  id: randomUUID(),
  email: `${randomUUID()}@example.vn`,
  name: 'Nguyễn Thị Lan',
  passwordHash: null,
  memberships: [],
  at: noon,
  ...wanted,
});

const deactivate = (source: DataSource, accountId: string) =>
  source.query('update account set active = false where id = $1', [accountId]);
