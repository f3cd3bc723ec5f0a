import type { Page } from 'playwright-core';
import { accessibilityProblems } from './axe.ts';
import { settled } from './console.ts';

/** What axe finds in the dark and in the light theme; the page is left in the light one. */
export const problemsInBothThemes = async (page: Page): Promise<readonly string[]> => {
  const all: string[] = [];
  for (const theme of ['dark', 'light']) {
    await page.evaluate((value) => {
      document.documentElement.dataset.theme = value;
    }, theme);
    await settled(page);
    all.push(...(await accessibilityProblems(page)).map((text) => `${theme}: ${text}`));
  }
  return all;
};
