// What an office would object to on a printed page: wrong paper, letters beyond the margins or of another family, buttons,
// colours of the dark theme, a row that is cut off, a head that is not repeated.

import type { Page } from 'playwright-core';
import { pagesOf } from './pdf.ts';

const millimetre = 72 / 25.4;
/** Between the margins of 30 and 15 mm, in pixels of a style sheet. */
const contentWidth = Math.floor((210 - 30 - 15) * (96 / 25.4));

/** Of a page that lies. */
const lyingWidth = Math.floor((297 - 30 - 15) * (96 / 25.4));

/** @param file the page as PDF with the paper of its style sheet */
export const wrongOnPaper = async (page: Page, file: Uint8Array): Promise<readonly string[]> => {
  const wrong = new Set<string>();
  const pages = await pagesOf(file);
  for (const { width, height, pieces, fonts } of pages) {
    const size = [Math.round(width), Math.round(height)].sort((one, other) => one - other);
    if (size[0] !== 595 || size[1] !== 842) wrong.add(`is ${size.join(' × ')} pt`);
    const [top, right, bottom, left] = width < height ? [20, 15, 20, 30] : [15, 15, 15, 20];
    for (const { text, x, y, width: long } of pieces) {
      if (x < left * millimetre - 1 || x + long > width - right * millimetre + 2)
        wrong.add(`beyond a side margin: ${text}`);
      // The number of the page stands in the margin.
      const beyond = y < bottom * millimetre - 2 || y > height - top * millimetre + 2;
      if (beyond && !/^\d+$/.test(text)) wrong.add(`beyond top or bottom: ${text}`);
    }
    for (const font of fonts) if (!/Times|Tinos|Liberation ?Serif/i.test(font)) wrong.add(`in ${font}`);
  }
  for (const what of await wrongInPrint(page)) wrong.add(what);
  return [...wrong];
};

const wrongInPrint = async (page: Page): Promise<readonly string[]> => {
  await page.emulateMedia({ media: 'print' });
  // The compiler gives named functions their name by a helper that the page does not have.
  await page.evaluate('globalThis.__name ??= (each) => each');
  const found = await page.evaluate(
    ([standing, lying]) => {
      const told = (element: Element) =>
        `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} ${element.textContent?.trim().slice(0, 40)}`;
      const styles = (element: Element) => getComputedStyle(element) as CSSStyleDeclaration & { readonly page: string };
      const all = [...document.body.querySelectorAll('*')].filter(
        (each) => !each.closest('svg') && each.getClientRects().length > 0,
      );
      // Not what is for ears only, a pixel wide.
      const seen = all.filter((each) => each.getBoundingClientRect().width > 1 && !each.closest('.vh'));
      const light = (colour: string) => {
        const [red = 0, green = 0, blue = 0, alpha = 1] = colour.match(/[\d.]+/g)?.map(Number) ?? [];
        return alpha === 0 || Math.min(red, green, blue) > 225;
      };
      const lies = (element: Element): boolean =>
        ['wide', 'annex'].includes(styles(element).page) ||
        (element.parentElement !== null && lies(element.parentElement));
      const cut = (width: number, which: (element: Element) => boolean) => {
        document.body.style.width = `${width}px`;
        const edge = document.body.getBoundingClientRect().left + width + 1;
        return seen.filter((each) => which(each) && each.getBoundingClientRect().right > edge);
      };
      const pressed = 'nav, button:not(.sort, .link, .figure-button, .tile), .button, [role="tablist"]';
      const wrong = [
        ...all.filter((each) => each.matches(pressed)).map((each) => `shows ${told(each)}`),
        ...cut(standing, (each) => !lies(each)).map((each) => `cut off: ${told(each)}`),
        ...cut(lying, lies).map((each) => `cut off, though it lies: ${told(each)}`),
        ...seen
          .filter((each) => styles(each).overflowX !== 'visible' && each.scrollWidth > each.clientWidth + 1)
          .map((each) => `scrolls: ${told(each)}`),
        ...seen
          // Marks and bars are dark; a ground on which something stands is not.
          .filter((each) => each.matches('main, main *') && each.getBoundingClientRect().height > 30)
          .filter((each) => !light(styles(each).backgroundColor))
          .map((each) => `on ${styles(each).backgroundColor}: ${told(each)}`),
        ...seen
          .filter((each) => each.matches('thead') && styles(each).display !== 'table-header-group')
          .map((each) => `head is not repeated: ${told(each)}`),
        ...all
          .filter((each) => each.matches('thead button') && styles(each).display !== 'contents')
          .map((each) => `a button in a head: ${told(each)}`),
      ];
      document.body.style.width = '';
      return wrong;
    },
    [contentWidth, lyingWidth] as const,
  );
  await page.emulateMedia({ media: null });
  return [...new Set(found)].slice(0, 12);
};
