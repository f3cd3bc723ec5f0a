import { expect } from 'chai';
import type { DataSource } from 'typeorm';
import { suiteDatabase } from '../../support/source.ts';

describe('the database itself', () => {
  const database = suiteDatabase();
  before(() => database.source.query(oneOfEach));

  const changes = {
    task_event: `update task_event set payload = '{"rewritten":true}'`,
    audit_entry: `update audit_entry set actor = 'somebody else'`,
    report_run: `update report_run set body = '36,0%'`,
    checkpoint: `update checkpoint set root = 'another'`,
    document_task: `update document_task set item = 'khoản 9'`,
    deadline_proposal: `update deadline_proposal set due_on = '2022-12-31'`,
    scope_review: `update scope_review set applies = '[]'`,
    checkpoint_leaf: `update checkpoint_leaf set hash = 'another'`,
    report_run_rows: `update report_run_rows set rows = '[]'`,
    report_edition_step: `update report_edition_step set status = 'draft'`,
    confirmation_round: `update confirmation_round set due_on = '2022-12-31'`,
    confirmation_line: `update confirmation_line set row = '{}'`,
    confirmation_entry: `update confirmation_entry set kind = 'agree'`,
    bloc_opinion: `update bloc_opinion set text = 'another'`,
    forecast: `update forecast set rows = '{}'`,
  };
  /** PostgreSQL itself does not empty what other tables point at, before any trigger is asked. */
  const pointedAt = ['report_run', 'confirmation_round', 'confirmation_line'];
  for (const [table, update] of Object.entries(changes))
    for (const statement of [update, `delete from ${table}`, `truncate ${table}`, `truncate ${table} cascade`])
      it(`refuses: ${statement}`, async () => {
        const refusal =
          statement === `truncate ${table}` && pointedAt.includes(table) ? featureNotSupported : restrictViolation;
        expect(await answerTo(database.source, statement)).to.equal(refusal);
        expect(await database.source.query(`select count(*)::int as rows from ${table}`)).to.deep.equal([{ rows: 1 }]);
      });

  for (const statement of [
    `update workflow_definition set body = '{}'`,
    `update workflow_definition set sha256 = 'another'`,
    `update workflow_definition set status = 'draft', sha256 = null`,
    'delete from workflow_definition',
    'truncate workflow_definition cascade',
  ])
    it(`refuses for a published definition: ${statement}`, async () => {
      expect(await answerTo(database.source, statement)).to.equal(restrictViolation);
    });

  for (const statement of [
    `update document set abstract = 'another'`,
    `update document set status = 'draft', number = null, issued_on = null, issued_by = null, recorded_at = null`,
    'delete from document',
    'truncate document cascade',
  ])
    it(`refuses for an issued document: ${statement}`, async () => {
      expect(await answerTo(database.source, statement)).to.equal(restrictViolation);
    });

  it('lets a published definition be retired, which changes nothing that tasks rely on', async () => {
    expect(await answerTo(database.source, `update workflow_definition set status = 'retired'`)).to.equal('done');
  });
});

const restrictViolation = '23001';
const featureNotSupported = '0A000';

const answerTo = async (source: DataSource, statement: string): Promise<string> => {
  try {
    await source.query(statement);
    return 'done';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

const oneOfEach = `
  insert into unit (code, name, class, bloc, official_order, valid_from)
  values ('SKHDT', 'Sở Kế hoạch và Đầu tư', 'department', 'economy', 1, '2021-01-01');
  insert into workflow_definition (key, version, status, name_vi, name_en, body, sha256, created_by, created_at)
  values ('commitment', 1, 'published', 'Cam kết', 'Commitment', '{"key":"commitment"}', 'abc', 'admin', '2022-01-01Z');
  insert into calendar (key, zone, version) values ('vn', 'Asia/Ho_Chi_Minh', 1);
  insert into programme (code, name, noun, year, workflow, calendar, soon_days, illustrative, created_at)
  values ('CK2022', 'Cam kết 2022', 'nội dung', 2022, 'commitment', 'vn', 7, true, '2022-01-01Z');
  insert into task (id, code, programme, definition_key, definition_version, definition_sha256, title, kind, lead_unit,
    assigned_on, state, category, version, seq, round, entered_on, due, extensions, evidence_by, returns, fields, fired,
    moved_at, due_decided_at, recorded_at, head_hash, search)
  values ('00000000-0000-4000-8000-000000000001', 'CK2022-001', 'CK2022', 'commitment', 1, 'abc', 'Chỉ số PCI', 'own',
    'SKHDT', '2022-01-06', 'assigned', 'assigned', 1, 1, 0, '2022-01-06', '{"kind":"none","reason":"x"}', 0, '[]', 0,
    '{}', '{}', '2022-01-06Z', '2022-01-06Z', '2022-01-06Z', 'h1', 'chi so pci');
  insert into task_event (task_id, seq, type, capacity, effective_at, recorded_at, cause, payload, prev_hash, hash)
  values ('00000000-0000-4000-8000-000000000001', 1, 'task.assigned', 'office', '2022-01-06Z', '2022-01-06Z', 'import/1',
    '{}', '', 'h1');
  insert into audit_entry (at, action, object, detail) values ('2022-01-06Z', 'definition.published', 'commitment/1', '{}');
  insert into report_run (id, programme, as_of, known_at, body, sha256, created_by, created_at)
  values ('00000000-0000-4000-8000-000000000002', 'CK2022', '2022-10-30', '2022-11-09Z', '35,2%', 'abc', 'aggregator',
    '2022-11-09Z');
  insert into report_run_rows values ('00000000-0000-4000-8000-000000000002', '[{}]', 'abc');
  insert into report_edition (id, programme, title, as_of, status, run_id, created_by, created_at)
  values ('00000000-0000-4000-8000-000000000003', 'CK2022', 'Báo cáo', '2022-10-30', 'frozen',
    '00000000-0000-4000-8000-000000000002', 'aggregator', '2022-11-09Z');
  insert into report_edition_step (edition, status, actor, at)
  values ('00000000-0000-4000-8000-000000000003', 'frozen', 'aggregator', '2022-11-09Z');
  insert into confirmation_round values ('00000000-0000-4000-8000-000000000004', '00000000-0000-4000-8000-000000000003',
    'CK2022', '2022-10-30', '2022-11-03Z', '2022-11-07', 'aggregator', '2022-11-03Z');
  insert into confirmation_line values ('00000000-0000-4000-8000-000000000004', 'CK2022-001', '{"code":"CK2022-001"}');
  insert into confirmation_entry (round_id, code, kind, reason, actor, at)
  values ('00000000-0000-4000-8000-000000000004', 'CK2022-001', 'dispute', 'x', 'unit', '2022-11-04Z');
  insert into checkpoint values (1, '2022-11-08', '2022-11-09Z', 'r', 'p', 1, 1, 'h', 's', 'k');
  insert into document (id, kind, number, issued_on, issuer, authority, secret, recipients, attachments, status, version, created_by,
    created_at, issued_by, recorded_at)
  values ('00000000-0000-4000-8000-000000000003', 'letter', '1/UBND', '2022-01-05', 'UBND Tỉnh', 'chairman', false, '[]', '[]',
    'issued', 2, 'office', '2022-01-05Z', 'office', '2022-01-05Z');
  insert into document_task values ('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000003', 'khoản 1', 0,
    '2022-01-06Z');
  insert into deadline_proposal values ('00000000-0000-4000-8000-000000000004', '00000000-0000-4000-8000-000000000001', 1,
    '{"kind":"on_or_before","day":"2022-06-30"}', '2022-06-30', null, 'unit', 'lead_unit.focal_point', '2022-01-07Z');
  insert into scope_review (programme, unit, applies, reviewed_on, reviewed_by, recorded_at)
  values ('CK2022', 'SKHDT', '["CK2022-001"]', '2022-01-07', 'unit', '2022-01-07Z');
  insert into checkpoint_leaf values (1, 'task', '00000000-0000-4000-8000-000000000001', 1, 'h1');
  insert into registration (id, programme, year, opened_by, opened_at)
  values ('00000000-0000-4000-8000-000000000003', 'CK2022', 2022, 'office', '2021-11-09Z');
  insert into bloc_opinion (registration, bloc, text, by_account, at)
  values ('00000000-0000-4000-8000-000000000003', 'district', 'Chưa đồng nhất', 'aggregator', '2021-11-09Z');
  insert into forecast values ('00000000-0000-4000-8000-000000000004', 'CK2022', '2022-10-30', '2022-11-09Z', 'aggregator',
    'completion-curve/1', 'abc', '[]');`;
