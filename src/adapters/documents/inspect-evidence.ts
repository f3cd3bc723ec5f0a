// What a file is, by its content. The name has only to agree. Nothing is parsed further than that needs.

import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { fileTypeFromFile } from 'file-type';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { type FileType, fileTypeList, isFileType, typeOfExtension } from '../../application/evidence/file-types.ts';
import type { Inspect } from '../../application/evidence/ports.ts';
import { Refusal } from '../../domain/refusal.ts';
import { entriesOf } from './archive.ts';

/** @throws Refusal evidence.type_refused, evidence.extension_differs, evidence.macros, evidence.unsafe_archive */
export const inspectEvidence: Inspect = async (file, extension) => {
  const named = typeOfExtension(extension);
  const found = await detected(file.path);
  if (macroType.test(found ?? '')) throw new Refusal('evidence.macros');
  if (named === undefined || found === undefined) throw refusedType(found);
  // A package without its directory of contents is told apart from other archives only here.
  if (found === 'application/zip' && packaged.test(named)) throw unsafe('damaged');
  if (!isFileType(found)) throw refusedType(found);
  if (found !== named) throw new Refusal('evidence.extension_differs', { extension, type: found });
  // Programs look for the mark within the first kilobyte, and so would find it behind a page of HTML.
  if (found === 'application/pdf' && !(await beginsWith(file.path, '%PDF-'))) throw refusedType(undefined);
  if (packaged.test(found)) await checkPackage(file.path, file.bytes, found);
  return found;
};

const macroType = /macroenabled/i;
const packaged = /officedocument|opendocument/;

const refusedType = (found: string | undefined): Refusal =>
  new Refusal('evidence.type_refused', { ...(found === undefined ? {} : { found }), accepts: fileTypeList });

const unsafe = (reason: string): Refusal => new Refusal('evidence.unsafe_archive', { reason });

const detected = async (path: string): Promise<string | undefined> => {
  try {
    return (await fileTypeFromFile(path))?.mime.toLowerCase();
  } catch {
    // A file that ends in the middle of what it announced.
    return undefined;
  }
};

const beginsWith = async (path: string, mark: string): Promise<boolean> => {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(mark.length), 0, mark.length, 0);
    return buffer.toString('latin1', 0, bytesRead) === mark;
  } finally {
    await handle.close();
  }
};

/** OOXML keeps macros in vbaProject.bin wherever it likes, OpenDocument in Basic/ and Scripts/. */
const macroPart = /(^|\/)vba(project|data)[^/]*$|^(basic|scripts)\/.|(^|\/)macrosheets\//i;

const checkPackage = async (path: string, bytes: number, type: FileType): Promise<void> => {
  try {
    // yauzl itself refuses absolute names, backslashes and ../ in the directory.
    const zip = await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
    try {
      const entries = await entriesOf(zip, bytes);
      if ([...entries.keys()].some((name) => macroPart.test(name))) throw new Refusal('evidence.macros');
      for (const entry of entries.values()) checkPart(entry.fileName, await inflateWithin(zip, entry));
      // The type was told by the parts in their order; programs go by the directory, which may name others.
      const declaring = entries.get(type.includes('opendocument') ? 'mimetype' : '[Content_Types].xml');
      if (!declaring || !declares(type, await inflateWithin(zip, declaring))) throw unsafe('damaged');
    } finally {
      zip.close();
    }
  } catch (error) {
    throw asRefusal(error);
  }
};

const declares = (type: FileType, text: string): boolean =>
  type.includes('opendocument') ? text === type : text.includes(`"${type}.main+xml"`);

/** What lists and connects the parts; other parts are nobody's business here. */
const connecting = /^\[Content_Types\]\.xml$|\.rels$|^mimetype$/;

const checkPart = (name: string, text: string): void => {
  if (!connecting.test(name)) return;
  // No program writes these here; they could only conceal what is looked for next.
  if (/&#|<!/.test(text)) throw unsafe('damaged');
  if (macroType.test(text) || /vbaProject/i.test(text)) throw new Refusal('evidence.macros');
};

/** What an entry claims of its size was added up before; here it is held to its claim. @returns text of connecting parts */
const inflateWithin = async (zip: ZipFile, entry: Entry): Promise<string> => {
  const kept = connecting.test(entry.fileName);
  if (kept && entry.uncompressedSize > longestConnecting) throw unsafe('part_size');
  let sum = 0;
  let text = '';
  for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
    sum = crc32(chunk, sum);
    if (kept) text += chunk.toString('latin1');
  }
  if (sum !== entry.crc32) throw unsafe('damaged');
  return text;
};

const longestConnecting = 4 * 1024 * 1024;

const asRefusal = (error: unknown): Refusal => {
  if (!(error instanceof Refusal)) return unsafe('damaged');
  return error.code.startsWith('import.') ? unsafe(String(error.details.reason ?? 'damaged')) : error;
};
