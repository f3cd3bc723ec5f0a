import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files of evidence: what is known of each; the content lies in the file storage. */
export class Evidence1763800000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(script);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table evidence_file; drop function refuse_linked_file_change();');
  }
}

const script = `
  create table evidence_file (
    id uuid constraint evidence_file_pkey primary key,
    task_id uuid not null constraint evidence_file_task_id_fkey references task,
    name text not null,
    type text not null constraint evidence_file_type_check check (type in ('application/pdf', 'image/jpeg', 'image/png', 'image/webp',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
      'application/vnd.oasis.opendocument.text', 'application/vnd.oasis.opendocument.spreadsheet')),
    bytes integer not null constraint evidence_file_bytes_check check (bytes > 0),
    sha256 text not null,
    storage_key text not null constraint evidence_file_storage_key_key unique,
    uploaded_by uuid not null constraint evidence_file_uploaded_by_fkey references account,
    uploaded_at timestamptz(3) not null,
    scan text not null constraint evidence_file_scan_check check (scan in ('pending', 'clean', 'infected', 'skipped')),
    -- arriving: the content may or may not be in the storage yet; leaving: it may or may not be there still.
    state text not null constraint evidence_file_state_check check (state in ('arriving', 'kept', 'leaving')),
    -- The first event that names the file, written in its statement (no foreign key: events cannot go); from then on neither row nor content may change or go.
    linked_seq integer,
    linked_at timestamptz(3),
    constraint evidence_file_linked_check check (linked_seq is null and linked_at is null
      or linked_seq is not null and linked_at is not null and state = 'kept' and scan in ('clean', 'skipped'))
  );
  create index evidence_file_task_idx on evidence_file (task_id, linked_seq);
  create index evidence_file_unlinked_idx on evidence_file (uploaded_at) where linked_seq is null;
  -- Its own function: a table with refuse_change is append-only as a whole, and this one is not.
  create function refuse_linked_file_change() returns trigger language plpgsql as $$
  begin
    if tg_op <> 'TRUNCATE' or exists (select from evidence_file where linked_seq is not null) then
      raise exception 'a file that was handed in neither changes nor goes' using errcode = 'restrict_violation';
    end if;
    return null;
  end $$;
  create trigger evidence_file_linked before update or delete on evidence_file
    for each row when (old.linked_seq is not null) execute function refuse_linked_file_change();
  create trigger evidence_file_no_truncate before truncate on evidence_file
    for each statement execute function refuse_linked_file_change();
`;
