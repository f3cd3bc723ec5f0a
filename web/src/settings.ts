// What a person set for this browser: theme, language, density, shortcuts. public/theme.js reads the same key before
// the first paint.

import { useSyncExternalStore } from 'react';

export type Language = 'vi' | 'en';

export interface Settings {
  readonly theme: 'system' | 'light' | 'dark';
  readonly language: Language;
  readonly density: 'roomy' | 'compact';
  /** Single-key shortcuts; people who dictate or use switches turn them off (WCAG 2.1.4). */
  readonly shortcuts: boolean;
  /** The guided tour was seen or skipped. */
  readonly toured: boolean;
}

const key = 'dondoc.settings';
const usual: Settings = { theme: 'system', language: 'vi', density: 'roomy', shortcuts: true, toured: false };
const listeners = new Set<() => void>();

const read = (): Settings => {
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Settings>) };
  } catch {
    return usual;
  }
};

let current = read();

export const settings = (): Settings => current;

export const changeSettings = (changes: Partial<Settings>): void => {
  current = { ...current, ...changes };
  try {
    localStorage.setItem(key, JSON.stringify(current));
  } catch {
    // Then it holds until the page is closed.
  }
  show();
  for (const listener of listeners) listener();
};

export const useSettings = (): Settings =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );

const dark = matchMedia('(prefers-color-scheme: dark)');
dark.addEventListener('change', () => show());

const show = (): void => {
  const root = document.documentElement;
  root.dataset.theme = current.theme === 'system' ? (dark.matches ? 'dark' : 'light') : current.theme;
  root.dataset.density = current.density;
  root.lang = current.language;
};
