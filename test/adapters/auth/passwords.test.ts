import { hash } from '@node-rs/argon2';
import { expect } from 'chai';
import { passwordHasher, turns } from '../../../src/adapters/auth/passwords.ts';

describe('Password hashes', () => {
  const passwords = passwordHasher();

  it('S11: are Argon2id with 19 MiB and two passes', async () => {
    const stored = await passwords.hash('một hai ba bốn');

    expect(stored).to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await passwords.verify(stored, 'một hai ba bốn')).to.equal(true);
    expect(await passwords.verify(stored, 'một hai ba năm')).to.equal(false);
    expect(passwords.outdated(stored)).to.equal(false);
  });

  it('S11: are outdated when they were made with other parameters, and still good', async () => {
    const weaker = await hash('một hai ba bốn', { memoryCost: 1024, timeCost: 1, parallelism: 1 });

    expect(passwords.outdated(weaker)).to.equal(true);
    expect(await passwords.verify(weaker, 'một hai ba bốn')).to.equal(true);
  });

  it('of nobody fit no password, not even the one that was hashed for nobody', async () => {
    expect(await passwords.verify(null, 'nobody has this password')).to.equal(false);
  });
});

describe('Turns', () => {
  it('S11: let so many run at once, in the order of coming, and go on after one that failed', async () => {
    const inTurn = turns(2);
    const started: number[] = [];
    const finish: ((error?: Error) => void)[] = [];
    const work = (name: number) =>
      inTurn(
        () =>
          new Promise<number>((resolve, reject) => {
            started.push(name);
            finish[name] = (error) => (error ? reject(error) : resolve(name));
          }),
      );
    const settle = () => new Promise((resolve) => setImmediate(resolve));

    const all = Promise.allSettled([0, 1, 2, 3, 4].map(work));
    await settle();
    expect(started).to.deep.equal([0, 1]);
    finish[1]?.(new Error('no'));
    await settle();
    expect(started).to.deep.equal([0, 1, 2]);
    finish[0]?.();
    finish[2]?.();
    await settle();
    expect(started).to.deep.equal([0, 1, 2, 3, 4]);
    finish[3]?.();
    finish[4]?.();
    expect((await all).map(({ status }) => status)).to.deep.equal([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ]);
  });
});
