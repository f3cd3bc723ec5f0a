// How far something is: a bar with its figure in words beside it.

import type { ReactNode } from 'react';

export const Progress = ({
  label,
  value,
  of = 100,
  children,
}: {
  readonly label: string;
  readonly value: number;
  readonly of?: number;
  /** The same in words. */
  readonly children?: ReactNode;
}) => {
  const share = of === 0 ? 100 : Math.max(0, Math.min(100, (value / of) * 100));
  return (
    <span className="progress">
      <span
        className="progress-track"
        role="progressbar"
        aria-label={label}
        aria-valuenow={Math.round(share)}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <span className="progress-done" style={{ width: `${share}%` }} />
      </span>
      {children !== undefined && <span className="progress-words">{children}</span>}
    </span>
  );
};
