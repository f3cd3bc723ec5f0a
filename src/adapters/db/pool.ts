import pg from 'pg';
import type { Log } from '../../application/log.ts';

/** Days stay texts ('2026-06-16'): as Date objects they would shift with the server's time zone. */
const asText = (value: string): string => value;
const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.DATE
      ? asText
      : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};

export interface PoolSettings {
  readonly databaseUrl: string;
  readonly max: number;
  /** Milliseconds after which the server cancels a statement. */
  readonly statementTimeoutMs: number;
  /** For statements that touch a handful of rows by their keys, whatever size the planner thinks their input has.
   *  Hundreds at a time belong on a pool without: joining lists with each other takes hashing. */
  readonly byKey?: boolean;
}

/** Our statements are short; compiling them costs more than running them. */
const noCompiling = '-c jit=off';
/** The planner takes any JSON input for a hundred rows and would scan whole tables to join them; ten times slower. */
const onlyByKey = '-c enable_hashjoin=off -c enable_mergejoin=off';

/** A pool whose lost connections are logged, not fatal: an unheard 'error' on a client ends the process. */
export const openPool = ({ databaseUrl, max, statementTimeoutMs, byKey = false }: PoolSettings, log: Log): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max,
    types: typeParsers,
    connectionTimeoutMillis: 2_000,
    statement_timeout: statementTimeoutMs,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 10_000,
    application_name: 'dondoc',
    options: byKey ? `${noCompiling} ${onlyByKey}` : noCompiling,
  });
  const lost = (error: Error): void => log.warn('A database connection was lost.', { error });
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  return pool;
};
