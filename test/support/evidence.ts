// Files as people upload them, whole and broken, and the requests that carry them.

import { readdirSync } from 'node:fs';
import { strToU8, type Zippable, zipSync } from 'fflate';
import type pg from 'pg';
import { type Answer, type Asked, type Json, type Person, send } from './client.ts';
import type { Office } from './http-office.ts';

export const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));

export const aPdf = (text = 'Báo cáo kết quả'): Uint8Array =>
  bytesOf(`%PDF-1.7\n% ${text}\n1 0 obj <<>> endobj\n%%EOF\n`);

export const aPng = (): Uint8Array =>
  new Uint8Array(
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
      'base64',
    ),
  );
export const aJpeg = (): Uint8Array =>
  new Uint8Array(Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'));
export const aWebp = (): Uint8Array =>
  new Uint8Array(
    Buffer.from(
      `${Buffer.from('RIFF').toString('hex')}1a000000${Buffer.from('WEBPVP8L').toString('hex')}0d0000002f00000010071011118888fe0700`,
      'hex',
    ),
  );

const main = {
  docx: ['word/document.xml', 'wordprocessingml.document'],
  xlsx: ['xl/workbook.xml', 'spreadsheetml.sheet'],
  pptx: ['ppt/presentation.xml', 'presentationml.presentation'],
} as const;

/** An Office document of the least parts. */
export const anOffice = (kind: keyof typeof main, more: Zippable = {}, contentType?: string): Uint8Array => {
  const [part, type] = main[kind];
  const said = contentType ?? `application/vnd.openxmlformats-officedocument.${type}.main+xml`;
  return zipSync({
    '[Content_Types].xml': strToU8(
      `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/${part}" ContentType="${said}"/></Types>`,
    ),
    [part]: strToU8('<document/>'),
    ...more,
  });
};
export const aDocx = (more: Zippable = {}): Uint8Array => anOffice('docx', more);

export const anOpenDocument = (kind: 'text' | 'spreadsheet', more: Zippable = {}): Uint8Array =>
  zipSync({
    mimetype: [strToU8(`application/vnd.oasis.opendocument.${kind}`), { level: 0 }],
    'content.xml': strToU8('<office:document-content/>'),
    ...more,
  });

export const upload = (
  person: Person,
  taskId: string,
  name: string,
  content: Uint8Array,
  asked: Asked = {},
): Promise<Answer> =>
  person.post(`/tasks/${taskId}/files?name=${encodeURIComponent(name)}`, content, {
    type: 'application/octet-stream',
    ...asked,
  });

export interface Downloaded {
  readonly status: number;
  readonly headers: Headers;
  readonly content: Buffer;
}

/** @throws TypeError when the connection breaks off before the end */
export const download = async (
  office: Office,
  person: Person,
  taskId: string,
  fileId: string,
  method = 'GET',
): Promise<Downloaded> => {
  const response = await fetch(`${office.address}/tasks/${taskId}/files/${fileId}`, {
    method,
    headers: { Authorization: `Bearer ${await person.token()}` },
  });
  return { status: response.status, headers: response.headers, content: Buffer.from(await response.arrayBuffer()) };
};

export const anonymously = (office: Office, path: string): Promise<Answer> => send(office.address, 'GET', path, {});

/** Everything that lies below the folder of an office. */
export const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`);

export const fileRows = async (pool: pg.Pool): Promise<readonly Json[]> =>
  (await pool.query('select * from evidence_file order by uploaded_at, id')).rows;
