import { createHash } from 'node:crypto';
import { z } from 'zod';
import { roles } from './domain/organisation/actor.ts';

const flag = z
  .enum(['0', '1'])
  .default('0')
  .transform((value) => value === '1');
const roleName = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);
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
  /** Public keys of former SECRET_KEYs whose seals are still believed: base64 of their SPKI, with commas between. */
  AUDIT_FORMER_KEYS: z
    .string()
    .regex(/^[A-Za-z0-9+/=]+(,[A-Za-z0-9+/=]+)*$/)
    .transform((keys) => keys.split(','))
    .optional(),
  /** Role under which API and workers connect; the migration, which connects as the owner, gives it its rights and no more. */
  DATABASE_APP_ROLE: roleName.optional(),
  /** Role that may read what figures are made from; the migration gives it its rights. */
  DATABASE_REPORT_ROLE: roleName.optional(),
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
  /** Hours for which a link in a mail lets its reader give the result of an appraisal without signing in; such links need PUBLIC_URL. */
  DECISION_LINK_HOURS: z.coerce.number().int().min(1).max(720).default(72),
  /** How many reverse proxies stand in front (X-Forwarded-For is believed for that many). */
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  /** Requests one person or address may make per minute. */
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(1200),
  /** Bearer token for GET /metrics; absent: only programs on this machine may read it, and none through a proxy. */
  METRICS_TOKEN: z.string().min(16).optional(),
  /** Identity provider for signing in (OpenID Connect): its issuer. Needs OIDC_CLIENT_ID and PUBLIC_URL; http only on loopback and outside production. */
  OIDC_ISSUER: url(/^https?$/).optional(),
  /** As the provider knows this program; the address it sends people back to is PUBLIC_URL/api/v1/sessions/oidc/callback. */
  OIDC_CLIENT_ID: z.string().max(256).optional(),
  /** Absent: a public client, with PKCE alone. */
  OIDC_CLIENT_SECRET: z.string().max(1024).optional(),
  /** What people read on the button of the provider. */
  OIDC_LABEL: z.string().max(100).default('Tài khoản định danh'),
  /** Roles, separated by commas, whose holders have to enrol a second factor before anything else. */
  REQUIRE_SECOND_FACTOR_ROLES: z
    .string()
    .default('')
    .transform((value) =>
      value
        .split(',')
        .map((role) => role.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.enum(roles))),
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
  refuseHalfProvider(parsed.data);
  const read = { ...parsed.data, SECRET_KEY: secretKey(parsed.data) };
  return Object.freeze(read.DONDOC_EMBEDDED ? { ...read, HOST: '127.0.0.1' } : read);
};

const refuseHalfProvider = ({ OIDC_ISSUER, OIDC_CLIENT_ID, PUBLIC_URL, NODE_ENV }: Read): void => {
  if (OIDC_ISSUER === undefined) return;
  const unusable = (what: string): Error => new Error(`The configuration is not usable.\n${what}`);
  if (OIDC_CLIENT_ID === undefined || PUBLIC_URL === undefined)
    throw unusable('OIDC_ISSUER needs OIDC_CLIENT_ID and PUBLIC_URL.');
  const { protocol, hostname } = new URL(OIDC_ISSUER);
  const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  if (protocol === 'http:' && (NODE_ENV === 'production' || !loopback))
    throw unusable('OIDC_ISSUER must be https, except on loopback outside production.');
};

const secretKey = ({ SECRET_KEY: given, NODE_ENV, DATABASE_URL }: Read): string => {
  if (given !== undefined) return given;
  if (NODE_ENV === 'production')
    throw new Error('The configuration is not usable.\nSECRET_KEY is required in production (openssl rand -hex 32).');
  // The same in all processes of one database, and nothing that stands in the source for all to read.
  return createHash('sha256').update(`dondoc ${DATABASE_URL}`).digest('base64url');
};
