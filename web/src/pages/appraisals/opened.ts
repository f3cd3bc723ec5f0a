// Which claims this person has looked at in this tab: only those can be passed together.

import { useCallback, useState } from 'react';
import type { DeskItem } from '../../api/appraisals.ts';

const key = 'dondoc.opened';

const kept = (): ReadonlySet<string> => {
  try {
    return new Set(JSON.parse(sessionStorage.getItem(key) ?? '[]') as readonly string[]);
  } catch {
    return new Set();
  }
};

export const useOpened = () => {
  const [opened, setOpened] = useState(kept);
  const open = useCallback(({ id, round }: DeskItem) => {
    setOpened((before) => {
      const name = `${id}/${round}`;
      if (before.has(name)) return before;
      const next = new Set([...before, name]);
      try {
        sessionStorage.setItem(key, JSON.stringify([...next]));
      } catch {
        // Then it holds until the page is closed.
      }
      return next;
    });
  }, []);
  return { opened, open };
};
