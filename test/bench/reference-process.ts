// The reference: the least that an Express route can do for the same rows. It parses with zod and makes one prepared call
// that moves the task by compare-and-set and writes event, delta, timer and answer. It authenticates nobody, reads nothing
// first, decides nothing and chains no hashes over what it read.

import { createHash } from 'node:crypto';
import express from 'express';
import pg from 'pg';
import { z } from 'zod';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL ?? '', max: 16 });
const body = z.strictObject({ transition: z.string() });

const text = `
  with moved as (
    update task set state = 'in_progress', category = 'in_progress', holder = 'unit', version = version + 1, seq = seq + 1,
      entered_on = $3::date, moved_at = $4, recorded_at = $4, head_hash = $5, fields = '{}', fired = fired, evidence_by = '[]'
    where id = $1 and version = $2 returning id, code, title, version, seq, state, category, due_on, programme, lead_unit),
  event as (
    insert into task_event (task_id, seq, type, actor, capacity, effective_at, recorded_at, cause, payload, state, category, prev_hash, hash)
    select id, seq, 'task.moved', $6, 'lead_unit.focal_point', $4, $4, 'command:' || $7, $8::jsonb, state, category, $5, $5 from moved),
  cancelled as (delete from intention i using moved where i.task_id = moved.id and i.rule = 'acknowledge'),
  counted as (
    insert into delta (task_id, seq, programme, unit, category_from, category_to, effective_on, recorded_at)
    select id, seq, programme, lead_unit, 'assigned', category, $3::date, $4 from moved),
  answered as (
    insert into idempotency (actor, key, body_hash, status, etag, response, recorded_at)
    select $6, $7, $5, 200, '"v' || version || '"', $9, $4 from moved)
  select * from moved`;

const app = express();
app.use(express.json());
app.post('/api/v1/tasks/:id/transitions', async (req, res) => {
  const { transition } = body.parse(req.body);
  const now = new Date();
  const key = req.get('Idempotency-Key') ?? '';
  const payload = JSON.stringify({
    transition,
    from: 'assigned',
    to: 'in_progress',
    on: now.toISOString().slice(0, 10),
  });
  const hash = createHash('sha256').update(payload).digest('hex');
  const { rows } = await pool.query({
    name: 'move',
    text,
    values: [req.params.id, 1, now.toISOString().slice(0, 10), now, hash, 'reference', key, payload, payload.repeat(6)],
  });
  if (rows.length === 0) res.status(412).json({ code: 'version.stale' });
  else res.set('ETag', `"v${rows[0].version}"`).json(rows[0]);
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});
