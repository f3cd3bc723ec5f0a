// A list as a grid of rows: one tab stop, arrows and j k move, x selects, Enter opens. Up to 500 rows are all in the
// page, so that Ctrl+F, print and screen readers find them; longer lists show a window of themselves.

import {
  type CSSProperties,
  type KeyboardEvent,
  lazy,
  memo,
  type ReactNode,
  Suspense,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { useText } from '../text/index.ts';
import { isShortcut } from './shortcuts.ts';
import { kitText } from './text.ts';

export interface Column<T> {
  readonly key: string;
  readonly head: ReactNode;
  /** As in grid-template-columns. */
  readonly width: string;
  readonly cell: (row: T) => ReactNode;
  readonly numeric?: boolean;
  /** Sorting by it, and which way it is sorted now. */
  readonly sort?: { readonly now: 'ascending' | 'descending' | undefined; readonly change: () => void };
}

export interface GridProps<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  /** Of all pages together; the rows given may be the first of them. */
  readonly total: number;
  readonly keyOf: (row: T) => string;
  readonly active: number;
  readonly onActive: (index: number) => void;
  readonly onOpen: (row: T) => void;
  /** The address a click with Ctrl opens. */
  readonly hrefOf?: (row: T) => string;
  readonly selected?: ReadonlySet<string>;
  readonly onSelected?: (keys: ReadonlySet<string>) => void;
  readonly selectLabel?: (row: T) => string;
  /** The end comes near: more rows are wanted. */
  readonly onNearEnd?: () => void;
  /** Said above a list that shows a window of itself. */
  readonly windowNote?: string;
  readonly rowClass?: (row: T) => string;
}

export const mostInPage = 500;

const WindowedRows = lazy(() => import('./grid-window.tsx').then((all) => ({ default: all.WindowedRows })));

export const Grid = <T,>(props: GridProps<T>) => {
  const { label, columns, rows, total, keyOf, active, onActive, onOpen, selected, onNearEnd } = props;
  const id = useId();
  const text = useText(kitText);
  // Rows are not drawn again with every change, so what they call must look at the newest.
  const latest = useRef(props);
  latest.current = props;
  const box = useRef<HTMLDivElement>(null);
  const windowed = total > mostInPage;
  const rowHeight =
    Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue('--row-window'), 10) || 56;
  const scroll = useRef<((index: number) => void) | null>(null);
  const [lastSeen, setLastSeen] = useState(0);
  useEffect(() => {
    if (rows.length < total && (!windowed || lastSeen > rows.length - 60)) onNearEnd?.();
  }, [lastSeen, rows.length, total, windowed, onNearEnd]);

  const rowId = (index: number) => `${id}-${index}`;
  const show = (index: number) => {
    if (windowed) scroll.current?.(index);
    else document.getElementById(rowId(index))?.scrollIntoView({ block: 'nearest' });
  };
  const go = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    onActive(next);
    show(next);
    return next;
  };
  const toggle = (index: number, on?: boolean) => {
    const now = latest.current;
    const row = now.rows[index];
    if (!row || !now.selected || !now.onSelected) return;
    const next = new Set(now.selected);
    const key = keyOf(row);
    if (on ?? !next.has(key)) next.add(key);
    else next.delete(key);
    now.onSelected(next);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== box.current) return;
    const letter = isShortcut(event.nativeEvent) ? event.key : '';
    const perPage = Math.max(1, Math.floor((box.current?.clientHeight ?? 600) / rowHeight) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + perPage,
      PageUp: active - perPage,
      Home: 0,
      End: rows.length - 1,
    };
    const to = moves[event.key] ?? (letter === 'j' ? active + 1 : letter === 'k' ? active - 1 : undefined);
    if (to !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
      const next = go(to);
      if (event.shiftKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) toggle(next, true);
    } else if (event.key === ' ' || letter === 'x') toggle(active);
    else if (event.key === 'Enter') {
      const row = rows[active];
      if (row) onOpen(row);
    } else return;
    event.preventDefault();
  };

  const template = {
    '--columns': `${selected ? '36px ' : ''}${columns.map(({ width }) => width).join(' ')}`,
  } as CSSProperties;
  const draw = (row: T, index: number, style?: CSSProperties) => (
    <Row
      key={keyOf(row)}
      id={rowId(index)}
      index={index}
      row={row}
      columns={columns}
      active={index === active}
      selected={selected?.has(keyOf(row))}
      style={style}
      rowClass={props.rowClass?.(row) ?? ''}
      hrefOf={props.hrefOf}
      selectLabel={props.selectLabel}
      onToggle={() => {
        latest.current.onActive(index);
        toggle(index);
      }}
      onOpen={() => {
        latest.current.onActive(index);
        latest.current.onOpen(row);
      }}
    />
  );
  return (
    <div className="grid" style={template}>
      {windowed && props.windowNote !== undefined && <p className="small muted grid-note">{props.windowNote}</p>}
      <div
        ref={box}
        className={windowed ? 'grid-box windowed' : 'grid-box'}
        role="grid"
        aria-label={label}
        aria-rowcount={total + 1}
        aria-colcount={columns.length + (selected ? 1 : 0)}
        aria-multiselectable={selected ? true : undefined}
        aria-activedescendant={rows.length > 0 ? rowId(active) : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div role="row" aria-rowindex={1} className="grid-row grid-head">
          {selected && (
            <span role="columnheader" className="grid-select">
              <span className="vh">{text.select}</span>
            </span>
          )}
          {columns.map(({ key, head, numeric, sort }) => (
            <span key={key} role="columnheader" className={numeric ? 'number' : ''} aria-sort={sort?.now}>
              {sort ? (
                <button type="button" className="sort" tabIndex={-1} onClick={sort.change}>
                  {head}
                  <span aria-hidden="true">
                    {sort.now === 'ascending' ? ' ↑' : sort.now === 'descending' ? ' ↓' : ''}
                  </span>
                </button>
              ) : (
                head
              )}
            </span>
          ))}
        </div>
        {windowed ? (
          <Suspense>
            <WindowedRows
              box={box}
              count={rows.length}
              rowHeight={rowHeight}
              scroll={scroll}
              onSeen={setLastSeen}
              draw={(index, style) => {
                const row = rows[index];
                return row && draw(row, index, style);
              }}
            />
          </Suspense>
        ) : (
          <div role="rowgroup">{rows.map((row, index) => draw(row, index))}</div>
        )}
      </div>
    </div>
  );
};

interface RowProps<T> {
  readonly id: string;
  readonly index: number;
  readonly row: T;
  readonly columns: readonly Column<T>[];
  readonly active: boolean;
  readonly selected: boolean | undefined;
  readonly style: CSSProperties | undefined;
  readonly rowClass: string;
  readonly hrefOf: ((row: T) => string) | undefined;
  readonly selectLabel: ((row: T) => string) | undefined;
  readonly onToggle: () => void;
  readonly onOpen: () => void;
}

const PlainRow = <T,>({
  id,
  index,
  row,
  columns,
  active,
  selected,
  style,
  rowClass,
  hrefOf,
  selectLabel,
  onToggle,
  onOpen,
}: RowProps<T>) => (
  // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the grid's, which has the focus.
  <div
    id={id}
    role="row"
    aria-rowindex={index + 2}
    aria-selected={selected}
    className={`grid-row ${active ? 'active' : ''} ${rowClass}`}
    style={style}
    onClick={(event) => {
      if (event.ctrlKey || event.metaKey) {
        if (hrefOf) open(hrefOf(row), '_blank', 'noopener');
      } else if (!(event.target as HTMLElement).closest('a, button, input')) onOpen();
    }}
  >
    {selected !== undefined && (
      <span role="gridcell" className="grid-select">
        <input type="checkbox" tabIndex={-1} checked={selected} aria-label={selectLabel?.(row)} onChange={onToggle} />
      </span>
    )}
    {columns.map(({ key, cell, numeric }) => (
      <span key={key} role="gridcell" className={numeric ? 'number' : ''} data-column={key}>
        {cell(row)}
      </span>
    ))}
  </div>
);

/** Drawn again only when the row, its place or its marks changed: moving by one touches two rows, not all. */
const Row = memo(
  PlainRow,
  (before, after) =>
    (['row', 'active', 'selected', 'columns', 'index', 'rowClass'] as const).every(
      (key) => before[key] === after[key],
    ) && before.style?.top === after.style?.top,
) as typeof PlainRow;
