// Parts of a page under addresses of their own: links, so that they can be opened, copied and gone back to.

import { Link } from '@tanstack/react-router';

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
}) => (
  <nav className="tabs" aria-label={label}>
    {tabs.map(([key, words]) => (
      <Link
        key={key}
        to="."
        search={{ ...also, tab: key } as never}
        className="tab"
        aria-current={key === current ? 'page' : undefined}
      >
        {words}
      </Link>
    ))}
  </nav>
);
