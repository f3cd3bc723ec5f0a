import type { KeyboardEvent, ReactNode } from 'react';
import { useId } from 'react';

export interface SetTab {
  readonly key: string;
  readonly label: ReactNode;
  readonly count?: number | undefined;
}

/** Tabs within a part of a page; their choice is whoever shows them's. Arrows move among them. */
export const TabSet = ({
  label,
  tabs,
  now,
  onChange,
  children,
}: {
  readonly label: string;
  readonly tabs: readonly SetTab[];
  readonly now: string;
  readonly onChange: (key: string) => void;
  /** What the chosen tab shows. */
  readonly children: ReactNode;
}) => {
  const id = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ key }) => key === now);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = step === undefined ? undefined : tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    onChange(next.key);
    document.getElementById(`${id}-${next.key}`)?.focus();
  };
  return (
    <div className="tab-set">
      <div role="tablist" aria-label={label} className="tabs">
        {tabs.map(({ key, label: words, count }) => (
          <button
            key={key}
            id={`${id}-${key}`}
            type="button"
            role="tab"
            className="tab"
            aria-selected={key === now}
            aria-controls={`${id}-panel`}
            tabIndex={key === now ? 0 : -1}
            onClick={() => onChange(key)}
            onKeyDown={onKeyDown}
          >
            {words}
            {count !== undefined && count > 0 && <span className="tab-count">{count}</span>}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${now}`} className="tab-panel">
        {children}
      </div>
    </div>
  );
};
