// Parts of a page under addresses of their own: links, so that they can be opened, copied and gone back to.

import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

export const Tabs = ({
  label,
  current,
  tabs,
  also,
}: {
  readonly label: string;
  readonly current: string;
  /** Key and words. */
  readonly tabs: readonly (readonly [string, string])[];
  /** What stays in the address whichever part is open. */
  readonly also?: Readonly<Record<string, string>>;
}) => {
  const nav = useRef<HTMLElement>(null);
  // On a telephone they are wider than the page: the one that is open is the one to be seen.
  useEffect(() => {
    const open = nav.current?.querySelector(`[data-tab="${current}"]`);
    if (nav.current && open)
      nav.current.scrollLeft += open.getBoundingClientRect().right - nav.current.getBoundingClientRect().right;
  }, [current]);
  return (
    <nav ref={nav} className="tabs" aria-label={label}>
      {tabs.map(([key, words]) => (
        <Link
          key={key}
          to="."
          search={{ ...also, tab: key } as never}
          className="tab"
          data-tab={key}
          aria-current={key === current ? 'page' : undefined}
        >
          {words}
        </Link>
      ))}
    </nav>
  );
};
