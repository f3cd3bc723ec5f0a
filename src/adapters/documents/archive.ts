// A zip of unknown origin: everything it claims is checked before anything is inflated, and inflating stops at the claim.
import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { Refusal } from '../../domain/refusal.ts';
import { importLimits, tooLarge, unreadable } from './import-limits.ts';

/** Reads one part, or answers undefined when there is none of that name. */
export type ReadPart = (name: string) => Promise<Uint8Array | undefined>;

export const openArchive = async (bytes: Uint8Array): Promise<ReadPart> => {
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const zip = await fromBufferPromise(buffer, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
    const entries = await entriesOf(zip, bytes.length);
    return async (name) => {
      const entry = entries.get(name);
      return entry && inflate(zip, entry);
    };
  } catch (error) {
    throw asRefusal(error);
  }
};

/** The directory of an archive, judged before anything is inflated. @throws Refusal import.too_large, import.unreadable */
export const entriesOf = async (zip: ZipFile, archiveSize: number): Promise<ReadonlyMap<string, Entry>> => {
  if (zip.entryCount > importLimits.entries)
    throw tooLarge('entries', importLimits.entries, { actual: zip.entryCount });
  const entries = new Map<string, Entry>();
  let inflated = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) throw unreadable('encrypted');
    if (entries.has(entry.fileName)) throw unreadable('damaged', { detail: 'two parts of one name' });
    entries.set(entry.fileName, entry);
    inflated += entry.uncompressedSize;
  }
  if (inflated > importLimits.inflated) throw tooLarge('inflated_size', importLimits.inflated, { actual: inflated });
  if (inflated > importLimits.ratioFrom && inflated > importLimits.ratio * archiveSize)
    throw tooLarge('ratio', importLimits.ratio, { actual: Math.round(inflated / archiveSize) });
  return entries;
};

// yauzl fails the stream as soon as it gives more than the entry declared, so a lying size costs one chunk.
const inflate = async (zip: ZipFile, entry: Entry): Promise<Uint8Array> => {
  if (entry.uncompressedSize > importLimits.part)
    throw tooLarge('part_size', importLimits.part, { actual: entry.uncompressedSize });
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk);
    const part = Buffer.concat(chunks);
    if (crc32(part) !== entry.crc32) throw unreadable('damaged', { detail: 'checksum differs' });
    return part;
  } catch (error) {
    throw asRefusal(error);
  }
};

const asRefusal = (error: unknown): Refusal =>
  error instanceof Refusal ? error : unreadable('damaged', { detail: error instanceof Error ? error.message : '' });
