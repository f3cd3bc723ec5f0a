import type { Log } from '../log.ts';
import type { AuditEntry, Clock } from '../ports.ts';

export interface DenialLog {
  /** Records the entry unless the same actor left one for the same action and object within the time before it. */
  recordOnce(entry: AuditEntry, withinMs: number): Promise<void>;
}

export interface Denial {
  readonly actor: string | null;
  readonly object: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A person who tries again and again leaves one entry a minute for each thing tried. */
const withinMs = 60_000;
/** What this process remembers, so that a loop asks the database once a minute and not each time. */
const most = 10_000;

/** Never fails: a refusal is answered whether or not it could be written down. */
export const recordDenials = (log: DenialLog, clock: Clock, errors: Log) => {
  const recent = new Map<string, number>();
  return async ({ actor, object, detail }: Denial): Promise<void> => {
    const at = clock.now();
    const name = JSON.stringify([actor, object]);
    const before = recent.get(name);
    if (before !== undefined && Math.abs(at.getTime() - before) < withinMs) return;
    if (recent.size >= most) recent.clear();
    recent.set(name, at.getTime());
    const entry = { at, actor, action: 'security.denied', object, detail: { ...detail, outcome: 'denied' } };
    try {
      await log.recordOnce(entry, withinMs);
    } catch (error) {
      recent.delete(name);
      errors.error('A refusal could not be written down.', { error, object });
    }
  };
};
