// S13: what somebody with all rights in the database can do to what was sealed, done at random and again and again. Each
// attack happens inside one transaction that is rolled back, so that a thousand of them need one database.

import { expect } from 'chai';
import type pg from 'pg';
import { sealKey } from '../../../src/adapters/auth/seal-key.ts';
import { sealStore } from '../../../src/adapters/db/checkpoints.ts';
import { verifySource } from '../../../src/adapters/db/verify-source.ts';
import { type Leaf, leafText, statementHash } from '../../../src/application/audit/checkpoint.ts';
import { MerkleTree } from '../../../src/application/audit/merkle.ts';
import { sealNow } from '../../../src/application/audit/seal.ts';
import type { Verdict } from '../../../src/application/audit/verdict.ts';
import { inspect } from '../../../src/application/operations/verify.ts';
import { chainHash } from '../../../src/application/tasks/chain.ts';
import { builtInDefinitions } from '../../../src/domain/workflow/built-in.ts';
import type { TaskEvent } from '../../../src/domain/workflow/task.ts';
import { type Dice, dice, Histories } from '../../support/histories.ts';
import { secretKey } from '../../support/province.ts';
import { openWorld, quiet, type World } from '../../support/world.ts';
import { readEvents, rechain } from '../operations/corruptions.ts';

const key = sealKey(secretKey);
const times = 100;

interface Target {
  readonly id: string;
  readonly code: string;
  /** Number of its last sealed event; there may be newer ones. */
  readonly sealed: number;
  readonly seq: number;
}

interface Attack {
  readonly name: string;
  /** How many sealed events the task must have. */
  readonly least: number;
  readonly verdicts: readonly Verdict[];
  readonly strike: (db: pg.PoolClient, task: Target, roll: Dice) => Promise<void>;
}

const attacks: readonly Attack[] = [
  {
    name: 'an edited event',
    least: 1,
    verdicts: ['changed'],
    async strike(db, { id, sealed }, roll) {
      const change = roll.pick([
        `actor = 'somebody'`,
        `capacity = 'somebody'`,
        `effective_at = effective_at - interval '1 millisecond'`,
        `recorded_at = recorded_at - interval '1 day'`,
        `payload = payload || '{"forged": true}'`,
        `hash = repeat('a', 64)`,
        `prev_hash = repeat('b', 64)`,
      ]);
      await changed(db, `update task_event set ${change} where task_id = $1 and seq = $2`, [id, 1 + roll(sealed)]);
    },
  },
  {
    name: 'a deleted event in the middle',
    least: 2,
    verdicts: ['missing event', 'inserted or reordered'],
    async strike(db, { id, sealed }, roll) {
      const seq = 1 + roll(sealed - 1);
      await changed(db, 'delete from task_event where task_id = $1 and seq = $2', [id, seq]);
      // Some close the gap.
      if (roll(2) === 0) await shift(db, id, seq + 1, -1);
    },
  },
  {
    name: 'a deleted tail',
    least: 1,
    verdicts: ['missing tail'],
    async strike(db, { id, sealed }, roll) {
      const from = 1 + roll(sealed);
      await changed(db, 'delete from task_event where task_id = $1 and seq >= $2', [id, from]);
      // Some make the row fit what is left.
      if (roll(2) === 0)
        await db.query(
          `update task set seq = $2, head_hash = coalesce(
             (select hash from task_event where task_id = $1 and seq = $2), repeat('0', 64)) where id = $1`,
          [id, from - 1],
        );
    },
  },
  {
    name: 'a deleted task',
    least: 1,
    verdicts: ['missing task'],
    async strike(db, { id }, roll) {
      await changed(db, 'delete from task where id = $1', [id]);
      if (roll(3) > 0)
        for (const table of ['task_event', 'intention', 'notification', 'delta'])
          await db.query(`delete from ${table} where task_id = $1`, [id]);
    },
  },
  {
    name: 'an inserted event',
    least: 1,
    verdicts: ['inserted or reordered'],
    async strike(db, { id, code, sealed }, roll) {
      const seq = 1 + roll(sealed);
      const events = await readEvents(db, code);
      const model = events[seq - 1] as (typeof events)[number];
      const event = { ...model.event, actor: 'somebody' } as TaskEvent;
      await shift(db, id, seq, 1);
      await changed(
        db,
        `insert into task_event (task_id, seq, type, actor, capacity, effective_at, recorded_at, cause, payload, prev_hash, hash)
         select task_id, $2, type, 'somebody', capacity, effective_at, recorded_at, 'forged', payload, prev_hash, $3
         from task_event where task_id = $1 and seq = $2 + 1`,
        [id, seq, chainHash(model.prevHash, event)],
      );
    },
  },
  {
    name: 'events that changed places',
    least: 2,
    verdicts: ['inserted or reordered'],
    async strike(db, { id, sealed }, roll) {
      const one = 1 + roll(sealed);
      const other = ((one + roll(sealed - 1)) % sealed) + 1;
      const move = (from: number, to: number) =>
        changed(db, 'update task_event set seq = $3 where task_id = $1 and seq = $2', [id, from, to]);
      await move(one, 100_000);
      await move(other, one);
      await move(100_000, other);
    },
  },
  {
    name: 'a whole chain computed again',
    least: 1,
    verdicts: ['recomputed', 'forged seal'],
    async strike(db, { id, code, sealed }, roll) {
      const seq = 1 + roll(sealed);
      await rechain(db, code, (event) => (event.seq === seq ? { ...event, actor: 'somebody' } : event));
      // Some compute the leaves and the checkpoints again as well; what they have not is the key.
      if (roll(2) === 0) await resealed(db, id);
    },
  },
];

describe('S13: what was sealed', () => {
  let world: World;
  let histories: Histories;
  const look = (pool: pg.Pool) => inspect(verifySource(pool, world.clock), { checkSignature: key.check, keep: 5 });
  const seal = () => sealNow(sealStore(world.pool), key, world.clock, quiet)({ day: '2022-01-10' });
  before(async function () {
    this.timeout(60_000);
    world = await openWorld(builtInDefinitions);
    histories = new Histories(world, dice(13));
    await histories.assign(8);
  });
  after(() => world.close());

  it(`gives no false alarm at ${times} moments of histories that go on`, async function () {
    this.timeout(60_000);
    const roll = dice(2);
    const alarms: unknown[] = [];
    for (let time = 0; time < times; time += 1) {
      await histories.live(1);
      if (roll(10) === 0) await seal();
      const { invariants } = await look(world.pool);
      alarms.push(...invariants.flatMap(({ findings }) => findings));
    }

    expect(alarms).to.deep.equal([]);
  });

  for (const { name, least, verdicts, strike } of attacks)
    it(`is found out ${times} times of ${times}: ${name}`, async function () {
      this.timeout(60_000);
      await seal();
      await histories.live(2);
      const targets = await targetsIn(world, least);
      const db = await world.pool.connect();
      const missed: unknown[] = [];
      const told = new Set<Verdict>();
      try {
        for (let seed = 1; seed <= times; seed += 1) {
          const roll = dice(seed);
          const target = roll.pick(targets);
          await db.query('begin; set local session_replication_role = replica; set local statement_timeout = 0');
          await strike(db, target, roll);
          const { invariants } = await look(within(db));
          await db.query('rollback');
          const found = invariants.find(({ invariant }) => invariant === 'I13')?.findings ?? [];
          const verdict = verdicts.find((each) => found.some(({ message }) => message.startsWith(`${each}: `)));
          if (verdict) told.add(verdict);
          else missed.push({ seed, target, found });
        }
      } finally {
        db.release(true);
      }

      expect(missed).to.deep.equal([]);
      expect([...told]).to.have.members([...verdicts]);
    });
});

/** Tasks with so many sealed events. */
const targetsIn = async ({ pool }: World, least: number): Promise<readonly Target[]> => {
  const { rows } = await pool.query<Target>(
    `select t.id, t.code, t.seq, max(l.seq) as sealed from task t join checkpoint_leaf l on l.object = t.id::text
     group by t.id having max(l.seq) >= $1 order by t.code`,
    [least],
  );
  return rows;
};

/** A pool whose one connection is in a transaction already, and stays in it. */
const within = (db: pg.PoolClient): pg.Pool => {
  const query = (text: string | object, values?: unknown[]) =>
    typeof text === 'string' && /^(begin|commit)/.test(text) ? undefined : db.query(text as string, values);
  return { connect: async () => ({ query, release: () => undefined }) } as unknown as pg.Pool;
};

const changed = async (db: pg.PoolClient, text: string, values: readonly unknown[]): Promise<void> => {
  const { rowCount } = await db.query(text, [...values]);
  // An attack that does nothing would be found by nobody.
  if (!rowCount) throw new Error(`Changed nothing: ${text} ${JSON.stringify(values)}`);
};

const shift = async (db: pg.PoolClient, id: string, from: number, by: number): Promise<void> => {
  await db.query('update task_event set seq = seq + 200000 where task_id = $1 and seq >= $2', [id, from]);
  await db.query('update task_event set seq = seq - 200000 + $2 where task_id = $1 and seq > 200000', [id, by]);
};

/** All leaves of the task, roots, hashes and links of all checkpoints, so that everything fits but the signatures. */
const resealed = async (db: pg.PoolClient, id: string): Promise<void> => {
  await db.query(
    `update checkpoint_leaf l set hash = e.hash from task_event e
     where l.kind = 'task' and l.object = $1 and e.task_id = $1::text::uuid and e.seq = l.seq`,
    [id],
  );
  let previous = '0'.repeat(64);
  const { rows } = await db.query('select * from checkpoint order by number');
  for (const { number, day, sealed_at, leaves, events, key_id } of rows) {
    const { rows: found } = await db.query<Leaf>(
      'select * from checkpoint_leaf where checkpoint = $1 order by kind collate "C", object collate "C"',
      [number],
    );
    const tree = new MerkleTree();
    for (const leaf of found) tree.add(leafText(leaf));
    const root = tree.root();
    const sealedAt = sealed_at.toISOString();
    const hash = statementHash({ number, day, sealedAt, root, previous, leaves, events, keyId: key_id });
    await db.query('update checkpoint set root = $2, previous = $3, hash = $4 where number = $1', [
      number,
      root,
      previous,
      hash,
    ]);
    previous = hash;
  }
};
