// Parts of one whole. Each has a colour, on paper a pattern, and its number where there is room.

import { number } from '../../format.ts';
import type { Category } from '../state-mark.tsx';

interface Part {
  readonly category: Category;
  readonly count: number;
}

const height = 36;
const width = 1000;

export const ShareBar = ({ parts }: { readonly parts: readonly Part[] }) => {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const starts = parts.map((_, index) => parts.slice(0, index).reduce((sum, { count }) => sum + count, 0));
  return (
    <div className="share-bar">
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <defs>
          <pattern id="print-done" width="8" height="8" patternUnits="userSpaceOnUse">
            <rect width="8" height="8" fill="#000" />
          </pattern>
          <pattern
            id="print-awaiting_appraisal"
            width="8"
            height="8"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="8" height="8" fill="#fff" />
            <rect width="3" height="8" fill="#000" />
          </pattern>
          <pattern id="print-in_progress" width="6" height="6" patternUnits="userSpaceOnUse">
            <rect width="6" height="6" fill="#fff" />
            <circle cx="3" cy="3" r="1.2" fill="#000" />
          </pattern>
          <pattern id="print-not_done" width="8" height="8" patternUnits="userSpaceOnUse">
            <rect width="8" height="8" fill="#fff" />
            <path d="M0 0l8 8M8 0l-8 8" stroke="#000" strokeWidth="1.4" />
          </pattern>
          <pattern id="print-stopped" width="6" height="8" patternUnits="userSpaceOnUse">
            <rect width="6" height="8" fill="#fff" />
            <rect width="6" height="3" fill="#000" />
          </pattern>
        </defs>
        {parts.map(({ category, count }, index) => (
          <rect
            key={category}
            data-part={category}
            x={total === 0 ? 0 : ((starts[index] ?? 0) / total) * width}
            y="0"
            width={total === 0 ? 0 : Math.max(0, (count / total) * width - 1.5)}
            height={height}
          />
        ))}
      </svg>
      <div className="share-numbers" aria-hidden="true">
        {parts.map(({ category, count }) => (
          <span key={category} data-part={category} style={{ flexGrow: count, flexBasis: 0 }}>
            {total > 0 && count / total > 0.03 ? number(count) : ''}
          </span>
        ))}
      </div>
    </div>
  );
};
