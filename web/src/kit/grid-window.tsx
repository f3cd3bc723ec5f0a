// The rows of a list too long to be in the page as a whole: those in sight and a few around them. Rows come and go by the
// block, so that most frames of a scroll draw nothing at all. A chunk of its own, because most lists never need it.

import { type CSSProperties, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';

interface Props {
  /** What scrolls; its first row, the head, stays in sight. */
  readonly box: RefObject<HTMLDivElement | null>;
  readonly count: number;
  /** In pixels; all are alike. */
  readonly rowHeight: number;
  readonly scroll: RefObject<((index: number) => void) | null>;
  readonly onSeen: (last: number) => void;
  readonly draw: (index: number, style: CSSProperties) => ReactNode;
}

const block = 8;

export const WindowedRows = ({ box, count, rowHeight, scroll, onSeen, draw }: Props) => {
  const group = useRef<HTMLDivElement>(null);
  // The first block in sight, and how many rows have room.
  const [{ first, room }, setSight] = useState({ first: 0, room: 0 });
  useEffect(() => {
    const scroller = box.current;
    if (!scroller) return;
    const look = () => {
      const seen = {
        first: Math.floor(scroller.scrollTop / (rowHeight * block)),
        room: Math.ceil(scroller.clientHeight / rowHeight),
      };
      setSight((before) => (before.first === seen.first && before.room === seen.room ? before : seen));
    };
    look();
    const sized = new ResizeObserver(look);
    sized.observe(scroller);
    scroller.addEventListener('scroll', look, { passive: true });
    return () => {
      sized.disconnect();
      scroller.removeEventListener('scroll', look);
    };
  }, [box, rowHeight]);
  scroll.current = (index) => {
    const scroller = box.current;
    if (!scroller) return;
    const top = index * rowHeight;
    const view = scroller.clientHeight - (group.current?.offsetTop ?? 0);
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + rowHeight > scroller.scrollTop + view) scroller.scrollTop = top + rowHeight - view;
  };
  const from = Math.max(0, (first - 1) * block);
  const to = Math.min(count, (first + 2) * block + room);
  useEffect(() => onSeen(to - 1), [to, onSeen]);
  return (
    <div ref={group} role="rowgroup" style={{ height: count * rowHeight, position: 'relative' }}>
      {Array.from({ length: Math.max(0, to - from) }, (_, offset) =>
        draw(from + offset, { position: 'absolute', insetInline: 0, top: (from + offset) * rowHeight }),
      )}
    </div>
  );
};
