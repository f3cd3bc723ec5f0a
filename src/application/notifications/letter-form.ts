// The form of every mail: opening, body, what it must say of its data, and the end.

import type { MailText } from './ports.ts';
import { plain, shortened } from './text-forms.ts';

const longestSubject = 200;

/** @param told programmes of which the letter tells */
export const letter = (
  opening: string,
  body: string,
  told: readonly { readonly illustrative: boolean; readonly programmeName: string }[],
): string => {
  const illustrative = [...new Set(told.filter((one) => one.illustrative).map((one) => plain(one.programmeName)))];
  return [
    opening,
    body,
    ...(illustrative.length > 0 ? [`Dữ liệu minh họa: ${illustrative.join('; ')}.`] : []),
    'Trân trọng.\nThư này được gửi tự động; đề nghị không trả lời thư.',
  ]
    .join('\n\n')
    .normalize('NFC');
};

export const subjectOf = (line: string): MailText['subject'] => shortened(plain(line), longestSubject);

/** Address of a page of the program, on a line of its own below an entry. */
export const linkLine = (publicUrl: string | undefined, path: string, mark: string, word: string): string =>
  publicUrl === undefined ? '' : `\n${' '.repeat(mark.length)}${word}: ${publicUrl.replace(/\/+$/u, '')}${path}`;
