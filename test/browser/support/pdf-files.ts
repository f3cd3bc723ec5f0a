// PDF files as offices and strangers make them.

import type { Browser } from 'playwright-core';

/** Printed by the browser: fonts inside, one page for each text. */
export const printedPdf = async (browser: Browser, texts: readonly string[]): Promise<Buffer> => {
  const page = await browser.newPage();
  await page.setContent(
    texts
      .map((text) => `<p style="break-after: page; font: 20px serif">${text}</p>`)
      .join('')
      .replace(/break-after: page;(?=[^;]*$)/, ''),
  );
  const bytes = await page.pdf({ format: 'A4' });
  await page.close();
  return bytes;
};

/** @param objects from number 1 on; the first is the catalogue */
const fileOf = (objects: readonly string[], trailer = ''): Buffer => {
  let text = '%PDF-1.7\n';
  const places = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  text += places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer}>>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
};

const streamOf = (content: string, entries = ''): string =>
  `<< ${entries}/Length ${content.length} >>\nstream\n${content}\nendstream`;

/** “Đồng Tháp” in Helvetica, which is not in the file, and a script that runs on opening wherever scripts run. */
export const bareFontPdf = (): Buffer =>
  fileOf([
    '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\("run"\\);) >> >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>',
    streamOf('BT /F 36 Tf 40 90 Td (\\001\\002ng Th\\003p) Tj ET'),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R /FirstChar 1 /LastChar 122 ' +
      `/Widths [722 ${'556 '.repeat(82)}611 ${'556 '.repeat(38)}] /Encoding << /Type /Encoding /BaseEncoding ` +
      '/WinAnsiEncoding /Differences [1 /Dcroat /uni1ED3 /aacute] >> >>',
    streamOf(
      '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n' +
        '1 begincodespacerange <00> <FF> endcodespacerange\n' +
        '3 beginbfchar <01> <0110> <02> <1ED3> <03> <00E1> endbfchar\n' +
        '1 beginbfrange <20> <7E> <0020> endbfrange\nendcmap end end',
    ),
  ]);

/** A picture and no text; the picture is compressed by a method whose decoder is WebAssembly (CCITT group 4, all white). */
export const scannedPdf = (): Buffer =>
  fileOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>',
    streamOf('400 0 0 200 0 0 cm /I Do'),
    // Two lines of eight cells: all black on both, then the end of the block.
    streamOf(
      '\x26\xA0\xBF\x00\x10\x01',
      '/Type /XObject /Subtype /Image /Width 8 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 1 ' +
        '/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 8 /Rows 2 >> ',
    ),
  ]);

/** Nobody knows its password. */
export const encryptedPdf = (): Buffer =>
  fileOf(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] >>',
      `<< /Filter /Standard /V 1 /R 2 /P -4 /O <${'11'.repeat(32)}> /U <${'22'.repeat(32)}> >>`,
    ],
    `/Encrypt 4 0 R /ID [<${'33'.repeat(16)}> <${'33'.repeat(16)}>] `,
  );

export const damagedPdf = (): Buffer => Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n');
