import { expect } from 'chai';
import { peopleStore } from '../../../src/adapters/db/people.ts';
import { type Attempts, attempts } from '../../../src/application/people/throttle.ts';
import { Refusal } from '../../../src/domain/refusal.ts';
import { suiteDatabase } from '../../support/source.ts';
import { HandClock } from '../../support/world.ts';

describe('Attempts at signing in', () => {
  const database = suiteDatabase();
  const clock = new HandClock('2022-03-01');
  let guesses: Attempts;
  beforeEach(async () => {
    await database.source.query('truncate login_attempt');
    guesses = attempts(peopleStore(database.source), clock);
  });

  const isJudged = async (email: string, address: string): Promise<boolean> => {
    try {
      await guesses.begin({ email, address });
      return true;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'rate.exceeded') return false;
      throw error;
    }
  };

  it('S10: of a thousand within a minute from one place fourteen are judged', async () => {
    let judged = 0;
    for (let guess = 0; guess < 1000; guess += 1) {
      if (await isJudged('lan@thu.test', '10.0.0.1')) judged += 1;
      clock.advance(60);
    }

    // Ten at once; then after 3, 6, 12 and 24 seconds.
    expect(judged).to.equal(14);
  });

  it('S10: of a burst from many places as many are judged as one by one', async () => {
    const burst = Array.from({ length: 300 }, (_, guess) =>
      isJudged('lan@thu.test', `10.0.${guess >> 8}.${guess & 255}`),
    );

    expect((await Promise.all(burst)).filter(Boolean)).to.have.length(100);
  });

  it('S10: those that one place may not make do not count against the account elsewhere', async () => {
    for (let guess = 0; guess < 500; guess += 1) await isJudged('lan@thu.test', '10.0.0.1');

    expect(await isJudged('lan@thu.test', '10.0.0.2')).to.equal(true);
    const [row] = await database.source.query(
      `select failures from login_attempt where subject = 'everywhere lan@thu.test'`,
    );
    expect(row.failures).to.equal(11);
  });

  it('are forgotten with a success, for the account and for the place', async () => {
    for (let guess = 0; guess < 9; guess += 1) await isJudged('lan@thu.test', '10.0.0.1');

    await guesses.succeeded({ email: 'LAN@thu.test', address: '10.0.0.1' });

    expect(await database.source.query('select * from login_attempt')).to.deep.equal([]);
  });

  it('say how long to wait, in whole seconds, never none', async () => {
    for (let guess = 0; guess < 10; guess += 1) await isJudged('lan@thu.test', '10.0.0.1');
    clock.advance(2_999);

    const waiting = await guesses
      .begin({ email: 'lan@thu.test', address: '10.0.0.1' })
      .catch((error: Refusal) => error);

    expect(waiting).to.deep.include({ code: 'rate.exceeded', details: { retryAfterSeconds: 1 } });
  });
});
