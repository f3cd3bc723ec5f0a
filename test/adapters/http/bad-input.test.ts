// Whatever comes in, the answer is a typed problem that tells nothing of our insides, and nothing is written.

import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { type Answer, type Asked, type Json, send } from '../../support/client.ts';
import { suiteOffice } from '../../support/http-office.ts';
import { allRows } from '../../support/rows.ts';
import { acknowledged, assigned, aTask, letter, submission, submitted } from '../../support/tasks.ts';

interface Case {
  readonly title: string;
  readonly by?: string;
  readonly method?: 'get' | 'post' | 'put' | 'delete';
  readonly path: string | (() => string);
  readonly body?: unknown;
  readonly asked?: Asked;
  readonly expect: readonly [status: number, code: string];
  /** Where the first error of `errors` points. */
  readonly pointer?: string;
}

const insides =
  /node_modules|\.ts\b|\.js\b|\bat (async )?\w+[.(]|\bselect\b.*\bfrom\b|insert into|::uuid|pg_|ECONN|stack/i;

describe('Bad input', () => {
  const office = suiteOffice({ day: '2022-03-01' });
  let fresh: Json;
  let running: Json;
  let waiting: Json;
  let usedKey: string;

  before(async () => {
    fresh = await assigned(office());
    running = await acknowledged(office());
    waiting = await submitted(office());
    usedKey = randomUUID();
    await office()
      .as('office')
      .post('/tasks', aTask({ title: 'Khóa đã dùng' }), { key: usedKey });
    for (const name of ['admin', 'office', 'unit.snv', 'unit.tpcl', 'appraiser.stttt']) await office().as(name).token();
  });

  const ofFresh = (what: string) => () => `/tasks/${fresh.id}/${what}`;
  const ofRunning = (what: string) => () => `/tasks/${running.id}/${what}`;
  const nested = (depth: number): string => `{"title":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  const task = (more: object): Json => aTask(more as Record<string, unknown>);
  const raw = (more: string): string => `${JSON.stringify(aTask()).slice(0, -1)},${more}}`;
  const move = (more: object): Json => ({ transition: 'acknowledge', ...more });
  const v1: Asked = { ifMatch: 1 };
  const invalid = [400, 'input.invalid'] as const;
  const assign = { by: 'office', path: '/tasks' };
  const list = { by: 'office', method: 'get' } as const;
  const acknowledge = { by: 'unit.snv', path: ofFresh('transitions'), asked: v1 };
  const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  const cases: readonly Case[] = [
    // The body as such
    { title: 'JSON that breaks off', ...assign, body: '{"title": "a', expect: [400, 'body.malformed'] },
    { title: 'no JSON at all', ...assign, body: 'title=a', expect: [400, 'body.malformed'] },
    { title: 'a bare text', ...assign, body: '"a"', expect: [400, 'body.malformed'] },
    { title: 'an empty body', ...assign, body: '', expect: invalid, pointer: '/programme' },
    { title: 'no body', ...assign, expect: [400, 'body.malformed'] },
    { title: 'a list in place of an object', ...assign, body: [], expect: invalid, pointer: '' },
    { title: 'nesting of 33', ...assign, body: nested(33), expect: [400, 'body.too_deep'] },
    { title: 'nesting of 5,000', ...assign, body: nested(5_000), expect: [400, 'body.too_deep'] },
    { title: 'nesting of 50,000', ...assign, body: nested(50_000), expect: [400, 'body.too_deep'] },
    {
      title: 'a body of 101 KB',
      ...assign,
      body: task({ title: 'a'.repeat(101 * 1024) }),
      expect: [413, 'body.too_large'],
    },
    {
      title: 'bytes that are no UTF-8',
      ...assign,
      body: Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xff, 0xfe, 0xc3, 0x28]), Buffer.from('"}')]),
      expect: [400, 'body.malformed'],
    },
    {
      title: 'plain text',
      ...assign,
      body: '{}',
      asked: { type: 'text/plain' },
      expect: [415, 'media_type.unsupported'],
    },
    {
      title: 'a form',
      ...assign,
      body: 'title=a',
      asked: { type: 'application/x-www-form-urlencoded' },
      expect: [415, 'media_type.unsupported'],
    },
    {
      title: 'JSON in Latin-1',
      ...assign,
      body: '{}',
      asked: { type: 'application/json; charset=iso-8859-1' },
      expect: [415, 'media_type.unsupported'],
    },
    {
      title: 'an unknown encoding',
      ...assign,
      body: '{}',
      asked: { headers: { 'Content-Encoding': 'zstd' } },
      expect: [415, 'media_type.unsupported'],
    },

    // Keys
    { title: 'an unknown key', ...assign, body: task({ state: 'done' }), expect: invalid, pointer: '/state' },
    {
      title: 'an unknown key further in',
      ...assign,
      body: task({ due: { kind: 'on_or_before', day: '2022-06-30', hour: 17 } }),
      expect: invalid,
      pointer: '/due/hour',
    },
    {
      title: 'an unknown key in a list',
      ...acknowledge,
      body: move({ evidence: [{ title: 'a' }, { title: 'b', url: 'x' }] }),
      expect: invalid,
      pointer: '/evidence/1/url',
    },
    ...['version', 'createdBy', 'recordedAt', 'headHash', 'id', 'assignedOn', 'category', 'returns'].map(
      (key): Case => ({
        title: `a column of ours: ${key}`,
        ...assign,
        body: task({ [key]: 1 }),
        expect: invalid,
        pointer: `/${key}`,
      }),
    ),
    {
      title: '__proto__ as a key',
      ...assign,
      body: raw('"__proto__":{"polluted":true}'),
      expect: invalid,
      pointer: '/__proto__',
    },
    {
      title: 'constructor as a key',
      ...assign,
      body: raw('"constructor":{"prototype":{"polluted":true}}'),
      expect: invalid,
      pointer: '/constructor',
    },
    {
      title: '__proto__ as a form field',
      by: 'unit.snv',
      path: ofRunning('transitions'),
      asked: { ifMatch: 2 },
      body: '{"transition":"submit","evidence":[{"title":"a"}],"fields":{"result":"a","__proto__":{"polluted":"1"}}}',
      expect: invalid,
    },
    {
      title: 'constructor as a form field',
      by: 'unit.snv',
      path: ofRunning('transitions'),
      asked: { ifMatch: 2 },
      body: { transition: 'submit', ...submission, fields: { result: 'a', constructor: 'x' } },
      expect: [422, 'requirement.missing'],
    },

    // Values
    { title: 'a number for a text', ...assign, body: task({ title: 5 }), expect: invalid, pointer: '/title' },
    { title: 'null for a text', ...assign, body: task({ product: null }), expect: invalid, pointer: '/product' },
    { title: 'a text for an object', ...assign, body: task({ due: '2022-06-30' }), expect: invalid, pointer: '/due' },
    {
      title: 'an unknown kind of deadline',
      ...assign,
      body: task({ due: { kind: 'soon' } }),
      expect: invalid,
      pointer: '/due/kind',
    },
    {
      title: 'a progress of 101',
      by: 'unit.snv',
      path: ofRunning('progress'),
      asked: { ifMatch: 2 },
      body: { progress: 101 },
      expect: invalid,
      pointer: '/progress',
    },
    {
      title: 'a number beyond all bounds',
      by: 'unit.snv',
      path: ofRunning('progress'),
      asked: { ifMatch: 2 },
      body: '{"progress":1e999}',
      expect: invalid,
      pointer: '/progress',
    },
    {
      title: 'a report that says nothing',
      by: 'unit.snv',
      path: ofRunning('progress'),
      asked: { ifMatch: 2 },
      body: { effectiveAt: '2022-02-28' },
      expect: invalid,
    },
    {
      title: 'a blank title',
      ...assign,
      body: task({ title: ' \u200B\u00AD ' }),
      expect: invalid,
      pointer: '/title',
    },
    {
      title: 'a title of 1,001 characters',
      ...assign,
      body: task({ title: 'ă'.repeat(1_001) }),
      expect: invalid,
      pointer: '/title',
    },
    {
      title: 'NUL in a text',
      ...assign,
      body: task({ title: 'a\u0000b' }),
      expect: invalid,
      pointer: '/title',
    },
    {
      title: 'a control character in a text',
      ...assign,
      body: task({ title: 'a\u0007b' }),
      expect: invalid,
      pointer: '/title',
    },
    {
      title: 'a control character in a form field',
      by: 'unit.snv',
      path: ofRunning('transitions'),
      asked: { ifMatch: 2 },
      body: { transition: 'submit', ...submission, fields: { result: 'a\u001bb' } },
      expect: invalid,
      pointer: '/fields/result',
    },
    {
      title: 'half a surrogate pair',
      ...assign,
      body: raw('"product":"\\ud83d"'),
      expect: invalid,
      pointer: '/product',
    },
    {
      title: 'half a surrogate pair in a form field',
      by: 'unit.snv',
      path: ofRunning('transitions'),
      asked: { ifMatch: 2 },
      body: '{"transition":"submit","evidence":[{"title":"a"}],"fields":{"result":"\\udc00"}}',
      expect: invalid,
      pointer: '/fields/result',
    },
    ...['2026-02-30', '2026-13-01', '2026-1-1', '26-01-01', '2026-02-29', '0000-01-01', '20260101', 'hôm nay'].map(
      (day): Case => ({
        title: `the day ${day}`,
        ...assign,
        body: task({ due: { kind: 'on_or_before', day } }),
        expect: invalid,
        pointer: '/due/day',
      }),
    ),
    ...['2022-01-01T25:00:00Z', '2022-02-30T10:00:00Z', '2022-01-01T10:00:00', '2022-01-01 10:00Z', '1641031200'].map(
      (moment): Case => ({
        title: `the moment ${moment}`,
        ...acknowledge,
        body: move({ effectiveAt: moment }),
        expect: invalid,
        pointer: '/effectiveAt',
      }),
    ),
    {
      title: 'a moment ahead',
      ...acknowledge,
      body: move({ effectiveAt: '2022-03-02' }),
      expect: [422, 'effective.in_future'],
    },
    {
      title: 'a moment before the assignment',
      ...acknowledge,
      body: move({ effectiveAt: '2022-02-01' }),
      expect: [422, 'effective.before_previous'],
    },
    {
      title: 'a day of the year 0 for figures',
      ...list,
      path: '/tasks?programme=CK&asOf=0000-01-01',
      expect: invalid,
    },
    {
      title: 'a unit of the year 0',
      by: 'admin',
      path: '/units',
      body: { code: 'X', name: 'X', class: 'office', bloc: 'x', order: 1, validFrom: '0000-01-01' },
      expect: invalid,
      pointer: '/validFrom',
    },
    {
      title: 'a place in the official order beyond what can be stored',
      by: 'admin',
      path: '/units',
      body: { code: 'X', name: 'X', class: 'office', bloc: 'x', order: 3_000_000_000, validFrom: '2000-01-01' },
      expect: invalid,
      pointer: '/order',
    },
    {
      title: 'a parent that does not exist',
      by: 'admin',
      path: '/units',
      body: { code: 'X', name: 'X', class: 'office', bloc: 'x', order: 1, validFrom: '2000-01-01', parent: 'KHONG' },
      expect: [422, 'unit.not_found'],
    },
    {
      title: 'a unit that exists',
      by: 'admin',
      path: '/units',
      body: { code: 'SNV', name: 'X', class: 'office', bloc: 'x', order: 1, validFrom: '2000-01-01' },
      expect: [409, 'unit.exists'],
    },
    {
      title: 'a short password',
      by: 'admin',
      path: '/accounts',
      body: { email: 'a@b.test', name: 'A', password: '12345678901', memberships: [{ role: 'office' }] },
      expect: invalid,
      pointer: '/password',
    },
    {
      title: 'a task of no such unit',
      ...assign,
      body: task({ leadUnit: 'KHONG-CO' }),
      expect: [422, 'unit.not_found'],
    },
    {
      title: 'a task of no such appraiser',
      ...assign,
      body: task({ appraiserUnit: 'KHONG-CO' }),
      expect: [422, 'unit.not_found'],
    },
    {
      title: 'a task of no such programme',
      ...assign,
      body: task({ programme: 'KHONG-CO' }),
      expect: [404, 'programme.not_found'],
    },
    {
      title: 'a task of no such workflow',
      ...assign,
      body: task({ workflow: 'khong-co' }),
      expect: [409, 'definition.not_published'],
    },
    {
      title: 'figures of no such programme',
      ...list,
      path: '/reports/statistics?programme=KHONG',
      expect: [404, 'programme.not_found'],
    },

    // Commands
    {
      title: 'a move the state does not allow',
      by: 'unit.snv',
      path: ofFresh('transitions'),
      asked: v1,
      body: { transition: 'submit', ...submission },
      expect: [409, 'task.wrong_state'],
    },
    {
      title: 'a move nobody defined',
      ...acknowledge,
      body: { transition: 'constructor' },
      expect: [404, 'transition.unknown'],
    },
    {
      title: 'a stop without a document',
      by: 'office',
      path: ofFresh('transitions'),
      asked: v1,
      body: { transition: 'stop' },
      expect: [422, 'requirement.missing'],
    },
    {
      title: 'a move by a unit that may not see the task',
      by: 'unit.tpcl',
      path: ofFresh('transitions'),
      asked: v1,
      body: move({}),
      expect: [404, 'task.not_found'],
    },
    {
      title: 'a decision on the unit’s own work',
      by: 'unit.snv',
      path: () => `/tasks/${waiting.id}/transitions`,
      asked: { ifMatch: 3 },
      body: { transition: 'approve' },
      expect: [403, 'conflict_of_interest'],
    },
    { title: 'no version', ...acknowledge, asked: {}, body: move({}), expect: [428, 'version.missing'] },
    ...['v1', '"1"', '*', '"v1", "v2"', '"v-1"', '"v99999999999999999999"', '"v1'].map(
      (ifMatch): Case => ({
        title: `If-Match: ${ifMatch}`,
        ...acknowledge,
        asked: { ifMatch },
        body: move({}),
        expect: invalid,
        pointer: '/If-Match',
      }),
    ),
    { title: 'no key', ...assign, asked: { key: null }, body: aTask(), expect: [400, 'idempotency_key.missing'] },
    { title: 'an empty key', ...assign, asked: { key: ' ' }, body: aTask(), expect: [400, 'idempotency_key.missing'] },
    {
      title: 'a key of 129 characters',
      ...assign,
      asked: { key: 'k'.repeat(129) },
      body: aTask(),
      expect: [400, 'idempotency_key.missing'],
    },
    {
      title: 'a task code that is taken',
      ...assign,
      body: () => task({ code: fresh.code }),
      expect: [409, 'task.exists'],
    },
    {
      title: 'a list of moves with one item twice',
      by: 'unit.snv',
      path: '/tasks/transitions',
      body: () => ({ ...move({}), items: [1, 1].map((version) => ({ id: fresh.id, version })) }),
      expect: invalid,
      pointer: '/items',
    },
    {
      title: 'a list of 1,001 moves',
      by: 'unit.snv',
      path: '/tasks/transitions',
      body: () => ({ ...move({}), items: Array.from({ length: 1_001 }, () => ({ id: randomUUID(), version: 1 })) }),
      expect: invalid,
      pointer: '/items',
    },
    {
      title: 'another body with a key that was used',
      ...assign,
      asked: {},
      body: () => task({ title: 'Một nhiệm vụ khác' }),
      expect: [422, 'idempotency_key.reused'],
    },

    // Addresses and queries
    { title: 'a task nobody knows', ...list, path: `/tasks/${randomUUID()}`, expect: [404, 'task.not_found'] },
    { title: 'a task id that is none', ...list, path: '/tasks/1%20or%201=1', expect: invalid, pointer: '/id' },
    { title: 'no such address', ...list, path: '/nhiem-vu', expect: [404, 'route.unknown'] },
    { title: 'an address in capitals', ...list, path: '/TASKS', expect: [404, 'route.unknown'] },
    { title: 'no such method', method: 'delete', by: 'office', path: '/tasks', expect: [404, 'route.unknown'] },
    { title: 'an address that cannot be decoded', ...list, path: '/tasks/%E0%A4%A', expect: [404, 'route.unknown'] },
    { title: 'NUL in an address', ...list, path: '/workflows/%00/versions', expect: invalid, pointer: '/key' },
    { title: 'NUL in a programme’s address', ...list, path: '/programmes/%00', expect: invalid, pointer: '/code' },
    { title: 'a version beyond all', ...list, path: '/workflows/commitment/versions/99999999999', expect: invalid },
    { title: 'a version that is none', ...list, path: '/workflows/commitment/versions/1.5', expect: invalid },
    { title: 'NUL in a filter', ...list, path: '/tasks?state=%00', expect: invalid, pointer: '/state' },
    { title: 'NUL in a bloc', ...list, path: '/tasks?bloc=a%00', expect: invalid, pointer: '/bloc' },
    { title: 'NUL in a search', ...list, path: '/tasks?q=%00', expect: invalid, pointer: '/q' },
    { title: 'an unknown filter', ...list, path: '/tasks?units=SNV', expect: invalid, pointer: '/units' },
    { title: 'a filter with brackets', ...list, path: '/tasks?unit[]=SNV', expect: invalid },
    { title: '__proto__ as a filter', ...list, path: '/tasks?__proto__=1', expect: invalid, pointer: '/__proto__' },
    {
      title: 'an unknown category',
      ...list,
      path: '/tasks?category=done,late',
      expect: invalid,
      pointer: '/category/1',
    },
    ...['programme', 'unit', 'q', 'sort', 'limit', 'asOf', 'category', 'cursor'].map(
      (name): Case => ({
        title: `${name} twice`,
        ...list,
        path: `/tasks?${name}=1&${name}=2`,
        expect: invalid,
        pointer: `/${name}`,
      }),
    ),
    ...['0', '501', '-1', '1e9', 'NaN', 'Infinity', '1.5', 'all', ''].map(
      (limit): Case => ({
        title: `limit=${limit}`,
        ...list,
        path: `/tasks?limit=${limit}`,
        expect: invalid,
        pointer: '/limit',
      }),
    ),
    ...['id', 'title', 'code desc', 'code;select pg_sleep(5)', '--code', 'constructor', '__proto__'].map(
      (sort): Case => ({
        title: `sort=${sort}`,
        ...list,
        path: `/tasks?sort=${encodeURIComponent(sort)}`,
        expect: invalid,
        pointer: '/sort',
      }),
    ),
    ...(
      [
        ['no base64', '%25%25'],
        ['no JSON', Buffer.from('{').toString('base64url')],
        ['another shape', cursor({ value: 'a' })],
        ['an id that is none', cursor({ value: 'a', id: 'b' })],
        ['NUL', cursor({ value: '\u0000', id: randomUUID() })],
        ['one more key', cursor({ value: 'a', id: randomUUID(), programme: 'x' })],
      ] as const
    ).map(
      ([title, value]): Case => ({
        title: `a cursor with ${title}`,
        ...list,
        path: `/tasks?cursor=${value}`,
        expect: invalid,
        pointer: '/cursor',
      }),
    ),
    ...['a', '2022-02-30', '2022-13-01', "'; select 1"].flatMap((value) =>
      ['dueOn', '-recordedAt'].map(
        (sort): Case => ({
          title: `a cursor by ${sort} of ${value}`,
          ...list,
          path: `/tasks?sort=${sort}&cursor=${cursor({ value, id: randomUUID() })}`,
          expect: invalid,
          pointer: '/cursor',
        }),
      ),
    ),
    { title: 'a history from nowhere', ...list, path: () => `/tasks/${fresh.id}/events?after=x`, expect: invalid },
    {
      title: 'a history from beyond all numbers',
      ...list,
      path: () => `/tasks/${fresh.id}/events?after=99999999999`,
      expect: invalid,
    },
    { title: 'figures ahead', ...list, path: '/reports/statistics?programme=CK&asOf=2022-03-02', expect: invalid },
    {
      title: 'figures without a programme',
      ...list,
      path: '/reports/statistics',
      expect: invalid,
      pointer: '/programme',
    },
    {
      title: 'a day without a programme',
      ...list,
      path: '/tasks?asOf=2022-01-01',
      expect: invalid,
      pointer: '/programme',
    },
    {
      title: 'an import of another type',
      by: 'office',
      path: '/imports?programme=CK',
      body: '{}',
      expect: [415, 'media_type.unsupported'],
    },
    { title: 'an import nobody knows', ...list, path: `/imports/${randomUUID()}`, expect: [404, 'import.not_found'] },
    {
      title: 'a report nobody knows',
      ...list,
      path: `/reports/runs/${randomUUID()}`,
      expect: [404, 'report.not_found'],
    },
  ];

  for (const { title, by = 'office', method = 'post', path, body, asked, expect: expected, pointer } of cases)
    it(`is refused: ${title}`, async () => {
      const given = typeof body === 'function' ? body() : body;
      const headers = asked && Object.keys(asked).length === 0 && by === 'office' ? { key: usedKey } : asked;
      const url = typeof path === 'function' ? path() : path;
      const person = office().as(by);
      const before = await allRows(office().pool);

      const answer =
        method === 'get' || method === 'delete'
          ? await person[method](url, headers)
          : await person[method](url, given, headers);

      expectProblem(answer, expected);
      if (pointer !== undefined) expect(answer.body.errors[0].pointer).to.equal(pointer);
      // S26: a denial leaves its audit entry, and nothing else.
      const { audit_entry: denials, ...rows } = await allRows(office().pool);
      const { audit_entry: earlier, ...expectedRows } = before;
      expect(rows).to.deep.equal(expectedRows);
      expect(denials === earlier).to.equal(expected[0] !== 403);
      expect(Reflect.get({}, 'polluted')).to.equal(undefined);
    });

  const expectProblem = (answer: Answer, [status, code]: readonly [number, string]): void => {
    expect([answer.status, answer.body.code]).to.deep.equal([status, code], answer.text);
    expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/);
    expect(answer.text).to.not.match(insides).and.not.include(process.cwd());
    expect(answer.headers.get('x-powered-by')).to.equal(null);
    const { type, title, detail, detailEn, instance } = answer.body;
    expect(answer.body.status).to.equal(status);
    expect(type).to.equal(`urn:dondoc:problem:${code}`);
    expect(instance).to.equal(answer.headers.get('x-request-id'));
    for (const text of [title, detail, detailEn]) expect(text).to.be.a('string').with.length.greaterThan(3);
  };

  it('tells someone who decided on an old view what the task has become', async () => {
    const { status, body } = await office()
      .as('unit.snv')
      .post(`/tasks/${running.id}/transitions`, { transition: 'acknowledge' }, { ifMatch: 1 });

    expect(status).to.equal(412);
    expect(body).to.include({
      code: 'version.stale',
      expectedVersion: 1,
      currentVersion: 2,
      state: 'in_progress',
      category: 'in_progress',
    });
  });

  it('names every wrong field at once', async () => {
    const { body } = await office()
      .as('office')
      .post('/tasks', { ...aTask(), title: 1, leadUnit: '', due: { kind: 'before' }, extra: true });

    expect(body.errors.map(({ pointer }: Json) => pointer).sort()).to.deep.equal([
      '/due/day',
      '/extra',
      '/leadUnit',
      '/title',
    ]);
    for (const error of body.errors) expect(error).to.include.keys('in', 'pointer', 'code', 'message');
  });

  it('S7: keeps text in one normal form, without signs nobody sees, and finds it in any other', async () => {
    const decomposed = '  Cải cách\u200B hành chính Thủ Thừa\u202E '.normalize('NFD');

    const { body } = await office()
      .as('office')
      .post('/tasks', aTask({ title: decomposed }));

    expect(body.title).to.equal('Cải cách hành chính Thủ Thừa'.normalize('NFC'));
    const found = await office()
      .as('office')
      .get(`/tasks?programme=CK&q=${encodeURIComponent('thủ thừa'.normalize('NFD'))}`);
    expect(found.body.total).to.equal(1);
  });

  it('takes a version as W/"v1" too, as caches may send it', async () => {
    const other = await assigned(office());
    const { status } = await office()
      .as('unit.snv')
      .post(`/tasks/${other.id}/transitions`, { transition: 'acknowledge' }, { ifMatch: 'W/"v1"' });
    expect(status).to.equal(200);
  });

  it('gives back the request’s own number if it is a plain one, and one of ours otherwise', async () => {
    const given = async (id: string) =>
      (await send(office().address, 'GET', '/me', { 'X-Request-Id': id })).headers.get('x-request-id');

    expect(await given('abc-123_X')).to.equal('abc-123_X');
    for (const odd of ['a b', '<script>', 'x'.repeat(65), 'a"b', "a';--"])
      expect(await given(odd)).to.match(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/);
  });

  it('is asked about nothing without a session', async () => {
    for (const [method, path] of [
      ['GET', '/tasks'],
      ['GET', `/tasks/${fresh.id}`],
      ['POST', '/tasks'],
      ['GET', '/reports/statistics?programme=CK'],
      ['POST', '/imports?programme=CK'],
      ['GET', '/workflows'],
      ['GET', '/me'],
    ] as const) {
      const answer = await send(
        office().address,
        method,
        path,
        { 'Content-Type': 'application/json' },
        method === 'POST' ? '{}' : undefined,
      );
      expectProblem(answer, [401, 'session.required']);
    }
  });

  it('stops with its document, to show that the cases above fail for their own reasons only', async () => {
    const { status } = await office()
      .as('office')
      .post(`/tasks/${fresh.id}/transitions`, { transition: 'stop', document: letter }, v1);
    expect(status).to.equal(200);
  });
});
