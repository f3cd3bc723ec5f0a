import type { DataSource } from 'typeorm';
import { dataSource } from '../../src/adapters/db/data-source.ts';
import { freshDatabase, type TestDatabase } from './database.ts';

/** A database of its own for the suite in which this is called, open from its first test to its last. */
export function suiteDatabase(): { readonly url: string; readonly source: DataSource } {
  let database: TestDatabase | undefined;
  let source: DataSource | undefined;
  before(async () => {
    database = await freshDatabase();
    source = await dataSource(database.url).initialize();
  });
  after(async () => {
    await source?.destroy();
    await database?.drop();
  });
  return {
    get url() {
      return opened(database).url;
    },
    get source() {
      return opened(source);
    },
  };
}

function opened<T>(resource: T | undefined): T {
  if (resource === undefined) throw new Error('The database of a suite is open in its hooks and tests only.');
  return resource;
}
