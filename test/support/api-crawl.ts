// Every route of the API as its own description tells it, with sample requests made from the schemas: so that a route
// which is added tomorrow is attacked like the others, without anybody thinking of it.

import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { roles } from '../../src/domain/organisation/actor.ts';
import { type Answer, type Json, send } from './client.ts';
import { done, type Office, programmeCode, suiteOffice } from './http-office.ts';
import { password } from './province.ts';
import { allRows } from './rows.ts';
import { assigned } from './tasks.ts';

export interface Operation {
  /** "POST /tasks/{id}/transitions" */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly params: readonly Json[];
  readonly query: readonly Json[];
  readonly body: Json | undefined;
  /** Types of a body that is not JSON. */
  readonly upload: readonly string[] | undefined;
  readonly responses: Json;
}

export interface Attack {
  readonly body?: unknown;
  /** Appended to the address as it is. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Without a session. */
  readonly anonymous?: true;
}

export interface Crawl {
  readonly office: Office;
  readonly document: Json;
  readonly operations: readonly Operation[];
  readonly sample: (schema: Json) => Json;
  /** The schema behind a reference. */
  readonly resolved: (schema: Json) => Json;
  /** As somebody who holds every role there is: what is refused is refused for what was sent. */
  readonly ask: (operation: Operation, attack?: Attack) => Promise<Answer>;
  /** What was sent for a query that must be there. */
  readonly requiredQuery: (operation: Operation) => string;
  readonly task: Json;
  /** The address of a route with real ids, and who may ask everything of it: for requests of other kinds. */
  readonly addressOf: (operation: Operation) => string;
  readonly token: string;
}

export const everybody = { name: 'everybody', unit: 'SNV' } as const;

/** An office with somebody who holds all roles, and one object of each kind to ask for. */
export const suiteCrawl = (): (() => Crawl) => {
  const office = suiteOffice({ day: '2022-03-01' });
  let crawl: Crawl | undefined;
  before('look at every route', async () => {
    crawl = await openCrawl(office());
  });
  return () => {
    if (!crawl) throw new Error('The crawl of a suite is there in its hooks and tests only.');
    return crawl;
  };
};

const openCrawl = async (office: Office): Promise<Crawl> => {
  const document = (await send(office.address, 'GET', '/openapi.json', {})).body;
  await office.hire({
    name: everybody.name,
    memberships: roles.map((role) => ({ role, unit: everybody.unit, programme: programmeCode })),
  });
  const token = (
    await done(send(office.address, 'POST', '/sessions', {}, { email: `${everybody.name}@thu.test`, password }))
  ).token;
  const task = await assigned(office);
  const run = await done(office.as('office').post('/reports/runs', { programme: programmeCode }));
  const sheet = 'Mã;Đơn vị;Nội dung cam kết;Cơ quan thẩm định\nA-1;SNV;Một;STTTT\n';
  const imported = await done(office.as('office').post('/imports?programme=CK', sheet, { type: 'text/csv' }));
  const ids: readonly (readonly [RegExp, string])[] = [
    [/^\/tasks\/\{id\}/, task.id],
    [/^\/imports\/\{id\}/, imported.id],
    [/^\/reports\/runs\/\{id\}/, run.id],
    [/^\/programmes\/\{code\}/, programmeCode],
    [/^\/calendars\/\{key\}/, 'vn'],
    [/^\/workflows\/\{key\}/, 'commitment'],
    [/^\/operations\/schedules\/\{key\}/, 'digests'],
    [/\{queue\}/, 'mail'],
  ];
  const known: Readonly<Record<string, string>> = { programme: programmeCode, task: task.code };
  const resolved = resolverOf(document);
  const sample = samplerOf(resolved);

  const addressOf = ({ path, params }: Operation): string =>
    params.reduce<string>((at, { name, schema }, index) => {
      const id = index === 0 ? ids.find(([place]) => place.test(path))?.[1] : undefined;
      return at.replace(`{${name}}`, encodeURIComponent(String(id ?? sample(schema))));
    }, path);
  const requiredQuery = ({ query }: Operation): string =>
    query
      .filter(({ required }) => required)
      .map(({ name, schema }) => `${name}=${encodeURIComponent(String(known[name] ?? sample(schema)))}`)
      .join('&');

  return {
    office,
    document,
    operations: operationsOf(document),
    sample,
    resolved,
    requiredQuery,
    task,
    addressOf: (operation) => {
      const search = requiredQuery(operation);
      return `${office.address}${addressOf(operation)}${search ? `?${search}` : ''}`;
    },
    token,
    ask: (operation, { body, query = '', headers = {}, anonymous } = {}) => {
      const search = [requiredQuery(operation), query].filter(Boolean).join('&');
      const url = `${addressOf(operation)}${search ? `?${search}` : ''}`;
      const write = operation.method !== 'GET';
      const type = operation.upload?.[0] ?? (body === undefined ? undefined : 'application/json');
      return send(
        office.address,
        operation.method,
        url,
        {
          ...(anonymous ? {} : { Authorization: `Bearer ${token}` }),
          ...(write ? { 'Idempotency-Key': randomUUID(), 'If-Match': '"v1"' } : {}),
          ...(type ? { 'Content-Type': type } : {}),
          ...headers,
        },
        body,
      );
    },
  };
};

const operationsOf = (document: Json): readonly Operation[] =>
  Object.entries<Json>(document.paths).flatMap(([address, methods]) =>
    Object.entries<Json>(methods).map(([method, operation]) => {
      const path = address.replace('/api/v1', '');
      const content: Json = operation.requestBody?.content ?? {};
      const parameters: readonly Json[] = operation.parameters ?? [];
      const types = Object.keys(content);
      return {
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        params: parameters.filter((parameter) => parameter.in === 'path'),
        query: parameters.filter((parameter) => parameter.in === 'query'),
        body: content['application/json']?.schema,
        upload: types.length > 0 && !types.includes('application/json') ? types : undefined,
        responses: operation.responses,
      };
    }),
  );

/** Follows references; of alternatives the first that is not null stands for all. */
const resolverOf = (document: Json) => {
  const resolved = (schema: Json): Json => {
    const named = /^#\/components\/schemas\/(.+)$/.exec(schema?.$ref ?? '')?.[1];
    if (named) return resolved(document.components.schemas[named]);
    const alternatives: readonly Json[] | undefined = schema?.anyOf ?? schema?.oneOf;
    if (alternatives) return resolved(alternatives.find((one) => one.type !== 'null') ?? {});
    if (schema?.allOf) return Object.assign({}, ...schema.allOf.map(resolved));
    return schema ?? {};
  };
  return resolved;
};

const texts = [
  'mẫu',
  'a',
  '1',
  'A1',
  '2022-06',
  'a'.repeat(12),
  'a'.repeat(43),
  '0'.repeat(64),
  '123456',
  'a@b.vn',
  '06-16',
];
const formats: Readonly<Record<string, string>> = {
  uuid: '0190d3c0-0000-7000-8000-000000000001',
  date: '2022-06-30',
  'date-time': '2022-06-30T00:00:00Z',
  email: 'mau@thu.test',
  uri: 'https://example.test/',
};

/** A value that fits a schema, with everything optional in it. */
const samplerOf = (resolved: (schema: Json) => Json) => {
  const sample = (given: Json): Json => {
    const schema = resolved(given);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return schema.enum[0];
    switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
      case 'string':
        return textFor(schema);
      case 'integer':
      case 'number':
        return Math.max(schema.minimum ?? 1, 1);
      case 'boolean':
        return true;
      case 'array':
        return [sample(schema.items ?? {})];
      case 'object':
        return Object.fromEntries(
          Object.entries<Json>(schema.properties ?? {}).map(([key, value]) => [key, sample(value)]),
        );
      default:
        return 'mẫu';
    }
  };
  return sample;
};

const textFor = ({ format, pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY }: Json): string => {
  const known = formats[format];
  if (known) return known;
  const fits = (value: string): boolean =>
    value.length >= minLength &&
    value.length <= maxLength &&
    (pattern === undefined || new RegExp(pattern, /\\p\{/.test(pattern) ? 'u' : '').test(value));
  const found = texts.find(fits);
  if (found === undefined) throw new Error(`No sample fits ${pattern ?? minLength}: add one to \`texts\`.`);
  return found;
};

/** Something went wrong inside. 503 is an answer: what the route needs is not configured here. */
export const isFault = ({ status }: { readonly status: number }): boolean => status >= 500 && status !== 503;

/**
 * Every table, but for the list of who did what: that an attempt was made may be written down there. The queue's own
 * tables are elsewhere.
 */
export const rowsOf = async (pool: pg.Pool): Promise<Readonly<Record<string, string>>> => {
  const { audit_entry: _audit, ...rows } = await allRows(pool);
  return rows;
};
