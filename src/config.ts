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
  /** Largest file of evidence, in bytes. */
  EVIDENCE_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .max(1024 ** 3)
    .default(20 * 1024 ** 2),
  /** Folder for files of evidence; `npm start` keeps them in its data folder. All processes must see the same one. */
  EVIDENCE_DIR: z.string().optional(),
  /** S3-compatible storage for files of evidence instead of EVIDENCE_DIR: https://KEY:SECRET@host/bucket?region=us-east-1, key and secret percent-encoded. */
  EVIDENCE_S3_URL: url(/^https?$/).optional(),
  /** Virus scanner for files of evidence, a clamd: tcp://host:3310 or unix:/run/clamav/clamd.ctl; absent: files are not scanned. */
  CLAMD_URL: url(/^(tcp|unix)$/).optional(),
  /** Address under which people reach the program; links in mail begin with it. */
  PUBLIC_URL: url(/^https?$/).optional(),
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

export type Config = Readonly<z.infer<typeof schema>>;

/** @throws Error naming every variable that is missing or malformed */
export const readConfig = (environment: Readonly<Record<string, string | undefined>>): Config => {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(present);
  if (!parsed.success) throw new Error(`The configuration is not usable.\n${z.prettifyError(parsed.error)}`);
  return Object.freeze(parsed.data.DONDOC_EMBEDDED ? { ...parsed.data, HOST: '127.0.0.1' } : parsed.data);
};
