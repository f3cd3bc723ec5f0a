// The catalogue of security items: each has a test that carries its number, so that nobody has to take our word for it.

import { expect } from 'chai';
import { pending, titlesByItem } from '../support/titles.ts';

const items: Readonly<Record<string, string>> = {
  S1: 'nobody reads or changes what belongs to another unit',
  S2: 'every function asks for a permission, and a role that is taken away is gone at once',
  S3: 'no property comes in or goes out that the route does not name',
  S4: 'permission and state are judged with the write, not before it',
  S5: 'the program calls no address that somebody wrote',
  S6: 'no text becomes a formula',
  S7: 'no text becomes a script',
  S8: 'uploads are what they say, bounded, and never executed',
  S9: 'a session is new at sign-in and ends when it should',
  S10: 'passwords cannot be guessed by trying',
  S11: 'passwords are hashed slowly, and long ones are welcome',
  S12: 'no other site acts in somebody’s name; reading changes nothing',
  S13: 'what was written down cannot be changed unseen',
  S14: 'no secret in a log, a job or an answer; no forged line',
  S15: 'the board of the queue is closed',
  S16: 'no key reaches a prototype',
  S17: 'no pattern, query or condition of input runs away',
  S18: 'deep, large and slow requests hold up nobody',
  S19: 'no SQL from input',
  S20: 'a parameter comes once and is known',
  S21: 'Redis and PostgreSQL are reachable for the program only',
  S22: 'the program’s database role can do what it must and no more',
  S23: 'an error tells nothing of the inside',
  S24: 'a link in a mail decides nothing by being opened',
  S25: 'packages are pinned, known and listed',
  S26: 'what matters for security is written down once, with who, what and when',
  S27: 'a header is believed only from a proxy that is configured',
};

describe('The catalogue of security items', () => {
  const found = titlesByItem();

  for (const [item, promise] of Object.entries(items)) {
    const places = [...new Set((found.get(item) ?? []).map(({ file }) => file))];
    it(`${item} (${promise}) is shown by ${places.join(', ') || 'a test that is still to come'}`, () => {
      expect((found.get(item) ?? []).length > 0 || pending.includes(item)).to.equal(true);
    });
  }

  it(`knows every item that a test names; still expected: ${pending.join(', ') || 'nothing'}`, () => {
    expect([...found.keys(), ...pending].filter((item) => !Object.hasOwn(items, item))).to.deep.equal([]);
  });
});
