// What any route makes of input that means harm. The routes come from the API's own description: a new one is attacked
// like the others.

import { expect } from 'chai';
import { entities } from '../../src/adapters/db/entities.ts';
import { isFault, type Operation, rowsOf, suiteCrawl } from '../support/api-crawl.ts';
import type { Answer, Json } from '../support/client.ts';

/** Columns as the database and as the program name them, and names that frameworks and people would try. */
const columns: readonly string[] = [
  ...new Set(
    entities.flatMap(({ options }) =>
      Object.entries(options.columns).flatMap(([property, column]) => [property, column?.name ?? property]),
    ),
  ),
  ...['isAdmin', 'admin', 'roles', 'owner', 'createdBy', 'updatedAt', '_id', '$where', 'permissions'],
];

const insides =
  /node_modules|\.[tj]s:\d|\bat (async )?[\w.<>]+ \(|\bselect\b.*\bfrom\b|insert into|::uuid|pg_|ECONN|syntax error|stack|QueryFailed|violates|\bexpress\b|typeorm|bullmq|\b18\.\d|node v?\d/i;

describe('Input that means harm', function () {
  this.timeout(180_000);
  const crawl = suiteCrawl();
  let before_: Readonly<Record<string, string>>;
  const writes = (): readonly Operation[] => crawl().operations.filter(({ method }) => method !== 'GET');
  /** Routes whose body is a workflow: not a shape of ours, but a document with a judge of its own. */
  const isDocument = ({ body }: Operation): boolean => typeof crawl().resolved(body).additionalProperties === 'object';
  const jsonWrites = (): readonly Operation[] => writes().filter(({ body }) => body !== undefined);

  beforeEach(async () => {
    before_ = await rowsOf(crawl().office.pool);
  });
  const expectNothingWritten = async (): Promise<void> =>
    void expect(await rowsOf(crawl().office.pool)).to.deep.equal(before_);

  it('S3: no route takes a column that is not its own: each is named in the answer, and no row changes', async () => {
    expect(columns.length).to.be.greaterThan(150);
    const strict = jsonWrites().filter((operation) => !isDocument(operation));
    expect(strict.length).to.be.greaterThan(10);
    for (const operation of strict) {
      const places = objectsIn(crawl().resolved(operation.body), crawl().sample(operation.body), crawl().resolved);
      for (const { pointer, own, put } of places) {
        const foreign = columns.filter((column) => !own.includes(column));

        const answer = await crawl().ask(operation, { body: put(Object.fromEntries(foreign.map((key) => [key, 1]))) });

        expect([operation.name, pointer, answer.status]).to.deep.equal([operation.name, pointer, 400]);
        const refused = answer.body.errors.map((error: Json) => error.pointer);
        expect(refused, `${operation.name} ${pointer}`).to.include.members(foreign.map((key) => `${pointer}/${key}`));
      }
    }
    await expectNothingWritten();
  });

  it('S3: a workflow is judged whole: a key that nothing reads is a problem with its place, and is not stored', async () => {
    const documents = jsonWrites().filter(isDocument);
    expect(documents.map(({ name }) => name)).to.deep.equal([
      'POST /workflows',
      'POST /workflows/validate',
      'PUT /workflows/{key}/versions/{version}',
    ]);
    const { definition } = (await crawl().office.as('admin').get('/workflows/commitment/versions/1')).body;
    const body = { ...definition, key: 'khac', sha256: 'a', createdBy: 'a', published_at: 'a', status: 'published' };

    const judged = await crawl().office.as('admin').post('/workflows/validate', body);
    expect(judged.body.problems.map(({ pointer }: Json) => pointer)).to.include.members([
      '/sha256',
      '/createdBy',
      '/published_at',
      '/status',
    ]);
    const kept = await crawl().office.as('admin').post('/workflows', body);
    expect(kept.status === 201 ? Object.keys(kept.body.definition) : []).to.not.include.members(['sha256', 'status']);
    const { rows } = await crawl().office.pool.query(
      `select 1 from workflow_definition where key = 'khac' and (status <> 'draft' or created_by = 'a' or body ? 'sha256')`,
    );
    expect(rows).to.deep.equal([]);
  });

  it('S16: keys that reach for a prototype pollute nothing, on any route that takes JSON', async () => {
    const payloads = [
      '{"__proto__":{"polluted":1}}',
      '{"constructor":{"prototype":{"polluted":1}}}',
      '{"prototype":{"polluted":1}}',
      '{"__proto__":{"__proto__":{"polluted":1}}}',
      '{"\\u005f_proto__":{"polluted":1}}',
      '{"fields":{"__proto__":{"polluted":1}}}',
      '{"fields":{"constructor":{"prototype":{"polluted":1}}}}',
      '{"a":[{"__proto__":{"polluted":1}}]}',
      '[{"__proto__":{"polluted":1}}]',
      '{"__proto__":[],"length":1,"toString":1,"hasOwnProperty":1,"then":1}',
    ];
    for (const operation of jsonWrites())
      for (const body of payloads) {
        const { status } = await crawl().ask(operation, { body });
        // The judge of workflows answers with the list of what is wrong.
        if (operation.name !== 'POST /workflows/validate')
          expect(status, `${operation.name} ${body}`).to.be.within(400, 499);
        expect(Reflect.get({}, 'polluted'), operation.name).to.equal(undefined);
        expect(Reflect.get([], 'polluted'), operation.name).to.equal(undefined);
      }
    await expectNothingWritten();
  });

  it('S18: a body of 1,000 to 50,000 levels is refused before anything looks into it, on every route', async () => {
    for (const operation of jsonWrites())
      for (const depth of [33, 1_000, 50_000 - 30])
        for (const [open, close] of [
          ['[', ']'],
          ['{"a":', '1}'],
        ] as const) {
          const inner = open === '[' ? '' : '1';
          const body = `{"title":${open.repeat(depth)}${inner}${close.replace('1', '').repeat(depth)}}`;
          const { status, body: problem } = await crawl().ask(operation, { body });
          expect([operation.name, depth, status]).to.deep.equal([
            operation.name,
            depth,
            // A run on many tasks may be longer, and no deeper.
            body.length > 102_400 && operation.name !== 'POST /tasks/bulk-runs' ? 413 : 400,
          ]);
          expect(problem.code).to.be.oneOf(['body.too_deep', 'body.too_large']);
        }
    await expectNothingWritten();
  });

  it('S18: a page has no more than a hundred rows, and one of the list of tasks five hundred, whatever is asked for', async () => {
    const paged = crawl().operations.filter(({ query }) => query.some(({ name }) => name === 'limit'));
    expect(paged.length).to.be.greaterThan(4);
    for (const operation of paged)
      for (const limit of [
        '1e9',
        operation.name === 'GET /tasks' ? '501' : '101',
        '0',
        '-1',
        'NaN',
        'Infinity',
        '1.5',
        '',
        '0x10000',
        '٥',
      ])
        expect(
          [
            operation.name,
            limit,
            (await crawl().ask(operation, { query: `limit=${encodeURIComponent(limit)}` })).status,
          ],
          limit,
        ).to.deep.equal([operation.name, limit, 400]);
  });

  it('S20: a query parameter that comes twice is refused, and so is one nobody knows, on every route', async () => {
    let asked = 0;
    for (const operation of crawl().operations) {
      const names: readonly string[] = operation.query.map(({ name }) => name);
      for (const name of names) {
        const value = encodeURIComponent(
          String(crawl().sample(operation.query.find((one) => one.name === name).schema)),
        );
        const twice = crawl().requiredQuery(operation).includes(`${name}=`)
          ? `${name}=${value}`
          : `${name}=${value}&${name}=${value}`;
        const { status, body } = await crawl().ask(operation, { query: twice, ...bodyFor(operation) });
        expect([operation.name, name, status], JSON.stringify(body)).to.deep.equal([operation.name, name, 400]);
        expect(body.errors.map(({ pointer }: Json) => pointer)).to.include(`/${name}`);
        asked += 1;
      }
      // Identity providers add parameters of their own to the way back.
      if (operation.path === '/sessions/oidc/callback') continue;
      for (const strange of ['khong_biet=1', 'a[b]=1', '__proto__=1', 'constructor=1'])
        expect([
          operation.name,
          strange,
          (await crawl().ask(operation, { query: strange, ...bodyFor(operation) })).status,
        ]).to.deep.equal([operation.name, strange, 400]);
    }
    expect(asked).to.be.greaterThan(30);
    await expectNothingWritten();
  });

  const bodyFor = ({ body, upload }: Operation): { readonly body?: unknown } =>
    body ? { body: crawl().sample(body) } : upload ? { body: 'x' } : {};

  it('S19: nothing that reaches for SQL gets there: in every parameter it is a value or is refused', async () => {
    const payloads = [
      "' or '1'='1",
      "'; select pg_sleep(5); --",
      '1); drop table task; --',
      '" or ""="',
      "\\'; delete from task; --",
      '$1',
      "'||(select password_hash from account limit 1)||'",
      '1 union select null,null',
      'code desc, (select 1)',
      '(case when (1=1) then code else title end)',
      '%27%20or%201=1',
      'ʼ or 1=1 --',
      '/**/or/**/1=1',
      '%',
      '_',
      '\\',
    ];
    const { rows: all } = await crawl().office.pool.query('select count(*)::integer as n from task');
    expect(all[0].n).to.be.greaterThan(0);
    for (const operation of crawl().operations.filter(({ method }) => method === 'GET'))
      for (const { name } of operation.query)
        for (const payload of payloads) {
          const answer = await crawl().ask(operation, {
            query: crawl().requiredQuery(operation).includes(`${name}=`)
              ? ''
              : `${name}=${encodeURIComponent(payload)}`,
          });
          expect(isFault(answer), `${operation.name} ${name}=${payload}`).to.equal(false);
          expect(answer.text, `${operation.name} ${name}`).to.not.include('argon2');
          // A condition that was added to the query would find what the text itself does not.
          if (
            answer.status === 200 &&
            name !== 'sort' &&
            payload.length > 1 &&
            Array.isArray(answer.body.items) &&
            operation.path === '/tasks'
          )
            expect(answer.body.items, `${name}=${payload}`).to.deep.equal([]);
        }
    for (const sort of ['code;select pg_sleep(5)', 'code desc', 'title', 'password_hash', '1', 'code,dueOn'])
      expect(
        (
          await crawl()
            .office.as('office')
            .get(`/tasks?sort=${encodeURIComponent(sort)}`)
        ).body,
      ).to.include({ status: 400, code: 'input.invalid' });
    await expectNothingWritten();
  });

  it('S23: whatever is refused tells no stack, no SQL, no path and no version, on every route', async () => {
    const answers: (readonly [string, Answer])[] = [];
    const see = async (operation: Operation, attack: Parameters<ReturnType<typeof crawl>['ask']>[1]) =>
      answers.push([operation.name, await crawl().ask(operation, attack)]);
    for (const operation of crawl().operations) {
      await see(operation, { anonymous: true });
      await see(operation, { query: 'khong_biet=1' });
      if (operation.method === 'GET') continue;
      for (const body of ['{', '[]', '{"a":1}', '"a"', 'null', '{"title":"\\ud800"}', Buffer.from([0xff, 0xfe])])
        await see(operation, { body });
      await see(operation, { body: '{}', headers: { 'Content-Type': 'text/plain' } });
      for (const encoding of ['gzip', 'deflate', 'br', 'zstd', 'khong-co'])
        await see(operation, { body: '{}', headers: { 'Content-Encoding': encoding } });
      await see(operation, { body: '{}', headers: { 'Content-Type': 'application/json; charset=utf-32' } });
    }
    for (const path of ['/khong-co', '/tasks/%E0%A4%A', '/tasks/..%2f..%2fetc%2fpasswd', '/.git/config', '/.env'])
      answers.push([path, await crawl().office.as('admin').get(path)]);

    const refused = answers.filter(([, { status }]) => status >= 400);
    expect(refused.length).to.be.greaterThan(200);
    for (const [name, answer] of refused) {
      expect(isFault(answer), `${name} ${answer.text}`).to.equal(false);
      expect(answer.headers.get('content-type'), name).to.match(/^application\/problem\+json/);
      const { errors: _errors, ...told } = answer.body;
      const text = JSON.stringify(told);
      expect(insides.exec(text)?.[0], `${name} ${text}`).to.equal(undefined);
      expect(text, name).to.not.include(process.cwd());
      expect(JSON.stringify(answer.body), name).to.not.match(/node_modules|\.[tj]s:\d|insert into|::uuid/i);
      for (const header of ['server', 'x-powered-by', 'x-runtime', 'via'])
        expect(answer.headers.get(header), name).to.equal(null);
    }
  });
});

interface Place {
  readonly pointer: string;
  readonly own: readonly string[];
  /** The whole sample with more keys in this place. */
  readonly put: (more: object) => unknown;
}

/** Every object in a sample that has keys of its own. */
const objectsIn = (schema: Json, value: Json, resolved: (schema: Json) => Json): readonly Place[] => {
  const found: Place[] = [];
  const walk = (at: Json, here: Json, pointer: string, put: (inner: unknown) => unknown): void => {
    const known = resolved(at);
    if (Array.isArray(here)) {
      const [first] = here;
      walk(known.items, first, `${pointer}/0`, (inner) => put([inner]));
    } else if (here !== null && typeof here === 'object') {
      // Closed or not: what is not closed takes what it should refuse, and is found by that. Records name no keys.
      if (known.properties)
        found.push({ pointer, own: Object.keys(known.properties), put: (more) => put({ ...here, ...more }) });
      for (const [key, inner] of Object.entries<Json>(here))
        walk(known.properties?.[key], inner, `${pointer}/${key}`, (changed) => put({ ...here, [key]: changed }));
    }
  };
  walk(schema, value, '', (whole) => whole);
  return found;
};
