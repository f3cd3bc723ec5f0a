import { expect } from 'chai';
import fc from 'fast-check';
import { readSheet } from '../../../src/adapters/documents/read-sheet.ts';
import { reasonOf, refusalOf } from '../../support/refusals.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const rowsOf = async (bytes: Uint8Array) => (await readSheet(bytes)).rows;

describe('A CSV file', () => {
  it('is known by its content and has one nameless sheet', async () => {
    expect(await readSheet(utf8('Mã;Đơn vị\r\nA;B\r\n'))).to.deep.equal({
      format: 'csv',
      sheet: '',
      rows: [
        ['Mã', 'Đơn vị'],
        ['A', 'B'],
      ],
    });
  });

  it('reads the same with and without a byte order mark', async () => {
    expect(await rowsOf(utf8('\uFEFFMã;Đơn vị'))).to.deep.equal([['Mã', 'Đơn vị']]);
  });

  it('may be UTF-16LE with its mark, as Excel saves Unicode text', async () => {
    expect(await rowsOf(Buffer.from('\uFEFFMã\tĐơn vị\r\nA\tB', 'utf16le'))).to.deep.equal([
      ['Mã', 'Đơn vị'],
      ['A', 'B'],
    ]);
  });

  for (const [name, separator] of [
    ['semicolons', ';'],
    ['commas', ','],
    ['tabs', '\t'],
  ] as const)
    it(`may be separated by ${name}, below a title with other signs in it`, async () => {
      const title = separator === ';' ? 'Kèm theo Báo cáo, ngày, tháng, năm, nơi, gửi' : 'Báo cáo; kèm; theo';
      const text = [title, ['a', 'b', 'c'], ['1', '2', '3'], ['4', '5', '6']]
        .map((row) => (Array.isArray(row) ? row.join(separator) : `"${row}"`))
        .join('\n');

      expect(await rowsOf(utf8(text))).to.deep.equal([[title], ['a', 'b', 'c'], ['1', '2', '3'], ['4', '5', '6']]);
    });

  it('is not cut at decimal commas when semicolons separate it', async () => {
    expect(await rowsOf(utf8('Mã;Chỉ tiêu;Tên\nA;1,5;x\nB;2,5;y'))).to.deep.equal([
      ['Mã', 'Chỉ tiêu', 'Tên'],
      ['A', '1,5', 'x'],
      ['B', '2,5', 'y'],
    ]);
  });

  it('may name its separator in a first line meant for Excel', async () => {
    expect(await rowsOf(utf8('sep=|\r\na|b;c\r\n'))).to.deep.equal([['a', 'b;c']]);
  });

  it('keeps blank rows, so that row numbers are those people see', async () => {
    expect(await rowsOf(utf8('a;b\r\n\r\n;\r\nc;d'))).to.deep.equal([['a', 'b'], [null], [null, null], ['c', 'd']]);
  });

  it('gives back any text that was quoted by RFC 4180', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ệ', '"', ';', ',', '\t', '\r\n', '\n', ' ', '=') });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 2, maxLength: 8 }), async (table) => {
        const rows = [['một', 'hai', 'ba'], ...table];
        const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(';')).join('\r\n');

        expect(await rowsOf(utf8(text))).to.deep.equal(rows.map((row) => row.map((value) => value || null)));
      }),
    );
  });

  it('is refused when it is not UTF-8, for a guessed encoding gives wrong names', async () => {
    expect(await reasonOf(() => readSheet(Uint8Array.of(0x4d, 0xe3, 0x3b, 0xd0)))).to.equal(
      'import.unreadable/not_utf8',
    );
  });

  it('is refused when half a character is missing at the end of UTF-16', async () => {
    expect(await reasonOf(() => readSheet(Uint8Array.of(0xff, 0xfe, 0x41)))).to.equal('import.unreadable/not_utf16');
  });

  it('is refused when it is empty, or nothing but spaces', async () => {
    expect([
      await reasonOf(() => readSheet(new Uint8Array())),
      await reasonOf(() => readSheet(utf8('\uFEFF \r\n'))),
    ]).to.deep.equal(['import.unreadable/empty', 'import.unreadable/empty']);
  });

  it('is refused when it holds binary zeros', async () => {
    expect(await reasonOf(() => readSheet(utf8('a;b\0')))).to.equal('import.unreadable/not_text');
  });

  it('is refused when it is an HTML table that calls itself a spreadsheet', async () => {
    expect(await reasonOf(() => readSheet(utf8('\n<table><tr><td>Mã</td></tr></table>')))).to.equal(
      'import.unreadable/markup',
    );
  });

  it('is refused with the row where a quote is not closed', async () => {
    const { code, details } = await refusalOf(() => readSheet(utf8('a;b\nc;d\ne;"f\ng;h')));

    expect({ code, details }).to.deep.equal({
      code: 'import.unreadable',
      details: { reason: 'csv_quotes', row: 3 },
    });
  });

  it('may have 100,000 rows and no more', async () => {
    const rows = 'a;b\n'.repeat(100_000);

    expect((await rowsOf(utf8(rows))).length).to.equal(100_000);
    expect(await reasonOf(() => readSheet(utf8(`${rows}a;b\n`)))).to.equal('import.too_large/rows');
  });

  it('is refused when it would make a table too large to hold', async () => {
    expect(await reasonOf(() => readSheet(utf8(';'.repeat(1_000))))).to.equal('import.too_large/columns');
    expect(await reasonOf(() => readSheet(utf8(`${';'.repeat(999)}\n`.repeat(5_001))))).to.equal(
      'import.too_large/cells',
    );
    expect(await reasonOf(() => readSheet(utf8(`"${'a'.repeat(1_000_001)}"`)))).to.equal('import.too_large/row_length');
  });

  it('may have 20 MB and no more', async () => {
    const { code, details } = await refusalOf(() => readSheet(new Uint8Array(20 * 1024 * 1024 + 1)));

    expect({ code, details }).to.deep.equal({
      code: 'import.too_large',
      details: { reason: 'file_size', limit: 20_971_520, actual: 20_971_521 },
    });
  });
});
