// S8, the table of what people and attackers upload: each is refused with a code of its own or made harmless, and what is
// refused leaves neither a row nor a file behind.

import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'chai';
import { strToU8, zipSync } from 'fflate';
import {
  aDocx,
  aJpeg,
  anOffice,
  anOpenDocument,
  aPdf,
  aPng,
  aWebp,
  bytesOf,
  download,
  fileRows,
  filesIn,
  upload,
} from '../support/evidence.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { acknowledged } from '../support/tasks.ts';
import { declaring } from '../support/zip.ts';

const mebibyte = 1024 ** 2;
const html = '<!DOCTYPE html><html><body><script>alert(1)</script></body></html>';
const svg = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
const bomb = (): Uint8Array => aDocx({ 'word/media/image1.bmp': new Uint8Array(20 * mebibyte) });
const encrypted = (): Uint8Array => {
  const zip = Buffer.from(aDocx());
  // The flag of encryption in every header and in the directory.
  for (const [mark, at] of [
    ['PK\x03\x04', 6],
    ['PK\x01\x02', 8],
  ] as const)
    for (let found = zip.indexOf(mark, 0, 'latin1'); found >= 0; found = zip.indexOf(mark, found + 1, 'latin1'))
      zip.writeUInt16LE(zip.readUInt16LE(found + at) | 1, found + at);
  return zip;
};
/** The same archive with a part under another name of the same length. */
const renamed = (zip: Uint8Array, from: string, to: string): Uint8Array =>
  Buffer.from(Buffer.from(zip).toString('latin1').replaceAll(from, to), 'latin1');
const cfb = (): Uint8Array => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2048)]);
const wordMacro = 'application/vnd.ms-word.document.macroEnabled.main+xml';

const refused: readonly (readonly [string, string, () => Uint8Array, number, string])[] = [
  ['a page of HTML under the name of a PDF', 'bao-cao.pdf', () => bytesOf(html), 415, 'evidence.type_refused'],
  ['a page of HTML', 'trang.html', () => bytesOf(html), 415, 'evidence.type_refused'],
  ['a drawing with a script', 'so-do.svg', () => bytesOf(svg), 415, 'evidence.type_refused'],
  ['a drawing with a script as PNG', 'so-do.png', () => bytesOf(svg), 415, 'evidence.type_refused'],
  [
    'HTML that a reader of PDF would open too',
    'a.pdf',
    () => bytesOf(`${html}\n%PDF-1.7\n%%EOF`),
    415,
    'evidence.type_refused',
  ],
  ['a PDF behind one blank', 'a.pdf', () => bytesOf(' %PDF-1.7\n%%EOF'), 415, 'evidence.type_refused'],
  ['a script', 'chay.js', () => bytesOf('alert(1)'), 415, 'evidence.type_refused'],
  ['a program as PDF', 'a.pdf', () => bytesOf('MZ\x90\x00\x03\x00'), 415, 'evidence.type_refused'],
  ['a shell script as docx', 'a.docx', () => bytesOf('#!/bin/sh\nrm -rf /\n'), 415, 'evidence.type_refused'],
  ['plain text', 'ghi-chu.txt', () => bytesOf('Ghi chú'), 415, 'evidence.type_refused'],
  ['a plain archive', 'a.zip', () => zipSync({ 'a.txt': strToU8('a') }), 415, 'evidence.type_refused'],
  ['a plain archive as docx', 'a.docx', () => zipSync({ 'a.txt': strToU8('a') }), 422, 'evidence.unsafe_archive'],
  ['an old Word document', 'a.doc', cfb, 415, 'evidence.type_refused'],
  ['an old Word document as docx', 'a.docx', cfb, 415, 'evidence.type_refused'],
  ['a name without extension', 'bao-cao', aPdf, 415, 'evidence.type_refused'],
  ['a JPEG as PNG', 'a.png', aJpeg, 422, 'evidence.extension_differs'],
  ['a PDF as docx', 'a.docx', aPdf, 422, 'evidence.extension_differs'],
  ['a workbook as docx', 'a.docx', () => anOffice('xlsx'), 422, 'evidence.extension_differs'],
  ['a document with macros', 'a.docm', () => anOffice('docx', {}, wordMacro), 422, 'evidence.macros'],
  ['a document with macros as docx', 'a.docx', () => anOffice('docx', {}, wordMacro), 422, 'evidence.macros'],
  [
    'macros that the list of contents conceals',
    'a.xlsx',
    () => anOffice('xlsx', { 'xl/vbaProject.bin': strToU8('x') }),
    422,
    'evidence.macros',
  ],
  [
    'an old macro sheet',
    'a.xlsx',
    () => anOffice('xlsx', { 'xl/macrosheets/sheet1.xml': strToU8('<x/>') }),
    422,
    'evidence.macros',
  ],
  [
    'an OpenDocument with macros',
    'a.odt',
    () => anOpenDocument('text', { 'Basic/Standard/Module1.xml': strToU8('<x/>') }),
    422,
    'evidence.macros',
  ],
  [
    'macros under another name, told by a relationship',
    'a.docx',
    () =>
      aDocx({
        'word/_rels/document.xml.rels': strToU8(
          '<Relationships><Relationship Id="r1" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="x.bin"/></Relationships>',
        ),
        'word/x.bin': strToU8('x'),
      }),
    422,
    'evidence.macros',
  ],
  [
    'a list of contents that conceals its letters',
    'a.docx',
    () =>
      aDocx({
        'word/_rels/document.xml.rels': strToU8('<Relationships><Relationship Type="vba&#80;roject"/></Relationships>'),
      }),
    422,
    'evidence.unsafe_archive',
  ],
  [
    'a directory that names another list of contents than the parts do',
    'a.docx',
    () => {
      const zip = Buffer.from(aDocx());
      // In the directory only.
      zip.write('[Content_Typex].xml', zip.lastIndexOf('[Content_Types].xml'), 'latin1');
      return zip;
    },
    422,
    'evidence.unsafe_archive',
  ],
  ['a bomb: little that becomes much', 'a.docx', bomb, 422, 'evidence.unsafe_archive'],
  [
    'a bomb that lies about its size',
    'a.docx',
    () => declaring(bomb(), 'word/media/image1.bmp', { size: 100 }),
    422,
    'evidence.unsafe_archive',
  ],
  [
    'a thousand and one parts',
    'a.docx',
    () => aDocx(Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`word/${index}.xml`, strToU8('')]))),
    422,
    'evidence.unsafe_archive',
  ],
  [
    'a part that climbs out',
    'a.docx',
    () => renamed(aDocx({ 'word/xx/x.xml': strToU8('x') }), 'word/xx/x.xml', '../../../x.xm'),
    422,
    'evidence.unsafe_archive',
  ],
  ['an encrypted document', 'a.docx', encrypted, 422, 'evidence.unsafe_archive'],
  ['a document cut short', 'a.docx', () => aDocx().slice(0, -40), 422, 'evidence.unsafe_archive'],
  [
    'a document with a damaged part',
    'a.docx',
    () => renamed(aDocx({ 'word/a.xml': [strToU8('nội dung'), { level: 0 }] }), 'dung', 'DUNG'),
    422,
    'evidence.unsafe_archive',
  ],
  ['an empty file', 'a.pdf', () => new Uint8Array(), 422, 'evidence.empty'],
  [
    'one byte more than 20 MiB',
    'a.pdf',
    () => Buffer.concat([aPdf(), Buffer.alloc(20 * mebibyte + 1 - aPdf().length)]),
    413,
    'evidence.too_large',
  ],
  ['a name of dots', '../..', aPdf, 400, 'input.invalid'],
  ['a name with NUL', 'a.pdf\0.html', aPdf, 400, 'input.invalid'],
];

describe('S8: uploads', () => {
  const office = suiteOffice();
  const focal = () => office().as('unit.snv');
  let taskId: string;
  before(async () => {
    taskId = (await acknowledged(office())).id;
  });

  const nothing = { rows: 0, files: [] };
  const stored = async () => ({ rows: (await fileRows(office().pool)).length, files: filesIn(office().folder) });

  for (const [what, name, content, status, code] of refused)
    it(`S8: refuses ${what}, and stores nothing of it`, async () => {
      const answer = await upload(focal(), taskId, name, content());

      expect([answer.status, answer.body.code]).to.deep.equal([status, code]);
      expect(await stored()).to.deep.equal(nothing);
    });

  it('S8: refuses more than 20 MiB as soon as it has come, whatever was announced', async () => {
    const chunk = new Uint8Array(mebibyte);
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1;
        if (sent > 64) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const response = await fetch(`${office().address}/tasks/${taskId}/files?name=a.pdf`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${await focal().token()}`,
        'Idempotency-Key': 'endless',
        'Content-Type': 'application/pdf',
      },
      body: endless,
      duplex: 'half',
    } as RequestInit);

    expect([response.status, ((await response.json()) as { code: string }).code]).to.deep.equal([
      413,
      'evidence.too_large',
    ]);
    expect(await stored()).to.deep.equal(nothing);
  });

  it('S8: refuses other types of body and more than one name before anything is read', async () => {
    const typed = await upload(focal(), taskId, 'a.pdf', aPdf(), { type: 'text/html' });
    expect([typed.status, typed.body.code]).to.deep.equal([415, 'media_type.unsupported']);
    const twice = await focal().post(`/tasks/${taskId}/files?name=a.pdf&name=b.pdf`, aPdf(), {
      type: 'application/pdf',
    });
    expect([twice.status, twice.body.code]).to.deep.equal([400, 'input.invalid']);
    expect(await stored()).to.deep.equal(nothing);
  });

  it('S8: leaves nothing of an upload that breaks off half-way', async () => {
    const { hostname, port } = new URL(office().address);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(
      `POST /api/v1/tasks/${taskId}/files?name=a.pdf HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await focal().token()}\r\n` +
        'Idempotency-Key: half\r\nContent-Type: application/pdf\r\nContent-Length: 1000000\r\n\r\n%PDF-1.7\n',
    );
    await until(async () => (await stored()).files.length === 1);
    socket.destroy();
    await until(async () => (await stored()).files.length === 0);

    expect(await stored()).to.deep.equal(nothing);
  });

  const taken: readonly (readonly [string, () => Uint8Array, string])[] = [
    ['a.pdf', aPdf, 'application/pdf'],
    ['A.PDF', aPdf, 'application/pdf'],
    ['ảnh.jpg', aJpeg, 'image/jpeg'],
    ['ảnh.jpeg', aJpeg, 'image/jpeg'],
    ['ảnh.png', aPng, 'image/png'],
    ['ảnh.webp', aWebp, 'image/webp'],
    ['báo cáo.docx', aDocx, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['bảng.xlsx', () => anOffice('xlsx'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['trình.pptx', () => anOffice('pptx'), 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
    ['văn bản.odt', () => anOpenDocument('text'), 'application/vnd.oasis.opendocument.text'],
    ['bảng.ods', () => anOpenDocument('spreadsheet'), 'application/vnd.oasis.opendocument.spreadsheet'],
  ];
  for (const [name, content, type] of taken)
    it(`S8: takes ${name} as ${type}, and gives back the same bytes`, async () => {
      // Made once: an archive carries the moment it was made.
      const bytes = content();
      const given = await done(upload(focal(), taskId, name, bytes));

      expect([given.name, given.type]).to.deep.equal([name, type]);
      const read = await download(office(), focal(), taskId, given.id);
      expect([read.headers.get('content-type'), read.content.equals(bytes)]).to.deep.equal([type, true]);
    });

  const long = `${'Báo cáo kết quả thực hiện cam kết hành động năm hai nghìn không trăm hai mươi hai '.repeat(4).slice(0, 296)}.pdf`;
  const names: readonly (readonly [string, string, string])[] = [
    ['a path', '../../etc/bao-cao.pdf', 'bao-cao.pdf'],
    ['a path of Windows', 'C:\\Users\\x\\bao-cao.pdf', 'bao-cao.pdf'],
    ['marks that turn the name round', 'bao\u202efdp.exe\u2066.pdf', 'baofdp.exe.pdf'],
    ['line breaks and control characters', 'a\r\nSet-Cookie: x=1\u0007.pdf', 'a Set-Cookie: x=1.pdf'],
    ['decomposed letters', 'Báo cáo.pdf'.normalize('NFD'), 'Báo cáo.pdf'],
    ['300 characters', long, `${long.slice(0, 196)}.pdf`],
    ['quotes and markup', `"><img src=x onerror=alert('1')>.pdf`, `"><img src=x onerror=alert('1')>.pdf`],
  ];
  for (const [what, given, kept] of names)
    it(`S8: makes a name of ${what} harmless`, async () => {
      const { id, name } = await done(upload(focal(), taskId, given, aPdf()));
      expect(name).to.equal(kept);
      const { headers } = await download(office(), focal(), taskId, id);
      const disposition = headers.get('content-disposition') ?? '';
      expect(disposition).to.match(/^attachment; filename="[A-Za-z0-9._ ()-]*"; filename\*=UTF-8''[A-Za-z0-9%._!~-]*$/);
      expect(decodeURIComponent(disposition.split("UTF-8''")[1] ?? '')).to.equal(kept);
    });

  it('S8: takes 20 MiB to the byte', async () => {
    const whole = Buffer.concat([aPdf(), Buffer.alloc(20 * mebibyte - aPdf().length)]);
    const { bytes } = await done(upload(focal(), taskId, 'a.pdf', whole));
    expect(bytes).to.equal(20 * mebibyte);
  });

  it('S8: holds ten uploads of 20 MiB at once in less than 100 MB of memory', async function () {
    this.timeout(60_000);
    const token = await focal().token();
    const piece = new Uint8Array(64 * 1024);
    const body = () => {
      let sent = 0;
      return new ReadableStream(
        {
          pull(controller) {
            if (sent === 0) controller.enqueue(bytesOf('%PDF-1.7\n'));
            else if (sent < 20 * 16) controller.enqueue(piece);
            else controller.close();
            sent += 1;
          },
        },
        { highWaterMark: 1 },
      );
    };
    const before = process.memoryUsage();
    const most = { rss: before.rss, external: before.external };
    const watch = setInterval(() => {
      const { rss, external } = process.memoryUsage();
      most.rss = Math.max(most.rss, rss);
      most.external = Math.max(most.external, external);
    }, 5);
    try {
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          fetch(`${office().address}/tasks/${taskId}/files?name=a.pdf`, {
            method: 'POST',
            headers: {
              Authorization: `Bearer ${token}`,
              'Idempotency-Key': `together-${index}`,
              'Content-Type': 'application/pdf',
            },
            body: body(),
            duplex: 'half',
          } as RequestInit),
        ),
      );
      expect(answers.map(({ status }) => status)).to.deep.equal(Array.from({ length: 10 }, () => 201));
    } finally {
      clearInterval(watch);
    }
    // Also what lives in buffers: earlier tests may have left the process room that it would not have to ask for.
    expect((most.rss - before.rss) / 1e6).to.be.below(100);
    expect((most.external - before.external) / 1e6).to.be.below(100);
  });

  it('S8: stops one task from filling the disk', async () => {
    let last = await upload(focal(), taskId, 'a.pdf', aPdf());
    for (let sent = 0; last.status === 201 && sent < 200; sent += 1)
      last = await upload(focal(), taskId, 'a.pdf', aPdf());
    expect([last.status, last.body.code, last.body.limit]).to.deep.equal([409, 'evidence.too_many', 100]);
  });
});

/** Waits for a fact; the runner's own limit ends a wait that is in vain. */
const until = async (fact: () => Promise<boolean>): Promise<void> => {
  while (!(await fact())) await new Promise((resolve) => setTimeout(resolve, 5));
};
