// Text as people write it. One name may arrive composed or decomposed, with HOÀ or HÒA, and with marks nobody sees.

// Bidi controls can make a name read as another one; zero-width characters make equal names differ.
const invisible = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/gu;
const accents = /[\u0300-\u036F]/gu;

/** The text to keep: NFC, trimmed, without bidi controls and zero-width characters. */
export const normalise = (text: string): string => text.replace(invisible, '').normalize('NFC').trim();

/** The text to compare and to search by: lower case, no diacritics, đ as d, single spaces. Not for people to read. */
export const fold = (text: string): string =>
  text
    .replace(invisible, '')
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(accents, '')
    .replaceAll('đ', 'd')
    .replace(/\s+/gu, ' ')
    .trim();
