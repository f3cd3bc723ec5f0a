// Which claims this person has looked at: only those can be passed together. A round that comes again is another one.

import { useCallback, useMemo, useRef } from 'react';
import type { DeskItem } from '../../api/appraisals.ts';
import { useKept } from '../../kit/drafts.ts';

/** Older ones are answered long since. */
const most = 500;

export const useOpened = () => {
  const { kept, keep } = useKept<readonly string[]>('opened');
  const opened = useMemo<ReadonlySet<string>>(() => new Set(kept), [kept]);
  const now = useRef({ opened, keep });
  now.current = { opened, keep };
  const open = useCallback(({ id, round }: Pick<DeskItem, 'id' | 'round'>) => {
    const name = `${id}/${round}`;
    if (!now.current.opened.has(name)) now.current.keep([...now.current.opened, name].slice(-most));
  }, []);
  return { opened, open };
};
