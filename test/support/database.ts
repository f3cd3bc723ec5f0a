// Databases for tests. Migrating takes a second, cloning a migrated template some 50 ms: so each test file has its own.
import { randomUUID } from 'node:crypto';
import pg from 'pg';

export type TestDatabase = { readonly url: string; readonly drop: () => Promise<void> };

/** A database with all migrations applied and no rows in it. */
export async function freshDatabase(): Promise<TestDatabase> {
  template ??= migratedTemplate();
  return cloneOf((await template).name);
}

/** A database in which nothing was ever created, for what must work on the very first start. */
export function freshEmptyDatabase(): Promise<TestDatabase> {
  return cloneOf('template0');
}

/** A copy with all its rows. Nobody may be connected to the original. */
export function copyOf(original: TestDatabase): Promise<TestDatabase> {
  return cloneOf(nameIn(original.url));
}

type Template = { readonly name: string; readonly drop: () => Promise<void> };
let template: Promise<Template> | undefined;

async function migratedTemplate(): Promise<Template> {
  // Imported here, so that what needs no tables does not wait for TypeORM.
  const { migrate } = await import('../../src/adapters/db/migrate.ts');
  const database = await freshEmptyDatabase();
  await migrate(database.url);
  return { name: nameIn(database.url), drop: database.drop };
}

// At the very end of the run (under --parallel: of the file). The server may be one that lives on: TEST_DATABASE_URL.
if (typeof after === 'function') {
  after('drop the template database', async () => {
    const made = template;
    template = undefined;
    // A template that could not be made has failed its tests already.
    await (await made?.catch(() => undefined))?.drop();
  });
}

async function cloneOf(source: string): Promise<TestDatabase> {
  const name = `test_${process.pid}_${randomUUID().slice(0, 8)}`;
  await onServer(`create database ${name} template ${source}`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  // Force: a forgotten connection then shows as an error in the test that forgot it, not as a drop that hangs.
  return { url: url.href, drop: () => onServer(`drop database if exists ${name} with (force)`) };
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function serverUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error('TEST_DATABASE_URL is not set: run the tests with `npm test -- <file>`.');
  return url;
}

const nameIn = (url: string): string => new URL(url).pathname.slice(1);
