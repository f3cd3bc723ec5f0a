// Every list goes out as a file, with the figures of the screen and a line that says of when they are.

import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import readXlsx from 'read-excel-file/node';
import { type Json, send } from '../../support/client.ts';
import { done, suiteOffice } from '../../support/http-office.ts';
import { acknowledged, submitted } from '../../support/tasks.ts';

/** Lists that stay on the screen, and why; whoever adds a list gives it a file or a reason. */
const withoutFile: Readonly<Record<string, string>> = {
  '/me': 'one’s own account',
  '/me/sessions': 'one’s own sessions',
  '/me/tokens': 'one’s own tokens',
  '/me/views': 'one’s own views of a list',
  '/notifications': 'one’s own inbox',
  '/accounts/{id}': 'one account',
  '/programmes/{code}/reporting': 'a setting, not a list',
  '/programmes/{code}/phases': 'a setting, not a list',
  '/programmes/{code}/phases/{phase}/deadlines': 'what one deed is about to do',
  '/absences/people': 'people to choose from',
  '/followers': 'the people of a unit to choose from',
  '/obligations/{id}': 'one report with its history',
  '/tasks/bulk-runs': 'how far one’s own deeds on many tasks are',
  '/tasks/bulk-runs/{id}': 'what came of one deed on many tasks',
  '/tasks/{id}': 'one task',
  '/tasks/{id}/events': 'the history of one task, which GET /audit/export gives with its seals',
  '/tasks/{id}/followers': 'who follows one task',
  '/tasks/{id}/deadlines': 'the history of one task',
  '/tasks/{id}/deadline-proposals': 'the history of one task',
  '/tasks/{id}/links': 'what one task is linked with',
  '/tasks/{id}/files': 'the files of one task',
  '/tasks/{id}/panel': 'the panel of one task',
  '/tasks/{id}/lineage': 'where one task comes from',
  '/reports/runs/{id}': 'frozen bytes; its file is GET /reports/runs/{id}/annexes',
  '/reports/editions/{id}': 'one report with its steps',
  '/units/{code}': 'one unit with its history',
  '/reorganisations/{id}': 'one reorganisation',
  '/audit/checkpoints': 'GET /audit/export gives them with what they cover',
  '/workflows': 'definitions are files themselves (JSON)',
  '/workflows/{key}/versions': 'definitions are files themselves (JSON)',
  '/imports/{id}': 'what is wrong with one uploaded file',
  '/operations': 'the machine at this moment',
  '/operations/queues/{queue}/failed': 'the machine at this moment',
  '/operations/timers': 'the machine at this moment',
  '/operations/search': 'the machine at this moment',
  '/operations/schedules': 'the machine at this moment',
  '/operations/workers': 'the machine at this moment',
  '/operations/panel-incidents': 'the machine at this moment',
  '/operations/audit': 'a view on GET /audit/entries, which has a file',
};

describe('Lists as files', function () {
  this.timeout(60_000);
  const office = suiteOffice({ day: '2022-01-10' });
  const as = (name: string) => office().as(name);
  let document: Json;

  const schemaOf = (schema: Json): Json =>
    schema?.$ref === undefined ? schema : schemaOf(document.components.schemas[schema.$ref.split('/').at(-1)]);
  const arraysOf = (schema: Json): string[] => {
    const { properties = {}, allOf = [] } = schemaOf(schema) ?? {};
    return [
      ...Object.entries<Json>(properties).flatMap(([key, value]) => (schemaOf(value)?.type === 'array' ? [key] : [])),
      ...allOf.flatMap(arraysOf),
    ];
  };
  const bytesOf = async (path: string, name = 'office'): Promise<Buffer> => {
    const response = await fetch(`${office().address}${path}`, {
      headers: { Authorization: `Bearer ${await as(name).token()}` },
    });
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return Buffer.from(await response.arrayBuffer());
  };
  const csvOf = async (path: string, name?: string): Promise<string[][]> =>
    parse(await bytesOf(path, name), { bom: true, delimiter: ';', relax_column_count: true });

  before(async () => {
    document = (await send(office().address, 'GET', '/openapi.json', {})).body;
    await acknowledged(office(), { leadUnit: 'TPCL' });
    await acknowledged(office(), { due: { kind: 'none', reason: 'Thường xuyên' } });
    const task = await acknowledged(office(), { due: { kind: 'on_or_before', day: '2022-02-28' } });
    await submitted(office());
    await done(
      as('unit.snv').post(
        `/tasks/${task.id}/difficulties`,
        { cause: '=1+1 Chưa có kinh phí', addressee: 'province', answerBy: '2022-01-20' },
        { ifMatch: task.version },
      ),
    );
    office().clock.moveTo('2022-03-10');
  });

  it('every route that answers with a list has `format`, or a reason why not; and no reason is left over', () => {
    const lists = Object.entries<Json>(document.paths).flatMap(([address, { get }]) => {
      const schema = get?.responses?.['200']?.content?.['application/json']?.schema;
      if (arraysOf(schema).length === 0) return [];
      const asked = (get.parameters ?? []).map(({ name }: Json) => name);
      return [{ path: address.replace('/api/v1', ''), exports: asked.includes('format') }];
    });

    expect(lists.length).to.be.greaterThan(50);
    expect(lists.filter(({ exports }) => !exports).map(({ path }) => path)).to.have.members(Object.keys(withoutFile));
    expect(lists.filter(({ exports }) => exports).length).to.be.greaterThan(25);
  });

  for (const path of [
    '/difficulties',
    '/programmes/CK/on-time?from=2022-01-01&to=2022-03-10',
    '/programmes/CK/urging-rounds',
    '/programmes/CK/common',
    '/deadline-proposals',
    '/programmes/CK/obligations',
    '/programmes/CK/obligations/urging',
    '/programmes/CK/obligations/matrix',
    '/programmes/CK/scope',
    '/appraisals',
    '/reports/statistics?programme=CK',
    '/reports/trend?programme=CK',
    '/reports/coming?programme=CK',
    '/reports/urging-effect?programme=CK',
    '/reports/ledger?programme=CK',
    '/reports/ledger?programme=CK&by=unit',
    '/reports/ledger?programme=CK&by=agency',
    '/reports/imbalance?programme=CK',
    '/reports/forecast?programme=CK',
    '/reports/forecast/score?programme=CK',
    '/reports/runs?programme=CK',
    '/reports/editions?programme=CK',
    '/reports/confirmations?programme=CK',
    '/registrations',
    '/documents',
    '/units',
    '/programmes',
    '/absences',
    '/reorganisations',
  ])
    it(`${path} has a title, of when it is, and the same cells in CSV and in XLSX`, async () => {
      const by = path === '/reorganisations' ? 'admin' : 'office';
      const to = (format: string): string => `${path}${path.includes('?') ? '&' : '?'}format=${format}`;
      const csv = await csvOf(to('csv'), by);
      const [sheet] = await readXlsx(await bytesOf(to('xlsx'), by));

      expect(csv[1]?.[0]).to.match(/^Số liệu.* theo dữ liệu ghi nhận đến \d\d:\d\d ngày 10\/03\/2022: \d+ dòng\./);
      expect(csv[2]?.[0]).to.equal('STT');
      expect(csv[1]?.[0]).to.include(`: ${csv.length - 3} dòng.`);
      expect(sheet?.data.slice(3).map((row) => row.map(plain))).to.deep.equal(
        csv.slice(3).map((row) => row.map((cell) => cell.replace(/,0$/, ''))),
      );
    });

  it('the rows are those of the screen, in words, and no text of theirs is a formula', async () => {
    const { items } = await done(as('office').get('/difficulties'));
    const [, , head = [], row = []] = await csvOf('/difficulties?format=csv');
    const cell = (title: string): string | undefined => row[head.indexOf(title)];

    expect(items).to.have.length(1);
    expect([
      cell('Mã'),
      cell('Khó khăn, nguyên nhân'),
      cell('Nơi giải quyết'),
      cell('Đề nghị trả lời trước'),
    ]).to.deep.equal([items[0].code, "'=1+1 Chưa có kinh phí", 'UBND Tỉnh', '20/01/2022']);
  });

  it('the on-time reading, the ledger and the trend have the figures of the screen', async () => {
    const span = 'from=2022-01-01&to=2022-03-10';
    const onTime = await done(as('office').get(`/programmes/CK/on-time?${span}`));
    const ledger = await done(as('office').get('/reports/ledger?programme=CK&by=unit'));
    const trend = await done(as('office').get('/reports/trend?programme=CK'));
    const rows = async (path: string): Promise<string[][]> => (await csvOf(path)).slice(3);

    expect(
      (await rows(`/programmes/CK/on-time?${span}&format=csv`)).map((row) => [row[1], row[3], row[7]]),
    ).to.deep.equal(onTime.items.map(({ unit, judged, overdue }: Json) => [unit, String(judged), String(overdue)]));
    expect(
      (await rows('/reports/ledger?programme=CK&by=unit&format=csv')).map((row) => [row[1], row[4]]),
    ).to.deep.equal(ledger.rows.map(({ unit, workingDays }: Json) => [unit, String(workingDays)]));
    expect((await rows('/reports/trend?programme=CK&format=csv')).map((row) => [row[2], row[3]])).to.deep.equal(
      trend.days.map(({ total, counts }: Json) => [String(total), String(counts.in_progress)]),
    );
  });

  it('the register of undated work is the list of tasks, in words, with the codes beside them', async () => {
    const { items } = await done(as('office').get('/tasks?programme=CK&deadline=undated'));
    const [, head = [], ...rows] = await csvOf('/tasks?programme=CK&deadline=undated&format=csv');
    const at = (row: readonly string[], title: string): string | undefined => row[head.indexOf(title)];

    expect(rows.map((row) => [at(row, 'Mã'), at(row, 'Mã xếp loại')])).to.deep.equal(
      items.map(({ code, deadline }: Json) => [code, deadline]),
    );
    expect(rows.map((row) => [at(row, 'Bước'), at(row, 'Tình trạng'), at(row, 'Xếp loại thời hạn')])).to.deep.equal([
      ['Đang thực hiện', 'Đang thực hiện', 'Không thời hạn'],
    ]);
  });

  it('all pages go into one file, and every file is on record', async () => {
    const csv = await csvOf('/audit/entries?format=csv', 'auditor');
    const { rows } = await office().pool.query(
      `select object, detail from audit_entry where action = 'list.exported' order by id desc limit 1`,
    );
    const { rows: all } = await office().pool.query('select count(*)::integer as n from audit_entry');

    expect(csv.length - 3).to.be.greaterThan(50);
    expect(csv.length - 3).to.be.within(all[0].n - 3, all[0].n);
    expect(rows[0]).to.deep.include({ object: 'list /audit/entries' });
    expect(rows[0]?.detail).to.deep.include({ format: 'csv', rows: csv.length - 3 });
  });

  it('a list that one may not read has no file either', async () => {
    const answers = await Promise.all([
      as('unit.snv').get('/audit/entries?format=csv'),
      as('unit.snv').get('/programmes/CK/urging-rounds?format=xlsx'),
      as('office').get('/difficulties?format=pdf'),
    ]);

    expect(answers.map(({ status }) => status)).to.deep.equal([403, 403, 400]);
  });
});

/** What a cell says, whichever file it stood in. */
const plain = (cell: unknown): string => {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10).split('-').reverse().join('/');
  return typeof cell === 'number' ? `${cell}`.replace('.', ',') : `${cell}`;
};
