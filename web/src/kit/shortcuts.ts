// Keys without a modifier. Vietnamese input methods eat vowels, d, w and brackets (Telex) and digits after a vowel
// (VNI): none of the first is ever a shortcut, and nothing fires while a person types or composes.

import { useEffect, useRef } from 'react';
import { settings } from '../settings.ts';

export interface Shortcut {
  /** One key, or `g` and a second one as "g t". */
  readonly keys: string;
  readonly about: string;
  readonly run: () => void;
}

const editable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(target.type));

/** Whether a key press is meant for the page and not for a text. */
export const isShortcut = (event: KeyboardEvent): boolean =>
  settings().shortcuts &&
  !event.isComposing &&
  event.keyCode !== 229 &&
  !event.ctrlKey &&
  !event.metaKey &&
  !event.altKey &&
  !event.defaultPrevented &&
  !editable(event.target);

const registered = new Set<{ readonly current: readonly Shortcut[] }>();

/** All that hold on this page, for the list behind `?`. */
export const activeShortcuts = (): readonly Shortcut[] => [...registered].flatMap(({ current }) => current);

let prefix: { readonly key: string; readonly at: number } | undefined;

const onKey = (event: KeyboardEvent): void => {
  if (!isShortcut(event)) return;
  const chord = prefix && event.timeStamp - prefix.at < 1500 ? `${prefix.key} ${event.key}` : event.key;
  prefix = undefined;
  // The page that was opened last wins over the shell.
  const found = activeShortcuts()
    .filter(({ keys }) => keys === chord)
    .at(-1);
  if (found) {
    event.preventDefault();
    found.run();
  } else if (activeShortcuts().some(({ keys }) => keys.startsWith(`${event.key} `)))
    prefix = { key: event.key, at: event.timeStamp };
};

/** Holds as long as the component is there. A dialog that is open keeps its own keys to itself. */
export const useShortcuts = (list: readonly Shortcut[]): void => {
  const held = useRef(list);
  held.current = list;
  useEffect(() => {
    if (registered.size === 0) addEventListener('keydown', onKey);
    registered.add(held);
    return () => {
      registered.delete(held);
      if (registered.size === 0) removeEventListener('keydown', onKey);
    };
  }, []);
};
