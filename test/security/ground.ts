// An office in which everything is there twice, here and elsewhere, and one person of every kind.

import { randomUUID } from 'node:crypto';
import { type Json, type Person, personAt } from '../support/client.ts';
import { aPdf, upload } from '../support/evidence.ts';
import { done, type Office, programmeCode } from '../support/http-office.ts';
import { type AccountToBe, password } from '../support/province.ts';
import { assigned, submitted } from '../support/tasks.ts';
import { aRegistration, type RegistrationPlace } from './asking-registration.ts';
import { type Obligations, obligationsOf } from './asking-reporting.ts';

/** Name in the table of routes -> name of the account. */
export const principals = {
  officer: 'unit.snv',
  head: 'head.snv',
  other: 'unit.tpcl',
  appraiser: 'appraiser.stttt',
  appraiser2: 'appraiser.vpubnd',
  'takes-part': 'appraiser.skhdt',
  follows: 'specialist.snv',
  follows2: 'specialist.tpcl',
  leader: 'leader',
  office: 'office',
  admin: 'admin',
  operator: 'operator',
  auditor: 'auditor',
  aggr: 'aggregator',
  aggr2: 'aggregator2',
} as const;
export type Principal = keyof typeof principals;

export const elsewhereCode = 'CK2';

export const moreAccounts: readonly AccountToBe[] = [
  { name: 'specialist.snv', memberships: [{ role: 'specialist', unit: 'SNV' }] },
  { name: 'specialist.tpcl', memberships: [{ role: 'specialist', unit: 'TPCL' }] },
  { name: 'aggregator2', memberships: [{ role: 'aggregator', programme: elsewhereCode }] },
];

/** Everything a route can be asked about. */
export interface Place {
  readonly programme: string;
  /** Just assigned. */
  readonly task: Json;
  /** Its round is open. */
  readonly submitted: Json;
  readonly report: string;
  readonly importRun: string;
  /** Started by the focal point. */
  readonly bulkRun: string;
  readonly notification: string;
  /** Of whom absences are entered, whose sessions and tokens are ended, whose account is administered. */
  readonly person: string;
  readonly personName: string;
  readonly unit: string;
  /** Appraises the tasks. */
  readonly agency: string;
  /** Has a difficulty, put by its unit to the unit of the other place. */
  readonly blocked: Json;
  /** Lies on `task`. */
  readonly file: string;
  /** Of the unit; called off. */
  readonly reorganisation: string;
  readonly registration: RegistrationPlace;
  readonly obligations: Obligations;
}

export const twoPlaces = async (office: Office): Promise<{ readonly here: Place; readonly elsewhere: Place }> => {
  await office.programme(elsewhereCode);
  const starts = { kind: 'after_submission', event: 'Đơn vị khác trình', unit: 'SKHDT' };
  for (const code of [programmeCode, elsewhereCode])
    await done(office.as('admin').put(`/programmes/${code}/phases`, { phases: [{ phase: 'opinions', starts }] }));
  const here = {
    programme: programmeCode,
    leadUnit: 'SNV',
    appraiserUnit: 'STTTT',
    participants: ['SKHDT'],
    title: 'Việc ở đây',
  };
  const elsewhere = {
    programme: elsewhereCode,
    leadUnit: 'TPCL',
    appraiserUnit: 'VPUBND',
    participants: [],
    title: 'Việc ở nơi khác',
  };
  await done(office.as('admin').post('/audit/checkpoints', { reason: 'Để có một dấu niêm phong' }));
  return {
    here: await placeOf(office, here, principals.officer, 'TPCL'),
    elsewhere: await placeOf(office, elsewhere, principals.other, 'SNV'),
  };
};

const placeOf = async (
  office: Office,
  given: { readonly programme: string; readonly leadUnit: string; readonly appraiserUnit: string },
  officer: string,
  helper: string,
): Promise<Place> => {
  const { programme, leadUnit, appraiserUnit } = given;
  const task = await assigned(office, given);
  const asked = await assigned(office, given);
  const blocked = await done(
    office
      .as(officer)
      .post(
        `/tasks/${asked.id}/difficulties`,
        { cause: 'Thiếu mặt bằng', addressee: 'unit', unit: helper, answerBy: '2022-06-01' },
        { ifMatch: asked.version },
      ),
  );
  const inReview = await submitted(office, given);
  const { body: file } = await upload(office.as(officer), task.id, 'minh-chung.pdf', aPdf());
  const renaming = await done(
    office.as('admin').post('/reorganisations', {
      kind: 'rename',
      effectiveOn: '2029-01-01',
      document: { number: '1/NQ', date: '2022-01-01', issuer: 'HĐND Tỉnh' },
      changes: [{ code: leadUnit, name: 'Tên mới' }],
    }),
  );
  await done(office.as('admin').post(`/reorganisations/${renaming.id}/cancel`, { reason: 'Không đổi tên nữa' }));
  const sheet = `Mã;Đơn vị;Nội dung cam kết;Cơ quan thẩm định\n${programme}-1;${leadUnit};Nhập;${appraiserUnit}\n`;
  const run = await done(office.as('office').post(`/imports?programme=${programme}`, sheet, { type: 'text/csv' }));
  // Of a task that is not there: nothing is done.
  const nowhere = { transition: 'acknowledge', items: [{ id: randomUUID(), version: 1 }] };
  const bulk = await done(office.as(officer).post('/tasks/bulk-runs', { kind: 'transition', ...nowhere }));
  const report = await done(office.as('office').post('/reports/runs', { programme }));
  await office.workers.settle();
  const one = async (text: string): Promise<string> => {
    const { rows } = await office.pool.query<{ id: string }>(text, [officer]);
    return rows[0]?.id ?? 'missing';
  };
  return {
    programme,
    task,
    submitted: inReview,
    blocked,
    report: report.id,
    importRun: run.id,
    bulkRun: bulk.id,
    notification: await one(
      'select n.id from notification n join account a on a.id = n.account_id where a.name = $1 limit 1',
    ),
    person: await one('select id from account where name = $1'),
    personName: officer,
    unit: leadUnit,
    agency: appraiserUnit,
    file: file.id,
    reorganisation: renaming.id,
    registration: await aRegistration(office, programme, leadUnit),
    obligations: await obligationsOf(office, programme, leadUnit),
  };
};

/** In a session of their own: those that others use may be ended meanwhile. */
const freshly = (office: Office, name: string): Person =>
  personAt(office.address, office.clock, `${name}@thu.test`, password);

/** An absence of the person, entered for one request that may cancel it. */
export const anAbsence = async (office: Office, { person }: Place): Promise<string> => {
  const body = { accountId: person, from: '2022-06-01', until: '2022-06-02' };
  return (await done(freshly(office, 'office').post('/absences', body))).id;
};

/** A session of the person, opened for one request that may end it. */
export const aSession = async (office: Office, { personName }: Place): Promise<string> => {
  const { items } = await done(freshly(office, personName).get('/me/sessions'));
  return items.find(({ current }: Json) => current).id;
};

/** A token of the person, made for one request that may revoke it. */
export const aToken = async (office: Office, { personName }: Place): Promise<string> => {
  const body = { name: 'Đồng bộ', scopes: ['tasks:read'], expiresOn: '2022-06-01' };
  return (await done(freshly(office, personName).post('/me/tokens', body))).id;
};

/** A view of the person, saved for one request that may remove it. */
export const aView = async (office: Office, { personName }: Place): Promise<string> =>
  (await done(freshly(office, personName).post('/me/views', { name: 'Quá hạn', query: 'deadline=overdue' }))).id;
