import { expect } from 'chai';
import { sealKey } from '../../../src/adapters/auth/seal-key.ts';
import { checkpointReader, sealStore } from '../../../src/adapters/db/checkpoints.ts';
import { verifySource } from '../../../src/adapters/db/verify-source.ts';
import { noCheckpoint, statementText } from '../../../src/application/audit/checkpoint.ts';
import { sealNow } from '../../../src/application/audit/seal.ts';
import type { LogFields } from '../../../src/application/log.ts';
import { verify } from '../../../src/application/operations/verify.ts';
import { secretKey } from '../../support/province.ts';
import { openWorld, quiet, type World } from '../../support/world.ts';
import { ask, assign, definition, focal, makeHistory } from '../operations/history.ts';

const key = sealKey(secretKey);
const acknowledge = { type: 'transition', transition: 'acknowledge' } as const;

describe('A seal', () => {
  let world: World;
  beforeEach(async function () {
    this.timeout(30_000);
    world = await openWorld([definition]);
  });
  afterEach(() => world.close());

  const seal = (day = '2022-07-15', log = quiet) => sealNow(sealStore(world.pool), key, world.clock, log)({ day });
  const leaves = (number: number) => checkpointReader(world.pool).leaves({ number, limit: 1_000 });
  const broken = () => verify(verifySource(world.pool, world.clock), { checkSignature: key.check });

  it('covers, the first time, everything there is', async () => {
    await makeHistory(world);
    await world.pool.query(
      `insert into audit_entry (at, action, object, detail) values ('2022-07-01Z', 'x', 'y', '{"b": 1.50, "a": "đ"}')`,
    );

    const first = await seal();

    expect(first).to.include({ number: 1, day: '2022-07-15', previous: noCheckpoint, events: 27, leaves: 9 });
    expect((await leaves(1)).map(({ kind }) => kind)).to.deep.equal([
      'definition',
      'entry',
      'report',
      ...Array.from({ length: 6 }, () => 'task'),
    ]);
    expect(key.check(first.keyId, statementText(first), first.signature)).to.equal(true);
    expect(await broken()).to.deep.equal([]);
  });

  it('covers, the next time, only what has moved, and points to the seal before', async () => {
    const still = await assign(world, 'P1-1', { kind: 'on_or_before', day: '2022-12-31' });
    const moving = await assign(world, 'P1-2', { kind: 'on_or_before', day: '2022-12-31' });
    const first = await seal();
    await ask(world, moving, focal, acknowledge);

    const second = await seal('2022-07-16');

    expect(second).to.include({ number: 2, previous: first.hash, events: 1, leaves: 1 });
    expect((await leaves(2)).map(({ object, seq }) => ({ object, seq }))).to.deep.equal([
      { object: moving.id, seq: 2 },
    ]);
    expect((await leaves(1)).map(({ object }) => object)).to.include(still.id);
    expect(await broken()).to.deep.equal([]);
  });

  it('covers a change that began before the seal and was committed after it', async () => {
    const task = await assign(world, 'P1-1', { kind: 'on_or_before', day: '2022-12-31' });
    const late = await world.pool.connect();
    await late.query('begin');
    await late.query(`insert into audit_entry (at, action, object, detail) values ('2022-01-10Z', 'late', 'y', '{}')`);
    await world.pool.query(
      `insert into audit_entry (at, action, object, detail) values ('2022-01-10Z', 'early', 'y', '{}')`,
    );
    await seal();
    await late.query('commit');
    late.release();
    await ask(world, task, focal, acknowledge);

    const second = await seal('2022-07-16');

    expect((await leaves(second.number)).map(({ kind }) => kind)).to.deep.equal(['entry', 'task']);
  });

  it('is made once for a period, however often it is asked for', async () => {
    const once = sealNow(sealStore(world.pool), key, world.clock, quiet);
    const request = { day: '2022-01-10', notBefore: world.clock.now() };

    const answers = await Promise.all([once(request), once(request), once(request)]);

    expect(new Set(answers.map(({ number }) => number))).to.deep.equal(new Set([1]));
  });

  it('gives eight sealers at once eight checkpoints in one chain', async () => {
    await makeHistory(world);

    const sealed = await Promise.all(Array.from({ length: 8 }, () => seal()));

    expect(sealed.map(({ number }) => number).sort((one, other) => one - other)).to.deep.equal([
      1, 2, 3, 4, 5, 6, 7, 8,
    ]);
    expect(await broken()).to.deep.equal([]);
  });

  it('is told to the log, so that it stands outside the database', async () => {
    const told: LogFields[] = [];
    const { number, root, signature } = await seal('2022-07-15', {
      ...quiet,
      info: (_, fields) => void told.push(fields ?? {}),
    });

    expect(told).to.have.length(1);
    expect(told[0]).to.include({ number, root, signature });
  });

  it('is not believed from another key, and is believed from one that was used before', async () => {
    await seal();
    const now = sealKey('another-secret-of-more-than-32-characters');
    const knowing = sealKey('another-secret-of-more-than-32-characters', [spki(key.publicKeyPem)]);
    const findings = (check: typeof now.check) =>
      verify(verifySource(world.pool, world.clock), { checkSignature: check });

    expect((await findings(now.check)).map(({ message }) => message)).to.deep.equal([
      `forged seal: signed by key ${key.keyId}, which is not known`,
    ]);
    expect(await findings(knowing.check)).to.deep.equal([]);
  });
});

const spki = (pem: string): string => pem.replaceAll(/-----[^-]+-----|\s/g, '');
