// The rows of a list too long to be in the page as a whole: those in sight and a few around them. A chunk of its own,
// because most lists never need it.

import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type ReactNode, type RefObject, useEffect } from 'react';

interface Props {
  /** What scrolls. */
  readonly box: RefObject<HTMLDivElement | null>;
  readonly count: number;
  /** In pixels; all are alike. */
  readonly rowHeight: number;
  readonly scroll: RefObject<((index: number) => void) | null>;
  readonly onSeen: (last: number) => void;
  readonly draw: (index: number, style: CSSProperties) => ReactNode;
}

export const WindowedRows = ({ box, count, rowHeight, scroll, onSeen, draw }: Props) => {
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  scroll.current = (index) => virtual.scrollToIndex(index);
  const seen = virtual.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  useEffect(() => onSeen(last), [last, onSeen]);
  return (
    <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
      {seen.map(({ index, start }) =>
        draw(index, { position: 'absolute', insetInline: 0, transform: `translateY(${start}px)` }),
      )}
    </div>
  );
};
