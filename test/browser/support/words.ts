// The words of the console itself, read from its dictionaries, and those that the API gave. On an English page what is
// Vietnamese must be the API's: names of units and people, titles of tasks, sentences of letters.

import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';

const source = path.join(import.meta.dirname, '../../../web/src');

/** Letters that only Vietnamese has; a page in English has none of its own. */
export const vietnamese = /[àáạảãâầấậẩẫăằắặẳẵèéẹẻẽêềếệểễìíịỉĩòóọỏõôồốộổỗơờớợởỡùúụủũưừứựửữỳýỵỷỹđ]/i;

/** What the dictionaries say in Vietnamese and otherwise in English: whole texts, without those that are put together. */
export const vietnameseWords = async (): Promise<ReadonlySet<string>> => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(^|[-/\\])text\.ts$|text[/\\](?!index)[^/\\]+\.ts$/.test(name),
  );
  const pairs: [string, string][] = [];
  // Beside the dictionaries stands the setting that chooses between them, which asks the browser for its theme.
  const browser = {
    matchMedia: () => ({ addEventListener: () => undefined }),
    document: { documentElement: { dataset: {} } },
  };
  Object.assign(globalThis, browser);
  try {
    for (const file of files)
      for (const each of Object.values((await import(path.join(source, file))) as Record<string, unknown>))
        if (isTexts(each)) collect(each.vi, each.en, (vi, en) => pairs.push([vi, en]));
  } finally {
    for (const name of Object.keys(browser)) Reflect.deleteProperty(globalThis, name);
  }
  const english = new Set(pairs.map(([, en]) => en));
  return new Set(pairs.filter(([vi, en]) => vi !== en && !english.has(vi)).map(([vi]) => vi));
};

const isTexts = (value: unknown): value is { readonly vi: unknown; readonly en: unknown } =>
  typeof value === 'object' && value !== null && 'vi' in value && 'en' in value;

const collect = (vi: unknown, en: unknown, take: (vi: string, en: string) => void): void => {
  if (typeof vi === 'string' && typeof en === 'string') take(vi, en);
  else if (typeof vi === 'object' && vi !== null && typeof en === 'object' && en !== null)
    for (const [key, value] of Object.entries(vi)) collect(value, (en as Record<string, unknown>)[key], take);
};

/** Every text that is shown or said: of nodes, and of attributes that people read or hear. */
export const textsOn = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (!node.parentElement?.closest('script, style, noscript, [lang="vi"]')) texts.push(node.nodeValue ?? '');
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [aria-description]'))
      for (const name of element.closest('[lang="vi"]')
        ? []
        : ['aria-label', 'title', 'placeholder', 'aria-description'])
        texts.push(element.getAttribute(name) ?? '');
    texts.push(document.title);
    return texts.map((text) => text.trim()).filter((text) => text !== '');
  });

/** Keeps the Vietnamese texts of every answer of the API; of what it says in both languages, neither. */
export const hearing = () => {
  const given = new Set<string>();
  const coming = new Set<Promise<void>>();
  return {
    listenTo: (page: Page): void => {
      page.on('response', (response) => {
        if (!new URL(response.url()).pathname.startsWith('/api/') || !isJson(response.headers())) return;
        const reading = response.json().then(
          (body: unknown) => heard(body, given),
          // The page went on before the answer was read: then it shows nothing of it.
          () => undefined,
        );
        coming.add(reading);
        void reading.then(() => coming.delete(reading));
      });
    },
    given: async (): Promise<readonly string[]> => {
      await Promise.all(coming);
      return [...given];
    },
  };
};

const isJson = (headers: Readonly<Record<string, string>>): boolean => /json/.test(String(headers['content-type']));

const heard = (value: unknown, given: Set<string>): void => {
  if (typeof value === 'string') {
    if (vietnamese.test(value)) given.add(value.trim());
  } else if (Array.isArray(value)) for (const each of value) heard(each, given);
  else if (typeof value === 'object' && value !== null)
    for (const [key, each] of Object.entries(value)) {
      if (key === 'vi' && 'en' in value) continue;
      if ((key === 'detail' || key === 'title') && 'detailEn' in value) continue;
      heard(each, given);
      if (vietnamese.test(key)) given.add(key);
    }
};

/** What is left of a text in Vietnamese when all that the API gave is taken out of it. */
export const ownVietnamese = (text: string, given: readonly string[]): boolean => {
  if (!vietnamese.test(text)) return false;
  let left = text;
  for (const each of given) if (left.includes(each)) left = left.replaceAll(each, ' ');
  return vietnamese.test(left);
};
