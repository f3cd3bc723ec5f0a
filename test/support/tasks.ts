// Steps that most journeys share, each one request.

import { dayOf } from '../../src/domain/schedule/civil-date.ts';
import type { Json, Person } from './client.ts';
import { done, type Office, programmeCode } from './http-office.ts';
import { zone } from './world.ts';

export const aTask = (more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  programme: programmeCode,
  title: 'Nâng cao chỉ số cải cách hành chính',
  leadUnit: 'SNV',
  appraiserUnit: 'STTTT',
  due: { kind: 'on_or_before', day: '2022-06-30' },
  ...more,
});

/** A task assigned by the office, as it then stands. */
export const assigned = (office: Office, more: Readonly<Record<string, unknown>> = {}): Promise<Json> =>
  done(office.as('office').post('/tasks', aTask(more)));

export const moving = (person: Person, task: Json, transition: string, more: Readonly<Record<string, unknown>> = {}) =>
  person.post(`/tasks/${task.id}/transitions`, { transition, ...more }, { ifMatch: task.version });

/** Moves a task and answers with it as it then stands. */
export const moved = (...step: Parameters<typeof moving>): Promise<Json> => done(moving(...step));

export const submission = {
  fields: { result: 'Chỉ số tăng 3 bậc', achieved: 100 },
  evidence: [{ title: 'Báo cáo kết quả thực hiện', reference: '12/BC-SNV' }],
};
export const letter = { number: '900/QĐ-UBND-HC', date: '2022-01-05', issuer: 'UBND Tỉnh' };

export const acknowledged = async (office: Office, more: Readonly<Record<string, unknown>> = {}): Promise<Json> => {
  const task = await assigned(office, more);
  return moved(office.as(`unit.${task.leadUnit.toLowerCase()}`), task, 'acknowledge');
};

export const submitted = async (office: Office, more: Readonly<Record<string, unknown>> = {}): Promise<Json> => {
  const task = await acknowledged(office, more);
  return moved(office.as(`unit.${task.leadUnit.toLowerCase()}`), task, 'submit', submission);
};

export const eventsOf = async (office: Office, taskId: string): Promise<Json[]> =>
  (await done(office.as('auditor').get(`/tasks/${taskId}/events?limit=100`))).items;

/** Days on which a timer rule fired, in the order of the history. */
export const firedOn = async (office: Office, taskId: string, rule: string): Promise<string[]> =>
  (await eventsOf(office, taskId))
    .filter(({ type, payload }) => type === 'task.timer_fired' && payload.rule === rule)
    .map(({ effectiveAt }) => dayOf(new Date(effectiveAt), zone));
