// Who may do what inside the database. The owner migrates; the program runs as a role that owns nothing, so that the
// triggers on what is append-only cannot be switched off by it; reports are read by a role that reads and sees no secrets.

import pg from 'pg';

export interface DatabaseRoles {
  readonly app?: string | undefined;
  readonly report?: string | undefined;
}

/** What figures are made from; people, sessions and mail are not among it. */
const forReports = [
  'unit',
  'programme',
  'calendar',
  'calendar_day',
  'workflow_definition',
  'task',
  'task_event',
  'delta',
  'daily_tally',
  'report_run',
  'report_run_rows',
  'report_edition',
  'report_edition_step',
  'checkpoint',
  'checkpoint_leaf',
];

/**
 * Makes the roles if they are missing (without the right to log in) and gives them exactly their rights. Run after every
 * migration: new tables are then covered, and rights that somebody added by hand are gone.
 * @param databaseUrl PostgreSQL connection string of the owner of the schema; to make roles it needs CREATEROLE
 */
export const grantRoles = async (databaseUrl: string, { app, report }: DatabaseRoles): Promise<void> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('begin');
    // Two releases at once would meet in the catalogue.
    await client.query('select pg_advisory_xact_lock(7220160)');
    if (app !== undefined) await grantApp(client, app);
    if (report !== undefined) await grantReport(client, report);
    await client.query('commit');
  } finally {
    await client.end();
  }
};

const grantApp = async (client: pg.Client, name: string): Promise<void> => {
  const role = await freshRole(client, name);
  await client.query(`grant usage on schema public to ${role}`);
  await grantOn(client, 'public', 'tables', `grant select, insert, update, delete on $ to ${role}`);
  await grantOn(client, 'public', 'sequences', `grant usage, select on $ to ${role}`);
  // Append-only is whatever has the trigger that refuses changes: a new table cannot be forgotten here.
  const { rows } = await client.query<{ name: string }>(
    `select distinct tgrelid::regclass::text as name from pg_trigger where tgfoid = 'refuse_change'::regproc`,
  );
  for (const table of rows) await client.query(`revoke update, delete on ${table.name} from ${role}`);
  await client.query(`revoke insert, update, delete on migration from ${role}`);
  const { rowCount } = await client.query(`select from pg_namespace where nspname = 'bullmq'`);
  if (rowCount === 0) return;
  // BullMQ (6.7.0) makes a sequence for each of its queues when it first needs it. Its schema holds hints only.
  await client.query(`grant usage, create on schema bullmq to ${role}`);
  await grantOn(client, 'bullmq', 'tables', `grant select, insert, update, delete on $ to ${role}`);
  await grantOn(client, 'bullmq', 'sequences', `grant all on $ to ${role}`);
};

const grantReport = async (client: pg.Client, name: string): Promise<void> => {
  const role = await freshRole(client, name);
  await client.query(`grant usage on schema public to ${role}`);
  await client.query(`grant select on ${forReports.join(', ')} to ${role}`);
};

/** The role with no rights in our schema. @returns its name, quoted */
const freshRole = async (client: pg.Client, name: string): Promise<string> => {
  const role = client.escapeIdentifier(name);
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name]);
  if (rowCount === 0) await client.query(`create role ${role} nologin`);
  await client.query('revoke create on schema public from public');
  await client.query(`revoke all on schema public from ${role}`);
  await client.query(`revoke all on all tables in schema public from ${role}`);
  await client.query(`revoke all on all sequences in schema public from ${role}`);
  return role;
};

/** Only what the owner owns: what the program's own role has made in the queue's schema is its own already. */
const grantOn = async (
  client: pg.Client,
  schema: string,
  kind: 'tables' | 'sequences',
  statement: string,
): Promise<void> => {
  const { rows } = await client.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class
     where relnamespace = $1::regnamespace and relkind = any($2) and relowner = current_user::regrole`,
    [schema, kind === 'tables' ? ['r', 'p'] : ['S']],
  );
  if (rows.length > 0) await client.query(statement.replace('$', rows.map(({ name }) => name).join(', ')));
};
