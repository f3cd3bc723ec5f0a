import type pg from 'pg';
import type { Checkpoint, Leaf, SealedEntry } from '../../application/audit/checkpoint.ts';
import type { CheckpointReader, SealStore, SealTx } from '../../application/audit/ports.ts';

/** Any two sealers meet here; the number only has to be ours. */
const lockNumber = 7_220_159;
const leavesPerPage = 5_000;
const entriesPerPage = 1_000;

export const sealStore = (pool: pg.Pool): SealStore => ({
  async alone(seal) {
    const client = await pool.connect();
    try {
      // Before the transaction: the moment it sees must come after the seal that another sealer has just committed.
      await client.query('set statement_timeout = 0; set lock_timeout = 0');
      await client.query('select pg_advisory_lock($1)', [lockNumber]);
      await client.query('begin isolation level repeatable read');
      await client.query('set local idle_in_transaction_session_timeout = 0');
      const answer = await seal(sealTx(client));
      await client.query('commit');
      return answer;
    } finally {
      // Closed rather than handed back: so lock, settings and, after an error, the transaction end for certain.
      client.release(true);
    }
  },
});

const sealTx = (client: pg.PoolClient): SealTx => ({
  async last() {
    const { rows } = await client.query<CheckpointRow>(
      `select ${columns} from checkpoint order by number desc limit 1`,
    );
    return rows[0] && checkpointOf(rows[0]);
  },

  async coverTasksAndDocuments(number) {
    const { rows } = await client.query<{ events: string }>(
      // One look into the index per task: whatever the planner believes of tables that have just grown, it stays linear.
      `with moved as (
         select t.id::text as object, t.seq, t.head_hash, coalesce(l.seq, 0) as before
         from task t left join lateral (
           select seq from checkpoint_leaf where kind = 'task' and object = t.id::text order by seq desc limit 1) l on true
         where t.seq > coalesce(l.seq, 0)),
       covered as (
         insert into checkpoint_leaf (checkpoint, kind, object, seq, hash)
         select $1, 'task', object, seq, head_hash from moved)
       select coalesce(sum(seq - before), 0) as events from moved`,
      [number],
    );
    await client.query(
      `insert into checkpoint_leaf (checkpoint, kind, object, seq, hash)
       select $1, d.kind, d.object, 0, d.sha256 from (
         select 'report' as kind, id::text as object, sha256 from report_run
         union all select 'definition', key || '/' || version, sha256 from workflow_definition where sha256 is not null) d
       where not exists (select from checkpoint_leaf l where l.kind = d.kind and l.object = d.object)`,
      [number],
    );
    return Number(rows[0]?.events ?? 0);
  },

  async *uncoveredEntries() {
    for (let after = '0'; ; ) {
      const { rows } = await client.query<EntryRow>(
        `select ${entryColumns} from audit_entry e
         where e.id > $1 and not exists (select from checkpoint_leaf l where l.kind = 'entry' and l.object = e.id::text)
         order by e.id limit $2`,
        [after, entriesPerPage],
      );
      const last = rows.at(-1);
      if (!last) return;
      yield rows.map(entryOf);
      after = last.id;
    }
  },

  async coverEntries(number, leaves) {
    await client.query(
      `insert into checkpoint_leaf (checkpoint, kind, object, seq, hash)
       select $1, 'entry', object, 0, hash from unnest($2::text[], $3::text[]) as e(object, hash)`,
      [number, leaves.map(({ object }) => object), leaves.map(({ hash }) => hash)],
    );
  },

  leavesOf: (number) => leafPages(client, number),

  async save({ number, day, sealedAt, root, previous, leaves, events, hash, signature, keyId }) {
    await client.query(
      `insert into checkpoint (number, day, sealed_at, root, previous, leaves, events, hash, signature, key_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [number, day, sealedAt, root, previous, leaves, events, hash, signature, keyId],
    );
  },
});

export const checkpointReader = (pool: pg.Pool): CheckpointReader => ({
  async list({ limit, before }) {
    const { rows } = await pool.query<CheckpointRow>(
      `select ${columns} from checkpoint where $1::integer is null or number < $1 order by number desc limit $2`,
      [before, limit],
    );
    return rows.map(checkpointOf);
  },
  async find(number) {
    const { rows } = await pool.query<CheckpointRow>(`select ${columns} from checkpoint where number = $1`, [number]);
    return rows[0] && checkpointOf(rows[0]);
  },
  leaves: ({ number, limit, after }) => readLeaves(pool, number, limit, after),
});

const columns =
  'number, day, sealed_at as "sealedAt", root, previous, leaves, events, hash, signature, key_id as "keyId"';
type CheckpointRow = Omit<Checkpoint, 'sealedAt'> & { readonly sealedAt: Date };
const checkpointOf = (row: CheckpointRow): Checkpoint => ({ ...row, sealedAt: row.sealedAt.toISOString() });

const entryColumns = 'e.id, e.at, e.actor, e.action, e.object, e.reason, e.detail';
type EntryRow = Omit<SealedEntry, 'at'> & { readonly at: Date };
const entryOf = (row: EntryRow): SealedEntry => ({ ...row, at: row.at.toISOString() });

const readLeaves = async (
  db: pg.Pool | pg.PoolClient,
  number: number,
  limit: number,
  after: Pick<Leaf, 'kind' | 'object'> | undefined,
): Promise<readonly Leaf[]> => {
  const { rows } = await db.query<Leaf>(
    `select kind, object, seq, hash from checkpoint_leaf
     where checkpoint = $1
       and ($2::text is null or (kind collate "C", object collate "C") > ($2 collate "C", $3 collate "C"))
     order by kind collate "C", object collate "C" limit $4`,
    [number, after?.kind ?? null, after?.object ?? null, limit],
  );
  return rows;
};

/** All leaves of one checkpoint in the order of its tree. */
export async function* leafPages(db: pg.PoolClient, number: number): AsyncGenerator<readonly Leaf[]> {
  let page: readonly Leaf[] = [];
  do {
    page = await readLeaves(db, number, leavesPerPage, page.at(-1));
    if (page.length > 0) yield page;
  } while (page.length === leavesPerPage);
}

/** All checkpoints as one transaction sees them, oldest first. */
export async function* checkpointPages(db: pg.PoolClient): AsyncGenerator<readonly Checkpoint[]> {
  for (let after = -2_147_483_648; ; ) {
    const { rows } = await db.query<CheckpointRow>(
      `select ${columns} from checkpoint where number > $1 order by number limit 500`,
      [after],
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(checkpointOf);
    after = last.number;
  }
}

/** Audit entries in the order of their ids, each with the hash its leaf says, if it has one. */
export async function* entryPages(
  db: pg.PoolClient,
  filter: { readonly from?: Date | undefined; readonly until?: Date | undefined } = {},
): AsyncGenerator<readonly { readonly entry: SealedEntry; readonly sealed: string | null }[]> {
  for (let after = '0'; ; ) {
    const { rows } = await db.query<EntryRow & { readonly sealed: string | null }>(
      `select ${entryColumns}, l.hash as sealed from audit_entry e
         left join checkpoint_leaf l on l.kind = 'entry' and l.object = e.id::text
       where e.id > $1 and ($2::timestamptz is null or e.at >= $2) and ($3::timestamptz is null or e.at < $3)
       order by e.id limit $4`,
      [after, filter.from ?? null, filter.until ?? null, entriesPerPage],
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(({ sealed, ...row }) => ({ entry: entryOf(row), sealed }));
    after = last.id;
  }
}
