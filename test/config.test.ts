import { expect } from 'chai';
import { readConfig } from '../src/config.ts';

const DATABASE_URL = 'postgres://dondoc:mat-khau@localhost/dondoc';

describe('The secret key of the configuration', () => {
  it('S11: is required in production, and has at least 32 characters', () => {
    expect(() => readConfig({ DATABASE_URL, NODE_ENV: 'production' })).to.throw('SECRET_KEY is required');
    expect(() => readConfig({ DATABASE_URL, NODE_ENV: 'production', SECRET_KEY: 'x'.repeat(31) })).to.throw(
      'SECRET_KEY',
    );
    const given = 'x'.repeat(32);
    expect(readConfig({ DATABASE_URL, NODE_ENV: 'production', SECRET_KEY: given }).SECRET_KEY).to.equal(given);
  });

  it('is the same in all processes of one database where it may be absent', () => {
    const { SECRET_KEY } = readConfig({ DATABASE_URL });

    expect(SECRET_KEY).to.have.length(43).and.to.equal(readConfig({ DATABASE_URL }).SECRET_KEY);
    expect(readConfig({ DATABASE_URL: `${DATABASE_URL}2` }).SECRET_KEY).to.not.equal(SECRET_KEY);
  });
});
