import { createHash } from 'node:crypto';
import { z } from 'zod';

const flag = z
  .enum(['0', '1'])
  .default('0')
  .transform((value) => value === '1');
const url = (protocols: RegExp) => z.url({ protocol: protocols });

/** Every variable the program reads, with its meaning and default; README's configuration table is this list. */
const schema = z.object({
  /** Port of the HTTP API. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** Address to listen on; the embedded demo always uses loopback. */
  HOST: z.string().default('127.0.0.1'),
  /** PostgreSQL, which holds all truth. */
  DATABASE_URL: url(/^postgres(ql)?$/),
  /** At least 32 characters of chance; keys for second factors, links and seals are made from it. Absent outside production: made from DATABASE_URL, for trying out only. */
  SECRET_KEY: z.string().min(32).max(1024).optional(),
  /** Redis for BullMQ; absent: BullMQ keeps its jobs in the same PostgreSQL. */
  REDIS_URL: url(/^rediss?$/).optional(),
  /** 1 when the launcher runs its own PostgreSQL: seeds the demo programme and its accounts, listens on loopback only. */
  DONDOC_EMBEDDED: flag,
  /** 1: this process serves HTTP only; workers run elsewhere (workers/index.ts). */
  API_ONLY: flag,
  /** Password of all demo accounts. */
  DEMO_PASSWORD: z.string().min(8).default('dondoc-demo'),
  /** First administrator of an empty database, made by the migration step together with ADMIN_PASSWORD. */
  ADMIN_EMAIL: z.email().max(254).optional(),
  /** At least 12 characters; of no effect once there is any account. */
  ADMIN_PASSWORD: z.string().min(12).max(128).optional(),
  /** SMTP server for mail, for example smtp://user:password@mail:587; absent: in-app notifications only. */
  SMTP_URL: url(/^smtps?$/).optional(),
  /** Sender of all mail. */
  MAIL_FROM: z.string().default('Đôn đốc <no-reply@localhost>'),
  /** Address under which people reach the program; links in mail begin with it. */
  PUBLIC_URL: url(/^https?$/).optional(),
  /** Hours for which a link in a mail lets its reader give the result of an appraisal without signing in; such links need PUBLIC_URL. */
  DECISION_LINK_HOURS: z.coerce.number().int().min(1).max(720).default(72),
  /** How many reverse proxies stand in front (X-Forwarded-For is believed for that many). */
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  /** Requests one person or address may make per minute. */
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(1200),
  /** Bearer token for GET /metrics; absent: only programs on this machine may read it, and none through a proxy. */
  METRICS_TOKEN: z.string().min(16).optional(),
  /** debug | info | warn | error. */
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  /** production: JSON log lines, Secure cookies. */
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
});

type Read = z.infer<typeof schema>;
export type Config = Readonly<Omit<Read, 'SECRET_KEY'> & { readonly SECRET_KEY: string }>;

/** @throws Error naming every variable that is missing or malformed */
export const readConfig = (environment: Readonly<Record<string, string | undefined>>): Config => {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(present);
  if (!parsed.success) throw new Error(`The configuration is not usable.\n${z.prettifyError(parsed.error)}`);
  const read = { ...parsed.data, SECRET_KEY: secretKey(parsed.data) };
  return Object.freeze(read.DONDOC_EMBEDDED ? { ...read, HOST: '127.0.0.1' } : read);
};

const secretKey = ({ SECRET_KEY: given, NODE_ENV, DATABASE_URL }: Read): string => {
  if (given !== undefined) return given;
  if (NODE_ENV === 'production')
    throw new Error('The configuration is not usable.\nSECRET_KEY is required in production (openssl rand -hex 32).');
  // The same in all processes of one database, and nothing that stands in the source for all to read.
  return createHash('sha256').update(`dondoc ${DATABASE_URL}`).digest('base64url');
};
