// Commands on tasks through the one door, as a person of the office, and what panels need: absences, a morning's mail.

import { randomUUID } from 'node:crypto';
import { decisionLinkStore } from '../../src/adapters/db/decision-links.ts';
import { applyCommand } from '../../src/application/tasks/apply.ts';
import { atLocalTime } from '../../src/domain/schedule/civil-date.ts';
import type { AssignTask, Command, Task } from '../../src/domain/workflow/task.ts';
import type { Json } from './client.ts';
import type { Office } from './http-office.ts';
import { zone } from './world.ts';

export const accountOf = async ({ pool }: Office, name: string): Promise<string> => {
  const { rows } = await pool.query<{ id: string }>('select id from account where name = $1', [name]);
  if (!rows[0]) throw new Error(`Nobody is called ${name}.`);
  return rows[0].id;
};

/** @returns the task as it then stands */
export const commanded = async (
  office: Office,
  name: string,
  task: Json,
  command: Exclude<Command, AssignTask>,
): Promise<Task> => {
  const { clock, composition, pool } = office;
  const actor = await decisionLinkStore(pool).actor(await accountOf(office, name), clock.now());
  if (!actor) throw new Error(`${name} is not active.`);
  const key = { actor: actor.id, key: randomUUID(), bodyHash: 'x' };
  const { answer } = await applyCommand(composition.store, clock)(
    { taskId: task.id, actor, command, expectedVersion: task.version },
    { key, answer: (next) => ({ status: 200, etag: null, response: JSON.stringify(next) }) },
  );
  return JSON.parse(answer.response);
};

export const away = async (
  office: Office,
  name: string,
  { from, until, substitute, signing }: { from: string; until: string; substitute: string; signing: string },
): Promise<void> => {
  await office.pool.query(
    `insert into absence (id, account_id, from_day, until_day, substitute, signing, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, 'test', $7)`,
    [
      randomUUID(),
      await accountOf(office, name),
      from,
      until,
      await accountOf(office, substitute),
      signing,
      office.clock.now(),
    ],
  );
};

/** The digests of a working morning, planned and sent. */
export const morning = async ({ clock, composition, workers }: Office, day: string): Promise<void> => {
  await workers.settle();
  clock.moveTo(day, '08:30');
  await composition.digests(atLocalTime(day, '08:30', zone));
  await workers.settle();
};
