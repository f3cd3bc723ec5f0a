import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import units from '../../src/demo/units.json' with { type: 'json' };
import type { Json } from '../support/client.ts';
import { done, programmeCode, suiteOffice } from '../support/http-office.ts';
import { allRows } from '../support/rows.ts';

const bodies = [
  ...units.map(({ code, name, bloc }) => ({ code, name, bloc, class: bloc })),
  { code: 'BHXH', name: 'Bảo hiểm xã hội Tỉnh', class: 'central', bloc: 'central' },
  { code: 'CTUBND', name: 'Chủ tịch UBND Tỉnh', class: 'office', bloc: 'province' },
];

// The 293 commitments of report 158/BC-SKHĐT.
describe('Importing 293 commitments', () => {
  const office = suiteOffice({ units: bodies });
  const as = (name: string) => office().as(name);
  const csv = { type: 'text/csv' };
  const url = (mode?: string) => `/imports?programme=${programmeCode}${mode === undefined ? '' : `&mode=${mode}`}`;
  const stored = async (): Promise<number> => (await done(as('office').get('/tasks?programme=CK'))).total;
  let good: string;
  let bad: string;

  before(async () => {
    good = await readFile(path.join(import.meta.dirname, '../../src/demo/dongthap2022.csv'), 'utf8');
    bad = spoiled(good);
    // Signed in before rows are counted.
    await as('office').token();
  });

  it('with three bad rows is refused as a whole: rows, columns and reasons are named, and nothing is stored', async () => {
    const before = await allRows(office().pool);

    const { status, body } = await as('office').post(url(), bad, csv);

    expect([status, body.code]).to.deep.equal([422, 'import.rows_invalid']);
    expect(body.counts).to.deep.equal({ read: 293, create: 290, unchanged: 0, invalid: 3, superseded: 0 });
    expect(errorsOf(body.problems)).to.deep.equal([
      [8, 'Đơn vị', 'B', 'SKHONGCO'],
      [101, 'Nội dung cam kết', 'D', null],
      [294, 'Cơ quan thẩm định', 'G', 'SAOHOA'],
    ]);
    for (const { vi, en } of body.problems) {
      expect(vi).to.have.length.greaterThan(10);
      expect(en).to.have.length.greaterThan(10);
    }
    await office().workers.settle();
    expect(await allRows(office().pool)).to.deep.equal(before);
  });

  it('is previewed with the same verdict, and stores nothing', async () => {
    const before = await allRows(office().pool);

    const preview = await done(as('office').post('/imports/preview?programme=CK', bad, csv));

    expect(preview.counts).to.deep.equal({ read: 293, create: 290, unchanged: 0, invalid: 3, superseded: 0 });
    expect(errorsOf(preview.problems).map(([row]) => row)).to.deep.equal([8, 101, 294]);
    await office().workers.settle();
    expect(await allRows(office().pool)).to.deep.equal(before);
  });

  it('leaves out the bad rows only when it is asked to, and then stores 290', async () => {
    const accepted = await as('office').post(url('partial'), bad, csv);
    expect(accepted.status).to.equal(202);
    expect(accepted.body).to.include({ status: 'waiting', total: 290, processed: 0, created: 0 });
    expect(await stored()).to.equal(0);

    await office().workers.settle();

    const run = await done(as('office').get(`/imports/${accepted.body.id}`));
    expect(accepted.headers.get('location')).to.equal(`/api/v1/imports/${run.id}`);
    expect(run).to.include({ status: 'done', total: 290, processed: 290, created: 290, unchanged: 0 });
    expect(errorsOf(run.problems).map(([row]) => row)).to.deep.equal([8, 101, 294]);
    expect(await stored()).to.equal(290);
  });

  it('comes again with the mended file: the three are added, the 290 stay untouched', async () => {
    const before = await versions(office().pool);
    const accepted = await done(as('office').post(url(), good, csv));
    await office().workers.settle();

    const run = await done(as('office').get(`/imports/${accepted.id}`));
    expect(run).to.include({ status: 'done', total: 293, created: 3, unchanged: 290 });
    expect(await stored()).to.equal(293);
    const after = await versions(office().pool);
    for (const [code, row] of before) expect(after.get(code)).to.equal(row);
  });

  it('comes again with the same file and changes nothing; with the same key it is the same import', async () => {
    const key = randomUUID();
    const before = await versions(office().pool);

    const first = await done(as('office').post(url(), good, { ...csv, key }));
    await office().workers.settle();
    const again = await done(as('office').post(url(), good, { ...csv, key }));
    await office().workers.settle();
    const other = await as('office').post(url('partial'), good, { ...csv, key });

    expect(again.id).to.equal(first.id);
    expect(again).to.include({ status: 'done', created: 0, unchanged: 293 });
    expect(await versions(office().pool)).to.deep.equal(before);
    expect([other.status, other.body.code]).to.deep.equal([422, 'idempotency_key.reused']);
  });

  it('never overwrites what was assigned: another title is warned of, another unit is refused', async () => {
    const [header, ...lines] = linesOf(good);
    const other = (index: number, column: number, value: string) => withCell(lines[index] ?? '', column, value);
    const retitled = [header, other(3, 3, 'Một nội dung khác hẳn')].join('\n');
    const moved = [header, other(3, 1, 'SNV')].join('\n');

    const warned = await done(as('office').post('/imports/preview?programme=CK', retitled, csv));
    const refused = await done(as('office').post('/imports/preview?programme=CK', moved, csv));

    expect(warned.counts).to.include({ unchanged: 1, invalid: 0 });
    expect(warned.problems.map(({ code, severity }: Json) => [code, severity])).to.deep.include([
      'code.differs',
      'warning',
    ]);
    expect(refused.counts).to.include({ unchanged: 0, invalid: 1 });
    expect(refused.problems.map(({ code }: Json) => code)).to.include('code.taken');
  });

  it('is judged again when the worker takes it: what clashes by then is refused as a whole', async () => {
    const [header, line = ''] = linesOf(good);
    const fresh = (code: string) => withCell(line, 0, code);
    const file = [header, fresh('CK2022-MOI-01'), fresh('CK2022-MOI-02')].join('\n');
    const accepted = await done(as('office').post(url(), file, csv));
    await done(
      as('office').post('/tasks', {
        programme: 'CK',
        code: 'CK2022-MOI-02',
        title: 'Chen ngang',
        leadUnit: 'STP',
        appraiserUnit: 'SNV',
        due: { kind: 'on_or_before', day: '2022-12-31' },
      }),
    );

    await office().workers.settle();

    expect(await done(as('office').get(`/imports/${accepted.id}`))).to.include({ status: 'refused', created: 0 });
    expect(await stored()).to.equal(294);
  });

  it('is not for units, and is not taken in another format or as no table at all', async () => {
    await office().hire({ name: 'mot-don-vi', memberships: [{ role: 'head', unit: 'SNV' }] });
    const denied = await as('mot-don-vi').post(url(), good, csv);
    const json = await as('office').post(url(), '{}', { type: 'application/json' });
    const noTable = await as('office').post(url(), 'không có bảng nào', csv);
    const broken = await as('office').post(url(), Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]), {
      type: 'application/octet-stream',
    });
    const nowhere = await as('office').post('/imports?programme=KHONG-CO', good, csv);

    expect([denied.status, denied.body.code]).to.deep.equal([403, 'permission.denied']);
    expect([json.status, json.body.code]).to.deep.equal([415, 'media_type.unsupported']);
    expect([noTable.status, noTable.body.code]).to.deep.equal([422, 'import.unreadable']);
    expect([broken.status, broken.body.code]).to.deep.equal([422, 'import.unreadable']);
    expect([nowhere.status, nowhere.body.code]).to.deep.equal([404, 'programme.not_found']);
  });
});

/** Rows as a spreadsheet numbers them: the header is row 1. */
const spoiled = (file: string): string => {
  const lines = linesOf(file);
  const set = (row: number, column: number, value: string) => {
    lines[row - 1] = withCell(lines[row - 1] ?? '', column, value);
  };
  set(8, 1, 'SKHONGCO');
  set(101, 3, '');
  set(294, 6, 'SAOHOA');
  return lines.join('\n');
};

const linesOf = (file: string): string[] => file.split(/\r?\n/).filter(Boolean);

const withCell = (line: string, column: number, value: string): string =>
  line
    .split(';')
    .map((cell, index) => (index === column ? value : cell))
    .join(';');

const errorsOf = (problems: readonly Json[]) =>
  problems
    .filter(({ severity }) => severity === 'error')
    .map(({ row, column, columnLetter, value }) => [row, column, columnLetter, value]);

const versions = async (pool: { query: (text: string) => Promise<{ rows: Json[] }> }): Promise<Map<string, string>> =>
  new Map((await pool.query('select code, t::text as row from task t')).rows.map(({ code, row }) => [code, row]));
