import type { ReactNode } from 'react';

/** A table that scrolls by itself where it is wider than the page; by keyboard too. */
export const TableBox = ({
  label,
  className = '',
  children,
}: {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it with the arrows.
  <section className={`table-box ${className}`} aria-label={label} tabIndex={0}>
    {children}
  </section>
);
