import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type pg from 'pg';
import { organisationStore } from '../../../src/adapters/db/organisation.ts';
import { type PeopleStore, peopleStore } from '../../../src/adapters/db/people.ts';
import { openPool } from '../../../src/adapters/db/pool.ts';
import { presentActor } from '../../../src/adapters/db/present-actor.ts';
import { sessionActor } from '../../../src/adapters/db/session-query.ts';
import type { Actor } from '../../../src/domain/organisation/actor.ts';
import { suiteDatabase } from '../../support/source.ts';
import { aUnit } from './a-unit.ts';

describe('a session', () => {
  const database = suiteDatabase();
  let pool: pg.Pool;
  let people: PeopleStore;
  let actorOf: (tokenHash: string, at: Date) => Promise<Actor | undefined>;
  let accountId: string;

  before(async () => {
    pool = openPool({ databaseUrl: database.url, max: 4, statementTimeoutMs: 5_000 }, silence);
    people = peopleStore(database.source);
    const ask = sessionActor(pool);
    actorOf = async (hash, at) => {
      const caller = await ask(hash, at);
      if (!caller) return undefined;
      const { session: _, ...actor } = caller;
      return actor;
    };
    await organisationStore(database.source).createUnit(aUnit());
  });

  after(() => pool.end());

  beforeEach(async () => {
    await database.source.query('truncate account cascade');
    accountId = randomUUID();
    await people.createAccount({
      id: accountId,
      email: 'lan@skhdt.gov.vn',
      name: 'Nguyễn Thị Lan',
      passwordHash: null,
      memberships: [{ role: 'head', unit: 'SKHDT' }, { role: 'aggregator', programme: 'CK2026' }, { role: 'leader' }],
      at: start,
    });
    await people.createSession({ tokenHash: 'hash', accountId, at: start, expiresAt: later(12 * hour) });
  });

  it('stands for the same actor that the account is', async () => {
    const actor = await actorOf('hash', later(minute));

    expect(actor?.memberships).to.have.length(3);
    expect(actor).to.deep.equal(await presentActor(pool)(accountId, later(minute)));
  });

  it('stands for an actor without memberships too', async () => {
    await database.source.query('delete from membership');

    const { standing, ...actor } = (await actorOf('hash', start)) ?? {};
    expect(standing).to.match(/^[0-9a-f]{32}$/);
    expect(actor).to.deep.equal({ id: accountId, name: 'Nguyễn Thị Lan', memberships: [] });
  });

  it('is not one without its token', async () => {
    expect(await actorOf('another', start)).to.equal(undefined);
  });

  it('ends when it is revoked, and stays revoked at the time it was', async () => {
    await people.createSession({ tokenHash: 'second', accountId, at: start, expiresAt: later(hour) });

    await people.revokeSession('hash', later(minute));
    await people.revokeSession('hash', later(hour));

    expect(await actorOf('hash', later(minute))).to.equal(undefined);
    expect(await database.source.query(`select revoked_at from session where token_hash = 'hash'`)).to.deep.equal([
      { revoked_at: later(minute) },
    ]);
    expect((await actorOf('second', later(minute)))?.id).to.equal(accountId);
  });

  it('ends with all others of the account', async () => {
    await people.createSession({ tokenHash: 'second', accountId, at: start, expiresAt: later(hour) });

    await people.revokeAllSessions(accountId, later(minute));

    expect(await Promise.all(['hash', 'second'].map((token) => actorOf(token, later(minute))))).to.deep.equal([
      undefined,
      undefined,
    ]);
  });

  it('ends with the next request after its account is deactivated', async () => {
    await database.source.query('update account set active = false');

    expect(await actorOf('hash', later(1))).to.equal(undefined);
  });

  it('ends after 30 minutes in which nobody asked', async () => {
    expect((await actorOf('hash', later(30 * minute - 1)))?.id).to.equal(accountId);
    expect((await actorOf('hash', later(60 * minute - 2)))?.id).to.equal(accountId);
    expect(await actorOf('hash', later(90 * minute - 2))).to.equal(undefined);
  });

  it('ends at its end, however busy it was', async () => {
    for (let at = 0; at < 12 * hour; at += 25 * minute) await actorOf('hash', later(at));

    expect((await actorOf('hash', later(12 * hour - 1)))?.id).to.equal(accountId);
    expect(await actorOf('hash', later(12 * hour))).to.equal(undefined);
  });

  it('notes that it was seen once a minute, not with every request', async () => {
    const rowOf = async () => (await database.source.query('select xmin::text, seen_at from session'))[0];
    const untouched = await rowOf();

    await actorOf('hash', later(minute));
    expect(await rowOf()).to.deep.equal(untouched);

    await Promise.all(Array.from({ length: 20 }, (_, k) => actorOf('hash', later(minute + 1 + k))));
    const seen = await rowOf();
    expect(seen.seen_at.getTime()).to.be.within(later(minute + 1).getTime(), later(minute + 20).getTime());

    await actorOf('hash', later(2 * minute));
    expect(await rowOf()).to.deep.equal(seen);
  });

  it('is written once by requests that come together', async () => {
    await database.source.query(`create table written (at timestamptz);
      create function count_write() returns trigger language plpgsql as
        $$ begin insert into written values (new.seen_at); perform pg_sleep(0.05); return new; end $$;
      create trigger count_write before update on session for each row execute function count_write()`);

    await Promise.all(Array.from({ length: 4 }, (_, k) => actorOf('hash', later(2 * minute + k))));

    expect(await database.source.query('select count(*)::int as writes from written')).to.deep.equal([{ writes: 1 }]);
  });
});

const minute = 60_000;
const hour = 60 * minute;
const start = new Date('2026-06-16T01:00:00.000Z');
const later = (ms: number): Date => new Date(start.getTime() + ms);
const silence = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
