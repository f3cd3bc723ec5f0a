// Words for people. Every page has its own pair of dictionaries beside it; the Vietnamese one is the type of the other,
// so that a missing English word does not compile.

import { useSettings } from '../settings.ts';

export type Widen<T> = T extends string
  ? string
  : T extends (...given: infer A) => string
    ? (...given: A) => string
    : { readonly [K in keyof T]: Widen<T[K]> };

export interface Texts<T> {
  readonly vi: T;
  readonly en: Widen<T>;
}

/** @param vi what officials read @param en the same in English; names of units stay Vietnamese */
export const texts = <const T extends object>(vi: T, en: Widen<T>): Texts<T> => ({ vi, en });

/** The words of a dictionary in the language that is set. */
export const useText = <T>(dictionary: Texts<T>): Widen<T> =>
  useSettings().language === 'en' ? dictionary.en : (dictionary.vi as Widen<T>);

/** Of a name the API gives in both languages. */
export const useNamed = (): ((names: { readonly vi: string; readonly en: string }) => string) => {
  const { language } = useSettings();
  return (names) => names[language];
};
