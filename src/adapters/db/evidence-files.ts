import type pg from 'pg';
import type { FileRegister, StoredFile } from '../../application/evidence/ports.ts';
import { IdempotencyRace } from '../../application/ports.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { EvidenceFileRow } from './entities/evidence.ts';

type Row = Omit<EvidenceFileRow, 'state' | 'linked_at'>;
const columns = 'id, task_id, name, type, bytes, sha256, storage_key, uploaded_by, uploaded_at, scan, linked_seq';

export const evidenceFiles = (pool: pg.Pool): FileRegister => ({
  async begin(file, mostWaiting) {
    const { rowCount } = await pool.query(
      `insert into evidence_file (id, task_id, name, type, bytes, sha256, storage_key, uploaded_by, uploaded_at, scan, state)
       select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'arriving'
       where (select count(*) from evidence_file where task_id = $2 and linked_seq is null) < $11`,
      [
        file.id,
        file.taskId,
        file.name,
        file.type,
        file.bytes,
        file.sha256,
        file.storageKey,
        file.by,
        file.uploadedAt,
        file.scan,
        mostWaiting,
      ],
    );
    if (rowCount === 0) throw new Refusal('evidence.too_many', { limit: mostWaiting });
  },

  async keep(file, { actor, key, bodyHash, status, etag, response }, now) {
    try {
      const { rows } = await pool.query<{ kept: boolean }>(
        `with kept as (update evidence_file set state = 'kept' where id = $1 and state = 'arriving' returning id, scan),
           answered as (
             insert into idempotency (actor, key, body_hash, status, etag, response, recorded_at)
             select $2, $3, $4, $5::integer, $6, $7, $8::timestamptz from kept),
           planned as (
             insert into intention (queue, kind, payload, due_at, ready_at)
             select 'housekeeping', 'scan-evidence', json_build_object('fileId', id), $8, $8 from kept where scan = 'pending')
         select exists (select from kept) as kept`,
        [file.id, actor, key, bodyHash, status, etag, response, now],
      );
      return rows[0]?.kept === true;
    } catch (error) {
      const { code, constraint } = error as { code?: string; constraint?: string };
      throw code === '23505' && constraint === 'idempotency_pkey' ? new IdempotencyRace() : error;
    }
  },

  async giveUp(fileId) {
    await pool.query(`update evidence_file set state = 'leaving' where id = $1 and linked_seq is null`, [fileId]);
  },

  async ofTask(taskId) {
    const { rows } = await pool.query<Row>(
      `select ${columns} from evidence_file where task_id = $1 and state = 'kept' order by uploaded_at, id`,
      [taskId],
    );
    return rows.map(fileOf);
  },

  async toLeave(unusedSince, arrivingSince, limit) {
    // Whoever hands one of them in at this moment holds its row: it is skipped, and found to be linked next time.
    await pool.query(
      `update evidence_file set state = 'leaving' where id = any(array(
         select id from evidence_file where linked_seq is null
           and (state = 'kept' and uploaded_at < $1 or state = 'arriving' and uploaded_at < $2)
         limit $3 for update skip locked))`,
      [unusedSince, arrivingSince, limit],
    );
    const { rows } = await pool.query<{ id: string; storageKey: string }>(
      `select id, storage_key as "storageKey" from evidence_file where state = 'leaving' and linked_seq is null limit $1`,
      [limit],
    );
    return rows;
  },

  async forget(fileIds) {
    await pool.query(`delete from evidence_file where id = any($1::uuid[]) and state = 'leaving'`, [fileIds]);
  },

  async waitingScans(intentionIds) {
    const { rows } = await pool.query<Row & { intention_id: string }>(
      `select i.id as intention_id, ${columns
        .split(', ')
        .map((name) => `f.${name}`)
        .join(', ')}
       from intention i join evidence_file f on f.id = (i.payload->>'fileId')::uuid
       where i.id = any($1::bigint[]) and i.kind = 'scan-evidence' and f.state = 'kept' and f.scan = 'pending'`,
      [intentionIds],
    );
    return rows.map((row) => ({ intentionId: row.intention_id, file: fileOf(row) }));
  },

  async scanned({ intentionId, file }, scan) {
    await pool.query(
      `with judged as (update evidence_file set scan = $2 where id = $1 and scan = 'pending')
       delete from intention where id = $3`,
      [file.id, scan, intentionId],
    );
  },

  async scanLater(intentionId, error, at) {
    await pool.query(
      `update intention set attempts = attempts + 1, last_error = left($2, 2000), ready_at = $3 where id = $1`,
      [intentionId, error, at],
    );
  },
});

const fileOf = (row: Row): StoredFile => ({
  id: row.id,
  taskId: row.task_id,
  name: row.name,
  type: row.type,
  bytes: row.bytes,
  sha256: row.sha256,
  storageKey: row.storage_key,
  by: row.uploaded_by,
  uploadedAt: row.uploaded_at.toISOString(),
  scan: row.scan,
  linkedSeq: row.linked_seq,
});
