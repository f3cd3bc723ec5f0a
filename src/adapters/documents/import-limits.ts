// How much of a stranger's file is read before it is refused. Sizes in bytes.
import { Refusal, type RefusalDetails } from '../../domain/refusal.ts';

export const importLimits = {
  file: 20 * 1024 * 1024,
  entries: 1_000,
  inflated: 200 * 1024 * 1024,
  /** Inflated to compressed, of the whole archive; asked only above `ratioFrom`, since little files are harmless. */
  ratio: 100,
  ratioFrom: 1024 * 1024,
  /** One part that is parsed as XML; a sheet of 100,000 rows and 9 columns is about 40 MB. */
  part: 64 * 1024 * 1024,
  rows: 100_000,
  columns: 1_000,
  /** Rows times columns: a sheet is kept as a full table, so one stray cell far away costs all between. */
  cells: 5_000_000,
  rowLength: 1_000_000,
} as const;

export const tooLarge = (reason: string, limit: number, details: RefusalDetails = {}): Refusal =>
  new Refusal('import.too_large', { reason, limit, ...details });

export const unreadable = (reason: string, details: RefusalDetails = {}): Refusal =>
  new Refusal('import.unreadable', { reason, ...details });
