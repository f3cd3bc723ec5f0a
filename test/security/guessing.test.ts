// Guessing passwords, in a burst and one by one.

import { expect } from 'chai';
import { passwordHasher } from '../../src/adapters/auth/passwords.ts';
import { send } from '../support/client.ts';
import { suiteOffice } from '../support/http-office.ts';

describe('Guessing', function () {
  this.timeout(60_000);
  const office = suiteOffice({ day: '2022-03-01' });
  const guess = (email: string, password: string) =>
    send(office().address, 'POST', '/sessions', {}, { email, password }).then(({ status }) => status);

  it('S10: of a hundred guesses at once no more are looked at than of a hundred in a row', async () => {
    const statuses = await Promise.all(Array.from({ length: 100 }, (_, n) => guess('head.snv@thu.test', `sai-${n}`)));

    expect(statuses.filter((status) => status === 401).length).to.be.at.most(10);
    expect(new Set(statuses)).to.deep.equal(new Set([401, 429]));
  });

  it('S10: in a minute of a thousand guesses no more than twenty are looked at', async () => {
    let looked = 0;
    for (let round = 0; round < 60; round += 1) {
      const statuses = await Promise.all(
        Array.from({ length: 17 }, (_, n) => guess('leader@thu.test', `sai-${round}-${n}`)),
      );
      looked += statuses.filter((status) => status === 401).length;
      office().clock.advance(1_000);
    }

    expect(looked).to.be.within(10, 20);
  });

  it('S10: other people are not locked out by it', async () => {
    expect(await guess('head.tpcl@thu.test', 'mat-khau-de-thu')).to.equal(201);
  });

  it('S10: an unknown address, a deactivated account and a wrong password get the same answer, word for word', async () => {
    await office().pool.query(`update account set active = false where email = 'head.stttt@thu.test'`);
    const answers = await Promise.all(
      [
        ['head.skhdt@thu.test', 'sai'],
        ['khong-co@thu.test', 'sai'],
        ['head.stttt@thu.test', 'mat-khau-de-thu'],
        ['khong-phai-dia-chi', 'sai'],
      ].map(([email, password]) => send(office().address, 'POST', '/sessions', {}, { email, password })),
    );

    const [first, ...others] = answers.map(({ status, body: { instance: _instance, ...body }, headers }) => ({
      status,
      body,
      headers: [...headers.keys()].sort(),
    }));
    expect(first?.status).to.equal(401);
    for (const other of others) expect(other).to.deep.equal(first);
  });

  it('S10: work is done for an address that nobody has, as for one that somebody has', async () => {
    const passwords = passwordHasher();

    expect(await passwords.verify(null, 'nobody has this password')).to.equal(false);
    expect(await passwords.verify(await passwords.hash('một mật khẩu'), 'một mật khẩu')).to.equal(true);
  });
});
