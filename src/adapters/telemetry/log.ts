import winston from 'winston';
import type { Log, LogFields } from '../../application/log.ts';

const secretNames =
  /^(password|oldPassword|newPassword|token|challenge|recoveryCodes|authorization|cookie|set-cookie|.*secret.*|.*_url)$/i;

/** Errors become plain data (winston prints them as {}), and nothing that is named like a secret is written. */
const readable = (value: unknown, depth = 0): unknown => {
  if (value instanceof Error)
    return {
      name: value.name,
      message: value.message,
      ...('code' in value ? { code: value.code } : {}),
      stack: value.stack,
      ...(value.cause === undefined || depth > 3 ? {} : { cause: readable(value.cause, depth + 1) }),
    };
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  if (depth > 4) return '…';
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => readable(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, secretNames.test(key) ? '[hidden]' : readable(item, depth + 1)]),
  );
};

const line = winston.format.printf(({ timestamp, level, message, ...fields }) => {
  const { error, ...rest } = fields as { error?: { stack?: string } };
  const extra = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : '';
  return `${String(timestamp)} ${level} ${String(message)}${extra}${error?.stack ? `\n${error.stack}` : ''}`;
});

export const openLog = ({ level, json }: { readonly level: string; readonly json: boolean }): Log => {
  const logger = winston.createLogger({
    level,
    format: winston.format.combine(winston.format.timestamp(), json ? winston.format.json() : line),
    transports: [new winston.transports.Console({ stderrLevels: ['debug', 'info', 'warn', 'error'] })],
  });
  const at =
    (name: keyof Log) =>
    (message: string, fields: LogFields = {}): void => {
      logger.log(name, message, readable(fields));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
};
