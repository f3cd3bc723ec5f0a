// Can the checker fail? Each double leaves out one guard of the store, the clock or the queue; the same small history is
// played on it, and the checker has to name the damage in the right word.

import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type pg from 'pg';
import { tallyStore } from '../../src/adapters/db/tallies.ts';
import { dispatchDue, type JobQueue } from '../../src/application/operations/dispatch.ts';
import type { Clock, IntentionStore, TaskChange, TaskStore } from '../../src/application/ports.ts';
import { applyCommand, assignTask, commandName } from '../../src/application/tasks/apply.ts';
import { fireTimers } from '../../src/application/tasks/fire-timers.ts';
import type { Actor } from '../../src/domain/organisation/actor.ts';
import { eventually } from '../adapters/queue/harness.ts';
import { ClientHistory, check, type Violation } from '../support/check.ts';
import { quiet } from '../support/world.ts';
import { assignment, openProvince, type Province } from './province.ts';

/** What a play is made of; a mutant puts something else in place of one. */
interface Parts {
  readonly store: TaskStore;
  readonly clock: Clock;
  readonly intentions: IntentionStore;
  readonly fold: (pool: pg.Pool) => () => Promise<number>;
  /** Ids as they reach the workers. */
  readonly delivered: (ids: readonly string[]) => readonly string[];
}
type Mutant = (parts: Parts, province: Province) => Partial<Parts>;

const committing = (store: TaskStore, change: (change: TaskChange) => TaskChange): TaskStore => ({
  ...store,
  commit: (changes, now) => store.commit(changes.map(change), now),
});

const laterBy = (more: number, change: TaskChange): TaskChange => {
  if (more === 0) return change;
  const seq = change.next.seq + more;
  return {
    ...change,
    before: change.before && { ...change.before, seq: change.before.seq + more },
    events: change.events.map(({ event, ...rest }) => ({ ...rest, event: { ...event, seq: event.seq + more } })),
    next: { ...change.next, seq, version: seq },
    expectedSeq: change.expectedSeq + more,
  };
};

const mutants: Readonly<
  Record<string, { readonly mutant: Mutant; readonly kinds: readonly Violation['kind'][]; readonly says: RegExp }>
> = {
  'the number of the last event is not compared: the later writer wins': {
    // Both of the two that meet on T-0002 decide on what they saw; the second is renumbered and written over the first.
    mutant: ({ store }) => {
      let seen = 0;
      let turn: Promise<unknown> = Promise.resolve();
      const renumbered = async (changes: readonly TaskChange[], now: Date) => {
        const present = await store.load(changes.map(({ next }) => next.id));
        return store.commit(
          changes.map((change) => laterBy((present.get(change.next.id)?.task.seq ?? 0) - change.expectedSeq, change)),
          now,
        );
      };
      return {
        store: {
          ...store,
          async loadOne(id, key) {
            const found = await store.loadOne(id, key);
            if (found.loaded?.task.code === 'T-0002') seen += 1;
            return found;
          },
          async commit(changes, now) {
            if (changes[0]?.next.code === 'T-0002' && changes[0].before) await eventually(() => seen >= 2);
            const written = turn.then(() => renumbered(changes, now));
            turn = written.catch(() => undefined);
            return written;
          },
        },
      };
    },
    kinds: ['unexpected'],
    says: /breaks the chain/,
  },
  'a timer is not held to its due time': {
    mutant: ({ clock }) => ({ clock: { now: () => new Date(clock.now().getTime() + 3 * 24 * 3_600_000) } }),
    kinds: ['unexpected'],
    says: /early/,
  },
  'timers are not cancelled when a task ends': {
    mutant: ({ store }) => ({ store: committing(store, (change) => ({ ...change, cancel: [] })) }),
    kinds: ['unexpected'],
    says: /keeps timer/,
  },
  'the next occurrence is not planned': {
    mutant: ({ store }) => ({
      store: committing(store, (change) => (change.before ? { ...change, plan: [] } : change)),
    }),
    kinds: ['lost', 'unexpected'],
    says: /timer/,
  },
  'a job that the queue loses is never handed out again': {
    mutant: () => ({ delivered: () => [] }),
    kinds: ['lost'],
    says: /did not fire/,
  },
  'notices are not written with the event': {
    mutant: ({ store }) => ({ store: committing(store, (change) => ({ ...change, notify: [] })) }),
    kinds: ['lost'],
    says: /^notice of/,
  },
  'notices are sent before the change is written': {
    // And the writing fails once.
    mutant: ({ store }, { pool }) => ({
      store: {
        ...store,
        async commit(changes, now) {
          for (const { next, notify } of changes)
            for (const seq of notify)
              await pool.query(
                `insert into intention (queue, kind, task_id, payload, due_at, ready_at)
                 select 'notify', 'notify', id, $2, $3, $3 from task where id = $1`,
                [next.id, { seq }, now],
              );
          if (changes[0]?.next.category === 'stopped') throw new Error('The connection broke.');
          return store.commit(
            changes.map((change) => ({ ...change, notify: [] })),
            now,
          );
        },
      },
    }),
    kinds: ['duplicated', 'unexpected'],
    says: /notice of/,
  },
  'the answer is not kept with the change': {
    mutant: ({ store }) => ({
      store: committing(store, ({ idempotency: _kept, ...change }) => change),
    }),
    kinds: ['duplicated'],
    says: /has 2 events/,
  },
  'it is acknowledged before it is written': {
    mutant: ({ store }) => ({
      store: { ...store, commit: async (changes) => new Set(changes.map(({ next }) => next.id)) },
    }),
    kinds: ['lost'],
    says: /was acknowledged/,
  },
  'deltas are folded without being taken': {
    mutant: () => ({
      fold: (pool) => async () => {
        await pool.query(
          `create table if not exists kept as select * from delta; insert into kept select * from delta`,
        );
        const folded = await tallyStore(pool).fold();
        await pool.query(`insert into delta (task_id, seq, programme, unit, category_from, category_to, effective_on, recorded_at)
          select task_id, seq, programme, unit, category_from, category_to, effective_on, recorded_at from kept limit 1`);
        return folded;
      },
    }),
    kinds: ['duplicated', 'lost'],
    says: /tally/,
  },
  'an event is altered afterwards': {
    mutant: (_parts, { pool }) => ({
      fold: () => async () => {
        await pool.query('alter table task_event disable trigger user');
        await pool.query(
          `update task_event set payload = payload || '{"narrative": "khác"}' where type = 'task.assigned'`,
        );
        return 0;
      },
    }),
    kinds: ['unexpected'],
    says: /breaks the chain/,
  },
};

describe('the checker of the faults', () => {
  let province: Province;
  beforeEach(async () => {
    province = await openProvince('2022-03-01');
  });
  afterEach(() => province.close());

  const play = async (mutant: Mutant): Promise<readonly Violation[]> => {
    const { pool, clock, people } = province;
    const sound: Parts = {
      store: province.store,
      clock,
      intentions: province.intentions,
      fold: (of) => () => tallyStore(of).fold(),
      delivered: (ids) => ids,
    };
    const { store, intentions, fold, delivered, ...parts } = { ...sound, ...mutant(sound, province) };
    const history = new ClientHistory();
    const remember = async (actor: Actor, key: string, work: Promise<{ answer: { response: string } }>) => {
      const cause = commandName(actor, key);
      history.sent.add(cause);
      const { answer } = await work.catch(() => ({ answer: undefined }));
      if (answer) history.acknowledged.set(cause, JSON.parse(answer.response));
    };
    const idempotent = (actor: Actor, key: string) => ({
      key: { actor: actor.id, key, bodyHash: '' },
      answer: ({ id, version }: { id: string; version: number }) => ({
        status: 200,
        etag: null,
        response: JSON.stringify({ taskId: id, version }),
      }),
    });
    const assign = async (number: number, key: string, code?: string) => {
      const command = assignment(number, code === undefined ? {} : { code });
      const request = { actor: people.office, programme: 'P1', command };
      await remember(people.office, key, assignTask(store, clock)(request, idempotent(people.office, key)));
      return command.id;
    };
    const move = (
      id: string,
      actor: Actor,
      transition: string,
      expectedVersion: number,
      more = {},
      key: string = randomUUID(),
    ) =>
      remember(
        actor,
        key,
        applyCommand(store, clock)(
          { taskId: id, actor, command: { type: 'transition', transition, ...more }, expectedVersion },
          idempotent(actor, key),
        ),
      );
    const stop = { document: { number: '1/QĐ-UBND', date: '2022-02-28', issuer: 'UBND Tỉnh' } };

    const ids = [];
    for (let number = 0; number < 4; number += 1) ids.push(await assign(number, `assign-${number}`));
    // The same request again after its answer was lost: the server names the new task anew.
    await assign(90, 'again');
    await assign(91, 'again');
    const [a = '', b = '', c = '', d = ''] = ids;
    await move(a, people.focal, 'acknowledge', 1);
    await move(b, people.office, 'stop', 1, stop);
    // Two at once.
    await Promise.all([move(c, people.focal, 'acknowledge', 1), move(c, people.office, 'stop', 1, stop)]);
    clock.moveTo('2022-03-02', '09:00');
    const { rows } = await pool.query('select id from intention where rule is not null');
    const fire = fireTimers(store, intentions, parts.clock, quiet);
    const early = rows.map(({ id }) => id as string);
    const handed: string[] = [];
    const queue: JobQueue = {
      enqueue: async (name, jobs) => {
        if (name === 'timers') handed.push(...jobs.flatMap(({ data }) => data.ids));
      },
    };
    await dispatchDue(intentions, queue, clock, quiet)();
    const hints = delivered([...handed, ...early]);
    await Promise.all([fire(hints), fire([...hints].reverse()), move(d, people.focal, 'acknowledge', 1)]);
    await fire(hints);
    await fold(pool)();
    return check({ pool, store: province.store, now: clock.now(), history });
  };

  it('finds nothing where all guards stand', async () => {
    expect(await play(() => ({}))).to.deep.equal([]);
  });

  for (const [title, { mutant, kinds, says }] of Object.entries(mutants))
    it(`finds: ${title}`, async () => {
      const found = await play(mutant);

      const told = found.map(({ kind, what }) => `${kind}: ${what}`);
      expect(
        found.some(({ kind, what }) => kinds.includes(kind) && says.test(what)),
        told.join('\n'),
      ).to.equal(true);
    });
});
