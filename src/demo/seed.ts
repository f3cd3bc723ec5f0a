// The demonstration: the programme "Cam kết hành động năm 2022" of Đồng Tháp, led through its year by the same use cases
// as everybody's, under a clock that is moved through 2022. Every step has a name, so that a seed that was interrupted
// goes on where it stopped.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { v5 as uuidFrom } from 'uuid';
import type { Log } from '../application/log.ts';
import type { Clock } from '../application/ports.ts';
import { freezeReport } from '../application/reports/freeze.ts';
import { applyCommand } from '../application/tasks/apply.ts';
import { type ComposeSettings, type Composition, compose, defaultZone } from '../compose.ts';
import type { Actor, Membership } from '../domain/organisation/actor.ts';
import { Refusal } from '../domain/refusal.ts';
import { atLocalTime, type CivilDate } from '../domain/schedule/civil-date.ts';
import { vietnamCalendarDays } from '../domain/schedule/vietnam-calendar.ts';
import { builtInDefinitions } from '../domain/workflow/built-in.ts';
import { assignedOn, type DemoActor, type DemoCommitment, type DemoStep, storyOf } from './history.ts';
import units from './units.json' with { type: 'json' };

export const demoProgramme = 'CK2022';

/** Bodies that appraise but commit to nothing, and so are in no list of units. */
const otherBodies = [
  { code: 'BHXH', name: 'Bảo hiểm xã hội Tỉnh', class: 'central', bloc: 'central', order: 90 },
  { code: 'CTUBND', name: 'Chủ tịch UBND Tỉnh', class: 'office', bloc: 'province', order: 91 },
] as const;

class MovedClock implements Clock {
  #now = atLocalTime('2022-01-04', '08:00', defaultZone);
  now(): Date {
    return new Date(this.#now);
  }
  moveTo(day: CivilDate, time: string): void {
    this.#now = atLocalTime(day, time, defaultZone);
  }
}

/**
 * Puts the demonstration into the database, once.
 * @param tell receives one line when there is something to wait for
 */
export const seedDemo = async (
  config: ComposeSettings & { readonly DEMO_PASSWORD: string },
  log: Log,
  tell: (line: string) => void,
): Promise<void> => {
  const clock = new MovedClock();
  const composition = await compose({ ...config, SMTP_URL: undefined }, log, { clock });
  try {
    if (await isComplete(composition)) return;
    tell('Preparing the demonstration data (Dữ liệu minh họa), once …');
    await releaseLeases(composition);
    const actors = await seedProvince(composition, config.DEMO_PASSWORD);
    const rows = await importSheet(composition, actors, clock);
    await tellStories(composition, actors, clock, rows);
    await composition.audit.record({
      at: clock.now(),
      actor: null,
      action: 'demo.seeded',
      object: demoProgramme,
      detail: {},
    });
  } finally {
    await composition.close();
  }
};

/** What the demo accounts are, for the screen. */
export const demoAccounts = (password: string): string =>
  [
    '',
    `Demo accounts (password ${password}):`,
    '  admin@demo.local   leader@demo.local   office@demo.local   operator@demo.local   auditor@demo.local',
    '  per unit, for example SNV: unit.snv@demo.local (focal point)  head.snv@demo.local  appraiser.snv@demo.local',
    'Dữ liệu minh họa – không phản ánh kết quả thực tế của đơn vị.',
    '',
  ].join('\n');

const isComplete = async ({ pool }: Composition): Promise<boolean> =>
  ((await pool.query(`select 1 from audit_entry where action = 'demo.seeded' and object = $1`, [demoProgramme]))
    .rowCount ?? 0) > 0;

/**
 * What a seed that broke off had taken is free again: its clock starts anew, and by that clock the leases would not run
 * out before the year has passed over them. Nobody else works in the database until the demonstration is there.
 */
const releaseLeases = async ({ pool }: Composition): Promise<void> => {
  await pool.query('update intention set ready_at = due_at where ready_at > due_at and parked_at is null');
};

type Actors = ReadonlyMap<string, Actor>;

const seedProvince = async (composition: Composition, password: string): Promise<Actors> => {
  const { organisation, programmes, definitions, people, passwords, clock } = composition;
  await programmes.saveCalendar({ key: 'vn', zone: defaultZone, days: vietnamCalendarDays });
  const bodies = [...units.map((unit) => ({ ...unit, class: unit.bloc })), ...otherBodies];
  for (const { code, name, class: kind, bloc, order } of bodies)
    await unlessThere('unit.exists', () =>
      organisation.createUnit({
        code,
        name,
        class: kind as 'department',
        bloc,
        officialOrder: order,
        parent: null,
        validFrom: '2020-01-01',
        validTo: null,
        successor: null,
      }),
    );
  const passwordHash = await passwords.hash(password);
  const actors = new Map<string, Actor>();
  for (const { email, name, membership } of accountsOf(bodies.map(({ code }) => code))) {
    const id = uuidFrom(email, demoNamespace);
    const memberships = [membership];
    await unlessThere('user.exists', () =>
      people.createAccount({ id, email, name, passwordHash, memberships, at: clock.now() }),
    );
    actors.set(email, { id, name, memberships });
  }
  const admin = actors.get('admin@demo.local') as Actor;
  for (const definition of builtInDefinitions) {
    await unlessThere('definition.exists', async () => {
      await definitions.draft(definition, admin);
    });
    await unlessThere('definition.not_draft', async () => {
      await definitions.publish(definition.key, definition.version, admin);
    });
  }
  await unlessThere('programme.exists', () =>
    programmes.create({
      code: demoProgramme,
      name: 'Cam kết hành động năm 2022',
      noun: 'nội dung cam kết',
      year: 2022,
      workflow: 'commitment',
      calendar: 'vn',
      roll: null,
      soonDays: 3,
      defaultDue: { kind: 'on_or_before', day: '2022-12-31' },
      aggregator: 'SKHDT',
      illustrative: true,
      reopenDays: 30,
      maxExtensions: 1,
      createdAt: clock.now(),
    }),
  );
  return actors;
};

const demoNamespace = '0e9ad6a5-5a5e-4d38-8f5f-6a4d6f1a2c11';

const accountsOf = (
  codes: readonly string[],
): readonly { readonly email: string; readonly name: string; readonly membership: Membership }[] => [
  { email: 'admin@demo.local', name: 'Quản trị (minh họa)', membership: { role: 'administrator' } },
  { email: 'leader@demo.local', name: 'Lãnh đạo UBND Tỉnh (minh họa)', membership: { role: 'leader' } },
  { email: 'office@demo.local', name: 'Chuyên viên theo dõi (minh họa)', membership: { role: 'office' } },
  { email: 'operator@demo.local', name: 'Vận hành (minh họa)', membership: { role: 'operator' } },
  { email: 'auditor@demo.local', name: 'Kiểm tra (minh họa)', membership: { role: 'auditor' } },
  {
    email: 'aggregator@demo.local',
    name: 'Tổng hợp – Sở KH&ĐT (minh họa)',
    membership: { role: 'aggregator', unit: 'SKHDT', programme: demoProgramme },
  },
  ...codes.flatMap((unit) => {
    const name = unit.toLowerCase();
    return [
      {
        email: `unit.${name}@demo.local`,
        name: `Đầu mối ${unit} (minh họa)`,
        membership: { role: 'focal_point', unit },
      },
      { email: `head.${name}@demo.local`, name: `Thủ trưởng ${unit} (minh họa)`, membership: { role: 'head', unit } },
      {
        email: `appraiser.${name}@demo.local`,
        name: `Thẩm định ${unit} (minh họa)`,
        membership: { role: 'appraiser', unit },
      },
    ] as const;
  }),
];

/** The sheet comes in by the same import as anybody's; the columns an import does not know are read for the stories. */
const importSheet = async (
  { imports, handlers, intentions, clock: now }: Composition,
  actors: Actors,
  clock: MovedClock,
): Promise<readonly DemoCommitment[]> => {
  clock.moveTo(assignedOn, '09:00');
  const file = await readFile(path.join(await packageRoot(), 'src/demo/dongthap2022.csv'));
  const office = actors.get('office@demo.local') as Actor;
  const run = await imports.start({ file, programme: demoProgramme, mode: 'all', key: 'demo-sheet' }, office);
  await settle({ intentions, handlers, clock: now });
  const finished = await imports.find(run.id);
  if (finished.status !== 'done')
    throw new Error(`The demonstration sheet was not imported: ${JSON.stringify(finished.problems)}`);
  return commitmentsOf(file.toString('utf8'));
};

const states: Readonly<Record<string, DemoCommitment['state']>> = {
  'Chưa hoàn thành, đang tiếp tục thực hiện': 'in_progress',
  'Hoàn thành': 'done',
  'Không hoàn thành': 'not_done',
  'Chờ cơ quan chuyên môn thẩm định': 'awaiting_appraisal',
  'Được UBND Tỉnh cho dừng thực hiện': 'stopped',
  'Dừng thực hiện': 'stopped',
};

const commitmentsOf = (sheet: string): readonly DemoCommitment[] =>
  sheet
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .slice(1)
    .filter(Boolean)
    .map((line) => {
      const [code = '', unit = '', , title = '', , , appraiser = '', stateText = '', estimateText = ''] =
        line.split(';');
      const state = states[stateText];
      const estimate = states[estimateText] as DemoCommitment['estimate'] | undefined;
      if (!state || !estimate)
        throw new Error(`The demonstration sheet says "${stateText}", "${estimateText}" of ${code}.`);
      return { code, unit, title, appraiser, state, estimate };
    });

/** All stories, day after day; on each new day the timers of the time that passed fire first. */
const tellStories = async (
  composition: Composition,
  actors: Actors,
  clock: MovedClock,
  rows: readonly DemoCommitment[],
): Promise<void> => {
  const { store, pool } = composition;
  const { rows: tasks } = await pool.query<{ id: string; code: string }>(
    'select id, code from task where programme = $1',
    [demoProgramme],
  );
  const ids = new Map(tasks.map(({ id, code }) => [code, id]));
  const versions = new Map<string, number>();
  const enter = async (step: DemoStep, number: number): Promise<void> => {
    const now = atLocalTime(step.on, step.at, defaultZone);
    const actor = actors.get(emailOf(step.actor)) as Actor;
    const { answer } = await applyCommand(store, { now: () => now })(
      {
        taskId: ids.get(step.code) as string,
        actor,
        command: commandOf(step),
        expectedVersion: versions.get(step.code) ?? 1,
      },
      {
        key: { actor: actor.id, key: `demo-${step.code}-${number}`, bodyHash: 'demo' },
        answer: (task) => ({ status: 200, etag: null, response: String(task.version) }),
      },
    );
    versions.set(step.code, Number(answer.response));
  };

  let locked = false;
  for (const [day, stories] of daysOf(rows)) {
    if (!locked && day >= reportLockedOn) {
      await lockReport(composition, actors, clock);
      locked = true;
    }
    clock.moveTo(day, '08:00');
    await settle(composition);
    // Steps of one commitment follow each other; commitments know nothing of each other.
    const waiting = [...stories.values()];
    await allOf(
      Array.from({ length: atOnce }, async () => {
        for (let story = waiting.shift(); story; story = waiting.shift())
          for (const { step, number } of story) await enter(step, number);
      }),
    );
  }
};

/** Half of the pool: enough to keep the database busy while we decide. */
const atOnce = 8;

interface NumberedStep {
  readonly step: DemoStep;
  /** From 1 within its commitment: with the code it names the step for good, so that a second start does not repeat it. */
  readonly number: number;
}

/** By day, by commitment, in the order in which the steps were entered. */
const daysOf = (
  rows: readonly DemoCommitment[],
): readonly (readonly [CivilDate, ReadonlyMap<string, readonly NumberedStep[]>])[] => {
  const days = new Map<CivilDate, Map<string, NumberedStep[]>>();
  for (const row of rows) {
    const steps = [...storyOf(row)].sort((a, b) => compare(`${a.on} ${a.at}`, `${b.on} ${b.at}`));
    for (const [index, step] of steps.entries()) {
      const stories = days.get(step.on) ?? new Map<string, NumberedStep[]>();
      stories.set(step.code, [...(stories.get(step.code) ?? []), { step, number: index + 1 }]);
      days.set(step.on, stories);
    }
  }
  return [...days].sort(([a], [b]) => compare(a, b));
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Waits for all, so that nothing still writes when the first error is thrown. */
const allOf = async (work: readonly Promise<void>[]): Promise<void> => {
  for (const result of await Promise.allSettled(work)) if (result.status === 'rejected') throw result.reason;
};

/** The figures of 30/10 were locked on 08/11 and reported on 09/11/2022 (report 158/BC-SKHĐT). */
const reportLockedOn = '2022-11-08';
const reportCutOff = '2022-10-30';
const lockReport = async (composition: Composition, actors: Actors, clock: MovedClock): Promise<void> => {
  // A seed that broke off after this point has frozen it already, and a frozen report is never frozen again.
  if ((await composition.frozen.list(demoProgramme)).some(({ asOf }) => asOf === reportCutOff)) return;
  clock.moveTo(reportLockedOn, '16:00');
  await settle(composition);
  const freeze = freezeReport(composition.reports, composition.frozen, clock);
  await freeze({ programme: demoProgramme, asOf: reportCutOff }, actors.get('aggregator@demo.local') as Actor);
};

const commandOf = ({ command, effectiveOn }: DemoStep): DemoStep['command'] =>
  effectiveOn === undefined ? command : { ...command, effectiveAt: effectiveOn };

const emailOf = (actor: DemoActor): string =>
  actor.kind === 'office'
    ? 'office@demo.local'
    : `${actor.kind === 'focal_point' ? 'unit' : actor.kind}.${actor.unit.toLowerCase()}@demo.local`;

/** Does what is due at the moved clock's time: the workers' part, without a queue. */
const settle = async ({
  intentions,
  handlers,
  clock,
}: Pick<Composition, 'intentions' | 'handlers' | 'clock'>): Promise<void> => {
  for (
    let claimed = await intentions.claimDue(clock.now(), 500);
    claimed.length > 0;
    claimed = await intentions.claimDue(clock.now(), 500)
  )
    for (const queue of new Set(claimed.map((row) => row.queue))) {
      const ids = claimed.filter((row) => row.queue === queue).map(({ id }) => id);
      // What the workers alone do waits for them; taken anew every day it would make up most of the seed's work.
      await (handlers[queue]?.(ids) ?? intentions.release(ids, storyOver));
    }
};
const storyOver = atLocalTime('2023-01-01', '00:00', defaultZone);

const unlessThere = async (code: string, create: () => Promise<void>): Promise<void> => {
  try {
    await create();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== code) throw error;
  }
};

/** The folder of package.json, whether this runs from source or compiled. */
const packageRoot = async (): Promise<string> => {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    try {
      await readFile(path.join(folder, 'package.json'));
      return folder;
    } catch (error) {
      if (folder === path.dirname(folder)) throw error;
    }
  }
};
