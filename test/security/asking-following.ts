// How the routes of following are asked: past everything but the question who asks.

import { done, type Office } from '../support/http-office.ts';
import type { Ways } from './asking.ts';
import type { Place } from './ground.ts';

const effectiveAt = '2030-01-01T00:00:00+07:00';
const reason = 'Kiểm tra phân quyền';

const onTask =
  (command: string, body: object) =>
  ({ task }: Place) => ({
    url: `/tasks/${task.id}/${command}`,
    body: { ...body, effectiveAt },
    asked: { ifMatch: task.version },
  });

const onBlocked =
  (command: string, body: object) =>
  ({ blocked }: Place) => ({
    url: `/tasks/${blocked.id}/difficulties/1/${command}`,
    body: { ...body, effectiveAt },
    asked: { ifMatch: blocked.version },
  });

/** The round of today, the same for all who ask. */
const roundOf = async ({ programme }: Place, office: Office): Promise<string> =>
  (await done(office.as('office').post(`/programmes/${programme}/urging-rounds`))).id;

export const followingWays: Ways = {
  'post /tasks/{id}/difficulties': onTask('difficulties', { cause: 'Thiếu kinh phí', answerBy: '2022-06-01' }),
  'post /tasks/{id}/difficulties/{number}/answer': onBlocked('answer', { answer: 'Đã giải quyết' }),
  'post /tasks/{id}/difficulties/{number}/redirect': onBlocked('redirect', { addressee: 'office', reason }),
  'get /followers': () => ({ url: '/followers' }),
  'get /tasks/{id}/followers': ({ task }: Place) => ({ url: `/tasks/${task.id}/followers` }),
  'post /tasks/{id}/follower': (place) => onTask('follower', { follower: place.person })(place),
  'post /tasks/followers': ({ task, person }: Place) => ({
    url: '/tasks/followers',
    body: { follower: person, effectiveAt, items: [{ id: task.id, version: task.version }] },
  }),
  'post /tasks/{id}/extension-requests': onTask('extension-requests', { day: '2022-09-30', reason }),
  'post /tasks/{id}/explanations': onTask('explanations', { text: 'Chờ số liệu' }),
  'post /tasks/{id}/explanations/judgement': onTask('explanations/judgement', { confirmed: false, reason }),
  'post /tasks/{id}/urgings': onTask('urgings', { channel: 'phone' }),
  'get /tasks/{id}/deadlines': ({ task }: Place) => ({ url: `/tasks/${task.id}/deadlines` }),
  'get /difficulties': () => ({ url: '/difficulties' }),
  'get /programmes/{code}/urging/{list}': ({ programme }: Place) => ({
    url: `/programmes/${programme}/urging/overdue`,
  }),
  'get /programmes/{code}/on-time': ({ programme }: Place) => ({
    url: `/programmes/${programme}/on-time?from=2022-01-01&to=2022-02-28`,
  }),
  'get /programmes/{code}/urging-rounds': ({ programme }: Place) => ({
    url: `/programmes/${programme}/urging-rounds`,
  }),
  'post /programmes/{code}/urging-rounds': ({ programme }: Place) => ({
    url: `/programmes/${programme}/urging-rounds`,
  }),
  'get /urging-rounds/{id}': async (place, office) => ({ url: `/urging-rounds/${await roundOf(place, office)}` }),
  'get /urging-rounds/{id}/letter': async (place, office) => ({
    url: `/urging-rounds/${await roundOf(place, office)}/letter`,
  }),
  'get /programmes/{code}/urging-letter': ({ programme }: Place) => ({ url: `/programmes/${programme}/urging-letter` }),
  'get /programmes/{code}/obligations/letter': ({ programme }: Place) => ({
    url: `/programmes/${programme}/obligations/letter`,
  }),
  'post /urging-rounds/{id}/taken-out': async (place, office) => ({
    url: `/urging-rounds/${await roundOf(place, office)}/taken-out`,
    body: { taskId: place.task.id, reason },
  }),
  'post /urging-rounds/{id}/approval': async (place, office) => ({
    url: `/urging-rounds/${await roundOf(place, office)}/approval`,
  }),
  'post /urging-rounds/{id}/withdrawal': async (place, office) => ({
    url: `/urging-rounds/${await roundOf(place, office)}/withdrawal`,
    body: { reason },
  }),
  'post /tasks/common': ({ programme }: Place) => ({
    url: '/tasks/common',
    body: {
      programme,
      code: 'CHUNG',
      blocs: ['district'],
      title: 'Việc chung',
      appraiserUnit: 'STTTT',
      due: { kind: 'on_or_before', day: '2022-06-30' },
      effectiveAt,
    },
  }),
  'post /programmes/{code}/common/{common}/deadlines': ({ programme }: Place) => ({
    url: `/programmes/${programme}/common/none/deadlines`,
    body: { due: { kind: 'on_or_before', day: '2022-06-30' }, reason },
  }),
  'get /programmes/{code}/common': ({ programme }: Place) => ({ url: `/programmes/${programme}/common` }),
};
