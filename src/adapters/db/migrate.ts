import pg from 'pg';
import { dataSource } from './data-source.ts';

/** Any two migrators meet here; the number only has to be ours. */
const lockNumber = 7_220_158;

/**
 * Brings the database's schema to this release, once, however many processes ask at the same time.
 * @param databaseUrl PostgreSQL connection string of the owner of the schema
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const guard = new pg.Client({ connectionString: databaseUrl });
  await guard.connect();
  try {
    await guard.query('select pg_advisory_lock($1)', [lockNumber]);
    const source = await dataSource(databaseUrl).initialize();
    try {
      await source.runMigrations();
    } finally {
      await source.destroy();
    }
  } finally {
    await guard.end();
  }
}
