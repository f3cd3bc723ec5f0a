import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { strToU8, type Zippable, zipSync } from 'fflate';
import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import { readSheet } from '../../../src/adapters/documents/read-sheet.ts';
import { reasonOf } from '../../support/refusals.ts';
import { aWorkbook, declaring, deflatedZeros, inline } from '../../support/zip.ts';

const written = async (data: SheetData): Promise<Uint8Array> => new Uint8Array(await writeExcelFile(data).toBuffer());
const rowsOf = async (bytes: Uint8Array) => (await readSheet(bytes)).rows;

describe('An XLSX workbook', () => {
  it('gives texts, numbers, truth values and days as they are, and null for empty cells', async () => {
    const bytes = await written([
      ['Mã', 1.5, true, { value: new Date(Date.UTC(2026, 10, 30)), type: Date, format: 'dd/mm/yyyy' }],
      ['Đơn vị', null, null, null],
    ]);

    expect(await readSheet(bytes)).to.deep.equal({
      format: 'xlsx',
      sheet: 'Sheet1',
      rows: [
        ['Mã', 1.5, true, new Date(Date.UTC(2026, 10, 30))],
        ['Đơn vị', null, null, null],
      ],
    });
  });

  it('keeps the row numbers of a table that begins lower down', async () => {
    expect(await rowsOf(await written([[], [], [], ['Mã']]))).to.deep.equal([[null], [null], [null], ['Mã']]);
  });

  it('repeats a value merged over rows down those rows', async () => {
    const bytes = await written([
      ['Đơn vị', 'Mã'],
      [{ value: 'SNV', rowSpan: 3 }, 'A'],
      [null, 'B'],
      [null, 'C'],
      ['SYT', 'D'],
      [{ value: 'I. Sở', columnSpan: 2 }, null],
    ]);

    expect(await rowsOf(bytes)).to.deep.equal([
      ['Đơn vị', 'Mã'],
      ['SNV', 'A'],
      ['SNV', 'B'],
      ['SNV', 'C'],
      ['SYT', 'D'],
      ['I. Sở', null],
    ]);
  });

  it('repeats nothing beyond the rows that hold something', async () => {
    const bytes = aWorkbook([
      {
        xml: `<sheetData><row r="1">${inline('A1', 'SNV')}</row></sheetData><mergeCells><mergeCell ref="A1:A1048576"/></mergeCells>`,
      },
    ]);

    expect(await rowsOf(bytes)).to.deep.equal([['SNV']]);
  });

  it('gives a percentage as people see it, not a hundredth of it', async () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="0.0&quot;%&quot;"/><numFmt numFmtId="171" formatCode="0.0%"/></numFmts>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>';
    const cells =
      '<c r="A1"><v>0.07</v></c><c r="B1" s="1"><v>0.07</v></c><c r="C1" s="2"><v>7</v></c><c r="D1" s="3"><v>0.125</v></c>';

    const bytes = aWorkbook([{ xml: `<sheetData><row r="1">${cells}</row></sheetData>` }], { styles });

    expect(await rowsOf(bytes)).to.deep.equal([[0.07, '7%', 7, '12,5%']]);
  });

  it('counts days from 1904 when it was made so', async () => {
    const bytes = aWorkbook([{ xml: '<sheetData><row r="1"><c r="A1" s="0"><v>0</v></c></row></sheetData>' }], {
      styles: '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>',
      workbookPr: '<workbookPr date1904="1"/>',
    });

    expect(await rowsOf(bytes)).to.deep.equal([[new Date(Date.UTC(1904, 0, 1))]]);
  });

  const twoSheets = aWorkbook([
    { name: 'Ẩn', state: 'hidden', xml: `<sheetData><row r="1">${inline('A1', 'ẩn')}</row></sheetData>` },
    { name: 'PL I', xml: `<sheetData><row r="1">${inline('A1', 'một')}</row></sheetData>` },
    { name: 'PL II', xml: `<sheetData><row r="1">${inline('A1', 'hai')}</row></sheetData>` },
  ]);

  it('is read from its first sheet that is not hidden', async () => {
    expect(await readSheet(twoSheets)).to.deep.equal({ format: 'xlsx', sheet: 'PL I', rows: [['một']] });
  });

  it('is read from the sheet that is asked for', async () => {
    expect(await readSheet(twoSheets, { sheet: 'PL II' })).to.deep.equal({
      format: 'xlsx',
      sheet: 'PL II',
      rows: [['hai']],
    });
  });

  it('is refused when the sheet asked for is not in it', async () => {
    expect(await reasonOf(() => readSheet(twoSheets, { sheet: 'PL IV' }))).to.equal(
      'import.unreadable/sheet_not_found',
    );
  });

  it('reads 10,000 rows of 9 columns', async () => {
    const rows = Array.from({ length: 10_000 }, (_, row) => [
      `CK-${row}`,
      ...Array.from({ length: 8 }, (_, n) => row * n),
    ]);

    expect(await rowsOf(await written(rows))).to.deep.equal(rows);
  });
});

describe('A file that is not the workbook it seems', () => {
  it('is refused when it is a zip of something else', async () => {
    expect(await reasonOf(() => readSheet(zipSync({ 'word/document.xml': strToU8('<w/>') })))).to.equal(
      'import.unreadable/not_a_workbook',
    );
    expect(await reasonOf(() => readSheet(zipSync({})))).to.equal('import.unreadable/not_a_workbook');
  });

  it('is refused wherever it was cut', async () => {
    const whole = await written([['Mã', 'Đơn vị']]);

    for (const length of [4, 30, whole.length >> 1, whole.length - 1])
      expect(await reasonOf(() => readSheet(whole.slice(0, length))), `${length} bytes`).to.equal(
        'import.unreadable/damaged',
      );
  });

  it('is refused when one byte of its content changed', async () => {
    const bytes = Buffer.from(
      zipSync(
        { 'xl/workbook.xml': strToU8('<workbook/>'), 'xl/_rels/workbook.xml.rels': strToU8('<Relationships/>') },
        { level: 0 },
      ),
    );
    bytes.write('Wworkbook', bytes.indexOf('<workbook/>'), 'latin1');

    expect(await reasonOf(() => readSheet(bytes))).to.equal('import.unreadable/damaged');
  });

  it('is refused when it is an old .xls or has a password', async () => {
    const ole = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    const withPassword = Buffer.concat([
      Buffer.from(ole),
      Buffer.alloc(504),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ]);

    expect(await reasonOf(() => readSheet(Buffer.from(ole)))).to.equal('import.unreadable/old_excel');
    expect(await reasonOf(() => readSheet(withPassword))).to.equal('import.unreadable/encrypted');
  });

  it('is refused when parts of the archive are encrypted', async () => {
    const bytes = Buffer.from(aWorkbook([{ xml: '<sheetData/>' }]));
    const directory = bytes.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    bytes.writeUInt16LE(bytes.readUInt16LE(directory + 8) | 1, directory + 8);

    expect(await reasonOf(() => readSheet(bytes))).to.equal('import.unreadable/encrypted');
  });

  for (const [what, xml] of [
    ['is not XML', '<sheetData><row r="1"></sheetData>'],
    ['has a row beyond what Excel holds', '<sheetData><row r="9999999"/></sheetData>'],
    ['has a row number that is a formula of sorts', '<sheetData><row r="1e9"/></sheetData>'],
    ['has a cell without an address', '<sheetData><row r="1"><c><v>1</v></c></row></sheetData>'],
    ['has a cell beyond the last column', '<sheetData><row r="1"><c r="XFE1"><v>1</v></c></row></sheetData>'],
    [
      'has a cell with two addresses',
      '<sheetData><row r="1"><c r="A1" x:r="XFD1048576"><v>1</v></c></row></sheetData>',
    ],
    ['refers to a text that is not there', '<sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData>'],
  ] as const)
    it(`is refused when its sheet ${what}`, async () => {
      expect(await reasonOf(() => readSheet(aWorkbook([{ xml }])))).to.equal('import.unreadable/damaged');
    });
});

describe('A workbook made to exhaust the server', () => {
  it('is refused by the number of its parts', async () => {
    const parts = Object.fromEntries(Array.from({ length: 1_001 }, (_, n) => [`${n}.xml`, new Uint8Array()]));

    expect(await reasonOf(() => readSheet(zipSync(parts)))).to.equal('import.too_large/entries');
  });

  it('is refused by the ratio it inflates at, before it is inflated', async () => {
    expect(
      await reasonOf(() =>
        readSheet(aWorkbook([{ xml: '' }], { more: { 'xl/media/1.xml': new Uint8Array(20 * 1024 * 1024) } })),
      ),
    ).to.equal('import.too_large/ratio');
  });

  it('is refused by the size it declares, before it is inflated', async () => {
    const noise = new Uint8Array(randomBytes(4 * 1024 * 1024));
    const bytes = aWorkbook([{ xml: '' }], { more: { 'xl/media/1.xml': [noise, { level: 1 }] } });

    expect(await reasonOf(() => readSheet(declaring(bytes, 'xl/media/1.xml', { size: 201 * 1024 * 1024 })))).to.equal(
      'import.too_large/inflated_size',
    );
  });

  it('is refused when one part alone is too large to parse', async () => {
    const noise = new Uint8Array(randomBytes(2 * 1024 * 1024));
    const bytes = aWorkbook([{ xml: '<sheetData/>' }], { more: { 'xl/styles.xml': [noise, { level: 1 }] } });

    expect(await reasonOf(() => readSheet(declaring(bytes, 'xl/styles.xml', { size: 65 * 1024 * 1024 })))).to.equal(
      'import.too_large/part_size',
    );
  });

  it('is refused in little memory when it inflates to more than it declares', async () => {
    const bomb = { 'xl/styles.xml': [deflatedZeros(1_000), { level: 0 }] } satisfies Zippable;
    const lying = declaring(aWorkbook([{ xml: '<sheetData/>' }], { more: bomb }), 'xl/styles.xml', {
      size: 1_000,
      method: 8,
    });
    const before = process.memoryUsage().rss;
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss - before);
    }, 1);

    const reason = await reasonOf(() => readSheet(lying)).finally(() => clearInterval(watch));
    most = Math.max(most, process.memoryUsage().rss - before);

    expect(reason).to.equal('import.unreadable/damaged');
    expect(most).to.be.below(100 * 1024 * 1024);
  });

  it('is refused by its rows, counted to the last one that holds something', async () => {
    const last = (row: number) =>
      aWorkbook([{ xml: `<sheetData><row r="${row}">${inline(`A${row}`, 'x')}</row><row r="1048576"/></sheetData>` }]);

    expect((await rowsOf(last(100_000))).length).to.equal(100_000);
    expect(await reasonOf(() => readSheet(last(100_001)))).to.equal('import.too_large/rows');
  });

  it('is refused when one stray cell would make a huge table', async () => {
    const stray = (address: string) =>
      aWorkbook([
        { xml: `<sheetData><row r="${address.replace(/\D/gu, '')}">${inline(address, 'x')}</row></sheetData>` },
      ]);

    expect(await reasonOf(() => readSheet(stray('XFD1')))).to.equal('import.too_large/columns');
    expect(await reasonOf(() => readSheet(stray('CV100000')))).to.equal('import.too_large/cells');
  });

  it('is not refused for cells that only carry a colour', async () => {
    const xml = `<sheetData><row r="1">${inline('A1', 'x')}<c r="XFD1" s="0"/></row><row r="200000"><c r="A200000" s="0"/></row></sheetData>`;

    expect(await rowsOf(aWorkbook([{ xml }]))).to.deep.equal([['x']]);
  });
});
