// Workbooks and archives made by hand, for what no honest program writes.
import { constants, deflateRawSync } from 'node:zlib';
import { strToU8, type Zippable, zipSync } from 'fflate';

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export interface HandmadeSheet {
  readonly name?: string;
  readonly state?: string;
  /** What stands inside <worksheet>. */
  readonly xml: string;
}

export const aWorkbook = (
  sheets: readonly HandmadeSheet[],
  { styles, more = {}, workbookPr = '' }: { styles?: string; more?: Zippable; workbookPr?: string } = {},
): Uint8Array =>
  zipSync({
    'xl/workbook.xml': strToU8(
      `<workbook xmlns="${main}" xmlns:r="${relationships}">${workbookPr}<sheets>${sheets
        .map(
          ({ name = 'Sheet1', state = 'visible' }, index) =>
            `<sheet name="${name}" sheetId="${index + 1}" state="${state}" r:id="rId${index + 1}"/>`,
        )
        .join('')}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships>${sheets
        .map(
          (_, index) =>
            `<Relationship Id="rId${index + 1}" Type="${relationships}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
        )
        .join('')}<Relationship Id="st" Type="${relationships}/styles" Target="styles.xml"/></Relationships>`,
    ),
    ...(styles !== undefined && { 'xl/styles.xml': strToU8(styles) }),
    ...Object.fromEntries(
      sheets.map(({ xml }, index) => [
        `xl/worksheets/sheet${index + 1}.xml`,
        strToU8(`<worksheet xmlns="${main}">${xml}</worksheet>`),
      ]),
    ),
    ...more,
  });

export const inline = (address: string, text: string): string =>
  `<c r="${address}" t="inlineStr"><is><t>${text}</t></is></c>`;

/** The same archive with something else declared of one part, in its own header and in the directory. */
export const declaring = (
  zip: Uint8Array,
  part: string,
  { size, method }: { readonly size: number; readonly method?: number },
): Uint8Array => {
  const bytes = Buffer.from(zip);
  for (const [signature, methodAt, sizeAt, nameAt] of [
    [0x04034b50, 8, 22, 30],
    [0x02014b50, 10, 24, 46],
  ] as const)
    for (let at = 0; at + nameAt + part.length <= bytes.length; at += 1) {
      if (bytes.readUInt32LE(at) !== signature) continue;
      if (bytes.toString('latin1', at + nameAt, at + nameAt + part.length) !== part) continue;
      bytes.writeUInt32LE(size, at + sizeAt);
      if (method !== undefined) bytes.writeUInt16LE(method, at + methodAt);
    }
  return bytes;
};

/** Megabytes of zeros as a raw deflate stream, made without ever holding them. */
export const deflatedZeros = (megabytes: number): Uint8Array => {
  const block = deflateRawSync(new Uint8Array(1024 * 1024), { finishFlush: constants.Z_SYNC_FLUSH });
  return Buffer.concat([...Array.from({ length: megabytes }, () => block), deflateRawSync(new Uint8Array())]);
};
