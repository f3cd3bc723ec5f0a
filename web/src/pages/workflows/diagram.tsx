// The picture of a definition. It is one image for those who cannot see it: the table of transitions says the same.

import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { Definition, Names } from '../../api/workflows.ts';
import { number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { type Category, StateShape } from '../../kit/state-mark.tsx';
import { useSettings } from '../../settings.ts';
import { arrange, folded, type Line } from './layout.ts';
import type { Told } from './told.ts';

const narrow = matchMedia('(max-width: 760px)');
const useNarrow = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      narrow.addEventListener('change', listener);
      return () => narrow.removeEventListener('change', listener);
    },
    () => narrow.matches,
  );

const zooms = [0.5, 0.65, 0.8, 1, 1.25, 1.5] as const;

export const Diagram = ({
  definition,
  told,
  onState,
}: {
  readonly definition: Definition;
  /** Handed in: this file is loaded later, and takes nothing of the page with it. */
  readonly told: Told;
  /** A short way for the mouse; the list of states is there for everybody. */
  readonly onState?: (index: number) => void;
}) => {
  const { text } = told;
  const down = useNarrow();
  const { language } = useSettings();
  const { labels, placed } = useMemo(() => {
    const nameOf = ({ name, key }: { readonly name: Names; readonly key: string }) => name[language] || name.vi || key;
    const words = definition.transitions.map(nameOf);
    return { labels: words, placed: arrange(definition, definition.states.map(nameOf), words, down) };
  }, [definition, down, language]);
  const [zoom, setZoom] = useState<number>();
  const box = useRef<HTMLElement>(null);
  const { boxSize, width, height } = placed;
  const scale = (): number => zoom ?? Math.max(0.7, Math.min(1, (box.current?.clientWidth ?? width) / width));
  const start = placed.boxes.find(({ index }) => definition.states[index]?.initial) ?? placed.boxes[0];
  useEffect(() => {
    // Where a task begins is seen first, also where the rest has to be scrolled to.
    const { current } = box;
    if (current && start) current.scrollLeft = (start.x * current.scrollWidth) / width - current.clientWidth / 2;
  }, [start, width]);
  const next = (larger: boolean) => {
    const now = scale();
    setZoom(
      larger
        ? (zooms.find((one) => one > now + 0.01) ?? 1.5)
        : ([...zooms].reverse().find((one) => one < now - 0.01) ?? 0.5),
    );
  };
  // Smaller than that nobody reads it: then the box scrolls.
  const size = zoom === undefined ? { width: '100%', minWidth: width * 0.7, maxWidth: width } : { width: width * zoom };
  return (
    <figure className="diagram">
      <div className="row spread">
        <h2 id="diagram-title">{text.diagram}</h2>
        <div className="row no-print">
          <Button className="square" aria-label={text.zoomOut} onClick={() => next(false)}>
            −
          </Button>
          <Button className="square" aria-label={text.zoomIn} onClick={() => next(true)}>
            +
          </Button>
          <Button onClick={() => setZoom(undefined)}>{text.fit}</Button>
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard. */}
      <section ref={box} className="diagram-box" tabIndex={0} aria-labelledby="diagram-title">
        <svg
          role="img"
          aria-label={text.diagramAbout(number(definition.states.length), number(definition.transitions.length))}
          viewBox={`0 0 ${width} ${height}`}
          style={size}
        >
          <defs>
            <marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">
              <path d="M0 0 8 4 0 8z" className="arrow" />
            </marker>
          </defs>
          {placed.lines.map((line) => (
            <path
              key={`${line.index} ${line.from}`}
              className="line"
              d={pathOf(line.points)}
              markerEnd="url(#arrow)"
              data-transition={line.key}
              data-from={line.from}
              data-to={line.to}
            />
          ))}
          {placed.lines.map((line) => (
            <LineLabel key={`${line.index} ${line.from}`} line={line} words={labels[line.index] ?? ''} />
          ))}
          {placed.boxes.map(({ key, index, x, y }) => {
            const state = definition.states[index];
            if (!state) return null;
            return (
              // biome-ignore lint/a11y/noStaticElementInteractions: the list of states does the same by keyboard.
              <g
                key={key}
                data-state={key}
                className={onState ? 'state open' : 'state'}
                transform={`translate(${x - boxSize.width / 2} ${y - boxSize.height / 2})`}
                style={{ color: `var(--st-${state.category})` }}
                onClick={onState && (() => onState(index))}
              >
                <rect className="frame" {...boxSize} rx="6" />
                {told.isFinal(state.category) && (
                  <rect className="frame" x="3" y="3" width={boxSize.width - 6} height={boxSize.height - 6} rx="4" />
                )}
                <g transform="translate(12 10)">
                  <StateShape category={state.category as Category} />
                </g>
                {folded(told.named(state)).map((line, row) => (
                  <text key={line} x="34" y={22 + row * 16} className="state-name">
                    {line}
                  </text>
                ))}
                <text x="34" y={boxSize.height - 12} className="state-holder">
                  {cut(state.initial ? `${text.start} · ${told.holder(state)}` : told.holder(state), 27)}
                </text>
                <title>{told.named(state)}</title>
              </g>
            );
          })}
        </svg>
      </section>
    </figure>
  );
};

const LineLabel = ({ line: { label }, words }: { readonly line: Line; readonly words: string }) => (
  <g transform={`translate(${label.x} ${label.y})`}>
    <rect className="label-ground" x={-label.width / 2} y={-9} width={label.width} height={18} />
    <text className="label" textAnchor="middle" y="4">
      {words}
    </text>
  </g>
);

const pathOf = (points: Line['points']): string => {
  const [first, ...rest] = points;
  if (!first) return '';
  return `M${at(first)}${rest.map((point) => `L${at(point)}`).join('')}`;
};
const at = ({ x, y }: { readonly x: number; readonly y: number }): string => `${Math.round(x)} ${Math.round(y)}`;
const cut = (words: string, most: number): string =>
  [...words].length <= most ? words : `${[...words].slice(0, most - 1).join('')}…`;
