import { type DataSource, type EntityManager, LessThan } from 'typeorm';
import { type AuditEntryRow, auditEntryTable } from './entities/operations.ts';
import { row } from './entities/table.ts';

export interface AuditEntry {
  readonly at: Date;
  /** Null: the system itself. */
  readonly actor: string | null;
  readonly action: string;
  readonly object: string;
  readonly reason?: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface StoredAuditEntry extends AuditEntry {
  readonly id: string;
  readonly reason: string | null;
}

export interface AuditStore {
  record(entry: AuditEntry): Promise<void>;
  /** Records the entry unless the same actor left one for the same action and object within the time before it. */
  recordOnce(entry: AuditEntry, withinMs: number): Promise<void>;
  /** Newest first; `before` is the id of the last entry of the page before. */
  list(page: { readonly limit: number; readonly before?: string | undefined }): Promise<readonly StoredAuditEntry[]>;
}

/** In the transaction of the deed, so that there is neither without the other. */
export const recordIn = async (manager: EntityManager, entry: AuditEntry): Promise<void> => {
  // A copy: TypeORM writes the new id into what it is given.
  await manager.insert(auditEntryTable, row<Omit<AuditEntryRow, 'id'>>({ reason: null, ...entry }));
};

export const auditStore = (source: DataSource): AuditStore => ({
  async record(entry) {
    await recordIn(source.manager, entry);
  },

  async recordOnce({ at, actor, action, object, reason = null, detail }, withinMs) {
    await source.transaction(async (tx) => {
      // Two at once: the second looks only after the first has written.
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
        JSON.stringify([actor, action, object]),
      ]);
      await tx.query(
        `insert into audit_entry (at, actor, action, object, reason, detail)
         select $1, $2, $3, $4, $5, $6 where not exists (
           select from audit_entry where actor is not distinct from $2 and action = $3 and object = $4 and at > $7)`,
        [at, actor, action, object, reason, JSON.stringify(detail), new Date(at.getTime() - withinMs)],
      );
    });
  },

  async list({ limit, before }) {
    return (await source.manager.find(auditEntryTable, {
      where: before === undefined ? {} : { id: LessThan(before) },
      order: { id: 'DESC' },
      take: limit,
    })) as readonly StoredAuditEntry[];
  },
});
