// Units as files name them: by code, by abbreviation ('SNN&PTNT') or by name ('Ủy ban nhân dân TP. Sa Đéc').
import { fold } from '../../domain/text.ts';

export interface NamedUnit {
  readonly code: string;
  /** Of today; of a unit that is no more, its last. */
  readonly name: string;
  /** It is no more; who has its work, if anybody. */
  readonly ended?: { readonly successor: string | null } | null;
}

/** The code of the one unit the text names; undefined when there is none or more than one. */
export type FindUnit = (text: string) => string | undefined;

/** Units that stand are found first: a successor may bear the name of what it came from. */
export const unitFinder = (units: Iterable<NamedUnit>): FindUnit => {
  const all = [...units];
  const standing = finderAmong(all.filter(({ ended }) => !ended));
  const gone = finderAmong(all.filter(({ ended }) => ended));
  return (text) => standing(text) ?? gone(text);
};

/** Units that are no more, and what to name instead: 'UBND xã Tháp Mười (XTM)'. */
export const endedAmong = (units: readonly NamedUnit[]): ReadonlyMap<string, string | null> => {
  const names = new Map(units.map(({ code, name }) => [code, name]));
  return new Map(
    units.flatMap(({ code, ended }) => {
      if (!ended) return [];
      const { successor } = ended;
      return [[code, successor === null ? null : `${names.get(successor) ?? successor} (${successor})`] as const];
    }),
  );
};

const finderAmong = (units: Iterable<NamedUnit>): FindUnit => {
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
