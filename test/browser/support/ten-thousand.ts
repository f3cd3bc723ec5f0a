import pg from 'pg';

/** What the demonstration has of its own. */
const own = 293;

/** Copies tasks of the demonstration until there are ten thousand: listed as they stand; they have no histories to be opened. */
export const tenThousandTasks = async (databaseUrl: string): Promise<void> => {
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  const { rows: found } = await database.query<{ name: string }>(
    `select column_name as name from information_schema.columns where table_name = 'task' and is_generated = 'NEVER'`,
  );
  const names = found.map(({ name }) => `"${name}"`);
  const values = names.map((name) =>
    name === '"id"' ? 'gen_random_uuid()' : name === '"code"' ? `code || '-' || lpad(n::text, 3, '0')` : name,
  );
  await database.query(
    `insert into task (${names.join(', ')}) select ${values.join(', ')} from task, generate_series(1, 60) n
     order by code limit ${10_000 - own}`,
  );
  await database.end();
};
