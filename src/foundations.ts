// What every installation needs before anybody can do anything: the working calendar, the built-in workflows and a
// first account. Safe to repeat; what is there stays as it is.

import { v7 as uuid } from 'uuid';
import type { Composition } from './compose.ts';
import { defaultZone } from './compose.ts';
import type { Config } from './config.ts';
import type { Actor } from './domain/organisation/actor.ts';
import { passwordProblem } from './domain/organisation/password.ts';
import { Refusal, type RefusalCode } from './domain/refusal.ts';
import { vietnamCalendarDays } from './domain/schedule/vietnam-calendar.ts';
import { builtInDefinitions } from './domain/workflow/built-in.ts';

const system: Actor = { id: 'system', name: 'Dondoc', memberships: [] };

export const layFoundations = async (
  composition: Pick<Composition, 'pool' | 'programmes' | 'definitions' | 'people' | 'passwords' | 'audit' | 'clock'>,
  first: Pick<Config, 'ADMIN_EMAIL' | 'ADMIN_PASSWORD'>,
): Promise<void> => {
  const { programmes, definitions } = composition;
  if (!(await programmes.calendar('vn')))
    await programmes.saveCalendar({ key: 'vn', zone: defaultZone, days: vietnamCalendarDays });
  for (const definition of builtInDefinitions) {
    await unless('definition.exists', () => definitions.draft(definition, system));
    // Published or even retired by an earlier release: an administrator's decision stands.
    await unless('definition.not_draft', () => definitions.publish(definition.key, definition.version, system));
  }
  await firstAdministrator(composition, first);
};

/** Only while there is no account at all: afterwards these variables open no door. */
const firstAdministrator = async (
  { pool, people, passwords, audit, clock }: Pick<Composition, 'pool' | 'people' | 'passwords' | 'audit' | 'clock'>,
  { ADMIN_EMAIL: email, ADMIN_PASSWORD: password }: Pick<Config, 'ADMIN_EMAIL' | 'ADMIN_PASSWORD'>,
): Promise<void> => {
  if (email === undefined || password === undefined) return;
  const { rows } = await pool.query<{ any: boolean }>('select exists (select from account) as any');
  if (rows[0]?.any) return;
  if (passwordProblem(password, { email, name: 'Quản trị' }))
    throw new Error('ADMIN_PASSWORD can be guessed: it is made of common words, the address or runs of characters.');
  const id = uuid();
  const account = { id, email, name: 'Quản trị', memberships: [{ role: 'administrator' }] as const, at: clock.now() };
  // Two releases at once: the second finds the address taken.
  await unless('user.exists', async () => {
    await people.createAccount({ ...account, passwordHash: await passwords.hash(password) });
    await audit.record({ at: clock.now(), actor: null, action: 'account.first', object: `account ${id}`, detail: {} });
  });
};

const unless = async (code: RefusalCode, create: () => Promise<unknown>): Promise<void> => {
  try {
    await create();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== code) throw error;
  }
};
