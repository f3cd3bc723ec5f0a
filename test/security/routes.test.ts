// Object-level access over HTTP: every route of the registry x everybody x here and elsewhere, against one table.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { type Answer, type Asked, type Json, type Person, personAt, send } from '../support/client.ts';
import { type Office, suiteOffice } from '../support/http-office.ts';
import { password } from '../support/province.ts';
import { allRows } from '../support/rows.ts';
import { askingFollowing } from './asking-following.ts';
import { anAbsence, moreAccounts, type Place, type Principal, principals, twoPlaces } from './ground.ts';

/** Asked for later than now: refused by the rules, but only after who asks was found to be allowed. Nothing changes. */
const effectiveAt = '2030-01-01T00:00:00+07:00';
const reason = 'Kiểm tra phân quyền';
const csv = { type: 'text/csv' };
const notRead = 'Không phải là bảng';

interface Ask {
  readonly url: string;
  readonly body?: unknown;
  readonly asked?: Asked;
}
type Asking = (place: Place) => Ask | Promise<Ask>;
const at =
  (url: string, body?: unknown, asked?: Asked): Asking =>
  () => ({
    url,
    ...(body === undefined ? {} : { body }),
    ...(asked ? { asked } : {}),
  });
const onReview =
  (command: string, body: object): Asking =>
  ({ submitted }) => ({
    url: `/tasks/${submitted.id}/${command}`,
    body: { ...body, effectiveAt },
    asked: { ifMatch: submitted.version },
  });
const onTask =
  (command: string, body: object): Asking =>
  ({ task }) => ({
    url: `/tasks/${task.id}/${command}`,
    body: { ...body, effectiveAt },
    asked: { ifMatch: task.version },
  });

/** How each route is asked so that it gets past everything but the question who asks, and changes nothing. */
const asking = (
  absence: (place: Place) => Promise<string>,
  office: () => Office,
): Readonly<Record<string, Asking>> => ({
  ...askingFollowing(office),
  'post /sessions': at('/sessions', {}),
  'delete /sessions/current': at('/sessions/current'),
  'get /me': at('/me'),
  'get /tasks': at('/tasks'),
  'post /tasks': ({ programme }) => ({
    url: '/tasks',
    body: {
      programme,
      title: 'Việc mới',
      leadUnit: 'PCNTT',
      appraiserUnit: 'STTTT',
      due: { kind: 'on_or_before', day: '2022-06-30' },
      effectiveAt,
    },
  }),
  'get /tasks/{id}': ({ task }) => ({ url: `/tasks/${task.id}` }),
  'get /tasks/{id}/events': ({ task }) => ({ url: `/tasks/${task.id}/events` }),
  'get /tasks/{id}/panel': ({ submitted }) => ({ url: `/tasks/${submitted.id}/panel` }),
  'post /tasks/{id}/transitions': onTask('transitions', { transition: 'acknowledge' }),
  'post /tasks/transitions': ({ task }) => ({
    url: '/tasks/transitions',
    body: { transition: 'acknowledge', effectiveAt, preview: true, items: [{ id: task.id, version: task.version }] },
  }),
  'post /tasks/{id}/progress': onTask('progress', { progress: 10 }),
  'post /tasks/{id}/deadlines': onTask('deadlines', {
    due: { kind: 'on_or_before', day: '2022-05-30' },
    reason,
  }),
  'post /tasks/{id}/recall': onReview('recall', {}),
  'post /tasks/{id}/questions': onReview('questions', { question: 'Số liệu lấy từ đâu?' }),
  'post /tasks/{id}/answers': onReview('answers', { answer: 'Từ báo cáo quý.' }),
  'post /tasks/{id}/opinions': onReview('opinions', { stance: 'agree' }),
  'post /tasks/{id}/appraisers': onReview('appraisers', { appraiserUnit: 'SKHDT', reason }),
  'get /reports/statistics': ({ programme }) => ({ url: `/reports/statistics?programme=${programme}` }),
  'get /reports/trend': ({ programme }) => ({ url: `/reports/trend?programme=${programme}` }),
  'get /reports/runs': ({ programme }) => ({ url: `/reports/runs?programme=${programme}` }),
  'get /reports/runs/{id}': ({ report }) => ({ url: `/reports/runs/${report}` }),
  'post /reports/runs': ({ programme }) => ({ url: '/reports/runs', body: { programme, asOf: '2030-01-01' } }),
  'post /imports/preview': ({ programme }) => ({
    url: `/imports/preview?programme=${programme}`,
    body: notRead,
    asked: csv,
  }),
  'post /imports': ({ programme }) => ({ url: `/imports?programme=${programme}`, body: notRead, asked: csv }),
  'get /imports/{id}': ({ importRun }) => ({ url: `/imports/${importRun}` }),
  'get /notifications': at('/notifications'),
  'post /notifications/read': at('/notifications/read', { upTo: '0' }),
  'post /notifications/{id}/read': ({ notification }) => ({ url: `/notifications/${notification}/read` }),
  'get /absences': at('/absences'),
  'post /absences': ({ person }) => ({
    url: '/absences',
    body: { accountId: person, from: '2022-06-02', until: '2022-06-01' },
  }),
  'delete /absences/{id}': async (place) => ({ url: `/absences/${await absence(place)}` }),
  'get /units': at('/units'),
  'post /units': at('/units', {}),
  'get /programmes': at('/programmes'),
  'post /programmes': at('/programmes', {}),
  'get /programmes/{code}': ({ programme }) => ({ url: `/programmes/${programme}` }),
  'get /calendars/{key}': at('/calendars/vn'),
  'post /accounts': at('/accounts', {}),
  'get /workflows': at('/workflows'),
  'post /workflows': at('/workflows', { key: 'x' }),
  'post /workflows/validate': at('/workflows/validate', { key: 'x' }),
  'get /workflows/{key}/versions': at('/workflows/commitment/versions'),
  'get /workflows/{key}/versions/{version}': at('/workflows/commitment/versions/1'),
  'put /workflows/{key}/versions/{version}': at('/workflows/commitment/versions/1', { key: 'x' }),
  'post /workflows/{key}/versions/{version}/publish': at('/workflows/none/versions/9/publish'),
  'post /workflows/{key}/versions/{version}/retire': at('/workflows/none/versions/9/retire'),
  'get /workflows/{key}/versions/{version}/diagram': at('/workflows/commitment/versions/1/diagram'),
  'get /operations': at('/operations'),
  'get /operations/queues/{queue}/failed': at('/operations/queues/imports/failed'),
  'post /operations/queues/{queue}/failed/{jobId}/retry': at('/operations/queues/none/failed/1/retry', { reason }),
  'post /operations/queues/{queue}/pause': at('/operations/queues/none/pause', { reason }),
  'post /operations/queues/{queue}/resume': at('/operations/queues/none/resume', { reason }),
  'get /operations/timers': at('/operations/timers'),
  'get /operations/search': ({ task }) => ({ url: `/operations/search?task=${task.code}` }),
  'post /operations/intentions/{id}/retry': at('/operations/intentions/999999/retry', { reason }),
  'get /operations/schedules': at('/operations/schedules'),
  'post /operations/schedules/{key}/pause': at('/operations/schedules/none/pause', { reason }),
  'post /operations/schedules/{key}/resume': at('/operations/schedules/none/resume', { reason }),
  'get /operations/workers': at('/operations/workers'),
  'get /operations/audit': at('/operations/audit'),
  'get /operations/panel-incidents': at('/operations/panel-incidents'),
  'get /operations/board': at('/operations/board/api/queues'),
});

/** Where “not found” is about the thing that was asked for, and not about something that nobody could find. */
const hidden = [
  'task.not_found',
  'report.not_found',
  'import.not_found',
  'notification.not_found',
  'absence.not_found',
];

const [header = [], ...table] = readFileSync(path.join(import.meta.dirname, 'routes.table.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(/\s+/));

describe('Every route, asked by everybody', () => {
  const office = suiteOffice({ day: '2022-03-01', accounts: moreAccounts });
  let places: Awaited<ReturnType<typeof twoPlaces>>;

  before(async function () {
    this.timeout(60_000);
    places = await twoPlaces(office());
  });

  const ask = async (name: string, method: string, { url, body, asked = {} }: Ask): Promise<Answer> => {
    const address = url.startsWith('/operations/board') ? office().address.replace('/api/v1', '') : office().address;
    if (name === 'nobody')
      return send(address, method.toUpperCase(), url, asked.type ? { 'Content-Type': asked.type } : {}, body);
    if (url.startsWith('/operations/board'))
      return send(address, 'GET', url, { Authorization: `Bearer ${await person(name).token()}` });
    // Signing out ends a session that nothing else uses.
    const who =
      url === '/sessions/current'
        ? personAt(address, office().clock, `${principals[name as Principal]}@thu.test`, password)
        : person(name);
    if (method === 'get') return who.get(url, asked);
    return method === 'delete' ? who.delete(url, asked) : who[method as 'post' | 'put'](url, body, asked);
  };
  const person = (name: string): Person => office().as(principals[name as Principal]);

  it('S1: has a row in the table and a way to be asked', async () => {
    const document: Json = (await send(office().address, 'GET', '/openapi.json', {})).body;
    const registry = Object.entries<Json>(document.paths).flatMap(([address, methods]) =>
      Object.keys(methods).map((method) => `${method} ${address.replace('/api/v1', '')}`),
    );

    const rows = rowsOf(table).map(({ route }) => route);
    expect(rows).to.have.members([...registry, 'get /operations/board']);
    expect(rows).to.have.members(Object.keys(asking(async () => '', office)));
  });

  it('S1: lets through, refuses or hides exactly as the table says, and the asking changes nothing', async function () {
    this.timeout(120_000);
    const ways = asking((place) => anAbsence(office(), place), office);
    const before = await allRows(office().pool);
    const wrong: string[] = [];
    let requests = 0;
    for (const { route, cells } of rowsOf(table))
      for (const [index, cell] of cells.entries()) {
        const name = header[index + 1] as string;
        for (const [place, expected] of [...cell].entries()) {
          const way = ways[route] as Asking;
          const [method = ''] = route.split(' ');
          const answer = await ask(name, method, await way(place === 0 ? places.here : places.elsewhere));
          requests += 1;
          const got = classOf(route, answer);
          if (got !== expected)
            wrong.push(
              `${route} by ${name} ${place === 0 ? 'here' : 'elsewhere'}: ${got} ${answer.text.slice(0, 200)}`,
            );
        }
      }
    expect(wrong).to.deep.equal([]);
    expect(requests).to.be.greaterThan(1_000);
    const after = await allRows(office().pool);
    for (const kept of [
      'task',
      'task_event',
      'delta',
      'report_run',
      'import_run',
      'membership',
      'account',
      'unit',
      'programme',
    ])
      expect(after[kept], kept).to.equal(before[kept]);
  });
});

const classOf = (route: string, { status, body }: Answer): string => {
  if (route === 'post /tasks/transitions' && status === 200) return classOfItem(body);
  if (status >= 500) return `${status}`;
  if (status === 401 && body.code === 'session.required') return '!';
  if (status === 403) return '-';
  if (status === 404 && hidden.includes(body.code)) return '.';
  return route.startsWith('get ') && status !== 200 ? `${status}` : '+';
};

const classOfItem = ({ failed }: Json): string => {
  const [item] = Object.values<Json>(failed);
  return item.status === 403 ? '-' : item.status === 404 ? '.' : '+';
};

/** Two words name the route, one sign or pair of signs follows for each kind of person. */
function rowsOf(lines: readonly (readonly string[])[]) {
  return lines.map(([method, address, ...cells]) => ({ route: `${method} ${address}`, cells }));
}
