// A province whose people, sessions and clock a test with real processes needs, on top of the small world of all tests.

import { randomUUID } from 'node:crypto';
import { verifySource } from '../../src/adapters/db/verify-source.ts';
import { verify } from '../../src/application/operations/verify.ts';
import { tokenHash } from '../../src/application/people/sign-in.ts';
import type { TaskChange } from '../../src/application/ports.ts';
import { assignmentOf, commandName, groundOf } from '../../src/application/tasks/apply.ts';
import type { Actor, Membership } from '../../src/domain/organisation/actor.ts';
import { atLocalTime, type CivilDate } from '../../src/domain/schedule/civil-date.ts';
import type { Definition, TimerRule } from '../../src/domain/workflow/definition.ts';
import type { AssignTask } from '../../src/domain/workflow/task.ts';
import { type ClientHistory, check } from '../support/check.ts';
import { simpleDefinition } from '../support/simple-definition.ts';
import { actor, openWorld, type World, zone } from '../support/world.ts';

const open = ['assigned', 'in_progress', 'awaiting'];
const names = (vi: string) => ({ vi, en: vi });

/** Six timers a day, each level of which counts. */
const daily = ['00', '04', '08', '12', '16', '20'].map(
  (hour): TimerRule => ({
    key: hour === '00' ? 'daily' : `daily-${hour}`,
    name: names('Nhắc hằng ngày'),
    states: open,
    anchor: 'assigned',
    at: `${hour}:00`,
    max: 90,
    misfire: 'all',
    steps: [],
    repeat: { every: 'P1D', action: 'remind', to: ['lead_unit.focal_point'] },
  }),
);

/** The simple workflow with timers enough for a day to be busy. */
export const hurriedDefinition: Definition = {
  ...simpleDefinition,
  key: 'hurried',
  timers: [
    ...simpleDefinition.timers,
    ...daily,
    {
      key: 'appraisal',
      name: names('Đôn đốc thẩm định'),
      states: ['awaiting'],
      anchor: 'entered',
      at: '00:00',
      max: 30,
      misfire: 'collapse',
      steps: [{ offset: 'P1D', action: 'urge', to: ['appraising_agency'] }],
      repeat: { every: 'P1D', action: 'escalate', to: ['office'] },
    },
  ],
};

export interface Person extends Actor {
  readonly token: string;
}

const memberships = {
  office: { role: 'office' },
  leader: { role: 'leader' },
  focal: { role: 'focal_point', unit: 'SNV' },
  head: { role: 'head', unit: 'SNV' },
  appraiser: { role: 'appraiser', unit: 'STTTT' },
  otherAppraiser: { role: 'appraiser', unit: 'STTTT' },
} as const satisfies Readonly<Record<string, Membership>>;
export type People = Readonly<Record<keyof typeof memberships, Person>>;

export const openProvince = async (day: CivilDate) => {
  const world = await openWorld([hurriedDefinition], day);
  return { ...world, people: await settle(world) };
};
export type Province = Awaited<ReturnType<typeof openProvince>>;

/** Accounts, and sessions that outlast every clock of these tests. */
const settle = async ({ pool }: World): Promise<People> => {
  const people = Object.entries(memberships).map(([name, membership]) => {
    const person: Person = { ...actor(membership), token: randomUUID() };
    return [name, person] as const;
  });
  for (const [name, { id, token }] of people) {
    const { role, unit } = memberships[name as keyof typeof memberships] as Membership;
    await pool.query(`insert into account values ($1, $2, $2, null, true, now())`, [id, `${name}@test.local`]);
    await pool.query('insert into membership (account_id, role, unit) values ($1, $2, $3)', [id, role, unit ?? null]);
    await pool.query(`insert into session values ($1, $2, '2000-01-01', '2100-01-01', '2100-01-01', null)`, [
      tokenHash(token),
      id,
    ]);
  }
  return Object.fromEntries(people) as unknown as People;
};

export const assignment = (number: number, more: Partial<AssignTask> = {}): AssignTask => ({
  type: 'assign',
  id: randomUUID(),
  code: `T-${String(number).padStart(4, '0')}`,
  title: `Nhiệm vụ ${number}`,
  kind: 'own',
  leadUnit: 'SNV',
  appraiserUnit: 'STTTT',
  due: { kind: 'on_or_before', day: '2022-12-31' },
  ...more,
});

/** Tasks in one transaction, at the world's clock. */
export const assignTogether = async (
  { store, clock }: Pick<Province, 'store' | 'clock'>,
  office: Actor,
  commands: readonly AssignTask[],
  history?: ClientHistory,
): Promise<void> => {
  const changes: TaskChange[] = [];
  for (const command of commands) {
    const cause = commandName(office, `assign-${command.code}`);
    const ground = await groundOf(store, { actor: office, programme: 'P1', command }, clock.now());
    changes.push(assignmentOf(ground, { actor: office, command }, cause, clock.now()));
    history?.sent.add(cause);
    history?.acknowledged.set(cause, { taskId: command.id, version: 1 });
  }
  await store.commit(changes, clock.now());
};

export interface MovedClock {
  /** Every process that asks the database for the time after this gets a later one. */
  moveTo(day: CivilDate, time: string): Promise<void>;
  advance(ms: number): Promise<void>;
  now(): Promise<Date>;
}

/** Stands between the programs and the time of this one database, by a function of the name they call. */
export const moveDatabaseClock = async ({ pool, database }: World): Promise<MovedClock> => {
  const name = new URL(database.url).pathname.slice(1);
  await pool.query(`
    create table moved_clock (ahead interval not null);
    insert into moved_clock values ('0');
    create function public.clock_timestamp() returns timestamptz language sql volatile
      as 'select pg_catalog.clock_timestamp() + ahead from public.moved_clock';
    alter database ${name} set search_path = public, pg_catalog;`);
  return {
    async moveTo(day, time) {
      await pool.query('update moved_clock set ahead = $1::timestamptz - pg_catalog.clock_timestamp()', [
        atLocalTime(day, time, zone),
      ]);
    },
    async advance(ms) {
      await pool.query(`update moved_clock set ahead = ahead + interval '1 millisecond' * $1`, [ms]);
    },
    async now() {
      const { rows } = await pool.query<{ now: Date }>('select public.clock_timestamp() as now');
      return (rows[0] as { now: Date }).now;
    },
  };
};

/** The clients' record against what is stored, and what `npm run verify` says of the same database. */
export const violations = async (
  { pool, store }: World,
  now: Date,
  history: ClientHistory,
): Promise<readonly unknown[]> => [
  ...(await check({ pool, store, now, history })),
  ...(await verify(verifySource(pool, { now: () => now }), { workersExpected: true })),
];

/** Nothing is due any more, nothing waits to be folded. What was parked is not waited for: the checker names it. */
export const atRest = async ({ pool }: Pick<World, 'pool'>, now: Date): Promise<boolean> => {
  const { rows } = await pool.query<{ rest: boolean }>(
    `select not exists (select 1 from intention where rule is not null and due_at <= $1 and parked_at is null)
       and not exists (select 1 from delta) as rest`,
    [now],
  );
  return rows[0]?.rest === true;
};
