import { day, instant, integer, oneOf, primary, table, text } from './table.ts';

export interface CheckpointRow {
  readonly number: number;
  readonly day: string;
  readonly sealed_at: Date;
  readonly root: string;
  readonly previous: string;
  readonly leaves: number;
  readonly events: number;
  readonly hash: string;
  readonly signature: string;
  readonly key_id: string;
}

export const checkpointTable = table<CheckpointRow>('checkpoint', {
  number: primary('checkpoint', integer),
  day,
  sealed_at: instant,
  root: text,
  previous: text,
  leaves: integer,
  events: integer,
  hash: text,
  signature: text,
  key_id: text,
});

const leafKinds = ['task', 'entry', 'report', 'definition'] as const;

export interface CheckpointLeafRow {
  readonly checkpoint: number;
  readonly kind: (typeof leafKinds)[number];
  readonly object: string;
  readonly seq: number;
  readonly hash: string;
}

export const checkpointLeafTable = table<CheckpointLeafRow>(
  'checkpoint_leaf',
  {
    checkpoint: primary('checkpoint_leaf', integer),
    kind: primary('checkpoint_leaf', text),
    object: primary('checkpoint_leaf', text),
    seq: integer,
    hash: text,
  },
  {
    checks: [oneOf('checkpoint_leaf', 'kind', leafKinds)],
    indices: [{ name: 'checkpoint_leaf_object_idx', columns: ['kind', 'object', 'seq'] }],
  },
);
