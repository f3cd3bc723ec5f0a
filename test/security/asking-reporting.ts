// How the routes of periodic reports are asked: past everything but the question who asks, and nothing is changed.

import type { Json } from '../support/client.ts';
import { done, type Office } from '../support/http-office.ts';
import type { Asking, Ways } from './asking.ts';
import { effectiveAt, reason } from './asking-tools.ts';

const document = { number: '1/UBND', date: '2022-01-01', issuer: 'UBND Tỉnh' };
const regimesFor = (unit: string) => [
  {
    key: 'dk',
    name: 'Báo cáo định kỳ',
    periods: [
      { kind: 'half_year', cutOff: '06-14', unit: '06-16' },
      { kind: 'year', cutOff: '12-14', unit: '12-16' },
    ],
    units: { codes: [unit] },
  },
];
const report = { documentNumber: '1/BC', dataUntil: '2022-02-28', result: 'Kết quả' };

export interface Obligations {
  /** Owed by the unit; SKHDT takes the reports of both programmes. */
  readonly open: Json;
  readonly sent: Json;
}

/** Made before anybody asks. */
export const obligationsOf = async (office: Office, programme: string, unit: string): Promise<Obligations> => {
  await done(
    office.as('admin').put(`/programmes/${programme}/reporting`, { regimes: regimesFor(unit) }, { ifMatch: 0 }),
  );
  const owed = async (): Promise<readonly Json[]> =>
    (await done(office.as('office').get(`/programmes/${programme}/obligations?unit=${unit}`))).items;
  const [first] = await owed();
  const path = `/obligations/${first.id}/submissions`;
  await done(office.as(`unit.${unit.toLowerCase()}`).post(path, report, { ifMatch: first.task.version }));
  const [sent, open] = await owed();
  return { open, sent };
};

const within =
  (path: string, more: { readonly body?: unknown; readonly asked?: object } = {}): Asking =>
  ({ programme }) => ({ url: `/programmes/${programme}/${path}`, ...more });
const on =
  (which: keyof Obligations, command: string, body: object): Asking =>
  ({ obligations }) => ({
    url: `/obligations/${obligations[which].id}/${command}`,
    body: { ...body, effectiveAt },
    asked: { ifMatch: obligations[which].task.version },
  });

export const reportingWays: Ways = {
  'get /programmes/{code}/reporting': within('reporting'),
  'put /programmes/{code}/reporting': within('reporting', {
    body: { regimes: regimesFor('SNV') },
    asked: { ifMatch: 99 },
  }),
  'post /programmes/{code}/reporting/years/{year}': within('reporting/years/1990'),
  'get /programmes/{code}/obligations': within('obligations'),
  'get /programmes/{code}/obligations/matrix': within('obligations/matrix'),
  'get /programmes/{code}/obligations/urging': within('obligations/urging'),
  'get /programmes/{code}/obligations/export': within('obligations/export?format=csv'),
  'get /obligations/{id}': ({ obligations }) => ({ url: `/obligations/${obligations.open.id}` }),
  'post /obligations/{id}/submissions': on('open', 'submissions', report),
  'post /obligations/{id}/return': on('sent', 'return', { missing: ['Phụ lục'] }),
  'post /obligations/{id}/accept': on('sent', 'accept', { complete: true }),
  'post /obligations/{id}/waiver': on('open', 'waiver', { reason, document }),
};
