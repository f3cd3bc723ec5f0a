// Documents that give work, proposed deadlines, phases and scope: how each of their routes is asked.

import type { Asked } from '../support/client.ts';
import { done, type Office } from '../support/http-office.ts';
import type { Place } from './ground.ts';

interface Ask {
  readonly url: string;
  readonly body?: unknown;
  readonly asked?: Asked;
}
type Way = (place: Place, office: Office) => Ask | Promise<Ask>;

const facts = { kind: 'letter', issuer: 'UBND Tỉnh' };
/** Of a version that the document never had. */
const otherwise = { ifMatch: 99 };
const unitOf = ({ task }: Place): string => task.leadUnit;

const letters = new WeakMap<Office, Map<string, Promise<string>>>();
/** An issued document that went to the unit of the place. */
const aLetter = (place: Place, office: Office): Promise<string> => {
  const known = letters.get(office) ?? new Map<string, Promise<string>>();
  letters.set(office, known);
  const letter = known.get(place.programme) ?? issued(place, office);
  known.set(place.programme, letter);
  return letter;
};
const issued = async (place: Place, office: Office): Promise<string> => {
  const recipients = [{ name: 'Đơn vị', unit: unitOf(place), purpose: 'execute' }];
  const { id } = await done(office.as('office').post('/documents', { ...facts, recipients }));
  const number = { number: `1/${place.programme}`, date: '2022-01-05' };
  await done(office.as('office').post(`/documents/${id}/issue`, number, { ifMatch: 1 }));
  return id;
};
const onLetter =
  (command: string, more: Omit<Ask, 'url'> = {}): Way =>
  async (place, office) => ({ url: `/documents/${await aLetter(place, office)}${command}`, ...more });

export const documentWays: Readonly<Record<string, Way>> = {
  'get /documents': () => ({ url: '/documents' }),
  'post /documents': () => ({ url: '/documents', body: {} }),
  'get /documents/{id}': onLetter(''),
  'put /documents/{id}': onLetter('', { body: facts, asked: otherwise }),
  'post /documents/{id}/issue': onLetter('/issue', { body: { number: '2', date: '2022-01-05' }, asked: otherwise }),
  'post /documents/{id}/tasks': async (place, office) => ({
    url: `/documents/${await aLetter(place, office)}/tasks`,
    body: {
      preview: true,
      items: [{ programme: place.programme, title: 'Việc mới', leadUnit: 'PCNTT', appraiserUnit: 'STTTT' }],
    },
  }),
  'get /tasks/{id}/links': ({ task }) => ({ url: `/tasks/${task.id}/links` }),
  'get /tasks/{id}/deadline-proposals': ({ task }) => ({ url: `/tasks/${task.id}/deadline-proposals` }),
  'post /tasks/{id}/deadline-proposals': ({ task }) => ({
    url: `/tasks/${task.id}/deadline-proposals`,
    body: { day: '2022-06-30', effectiveAt: '2030-01-01T00:00:00+07:00' },
    asked: { ifMatch: task.version },
  }),
  'get /deadline-proposals': () => ({ url: '/deadline-proposals' }),
  'get /programmes/{code}/phases': ({ programme }) => ({ url: `/programmes/${programme}/phases` }),
  'put /programmes/{code}/phases': ({ programme }) => ({ url: `/programmes/${programme}/phases`, body: {} }),
  'post /programmes/{code}/phases/{phase}/start': ({ programme }) => ({
    url: `/programmes/${programme}/phases/opinions/start`,
    body: {},
  }),
  'post /programmes/{code}/phases/{phase}/end': ({ programme }) => ({
    url: `/programmes/${programme}/phases/opinions/end`,
    body: {},
  }),
  'get /programmes/{code}/phases/{phase}/deadlines': ({ programme }) => ({
    url: `/programmes/${programme}/phases/opinions/deadlines`,
  }),
  'post /programmes/{code}/phases/{phase}/deadlines': ({ programme }) => ({
    url: `/programmes/${programme}/phases/opinions/deadlines`,
    body: {},
  }),
  'get /programmes/{code}/scope': ({ programme }) => ({ url: `/programmes/${programme}/scope` }),
  'post /programmes/{code}/scope': (place) => ({
    url: '/programmes/KHONG-CO/scope',
    body: { unit: unitOf(place), reviewed: true, applies: [] },
  }),
};
