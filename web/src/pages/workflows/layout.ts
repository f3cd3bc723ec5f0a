// Where states and steps between them lie; dagre computes it, and is loaded only with a diagram.

import { Graph, layout } from '@dagrejs/dagre';
import type { Definition } from '../../api/workflows.ts';

export interface Box {
  readonly key: string;
  readonly index: number;
  readonly x: number;
  readonly y: number;
}
export interface Line {
  /** Key of the transition, and the state it leaves from here. */
  readonly key: string;
  readonly index: number;
  readonly from: string;
  readonly to: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly label: { readonly x: number; readonly y: number; readonly width: number };
}

const boxWidth = 190;
/** Letters of a name in one line of its box. */
const perLine = 21;
const letter = 6.6;
const lineHeight = 20;

export const widthOfLabel = (words: string): number => Math.round([...words].length * letter) + 10;

/** A name in at most two lines. */
export const folded = (name: string): readonly string[] => {
  const lines: string[] = [];
  for (const word of name.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= perLine) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  const [first = '', ...rest] = lines.map((line) => (line.length > perLine ? `${line.slice(0, perLine - 1)}…` : line));
  const [second] = rest;
  if (second === undefined) return [first];
  return [first, rest.length > 1 ? `${second.slice(0, perLine - 1)}…` : second];
};

/** @param names of the states @param labels of the transitions, in their order @param down from top to bottom */
export const arrange = (definition: Definition, names: readonly string[], labels: readonly string[], down: boolean) => {
  const boxSize = { width: boxWidth, height: names.some((name) => folded(name).length > 1) ? 68 : 52 };
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: down ? 'TB' : 'LR',
    nodesep: down ? 28 : 34,
    ranksep: down ? 34 : 44,
    edgesep: 18,
    marginx: 12,
    marginy: 12,
  });
  const keys = new Set<string>();
  for (const { key } of definition.states)
    if (!keys.has(key)) {
      keys.add(key);
      graph.setNode(key, { ...boxSize });
    }
  const rank = rankOf(definition);
  const lines = definition.transitions.flatMap(({ from, to }, index) =>
    [...new Set(from)]
      .filter((source) => keys.has(source) && keys.has(to))
      .map((source) => {
        const name = `${index} ${source}`;
        const back = (rank.get(source) ?? 0) > (rank.get(to) ?? 0);
        // A way back is laid as a way forward and drawn the other way round, so that it does not pull its end ahead.
        const [first, second] = back ? [to, source] : [source, to];
        graph.setEdge(
          first,
          second,
          { width: widthOfLabel(labels[index] ?? ''), height: lineHeight, labelpos: 'c', weight: back ? 1 : 2 },
          name,
        );
        return { name, index, from: source, to, first, second, back };
      }),
  );
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { readonly width?: number; readonly height?: number };
  return {
    boxSize,
    // Of nothing it says minus infinity.
    width: Math.max(1, Math.ceil(width)),
    height: Math.max(1, Math.ceil(height)),
    boxes: definition.states.flatMap(({ key }, index): readonly Box[] => {
      const placed = definition.states.findIndex((state) => state.key === key) === index ? graph.node(key) : undefined;
      return placed ? [{ key, index, x: Number(placed.x), y: Number(placed.y) }] : [];
    }),
    lines: lines.map(({ name, index, from, to, first, second, back }): Line => {
      const placed = graph.edge(first, second, name) as unknown as {
        readonly points: { readonly x: number; readonly y: number }[];
        readonly x: number;
        readonly y: number;
        readonly width: number;
      };
      return {
        key: definition.transitions[index]?.key ?? '',
        index,
        from,
        to,
        points: back ? [...placed.points].reverse() : placed.points,
        label: { x: placed.x, y: placed.y, width: widthOfLabel(labels[index] ?? '') },
      };
    }),
  };
};

/** Work before review before endings: what leads against it is a return or a reopening. */
const rankOf = ({ states }: Definition): ReadonlyMap<string, number> => {
  const order = ['assigned', 'in_progress', 'awaiting_appraisal', 'done', 'not_done', 'stopped'];
  const place = (category: string) => Math.min(Math.max(0, order.indexOf(category)), 3);
  return new Map(
    states.map(({ key, category, initial }, index) => [key, initial ? -1 : place(category) * 1000 + index]),
  );
};
