// What is on the pages of a printed PDF: sizes, texts with their places, fonts.

import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface PrintedPage {
  /** In points. */
  readonly width: number;
  readonly height: number;
  readonly text: string;
  readonly pieces: readonly { readonly text: string; readonly x: number; readonly y: number; readonly width: number }[];
  readonly fonts: readonly string[];
}

export const pagesOf = async (bytes: Uint8Array): Promise<readonly PrintedPage[]> => {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const document = await task.promise;
  const pages: PrintedPage[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    // Drawing instructions load the fonts, whose real names the text alone does not tell.
    await page.getOperatorList();
    const { items } = await page.getTextContent();
    const pieces = items.flatMap((item) =>
      'str' in item && item.str.trim() !== ''
        ? [
            {
              text: item.str,
              x: Number(item.transform[4]),
              y: Number(item.transform[5]),
              width: item.width,
              font: item.fontName,
            },
          ]
        : [],
    );
    const fonts = [...new Set(pieces.map(({ font }) => font))].map((font) =>
      page.commonObjs.has(font) ? String((page.commonObjs.get(font) as { readonly name?: string }).name) : font,
    );
    pages.push({
      width,
      height,
      text: joined(pieces),
      pieces,
      fonts,
    });
  }
  await task.destroy();
  return pages;
};

/** Pieces that touch on one line are one word: numbers in bold and their neighbours come apart in the file. */
const joined = (pieces: PrintedPage['pieces']): string =>
  pieces
    .map(({ text, x, y }, index) => {
      const before = pieces[index - 1];
      const touches = before && Math.abs(before.y - y) < 1 && Math.abs(before.x + before.width - x) < 1.5;
      return touches || index === 0 ? text : ` ${text}`;
    })
    .join('')
    .normalize('NFC');
