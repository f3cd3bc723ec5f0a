import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import { readSheet } from '../../../src/adapters/documents/read-sheet.ts';
import {
  type CommitmentRow,
  type ImportContext,
  type ParsedImport,
  parseCommitmentRows,
} from '../../../src/application/imports/commitment-rows.ts';
import type { Cell } from '../../../src/application/imports/sheet.ts';
import { type NamedUnit, unitFinder } from '../../../src/application/imports/unit-finder.ts';
import { reasonOf, refusalOf } from '../../support/refusals.ts';

const demo = new URL('../../../src/demo/', import.meta.url);
const units: readonly NamedUnit[] = JSON.parse(readFileSync(new URL('units.json', demo), 'utf8'));
// Two bodies appraise without having commitments: the social insurance (a central agency) and the Chairman.
const appraisers = [
  ...units,
  { code: 'BHXH', name: 'Bảo hiểm xã hội Tỉnh' },
  { code: 'CTUBND', name: 'Chủ tịch UBND Tỉnh' },
];
const context: ImportContext = {
  programme: 'CK2022',
  findUnit: unitFinder(units),
  findAppraiser: unitFinder(appraisers),
};

const header = [
  'Mã',
  'Đơn vị',
  'Loại',
  'Nội dung cam kết',
  'Sản phẩm',
  'ĐVT',
  'Chỉ tiêu',
  'Cơ quan thẩm định',
  'Thời hạn',
];
const fields = ['code', 'unit', 'kind', 'title', 'product', 'measureUnit', 'target', 'appraiser', 'due'] as const;
const aRow = (given: Partial<Record<(typeof fields)[number], Cell>> = {}): readonly Cell[] => {
  const cells = { code: 'CK-1', unit: 'SNV', kind: 'own', title: 'Xây dựng quy chế', ...given };
  return fields.map((field) => (cells as Partial<Record<string, Cell>>)[field] ?? null);
};
const parsed = (...rows: readonly (readonly Cell[])[]): ParsedImport => parseCommitmentRows([header, ...rows], context);
const theRow = (given: Parameters<typeof aRow>[0]): CommitmentRow | undefined => parsed(aRow(given)).rows[0];
/** 'row column code' of every problem. */
const places = ({ problems }: ParsedImport) =>
  problems.map(({ row, columnLetter, code }) => `${row} ${columnLetter} ${code}`);
const problemsOf = (given: Parameters<typeof aRow>[0]) => places(parsed(aRow(given)));

describe('The demonstration file of 2022', () => {
  it('has 293 commitments without an error', async () => {
    const { rows } = await readSheet(readFileSync(new URL('dongthap2022.csv', demo)));

    const { counts, problems, passedOver, ignoredColumns, rows: accepted } = parseCommitmentRows(rows, context);

    expect({ counts, problems, passedOver, ignoredColumns, first: accepted[0] }).to.deep.equal({
      counts: { read: 293, accepted: 293, invalid: 0, superseded: 0 },
      problems: [],
      passedOver: { blank: 0, header: 0, columnNumbers: 0, group: 0, total: 0, note: 0 },
      ignoredColumns: ['Trạng thái 30/10/2022', 'Ước cả năm'],
      first: {
        rowNumber: 2,
        code: 'CK2022-TPCL-01',
        unit: 'TPCL',
        kind: 'common',
        title: 'Áp dụng chuyển đổi số, có mô hình mới, cách làm hiệu quả',
        product: null,
        measureUnit: 'mô hình',
        target: 1,
        appraiser: 'STTTT',
        dueDay: undefined,
      },
    });
  });

  it('keeps the mix of 62 common, 139 template and 92 own commitments, and the targets that are no numbers', async () => {
    const { rows } = parseCommitmentRows(
      (await readSheet(readFileSync(new URL('dongthap2022.csv', demo)))).rows,
      context,
    );
    const count = (kind: string) => rows.filter((row) => row.kind === kind).length;

    expect([count('common'), count('template'), count('own')]).to.deep.equal([62, 139, 92]);
    expect(new Set(rows.map(({ target }) => target).filter((target) => typeof target !== 'number'))).to.deep.equal(
      new Set(['>=2021']),
    );
  });

  it('names 31 units in their official order, 19 departments and 12 districts', () => {
    const listed = units as readonly (NamedUnit & { bloc: string; order: number })[];

    expect(listed.map(({ order }) => order)).to.deep.equal(Array.from({ length: 31 }, (_, index) => index + 1));
    expect(listed.filter(({ bloc }) => bloc === 'department').length).to.equal(19);
    expect(listed.filter(({ bloc }) => bloc === 'district').length).to.equal(12);
  });
});

describe('A workbook as offices make them', () => {
  const date = (year: number, month: number, day: number) =>
    ({ value: new Date(Date.UTC(year, month - 1, day)), type: Date, format: 'dd/mm/yyyy' }) as const;

  const office: SheetData = [
    [{ value: 'ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP', columnSpan: 4 }, null, null, null],
    [],
    [
      { value: 'DANH MỤC CAM KẾT NĂM 2023, ĐƠN VỊ VÀ CHỈ TIÊU', columnSpan: 8 },
      null,
      null,
      null,
      null,
      null,
      null,
      null,
    ],
    [
      'STT',
      'ĐƠN VỊ CHỦ TRÌ',
      'MÃ SỐ',
      'NỘI DUNG',
      'Đơn vị tính (ĐVT)',
      'Chỉ tiêu năm 2023',
      'Hạn hoàn thành',
      'Ghi chú',
    ],
    ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)', '(7)', '(8)'],
    ['I', { value: 'Sở, ban, ngành Tỉnh', columnSpan: 7 }, null, null, null, null, null, null],
    [1, { value: 'Sở Nội vụ', rowSpan: 3 }, 'NV-1', 'Chỉ số cải cách hành chính', 'hạng', 10, '30/11/2023', null],
    [2, null, 'NV-2', 'Xây dựng quy chế', 'quy chế', 1, date(2023, 6, 30), null],
    [3, null, 'NV-3', 'Nhiệm vụ thường xuyên', null, null, '01/01/1970', 'x'],
    [],
    ['II', { value: 'UBND huyện, thành phố', columnSpan: 7 }, null, null, null, null, null, null],
    [4, 'Ủy ban nhân dân TP. Sa Đéc', 'SD-1', 'Trồng cây xanh', 'cây', '1.234,5', date(1970, 1, 1), null],
    [null, 'Tổng cộng', null, null, null, 4, null, null],
    [null, null, null, null, null, 'Đồng Tháp, ngày 05 tháng 01 năm 2023', null, null],
  ];

  it('is read below its letterhead, with merged units, groups, numbers of columns and a sum', async () => {
    const { rows } = await readSheet(new Uint8Array(await writeExcelFile(office).toBuffer()));

    const result = parseCommitmentRows(rows, context);

    const row = { kind: null, product: null, appraiser: null };
    expect(result).to.deep.equal({
      programme: 'CK2022',
      headerRow: 4,
      rows: [
        {
          ...row,
          rowNumber: 7,
          code: 'NV-1',
          unit: 'SNV',
          title: 'Chỉ số cải cách hành chính',
          measureUnit: 'hạng',
          target: 10,
          dueDay: '2023-11-30',
        },
        {
          ...row,
          rowNumber: 8,
          code: 'NV-2',
          unit: 'SNV',
          title: 'Xây dựng quy chế',
          measureUnit: 'quy chế',
          target: 1,
          dueDay: '2023-06-30',
        },
        {
          ...row,
          rowNumber: 9,
          code: 'NV-3',
          unit: 'SNV',
          title: 'Nhiệm vụ thường xuyên',
          measureUnit: null,
          target: null,
          dueDay: null,
        },
        {
          ...row,
          rowNumber: 12,
          code: 'SD-1',
          unit: 'TPSD',
          title: 'Trồng cây xanh',
          measureUnit: 'cây',
          target: 1234.5,
          dueDay: null,
        },
      ],
      problems: [],
      counts: { read: 4, accepted: 4, invalid: 0, superseded: 0 },
      passedOver: { blank: 1, header: 0, columnNumbers: 1, group: 2, total: 1, note: 1 },
      ignoredColumns: ['Ghi chú'],
    });
  });

  it('may name its columns in two rows, the upper one merged', async () => {
    const twoRows: SheetData = [
      [
        { value: 'Mã', rowSpan: 2 },
        { value: 'Đơn vị', rowSpan: 2 },
        { value: 'Nội dung', rowSpan: 2 },
        { value: 'Kế hoạch', columnSpan: 2 },
        null,
      ],
      [null, null, null, 'ĐVT', 'Chỉ tiêu'],
      ['A', 'SNV', 'Xây dựng quy chế', 'quy chế', 2],
    ];

    const { headerRow, rows } = parseCommitmentRows(
      (await readSheet(new Uint8Array(await writeExcelFile(twoRows).toBuffer()))).rows,
      context,
    );

    expect(headerRow).to.equal(2);
    expect(rows.map(({ code, measureUnit, target }) => [code, measureUnit, target])).to.deep.equal([
      ['A', 'quy chế', 2],
    ]);
  });

  it('names each bad row of 293 by row and column, and accepts the other 290', async () => {
    const rows = (await readSheet(readFileSync(new URL('dongthap2022.csv', demo)))).rows.map((row) => [...row]);
    const change = (rowNumber: number, column: number, value: Cell) => rows[rowNumber - 1]?.splice(column, 1, value);
    change(7, 1, 'SXYZ');
    change(150, 3, null);
    change(294, 6, 'BQLKKT');
    const file = new Uint8Array(await writeExcelFile(rows as SheetData).toBuffer());

    const result = parseCommitmentRows((await readSheet(file)).rows, context);

    expect(result.counts).to.deep.equal({ read: 293, accepted: 290, invalid: 3, superseded: 0 });
    expect(result.problems.map(({ vi, en, ...problem }) => problem)).to.deep.equal([
      { row: 7, column: 'Đơn vị', columnLetter: 'B', severity: 'error', code: 'unit.unknown', value: 'SXYZ' },
      {
        row: 150,
        column: 'Nội dung cam kết',
        columnLetter: 'D',
        severity: 'error',
        code: 'title.missing',
        value: null,
      },
      {
        row: 294,
        column: 'Cơ quan thẩm định',
        columnLetter: 'G',
        severity: 'error',
        code: 'appraiser.own_unit',
        value: 'BQLKKT',
      },
    ]);
  });

  it('says in both languages what to do', () => {
    const [problem] = parsed(aRow({ unit: 'SXYZ' })).problems;

    expect([problem?.vi, problem?.en]).to.deep.equal([
      'Không tìm thấy đơn vị “SXYZ”. Dùng mã hoặc tên trong danh mục đơn vị, hoặc bổ sung đơn vị này vào danh mục trước.',
      "There is no unit 'SXYZ'. Use a code or a name from the list of units, or add the unit to the list first.",
    ]);
  });

  it('may have 10,000 rows, of which the one bad row is named', () => {
    const rows = Array.from({ length: 10_000 }, (_, index) =>
      aRow({ code: `CK-${index}`, ...(index === 7_775 && { unit: null }) }),
    );

    const result = parsed(...rows);

    expect(result.counts).to.deep.equal({ read: 10_000, accepted: 9_999, invalid: 1, superseded: 0 });
    expect(places(result)).to.deep.equal(['7777 B unit.missing']);
  });
});

describe('The header', () => {
  const headerOf = (names: readonly Cell[], row: readonly Cell[]) => parseCommitmentRows([names, row], context);

  it('may be in English', () => {
    const { rows } = headerOf(
      ['Code', 'Unit', 'Kind', 'Title', 'Product', 'Measure unit', 'Target', 'Appraiser', 'Due'],
      aRow({ product: 'Quyết định', measureUnit: 'bộ', target: 2, appraiser: 'STP', due: '2026-11-30' }),
    );

    expect(rows).to.deep.equal([
      {
        rowNumber: 2,
        code: 'CK-1',
        unit: 'SNV',
        kind: 'own',
        title: 'Xây dựng quy chế',
        product: 'Quyết định',
        measureUnit: 'bộ',
        target: 2,
        appraiser: 'STP',
        dueDay: '2026-11-30',
      },
    ]);
  });

  it('is known whatever the case, the place of the tone, the composition and the marks of a required column', () => {
    const { rows } = headerOf(
      ['MA (*)', 'ĐƠN VỊ'.normalize('NFD'), 'nội dung  cam kêt', 'San phẩm'],
      ['A', 'SNV', 'B', 'C'],
    );

    expect(rows.map(({ code, unit, title, product }) => [code, unit, title, product])).to.deep.equal([
      ['A', 'SNV', 'B', 'C'],
    ]);
  });

  it('may stand in row 50 and not lower', async () => {
    const below = (rows: number) => [...Array.from({ length: rows }, () => ['Phụ lục']), header, aRow()];

    expect(parseCommitmentRows(below(49), context).headerRow).to.equal(50);
    expect(await reasonOf(() => parseCommitmentRows(below(50), context))).to.equal(
      'import.unreadable/header_not_found',
    );
  });

  it('must name the code, the unit and the content', async () => {
    const { code, details } = await refusalOf(() =>
      headerOf(['STT', 'Nội dung', 'ĐVT'], [1, 'Xây dựng quy chế', 'bộ']),
    );

    expect({ code, details }).to.deep.equal({
      code: 'import.unreadable',
      details: { reason: 'header_incomplete', row: 1, missing: ['Mã', 'Đơn vị'] },
    });
  });

  it('is missed in a text that is no table', async () => {
    const { rows } = await readSheet(
      new TextEncoder().encode('Kính gửi: Sở Nội vụ\nThực hiện Công văn số 1683, đề nghị báo cáo.'),
    );

    expect(await reasonOf(() => parseCommitmentRows(rows, context))).to.equal('import.unreadable/header_not_found');
  });

  it('without a row of commitments under it is refused', async () => {
    expect(await reasonOf(() => parsed([], ['Tổng cộng']))).to.equal('import.unreadable/no_rows');
  });

  it('is warned about when two columns hold the same, and the first is read', () => {
    const result = headerOf(['Mã', 'Đơn vị', 'Nội dung', 'Chỉ tiêu 2022', 'Chỉ tiêu 2023'], ['A', 'SNV', 'B', 1, 2]);

    expect(result.rows.map(({ target }) => target)).to.deep.equal([1]);
    expect(places(result)).to.deep.equal(['1 E header.repeated']);
    expect(result.ignoredColumns).to.deep.equal(['Chỉ tiêu 2023']);
  });
});

describe('Rows that are no commitments', () => {
  const passedOver = (...rows: readonly (readonly Cell[])[]) => {
    const { counts, passedOver: over } = parsed(aRow(), ...rows);
    return { ...over, read: counts.read };
  };
  const none = { blank: 0, header: 0, columnNumbers: 0, group: 0, total: 0, note: 0, read: 1 };

  it('are the header again on a new page', () => {
    expect(passedOver(header)).to.deep.equal({ ...none, header: 1 });
  });

  it('are numbers of columns, with letters or sums in them', () => {
    expect(passedOver(['A', 'B', 1, 2, '3=1+2', 4, 5], ['(1)', '(2)', '(3)=(1)+(2)'])).to.deep.equal({
      ...none,
      columnNumbers: 2,
    });
  });

  for (const label of ['I. Sở, ban, ngành Tỉnh', 'B) Cấp huyện', 'Khối nội chính', '2. Sở Y tế'])
    it(`are groups such as "${label}"`, () => {
      expect(passedOver([label])).to.deep.equal({ ...none, group: 1 });
    });

  it('are totals and rates', () => {
    expect(
      passedOver(['Tổng cộng', null, null, null, null, null, 293], [null, null, null, 'Tỷ lệ (%)', null, null, 100]),
    ).to.deep.equal({
      ...none,
      total: 2,
    });
  });

  it('are notes below the table', () => {
    expect(passedOver([null, null, null, 'Nơi nhận:'], ['Ghi chú: số liệu minh họa'])).to.deep.equal({
      ...none,
      note: 2,
    });
  });

  it('are never commitments that lost their code and unit', () => {
    const lost = [['Tổng số vốn giải ngân'], ['Xây dựng quy chế'], ['1', 'Sở Y tế'], ['CK-9', null]];

    expect(passedOver(...lost.map((row) => [null, null, null, ...row]))).to.deep.equal({ ...none, read: 5 });
    expect(passedOver(['CK-9'], [null, 'SNV'], ['CK-8', 'SNV'], ['A', 'SNV', null, 'B'])).to.deep.equal({
      ...none,
      read: 5,
    });
  });
});

describe('A text in a row', () => {
  it('is composed, on one line, with single spaces', () => {
    expect(theRow({ title: '  Xây  dựng\n\u200Bquy chê\u0301 ' })?.title).to.equal('Xây dựng quy chế');
  });

  it('may be a number where the file holds one', () => {
    expect(theRow({ code: 2022001 })?.code).to.equal('2022001');
  });

  it('must not hold control characters or broken ones', () => {
    for (const broken of ['\u0007', '\u001B[31m', '\uD800', '\uFFFD'])
      expect(problemsOf({ title: `Xây dựng ${broken} quy chế` }), JSON.stringify(broken)).to.deep.equal([
        '2 D text.unreadable',
      ]);
  });

  it('has a longest length of its column, counted in characters', () => {
    expect(problemsOf({ code: 'a'.repeat(64), title: '𠀀'.repeat(1_000) })).to.deep.equal([]);
    expect(problemsOf({ code: 'a'.repeat(65), title: 'a'.repeat(1_001) })).to.deep.equal([
      '2 A text.too_long',
      '2 D text.too_long',
    ]);
  });

  it('is flagged when an export cut it', () => {
    expect([problemsOf({ title: 'Xây dựng quy…' }), problemsOf({ product: 'Quyết định...' })]).to.deep.equal([
      ['2 D text.cut'],
      ['2 E text.cut'],
    ]);
    expect(theRow({ title: 'Xây dựng quy…' })?.title).to.equal('Xây dựng quy…');
  });

  it('is flagged when a spreadsheet made a date of it', () => {
    const result = parsed(aRow({ target: new Date(Date.UTC(2022, 1, 1)) }));

    expect(places(result)).to.deep.equal(['2 G cell.date_as_text']);
    expect(result.rows[0]?.target).to.equal('01/02/2022');
  });
});

describe('The unit and the appraiser of a row', () => {
  it('may be named by code, abbreviation or name, in any case and without diacritics', () => {
    const written = [
      'SNNPTNT',
      'snnptnt',
      'SNN&PTNT',
      'Sở Nông nghiệp và Phát triển nông thôn',
      'SO NONG NGHIEP & PHAT TRIEN NONG THON',
    ];

    expect(written.map((unit) => theRow({ unit })?.unit)).to.deep.equal(written.map(() => 'SNNPTNT'));
  });

  it('are not guessed when two units have the name', () => {
    const findUnit = unitFinder([
      { code: 'A', name: 'Phòng Nội vụ' },
      { code: 'B', name: 'Phòng nội vụ' },
    ]);

    expect([findUnit('Phòng Nội vụ'), findUnit('a'), findUnit('B')]).to.deep.equal([undefined, 'A', 'B']);
  });

  it('must be known', () => {
    expect(problemsOf({ unit: 'SXYZ', appraiser: 'Sở Không' })).to.deep.equal([
      '2 B unit.unknown',
      '2 H appraiser.unknown',
    ]);
  });

  it('may be a body that has no commitments when it appraises, but not when it leads', () => {
    expect(theRow({ appraiser: 'BHXH' })?.appraiser).to.equal('BHXH');
    expect(problemsOf({ unit: 'BHXH' })).to.deep.equal(['2 B unit.unknown']);
  });

  it('must not be the same, however they are written', () => {
    expect(problemsOf({ unit: 'SNV', appraiser: 'sở nội vụ' })).to.deep.equal(['2 H appraiser.own_unit']);
  });

  it('is missing with the code and the content, all in one report', () => {
    expect(problemsOf({ code: null, unit: null, title: '\u200B ', due: '31/02/2026' })).to.deep.equal([
      '2 A code.missing',
      '2 B unit.missing',
      '2 D title.missing',
      '2 I due.impossible',
    ]);
  });
});

describe('The kind of a row', () => {
  for (const [kind, words] of [
    ['common', ['common', 'Giao chung', 'NHIỆM VỤ GIAO CHUNG', 'chung']],
    ['template', ['template', 'Theo mẫu', 'mẫu']],
    ['own', ['own', 'Riêng', 'đăng ký riêng']],
  ] as const)
    it(`is ${kind} when it says ${words.join(', ')}`, () => {
      expect(words.map((word) => theRow({ kind: word })?.kind)).to.deep.equal(words.map(() => kind));
    });

  it('is unknown to us when it says nothing, and an error when it says something else', () => {
    expect(theRow({ kind: null })?.kind).to.equal(null);
    expect(problemsOf({ kind: 'constructor' })).to.deep.equal(['2 C kind.unknown']);
  });

  it('may be an "x" in one of three columns, and in one only', () => {
    const marks = (...row: readonly Cell[]) =>
      parseCommitmentRows(
        [
          ['Mã', 'Đơn vị', 'Nội dung', 'Giao chung', 'Theo mẫu', 'Riêng'],
          ['A', 'SNV', 'B', ...row],
        ],
        context,
      );

    expect(marks('x').rows[0]?.kind).to.equal('common');
    expect(marks(null, 'X').rows[0]?.kind).to.equal('template');
    expect(places(marks('x', null, 'x'))).to.deep.equal(['2 F kind.ambiguous']);
  });
});

describe('The target of a row', () => {
  for (const [written, read] of [
    ['1.234,5', 1234.5],
    ['1.234.567', 1234567],
    ['50.000', 50000],
    ['0,5', 0.5],
    ['0.500', 0.5],
    ['1.5', 1.5],
    ['1,234,567.8', 1234567.8],
    ['50 000,5', 50000.5],
    ['-3', -3],
    [0.1 + 0.2, 0.3],
  ] as const)
    it(`is the number ${read} when it is written ${JSON.stringify(written)}`, () => {
      expect(theRow({ target: written })?.target).to.equal(read);
    });

  for (const text of [
    '>=2021',
    '≥ 01',
    '1.23.4',
    '1/2',
    '12345678901234567890',
    'Infinity',
    '1e5',
    '0x10',
    '.',
    '1.2,3.4',
  ])
    it(`stays the text "${text}"`, () => {
      expect(theRow({ target: text })?.target).to.equal(text);
    });

  it('is a percentage when it says so and the unit of measure does not contradict', () => {
    const target = (given: Parameters<typeof aRow>[0]) => [theRow(given)?.target, theRow(given)?.measureUnit];

    expect(target({ target: '12,5%' })).to.deep.equal([12.5, '%']);
    expect(target({ target: '12,5 %', measureUnit: '% dự toán' })).to.deep.equal([12.5, '% dự toán']);
    expect(target({ target: '12,5%', measureUnit: 'hộ' })).to.deep.equal(['12,5%', 'hộ']);
  });

  it('is flagged when an English thousand looks like a Vietnamese decimal', () => {
    const result = parsed(aRow({ target: '1,234' }));

    expect(result.rows[0]?.target).to.equal(1.234);
    expect(places(result)).to.deep.equal(['2 G target.ambiguous']);
  });
});

describe('The deadline of a row', () => {
  for (const written of [
    '30/11/2026',
    '30-11-2026',
    '30.11.2026',
    '2026-11-30',
    '2026-11-30T00:00:00.000Z',
    '30/11/2026 0:00:00',
  ])
    it(`is 30 November 2026 when it is written ${written}`, () => {
      expect(theRow({ due: written })?.dueDay).to.equal('2026-11-30');
    });

  it('may be written without leading zeros', () => {
    expect(theRow({ due: '1/2/2026' })?.dueDay).to.equal('2026-02-01');
  });

  it('is the civil day of a date cell in every time zone, also a moment before midnight by rounding', () => {
    const zone = process.env.TZ;
    try {
      for (const place of ['Asia/Ho_Chi_Minh', 'America/Los_Angeles', 'Pacific/Kiritimati']) {
        process.env.TZ = place;
        expect(theRow({ due: new Date('2026-11-30T00:00:00Z') })?.dueDay, place).to.equal('2026-11-30');
        expect(theRow({ due: new Date('2026-11-29T23:59:59.999Z') })?.dueDay, place).to.equal('2026-11-30');
      }
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  for (const none of [null, '', '01/01/1970', '1970-01-01', new Date(0), 'Không thời hạn', 'chưa có hạn', '-'])
    it(`is none when the cell holds ${JSON.stringify(none)}`, () => {
      expect(theRow({ due: none })?.dueDay).to.equal(null);
    });

  for (const [fault, written] of [
    ['impossible', ['31/02/2026', '29/02/2027', '00/01/2026', '12/31/2026', '2026-13-01']],
    ['not_a_date', ['quý III', '30/11/26', 44895, true, 'trước 30/11/2026', new Date(Number.NaN)]],
    ['out_of_range', ['30/11/0026', '01/01/1900', '30/11/2226', new Date(Date.UTC(1899, 11, 30))]],
  ] as const)
    for (const cell of written)
      it(`is an error (${fault}) when the cell holds ${String(cell)}`, () => {
        expect(problemsOf({ due: cell })).to.deep.equal([`2 I due.${fault}`]);
      });

  it('takes 29 February in a leap year', () => {
    expect(theRow({ due: '29/02/2028' })?.dueDay).to.equal('2028-02-29');
  });
});

describe('A code that comes more than once', () => {
  it('is that of the last row; each row before it is named and not used', () => {
    const result = parsed(aRow({ title: 'Một' }), aRow({ title: 'Hai', code: 'ck-1' }), aRow({ title: 'Ba' }));

    expect(result.rows.map(({ title }) => title)).to.deep.equal(['Ba']);
    expect(places(result)).to.deep.equal(['2 A code.superseded', '3 A code.superseded']);
    expect(result.counts).to.deep.equal({ read: 3, accepted: 1, invalid: 0, superseded: 2 });
  });

  it('is an error in every row when the rows are of different units', () => {
    const result = parsed(aRow(), aRow({ unit: 'SYT' }), aRow());

    expect(result.rows).to.deep.equal([]);
    expect(places(result)).to.deep.equal(['2 A code.other_unit', '3 A code.other_unit', '4 A code.other_unit']);
  });

  it('does not bring an old row back when the newest has an error', () => {
    const result = parsed(aRow({ title: 'Cũ' }), aRow({ title: 'Mới', due: '31/02/2026' }));

    expect(result.rows).to.deep.equal([]);
    expect(places(result)).to.deep.equal(['2 A code.superseded', '3 I due.impossible']);
    expect(result.counts).to.deep.equal({ read: 2, accepted: 0, invalid: 1, superseded: 1 });
  });
});
