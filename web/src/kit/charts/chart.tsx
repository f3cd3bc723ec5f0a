// Around every chart: a sentence for whoever does not see it, and the same numbers as a table, which is also printed.

import { type ReactNode, useState } from 'react';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { Button } from '../button.tsx';

export const Chart = ({
  title,
  sentence,
  table,
  links,
  note,
  children,
}: {
  readonly title: string;
  /** What the picture says, in words. */
  readonly sentence: string;
  readonly table?: ReactNode;
  /** Over the parts of the picture, each to the list of what it counts: a picture itself holds nothing to press. */
  readonly links?: ReactNode;
  /** How it was counted, below the picture. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
}) => {
  const text = useText(common);
  const [open, setOpen] = useState(false);
  return (
    <figure className="chart stack">
      <figcaption className="row spread">
        <h2>{title}</h2>
        {table !== undefined && (
          <Button look="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? text.hideFigures : text.showFigures}
          </Button>
        )}
      </figcaption>
      <div className="chart-box">
        <div role="img" aria-label={sentence}>
          {children}
        </div>
        {links !== undefined && (
          <ul role="list" className="chart-links">
            {links}
          </ul>
        )}
      </div>
      {note}
      {table !== undefined && <div className={open ? 'table-box' : 'table-box print-only'}>{table}</div>}
    </figure>
  );
};
