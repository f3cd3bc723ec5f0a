// What panels need beside moves: commands of a round, absences, a morning's mail.

import { atLocalTime } from '../../src/domain/schedule/civil-date.ts';
import type { Json } from './client.ts';
import { done, type Office } from './http-office.ts';
import { zone } from './world.ts';

export const accountOf = async ({ pool }: Office, name: string): Promise<string> => {
  const { rows } = await pool.query<{ id: string }>('select id from account where name = $1', [name]);
  if (!rows[0]) throw new Error(`Nobody is called ${name}.`);
  return rows[0].id;
};

export type RoundCommand = 'recall' | 'questions' | 'answers' | 'opinions' | 'appraisers';

/** @returns the task as it then stands */
export const commanded = (
  office: Office,
  name: string,
  task: Json,
  command: RoundCommand,
  body: Readonly<Record<string, unknown>> = {},
): Promise<Json> => done(office.as(name).post(`/tasks/${task.id}/${command}`, body, { ifMatch: task.version }));

export const away = async (
  office: Office,
  name: string,
  { substitute, ...absence }: { from: string; until: string; substitute: string; signing: string },
): Promise<void> => {
  const [accountId, other] = [await accountOf(office, name), await accountOf(office, substitute)];
  await done(office.as('office').post('/absences', { accountId, substitute: other, ...absence }));
};

/** The digests of a working morning, planned and sent. */
export const morning = async ({ clock, composition, workers }: Office, day: string): Promise<void> => {
  await workers.settle();
  clock.moveTo(day, '08:30');
  await composition.digests(atLocalTime(day, '08:30', zone));
  await workers.settle();
};
