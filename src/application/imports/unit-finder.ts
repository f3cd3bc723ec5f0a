// Units as files name them: by code, by abbreviation ('SNN&PTNT') or by name ('Ủy ban nhân dân TP. Sa Đéc').
import { fold } from '../../domain/text.ts';

export interface NamedUnit {
  readonly code: string;
  readonly name: string;
}

/** The code of the one unit the text names; undefined when there is none or more than one. */
export type FindUnit = (text: string) => string | undefined;

export const unitFinder = (units: Iterable<NamedUnit>): FindUnit => {
  const exact = new Set<string>();
  const byCode = new Map<string, string | undefined>();
  const byName = new Map<string, string | undefined>();
  for (const { code, name } of units) {
    exact.add(code);
    remember(byCode, codeKey(code), code);
    remember(byName, nameKey(name), code);
  }
  return (text) => {
    const asWritten = text.trim();
    return exact.has(asWritten) ? asWritten : (byCode.get(codeKey(asWritten)) ?? byName.get(nameKey(asWritten)));
  };
};

/** Two units of one key: neither is found by it, for a guess would give one unit the other's work. */
const remember = (codes: Map<string, string | undefined>, key: string, code: string): void => {
  if (key !== '') codes.set(key, codes.has(key) && codes.get(key) !== code ? undefined : code);
};

const codeKey = (text: string): string => fold(text).replace(/[^a-z0-9]/gu, '');

const nameKey = (text: string): string =>
  fold(text)
    .replaceAll('&', ' va ')
    .replace(/\buy ban nhan dan\b/gu, 'ubnd')
    .replace(/\btp\b/gu, 'thanh pho')
    .replace(/\btx\b/gu, 'thi xa')
    .replace(/[^a-z0-9]+/gu, ' ')
    .trim();
