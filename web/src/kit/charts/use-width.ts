import { useEffect, useRef, useState } from 'react';

/** The width of what carries the reference, so that letters in a picture are as large as those around it. */
export const useWidth = <E extends Element>(usual: number) => {
  const box = useRef<E>(null);
  const [width, setWidth] = useState(usual);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      // What is not shown, as on a page that is put away, has no width to draw for.
      if (entry && entry.contentRect.width > 0) setWidth(Math.round(entry.contentRect.width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [box, width] as const;
};
