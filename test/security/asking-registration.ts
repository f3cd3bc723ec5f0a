// How the routes of registration and forecasts are asked so that they change nothing; see routes.test.ts.

import { randomUUID } from 'node:crypto';
import { done, type Office } from '../support/http-office.ts';
import type { Ask, Ways } from './asking.ts';
import type { Place } from './ground.ts';

export interface RegistrationPlace {
  readonly id: string;
  readonly unit: string;
  readonly proposal: string;
}

/** A round of the programme with one proposal of the unit, which its head has submitted. */
export const aRegistration = async (office: Office, programme: string, unit: string): Promise<RegistrationPlace> => {
  const { id } = await done(office.as('office').post('/registrations', { programme }));
  const head = office.as(`head.${unit.toLowerCase()}`);
  const { items } = await done(
    head.post(`/registrations/${id}/proposals`, { units: [unit], title: `Nội dung của ${unit}` }),
  );
  await done(head.post(`/registrations/${id}/submissions`, { unit }));
  return { id, unit, proposal: items[0].id };
};

const document = { number: '1/QĐ-UBND', date: '2022-01-05', issuer: 'UBND Tỉnh' };

const onRound =
  (address: string, body?: (place: Place) => unknown) =>
  (place: Place): Ask => ({
    url: `/registrations/${place.registration.id}${address}`,
    ...(body ? { body: body(place) } : {}),
  });
/** With a version that was never seen. */
const onProposal =
  (address: string, body: unknown) =>
  ({ registration: { id, proposal } }: Place): Ask => ({
    url: `/registrations/${id}/proposals/${proposal}${address}`,
    body,
    asked: { ifMatch: 99 },
  });
const ofProgramme =
  (address: string) =>
  ({ programme }: Place): Ask => ({ url: `${address}?programme=${programme}` });

export const registrationWays: Ways = {
  'post /registrations': ({ programme }) => ({ url: '/registrations', body: { programme } }),
  'get /registrations': () => ({ url: '/registrations' }),
  'get /registrations/{id}': onRound(''),
  'get /registrations/{id}/uniformity': onRound('/uniformity'),
  'get /registrations/{id}/balance': onRound('/balance'),
  'get /registrations/{id}/annex-iv': onRound('/annex-iv'),
  'post /registrations/{id}/carry-forward': onRound('/carry-forward', ({ registration: { unit } }) => ({ unit })),
  'post /registrations/{id}/proposals': onRound('/proposals', ({ registration: { unit } }) => ({
    units: [unit],
    title: 'Nội dung mới',
    appraiserUnit: 'KHONG-CO',
  })),
  'put /registrations/{id}/proposals/{proposal}': onProposal('', { title: 'Sửa' }),
  'post /registrations/{id}/submissions': onRound('/submissions', ({ registration: { unit } }) => ({ unit })),
  'post /registrations/{id}/proposals/{proposal}/return': onProposal('/return', { reason: 'Xem lại' }),
  'put /registrations/{id}/proposals/{proposal}/opinion': onProposal('/opinion', { opinion: 'Phù hợp' }),
  'post /registrations/{id}/opinions': onRound('/opinions', () => ({ bloc: 'none', text: 'Phù hợp' })),
  'post /registrations/{id}/decisions': onRound('/decisions', () => ({
    document,
    approve: [randomUUID()],
    due: { kind: 'on_or_before', day: '2022-12-15' },
  })),
  'post /registrations/{id}/tasks': onRound('/tasks', () => ({})),
  'get /tasks/{id}/lineage': ({ task }) => ({ url: `/tasks/${task.id}/lineage` }),
  'get /reports/forecast': ofProgramme('/reports/forecast'),
  'get /reports/forecast/score': ofProgramme('/reports/forecast/score'),
  'post /reports/forecasts': ({ programme }) => ({
    url: '/reports/forecasts',
    body: { programme, asOf: '2030-01-01' },
  }),
};
