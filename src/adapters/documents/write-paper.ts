// An official paper as a .docx (Nghị định 30/2020/NĐ-CP, Phụ lục I): A4, Times New Roman, the agency at the left of the head and
// the name of the State at the right, page numbers in the middle of the top margin from the second page on. The same paper is the
// same bytes: no clock and no random name goes in.

import {
  AlignmentType,
  BorderStyle,
  Document,
  FootnoteReferenceRun,
  Header,
  type ISectionOptions,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import { TextWatermark } from 'docx/watermarks';
import { unzipSync, type Zippable, zipSync } from 'fflate';
import type { Block, Paper, PaperTable, Words } from '../../domain/documents/paper.ts';

const millimetre = 56.7;
const mm = (value: number): number => Math.round(value * millimetre);
const font = 'Times New Roman';
/** Half points. */
const size = { text: 28, head: 26, small: 22, table: 22 } as const;
const pageWidth = { portrait: mm(210 - 30 - 15), landscape: mm(297 - 30 - 15) } as const;

/** The first day that an archive can name. */
const epoch = new Date(1980, 0, 1);

export const paperDocx = async (paper: Paper): Promise<Uint8Array> => {
  // Filled while the text is set.
  const footnotes = new Map<number, string>();
  const sections = [mainSection(paper, footnotes), ...paper.annexes.map((annex) => annexSection(annex, paper.draft))];
  const document = new Document({
    title: paper.kind.abstract,
    creator: paper.agency,
    lastModifiedBy: paper.agency,
    styles: { default: { document: { run: { font, size: size.text } } } },
    sections,
    footnotes: Object.fromEntries(
      [...footnotes].map(([id, note]) => [id, { children: [new Paragraph({ children: [run(note, size.small)] })] }]),
    ),
  });
  return alwaysTheSame(await Packer.toBuffer(document));
};

/** The library writes the present moment into two properties and into every entry of the archive, and names watermarks by chance. */
const alwaysTheSame = (bytes: Uint8Array): Uint8Array => {
  const entries: Zippable = {};
  for (const [name, part] of Object.entries(unzipSync(bytes)))
    entries[name] = [unchanging(name, part), { mtime: epoch, level: 6 }];
  return zipSync(entries);
};

const unchanging = (name: string, part: Uint8Array): Uint8Array => {
  const rewritten = (change: (xml: string) => string): Uint8Array => Buffer.from(change(Buffer.from(part).toString()));
  if (name === 'docProps/core.xml')
    return rewritten((xml) => xml.replace(/<dcterms:(created|modified)\b[^>]*>[^<]*<\/dcterms:\1>/g, ''));
  const [, number] = /^word\/header(\d+)\.xml$/.exec(name) ?? [];
  if (number === undefined) return part;
  return rewritten((xml) => xml.replace(/(id="PowerPlusWaterMarkObject)[^"]*"/g, `$1${number}"`));
};

const margins = { top: mm(20), bottom: mm(20), left: mm(30), right: mm(15), header: mm(10), footer: mm(10) };

const headers = (draft: boolean) => {
  const mark = draft ? [new TextWatermark({ text: 'DỰ THẢO', font })] : [];
  const centred = (children: readonly (TextRun | TextWatermark)[]): Header =>
    new Header({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [...children] })] });
  return {
    default: centred([new TextRun({ children: [PageNumber.CURRENT], font, size: size.head }), ...mark]),
    first: centred(mark),
  };
};

const mainSection = (paper: Paper, footnotes: Map<number, string>): ISectionOptions => ({
  properties: { titlePage: true, page: { size: { width: mm(210), height: mm(297) }, margin: margins } },
  headers: headers(paper.draft),
  children: [
    headTable(paper),
    ...titleOf(paper),
    ...addresseesOf(paper),
    // The last words and the signature stay on one page.
    ...paper.blocks.map((block, index) => blockOf(block, footnotes, index === paper.blocks.length - 1)),
    signatureTable(paper),
  ],
});

type Look = Readonly<Partial<{ bold: boolean; italics: boolean; size: number }>>;
const run = (text: string, sized: number, look: Look = {}): TextRun =>
  new TextRun({ text, font, size: sized, ...look });

type Lines = Readonly<Partial<{ align: 'center' | 'left'; before: number; after: number }>>;
const line = (text: string, { align = 'left', before = 0, after = 0, ...look }: Look & Lines): Paragraph =>
  new Paragraph({ alignment: align, spacing: { before, after }, children: [run(text, look.size ?? size.text, look)] });

const bare = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const noBorders = {
  top: bare,
  bottom: bare,
  left: bare,
  right: bare,
  insideHorizontal: bare,
  insideVertical: bare,
};

const sideBySide = (left: readonly Paragraph[], right: readonly Paragraph[], share = 0.44): Table => {
  const widths = [Math.round(pageWidth.portrait * share), Math.round(pageWidth.portrait * (1 - share))];
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: pageWidth.portrait, type: WidthType.DXA },
    columnWidths: widths,
    borders: noBorders,
    rows: [
      new TableRow({
        children: [left, right].map(
          (children, index) =>
            new TableCell({ width: { size: widths[index] ?? 0, type: WidthType.DXA }, children: [...children] }),
        ),
      }),
    ],
  });
};

/** A rule below the last line, a third to a half of it long, or as long as the motto. */
const rule = (share: number, width: number): Paragraph => {
  const side = Math.round((width * (1 - share)) / 2);
  return new Paragraph({
    indent: { left: side, right: side },
    spacing: { before: 0, after: 60, line: 60, lineRule: 'exact' },
    border: { top: { style: BorderStyle.SINGLE, size: 6, color: 'auto', space: 1 } },
    children: [run('', 2)],
  });
};

const headTable = ({ upper, agency, number, placeAndDay, kind, draft }: Paper): Table => {
  const centre = { align: 'center' } as const;
  const left = pageWidth.portrait * 0.44;
  return sideBySide(
    [
      ...(upper === null ? [] : [line(upper.toUpperCase(), { ...centre, size: size.head })]),
      line(agency.toUpperCase(), { ...centre, size: size.head, bold: true }),
      rule(0.4, left),
      line(number, { ...centre, size: size.head }),
      ...(kind.name === null ? [line(kind.abstract, { ...centre, size: 24 })] : []),
      ...(draft ? [line('DỰ THẢO', { ...centre, size: size.head, bold: true, before: 60 })] : []),
    ],
    [
      line('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { ...centre, size: 24, bold: true }),
      line('Độc lập - Tự do - Hạnh phúc', { ...centre, size: size.head, bold: true }),
      rule(0.58, pageWidth.portrait - left),
      line(placeAndDay, { ...centre, size: size.head, italics: true }),
    ],
  );
};

const titleOf = ({ kind }: Paper): readonly Paragraph[] =>
  kind.name === null
    ? []
    : [
        line(kind.name, { align: 'center', bold: true, before: 240 }),
        line(kind.abstract, { align: 'center', bold: true }),
        rule(0.3, pageWidth.portrait),
      ];

const addresseesOf = ({ addressees }: Paper): readonly Paragraph[] => {
  if (addressees.length === 0) return [line('', {})];
  const [only] = addressees;
  if (addressees.length === 1) return [line(`Kính gửi: ${only}`, { align: 'center', before: 240, after: 240 })];
  return [
    new Paragraph({ indent: { left: mm(35) }, spacing: { before: 240 }, children: [run('Kính gửi:', size.text)] }),
    ...addressees.map(
      (name, index) =>
        new Paragraph({
          indent: { left: mm(50) },
          spacing: { after: index === addressees.length - 1 ? 240 : 0 },
          children: [run(`- ${name}${index === addressees.length - 1 ? '.' : ';'}`, size.text)],
        }),
    ),
  ];
};

const blockOf = ({ kind, words }: Block, footnotes: Map<number, string>, isLast: boolean): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.BOTH,
    indent: { firstLine: mm(12.7) },
    spacing: { before: 60, after: isLast ? 240 : 60, line: 276 },
    keepNext: isLast || kind === 'part' || kind === 'heading',
    keepLines: isLast,
    children: words.flatMap((each) => wordsOf(each, kind, footnotes)),
  });

const wordsOf = (words: Words, kind: Block['kind'], footnotes: Map<number, string>): readonly TextRun[] => {
  const look: Look = {
    bold: words.bold === true || kind === 'part' || kind === 'heading',
    italics: words.italic === true || kind === 'basis' || kind === 'remark',
  };
  const text = run(words.text, kind === 'remark' ? 24 : size.text, look);
  if (words.note === undefined) return [text];
  const id = footnotes.size + 1;
  footnotes.set(id, words.note);
  return [text, new FootnoteReferenceRun(id) as TextRun];
};

const signatureTable = ({ recipients, signature, signer, draft }: Paper): Table =>
  sideBySide(
    [
      line('Nơi nhận:', { size: 24, bold: true, italics: true }),
      ...recipients.map((text) => line(text, { size: size.small })),
    ],
    [
      ...signature.map((text) => line(text, { align: 'center', bold: true })),
      // Room for the hand, and for the seal.
      ...Array.from({ length: draft ? 4 : 3 }, () => line('', {})),
      line(signer ?? '', { align: 'center', bold: true }),
    ],
    0.5,
  );

const annexSection = ({ titles, columns, rows }: PaperTable, draft: boolean): ISectionOptions => {
  const [number = '', title = '', ...others] = titles;
  return {
    properties: {
      // The library swaps the two for a page that lies across.
      page: {
        size: { width: mm(210), height: mm(297), orientation: PageOrientation.LANDSCAPE },
        margin: margins,
      },
    },
    headers: headers(draft),
    children: [
      line(number, { align: 'center', bold: true }),
      line(title, { align: 'center', bold: true }),
      ...others.filter((text) => text !== '').map((text) => line(text, { align: 'center', italics: true, size: 24 })),
      line('', { size: 12 }),
      annexTable(columns, rows),
    ],
  };
};

const annexTable = (columns: PaperTable['columns'], rows: PaperTable['rows']): Table => {
  const whole = columns.reduce((sum, { width }) => sum + width, 0);
  const widths = columns.map(({ width }) => Math.round((width / whole) * pageWidth.landscape));
  const cell = (text: string, index: number, look: Look, align: 'left' | 'center' | 'right' = 'left'): TableCell =>
    new TableCell({
      width: { size: widths[index] ?? 0, type: WidthType.DXA },
      verticalAlign: VerticalAlign.CENTER,
      margins: { left: 60, right: 60, top: 30, bottom: 30 },
      children: [new Paragraph({ alignment: align, children: [run(text, size.table, look)] })],
    });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: pageWidth.landscape, type: WidthType.DXA },
    columnWidths: widths,
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map(({ title }, index) => cell(title, index, { bold: true }, 'center')),
      }),
      ...rows.map(
        ({ cells, bold = false }) =>
          new TableRow({
            cantSplit: true,
            children: columns.map(({ align }, index) => cell(cells[index] ?? '', index, { bold }, align)),
          }),
      ),
    ],
  });
};
