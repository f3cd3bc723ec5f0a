import type pg from 'pg';

export interface AuditEntryRequest {
  readonly actor?: string | undefined;
  /** Begin of the action's name: 'session.' finds all of its kind. */
  readonly action?: string | undefined;
  readonly object?: string | undefined;
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

export interface AuditEntryPage {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly next: string | null;
}

/** Newest first. */
export const listAuditEntries =
  (pool: pg.Pool) =>
  async ({ actor, action, object, from, until, before, limit }: AuditEntryRequest): Promise<AuditEntryPage> => {
    const { rows } = await pool.query<{ id: string }>(
      `select e.id, e.at, e.actor, a.name as "actorName", e.action, e.object, e.reason, e.detail
       from audit_entry e left join account a on a.id::text = e.actor
       where ($1::text is null or e.actor = $1) and ($2::text is null or starts_with(e.action, $2))
         and ($3::text is null or e.object = $3) and ($4::timestamptz is null or e.at >= $4)
         and ($5::timestamptz is null or e.at < $5) and ($6::bigint is null or e.id < $6)
       order by e.id desc limit $7`,
      [actor, action, object, from, until, before, limit + 1],
    );
    return { items: rows.slice(0, limit), next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null };
  };
export type ListAuditEntries = ReturnType<typeof listAuditEntries>;
