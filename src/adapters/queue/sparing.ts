// While a server is away every connection says so on every try. One line per kind of message and half minute is enough.

import type { Log, LogFields } from '../../application/log.ts';

export type Warn = (message: string, fields: LogFields & { error: Error }) => void;

export function sparing(log: Log, everyMs = 30_000): Warn {
  const last = new Map<string, { at: number; unsaid: number }>();
  return (message, fields) => {
    const { name, message: reason } = fields.error;
    const key = `${message} ${name} ${(fields.error as NodeJS.ErrnoException).code ?? reason}`;
    const now = performance.now();
    const before = last.get(key);
    if (before && now - before.at < everyMs) {
      before.unsaid += 1;
      return;
    }
    if (last.size > 100) last.clear(); // reasons may carry ids
    last.set(key, { at: now, unsaid: 0 });
    log.warn(message, before?.unsaid ? { ...fields, unsaid: before.unsaid } : fields);
  };
}
