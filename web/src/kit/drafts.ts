// What somebody is typing, kept in this browser every two seconds: a lost session, a closed tab or a dead network
// loses no text. One draft for each person and thing; sending it successfully removes it.

import { useEffect, useRef, useState } from 'react';
import { useMe } from '../api/session.ts';

const prefix = 'dondoc.draft';
const keyOf = (person: string, name: string): string => `${prefix}.${person}.${name}`;

/** For what is sent later than its form is closed. */
export const forgetDraft = (person: string, name: string): void => localStorage.removeItem(keyOf(person, name));

const readDraft = <T>(key: string): T | undefined => {
  try {
    const kept = localStorage.getItem(key);
    return kept === null ? undefined : (JSON.parse(kept) as T);
  } catch {
    return undefined;
  }
};

/**
 * @param name what it belongs to, for example `task/{id}/submit`
 * @returns the value, its setter, whether it came from a draft, and how to forget it
 */
export const useDraft = <T extends object>(name: string, empty: T) => {
  const key = keyOf(useMe().id, name);
  const [restored, setRestored] = useState(() => readDraft<T>(key) !== undefined);
  const [value, setValue] = useState<T>(() => ({ ...empty, ...readDraft<T>(key) }));
  const latest = useRef(value);
  const touched = useRef(false);
  latest.current = value;
  useEffect(() => {
    const keep = () => {
      if (!touched.current) return;
      try {
        localStorage.setItem(key, JSON.stringify(latest.current));
      } catch {
        // Full or forbidden: the text is still on the screen.
      }
    };
    const timer = setInterval(keep, 2000);
    addEventListener('pagehide', keep);
    return () => {
      clearInterval(timer);
      removeEventListener('pagehide', keep);
      keep();
    };
  }, [key]);
  const forget = () => {
    touched.current = false;
    localStorage.removeItem(key);
    setRestored(false);
  };
  return {
    value,
    change: (changes: Partial<T>) => {
      touched.current = true;
      setValue((before) => ({ ...before, ...changes }));
    },
    restored,
    /** After it was sent. */
    forget,
    discard: () => {
      forget();
      setValue(empty);
    },
  };
};

/** A note for one person in this browser, kept over a reload: for example which of their imports still runs. */
export const useKept = <T>(name: string) => {
  const key = `${prefix}.${useMe().id}.${name}`;
  const [kept, setKept] = useState(() => readDraft<T>(key));
  return {
    kept,
    keep: (next: T | undefined) => {
      setKept(next);
      try {
        if (next === undefined) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // Then it holds until the page is closed.
      }
    },
  };
};
