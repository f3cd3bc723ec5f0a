import winston from 'winston';
import type { Log, LogFields } from '../../application/log.ts';

const secretNames =
  /password|passphrase|token|secret|challenge|recoveryCode|authorization|cookie|credential|(api|private)[-_]?key|_url$/i;
/** A password in an address, a bearer token: they come inside the messages of other people's errors. */
const secretValues = /(:\/\/[^\s:@/]{0,100}:)[^\s@/]{1,200}(?=@)|(\bBearer )[\w.~+/=-]{8,500}/g;

const masked = (text: string): string => text.replace(secretValues, '$1$2[hidden]');

/** Errors become plain data (winston prints them as {}), and nothing that is named like a secret is written. */
const readable = (value: unknown, depth = 0): unknown => {
  if (value instanceof Error)
    return {
      name: value.name,
      message: masked(value.message),
      ...('code' in value ? { code: value.code } : {}),
      stack: masked(value.stack ?? ''),
      ...(value.cause === undefined || depth > 3 ? {} : { cause: readable(value.cause, depth + 1) }),
    };
  if (typeof value === 'string') return masked(value);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  if (depth > 4) return '…';
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => readable(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, secretNames.test(key) ? '[hidden]' : readable(item, depth + 1)]),
  );
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal obeys them.
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/g;
/** Whatever is in a text, every line after its first is set in: nothing that somebody sent can look like an entry. */
const setIn = (text: string): string => text.replace(/\r\n?/g, '\n').replace(control, '?').replaceAll('\n', '\n    ');

const line = winston.format.printf(({ timestamp, level, message, ...fields }) => {
  const { error, ...rest } = fields as { error?: { stack?: string } };
  const extra = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : '';
  return `${String(timestamp)} ${level} ${setIn(String(message))}${extra}${error?.stack ? setIn(`\n${error.stack}`) : ''}`;
});

const rendered = Symbol.for('message');
/** JSON lets through what some viewers take for the end of a line. */
const oneLine = winston.format((entry) => {
  const text = String(entry[rendered]);
  entry[rendered] = text.replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (odd) => `\\u${odd.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return entry;
});

export const openLog = ({ level, json }: { readonly level: string; readonly json: boolean }): Log => {
  const logger = winston.createLogger({
    level,
    format: winston.format.combine(winston.format.timestamp(), json ? winston.format.json() : line, oneLine()),
    transports: [new winston.transports.Console({ stderrLevels: ['debug', 'info', 'warn', 'error'] })],
  });
  const at =
    (name: keyof Log) =>
    (message: string, fields: LogFields = {}): void => {
      logger.log(name, message, readable(fields));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
};
