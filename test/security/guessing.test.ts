// Guessing passwords, in a burst and one by one.

import { expect } from 'chai';
import { signIn } from '../../src/application/people/sign-in.ts';
import type { AuditLog, PasswordHasher, PeopleStore } from '../../src/application/ports.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { send } from '../support/client.ts';
import { suiteOffice } from '../support/http-office.ts';
import { HandClock } from '../support/world.ts';

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

  it('S10: other people, and the same person from elsewhere, are not locked out by it', async () => {
    expect(await guess('head.tpcl@thu.test', 'mat-khau-de-thu')).to.equal(201);
  });

  it('S10: an unknown address costs the same work and gets the same answer as a wrong password', async () => {
    const seen: (string | null)[] = [];
    const passwords: PasswordHasher = {
      hash: async () => '',
      verify: async (stored) => {
        seen.push(stored);
        return false;
      },
    };
    const people = {
      beginLogin: async () => true,
      loginBlockedUntil: async () => null,
      accountByEmail: async (email: string) =>
        email.startsWith('known') ? { id: '1', name: 'A', email, passwordHash: 'h', active: true } : undefined,
    } as unknown as PeopleStore;
    const audit: AuditLog = { record: async () => undefined } as unknown as AuditLog;
    const open = signIn(people, passwords, new HandClock('2022-03-01'), audit);

    const refusals = await Promise.all(
      ['known@thu.test', 'unknown@thu.test'].map((email) =>
        open({ email, password: 'x', address: '1' }).then(
          () => undefined,
          (error: Refusal) => [error.code, error.details],
        ),
      ),
    );

    expect(refusals).to.deep.equal([
      ['session.failed', {}],
      ['session.failed', {}],
    ]);
    expect(seen).to.deep.equal(['h', null]);
  });
});
