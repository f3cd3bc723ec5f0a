import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sealed checkpoints of the histories: what a day's seal covers, and the seal itself. Both append-only. */
export class Audit1763800000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(script);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table checkpoint_leaf, checkpoint; drop index audit_entry_throttle_idx;');
  }
}

const script = `
  create table checkpoint (
    number integer constraint checkpoint_pkey primary key,
    day date not null,
    sealed_at timestamptz(3) not null,
    root text not null,
    previous text not null,
    leaves integer not null,
    events integer not null,
    hash text not null,
    signature text not null,
    key_id text not null
  );
  create trigger checkpoint_append_only before update or delete on checkpoint
    for each row execute function refuse_change();
  create trigger checkpoint_no_truncate before truncate on checkpoint
    for each statement execute function refuse_change();

  -- Leaves are written before their checkpoint, whose root is made from them, in the same transaction.
  create table checkpoint_leaf (
    checkpoint integer not null,
    kind text not null constraint checkpoint_leaf_kind_check check (kind in ('task', 'entry', 'report', 'definition')),
    object text not null,
    seq integer not null,
    hash text not null,
    constraint checkpoint_leaf_pkey primary key (checkpoint, kind, object)
  );
  create index checkpoint_leaf_object_idx on checkpoint_leaf (kind, object, seq);
  create trigger checkpoint_leaf_append_only before update or delete on checkpoint_leaf
    for each row execute function refuse_change();
  create trigger checkpoint_leaf_no_truncate before truncate on checkpoint_leaf
    for each statement execute function refuse_change();

  -- A refusal is written down once a minute per person, action and object: looked up with every refusal.
  create index audit_entry_throttle_idx on audit_entry (actor, action, object, at);
`;
