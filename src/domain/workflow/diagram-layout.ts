// Where the parts of a state diagram lie. Layers run from left to right by the longest way; a step to the next layer
// is drawn in the gap between them, longer ones in lanes below, ways back in lanes above. Every label has a row or
// a lane of its own, so labels cannot collide.

import { type Definition, isFinal, type State, type Transition } from './definition.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly state: State;
  readonly width: number;
  readonly height: number;
}

export interface Label extends Point {
  /** Lines above the drawn line and below it. */
  readonly above: readonly string[];
  readonly below: readonly string[];
  readonly width: number;
  readonly anchor: 'middle' | 'end';
}

export interface Line {
  readonly transition: Transition;
  /** One path with an arrowhead, then those that join it. */
  readonly paths: readonly (readonly Point[])[];
  readonly label: Label;
}

export interface Layout {
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  /** From the mark of the beginning to the first state. */
  readonly start: readonly { readonly from: Point; readonly to: Point }[];
  readonly width: number;
  readonly height: number;
}

export interface LabelText {
  readonly above: readonly string[];
  readonly below: readonly string[];
  readonly width: number;
}

export interface Measures {
  readonly boxWidth: number;
  readonly boxHeight: (state: State) => number;
  /** Text of a transition: folded for a gap, in one line for a lane. */
  readonly gapLabel: (transition: Transition) => LabelText;
  readonly laneLabel: (transition: Transition) => LabelText;
  readonly lineHeight: number;
}

const boxSpacing = 40;
const channelSpacing = 16;
const portSpacing = 22;
const margin = 28;

export const layoutOf = (definition: Definition, measures: Measures): Layout => {
  const layers = layersOf(definition);
  const plan = classify(definition, layers);
  const placed = placeBoxes(layers, plan, measures);
  return drawLines(placed, plan, measures);
};

// Layers ------------------------------------------------------------------------------------------------------------

interface Edge {
  readonly from: string;
  readonly to: string;
}

interface Layers {
  readonly columns: readonly (readonly State[])[];
  readonly layerOf: ReadonlyMap<string, number>;
}

const layersOf = ({ states, transitions }: Definition): Layers => {
  const known = new Map(states.map((state) => [state.key, state]));
  const edges = transitions
    .flatMap(({ from, to }) => from.map((source): Edge => ({ from: source, to })))
    .filter(({ from, to }) => {
      const source = known.get(from);
      const target = known.get(to);
      // Reopening and returns lead back whatever the order of the list.
      return source && target && !isFinal(source.category) && !(isReview(source) && isWork(target));
    });
  const first = [...known.values()].toSorted((a, b) => Number(b.initial ?? false) - Number(a.initial ?? false));
  const ranks = longestWays(
    first.map(({ key }) => key),
    edges,
  );
  const open = [...known.values()].filter(({ category }) => !isFinal(category));
  const last = open.length === 0 ? 0 : Math.max(...open.map(({ key }) => ranks.get(key) ?? 0)) + 1;
  const layerOf = new Map(
    [...known.values()].map(({ key, category }) => [key, isFinal(category) ? last : (ranks.get(key) ?? 0)]),
  );
  const columns = Array.from({ length: last + 1 }, (_, layer) =>
    [...known.values()].filter(({ key }) => layerOf.get(key) === layer),
  ).filter((column) => column.length > 0);
  for (const [layer, column] of columns.entries()) for (const { key } of column) layerOf.set(key, layer);
  return { columns, layerOf };
};

const isReview = ({ category }: State): boolean => category === 'awaiting_appraisal';
const isWork = ({ category }: State): boolean => category === 'assigned' || category === 'in_progress';

/** Longest way from a start, leaving out the edges that close a cycle in the order the author wrote them. */
const longestWays = (starts: readonly string[], edges: readonly Edge[]): ReadonlyMap<string, number> => {
  const forward: Edge[] = [];
  const order: string[] = [];
  const progress = new Map<string, 'entered' | 'left'>();
  const visit = (key: string): void => {
    progress.set(key, 'entered');
    for (const edge of edges) {
      if (edge.from !== key || progress.get(edge.to) === 'entered') continue;
      forward.push(edge);
      if (!progress.has(edge.to)) visit(edge.to);
    }
    progress.set(key, 'left');
    order.unshift(key);
  };
  for (const key of starts) if (!progress.has(key)) visit(key);
  const ranks = new Map(order.map((key) => [key, 0]));
  for (const key of order)
    for (const edge of forward)
      if (edge.from === key) ranks.set(edge.to, Math.max(ranks.get(edge.to) ?? 0, (ranks.get(key) ?? 0) + 1));
  return ranks;
};

// Which way each transition takes -----------------------------------------------------------------------------------

interface Route {
  readonly transition: Transition;
  readonly kind: 'gap' | 'below' | 'above';
  readonly sources: readonly string[];
  readonly target: string;
}

interface Plan {
  readonly layers: Layers;
  readonly routes: readonly Route[];
  readonly isFirst: (key: string) => boolean;
  readonly isLast: (key: string) => boolean;
}

const classify = ({ transitions }: Definition, layers: Layers): Plan => {
  const { layerOf, columns } = layers;
  const routes = transitions.flatMap((transition): readonly Route[] => {
    const target = transition.to;
    const targetLayer = layerOf.get(target);
    if (targetLayer === undefined) return [];
    const sources = [...new Set(transition.from)].filter((key) => layerOf.has(key));
    const ahead = sources.filter((key) => (layerOf.get(key) ?? 0) < targetLayer);
    const back = sources.filter((key) => !ahead.includes(key));
    const adjacent = ahead.every((key) => layerOf.get(key) === targetLayer - 1);
    return [
      ...(ahead.length > 0
        ? [{ transition, kind: adjacent ? ('gap' as const) : ('below' as const), sources: ahead, target }]
        : []),
      ...(back.length > 0 ? [{ transition, kind: 'above' as const, sources: back, target }] : []),
    ];
  });
  const firsts = new Set(columns.map((column) => column[0]?.key));
  const lasts = new Set(columns.map((column) => column.at(-1)?.key));
  return { layers, routes, isFirst: (key) => firsts.has(key), isLast: (key) => lasts.has(key) };
};

// Boxes and the ports on their sides --------------------------------------------------------------------------------

type Side = 'left' | 'right' | 'top' | 'bottom';

interface Port {
  readonly route: Route;
  readonly key: string;
  readonly end: 'source' | 'target';
  readonly side: Side;
}

/** Lanes are entered from the free side of a column; boxes in the middle of one use their flank. */
const portsOf = ({ routes, isFirst, isLast }: Plan): readonly Port[] =>
  routes.flatMap((route): readonly Port[] => {
    const side = (key: string, flank: Side): Side => {
      if (route.kind === 'above' && isFirst(key)) return 'top';
      return route.kind === 'below' && isLast(key) ? 'bottom' : flank;
    };
    return [
      ...route.sources.map((key): Port => ({ route, key, end: 'source', side: side(key, 'right') })),
      { route, key: route.target, end: 'target', side: side(route.target, 'left') },
    ];
  });

interface Placed {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly ports: ReadonlyMap<Port, Point>;
  /** X of the vertical run of a port that needs one in a gap. */
  readonly runs: ReadonlyMap<Port, number>;
  readonly top: number;
  readonly bottom: number;
  readonly right: number;
}

const placeBoxes = ({ columns, layerOf }: Layers, plan: Plan, measures: Measures): Placed => {
  const ports = portsOf(plan);
  const gapRoutes = plan.routes.filter(({ kind }) => kind === 'gap');
  const rows = gapRoutes.map(({ transition }) => measures.gapLabel(transition));
  const linesInRow = Math.max(2, ...rows.map(({ above, below }) => above.length + below.length));
  const rowHeight = linesInRow * measures.lineHeight + 10;

  // Lines with a label beside the box need room for it.
  const roomOf = ({ route, side }: Port): number => (route.kind === 'gap' && side === 'left' ? rowHeight : portSpacing);
  const on = (key: string, side: Side) => ports.filter((port) => port.key === key && port.side === side);
  const heightOf = (state: State) =>
    Math.max(
      measures.boxHeight(state),
      on(state.key, 'left').reduce((sum, port) => sum + roomOf(port), portSpacing),
      (on(state.key, 'right').length + 1) * portSpacing,
    );
  const heights = columns.map(
    (column) => column.reduce((sum, state) => sum + heightOf(state), 0) + (column.length - 1) * boxSpacing,
  );
  const tallest = Math.max(0, ...heights);

  // A run is the vertical piece in a gap; gap g lies left of layer g.
  const gapOf = (port: Port): number => (layerOf.get(port.key) ?? 0) + (port.side === 'right' ? 1 : 0);
  const needsRun = (port: Port) =>
    (port.side === 'right' || port.side === 'left') && !(port.route.kind === 'gap' && port.end === 'target');
  const running = ports.filter(needsRun);
  const gapWidth = (gap: number): number => {
    const runs = running.filter((port) => gapOf(port) === gap).length;
    const labels = gapRoutes
      .filter(({ target }) => layerOf.get(target) === gap)
      .map(({ transition }) => measures.gapLabel(transition).width + 34);
    const least = gap === 0 || gap === columns.length ? 0 : 56;
    return Math.max(least, (runs + 1) * channelSpacing + Math.max(0, ...labels));
  };

  const boxes = new Map<string, Box>();
  const gapStart: number[] = [];
  let x = 0;
  for (const [layer, column] of columns.entries()) {
    gapStart[layer] = x;
    x += gapWidth(layer);
    let y = (tallest - (heights[layer] ?? 0)) / 2;
    for (const state of column) {
      const height = heightOf(state);
      boxes.set(state.key, { state, x, y, width: measures.boxWidth, height });
      y += height + boxSpacing;
    }
    x += measures.boxWidth;
  }
  gapStart[columns.length] = x;
  const right = x + gapWidth(columns.length);

  const places = new Map<Port, Point>();
  for (const box of boxes.values())
    for (const side of ['left', 'right', 'top', 'bottom'] as const) {
      const there = sortedPorts(on(box.state.key, side), side, boxes);
      const wanted = there.reduce((sum, port) => sum + roomOf(port), 0);
      // Boxes grow in height with their ports, not in width: there ports move together.
      const whole = side === 'top' || side === 'bottom' ? Math.min(wanted, box.width - 20) : wanted;
      let before = 0;
      for (const port of there) {
        const room = (roomOf(port) * whole) / wanted;
        places.set(port, portAt(box, side, before + room / 2 - whole / 2));
        before += room;
      }
    }

  const runs = new Map<Port, number>();
  for (let gap = 0; gap <= columns.length; gap += 1) {
    const inGap = running.filter((port) => gapOf(port) === gap);
    for (const [index, port] of nested(inGap, places, boxes).entries())
      runs.set(port, (gapStart[gap] ?? 0) + (index + 1) * channelSpacing);
  }
  return { boxes, ports: places, runs, top: 0, bottom: tallest, right };
};

const middleOf = (box: Box | undefined): Point =>
  box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : { x: 0, y: 0 };

/** Along a side, ports stand in the order of what they lead to, so that lines do not cross at once. */
const sortedPorts = (ports: readonly Port[], side: Side, boxes: ReadonlyMap<string, Box>): readonly Port[] => {
  const other = ({ route, end, key }: Port): Point =>
    middleOf(boxes.get(end === 'source' ? route.target : (route.sources.find((source) => source !== key) ?? key)));
  const spanOf = ({ route: { sources, target } }: Port): number =>
    Math.max(...sources.map((key) => Math.abs(middleOf(boxes.get(key)).x - middleOf(boxes.get(target)).x)));
  const weight = (port: Port): number => {
    if (side === 'top' || side === 'bottom') return other(port).x;
    if (port.route.kind === 'gap') return other(port).y;
    // Outer lanes below inner ones, so that they enclose them.
    return (port.route.kind === 'above' ? -1e6 : 1e6) + spanOf(port);
  };
  return ports.toSorted((a, b) => weight(a) - weight(b));
};

/** Offset: along the side, from its middle. */
const portAt = (box: Box, side: Side, offset: number): Point => {
  const middle = middleOf(box);
  switch (side) {
    case 'left':
      return { x: box.x, y: middle.y + offset };
    case 'right':
      return { x: box.x + box.width, y: middle.y + offset };
    case 'top':
    case 'bottom':
      return { x: middle.x + offset, y: side === 'top' ? box.y : box.y + box.height };
    default:
      return side satisfies never;
  }
};

/** Lines that go up lie further right the lower their port, lines that go down the other way round: they nest. */
const nested = (
  ports: readonly Port[],
  places: ReadonlyMap<Port, Point>,
  boxes: ReadonlyMap<string, Box>,
): readonly Port[] => {
  const goesUp = (port: Port): boolean => {
    if (port.route.kind !== 'gap') return (port.route.kind === 'above') === (port.end === 'source');
    return middleOf(boxes.get(port.route.target)).y < (places.get(port)?.y ?? 0);
  };
  const y = (port: Port) => places.get(port)?.y ?? 0;
  const up = ports.filter(goesUp).toSorted((a, b) => y(a) - y(b));
  const down = ports.filter((port) => !goesUp(port)).toSorted((a, b) => y(b) - y(a));
  return [...up, ...down];
};

// Lines -------------------------------------------------------------------------------------------------------------

const drawLines = (placed: Placed, plan: Plan, measures: Measures): Layout => {
  const ports = [...placed.ports.keys()];
  const gapLines = plan.routes
    .filter(({ kind }) => kind === 'gap')
    .map((route) => gapLine(route, ports, placed, measures));
  const above = laneLines('above', plan, ports, placed, measures);
  const below = laneLines('below', plan, ports, placed, measures);
  const start = [...placed.boxes.values()]
    .filter(({ state }) => state.initial)
    .map(({ x, y }) => ({ from: { x: -34, y: y + 18 }, to: { x, y: y + 18 } }));

  const lines = [...gapLines, ...above.lines, ...below.lines];
  const lefts = [...start.map(({ from }) => from.x - 10), ...lines.map(({ label }) => leftOf(label)), 0];
  const rights = [placed.right, ...lines.map(({ label }) => leftOf(label) + label.width)];
  const shift = { x: margin - Math.min(...lefts), y: margin - above.edge };
  return {
    boxes: [...placed.boxes.values()].map((box) => ({ ...box, ...moved(box, shift) })),
    lines: lines.map((line) => ({
      ...line,
      paths: line.paths.map((path) => path.map((point) => moved(point, shift))),
      label: { ...line.label, ...moved(line.label, shift) },
    })),
    start: start.map(({ from, to }) => ({ from: moved(from, shift), to: moved(to, shift) })),
    width: Math.max(...rights) + shift.x + margin,
    height: below.edge + shift.y + margin,
  };
};

const moved = ({ x, y }: Point, by: Point): Point => ({ x: x + by.x, y: y + by.y });

const leftOf = ({ x, width, anchor }: Label): number => (anchor === 'middle' ? x - width / 2 : x - width);

const gapLine = (route: Route, ports: readonly Port[], { ports: places, runs }: Placed, measures: Measures): Line => {
  const [first, ...joining] = ports.filter((port) => port.route === route && port.end === 'source');
  const target = ports.find((port) => port.route === route && port.end === 'target');
  const to = placeOf(target, places);
  const run = (first && runs.get(first)) ?? to.x;
  const way = (port: Port | undefined): readonly Point[] => {
    const from = placeOf(port, places);
    return [from, { x: run, y: from.y }, { x: run, y: to.y }];
  };
  return {
    transition: route.transition,
    paths: [[...way(first), to], ...joining.map(way)],
    label: { ...measures.gapLabel(route.transition), x: to.x - 18, y: to.y, anchor: 'end' },
  };
};

const placeOf = (port: Port | undefined, places: ReadonlyMap<Port, Point>): Point =>
  (port && places.get(port)) ?? { x: 0, y: 0 };

interface Lane {
  readonly route: Route;
  readonly ends: readonly Port[];
  readonly label: LabelText;
  readonly from: number;
  readonly to: number;
}

const laneLines = (
  kind: 'above' | 'below',
  { routes }: Plan,
  ports: readonly Port[],
  { ports: places, runs, top, bottom }: Placed,
  measures: Measures,
): { readonly lines: readonly Line[]; readonly edge: number } => {
  const xOf = (port: Port): number => runs.get(port) ?? placeOf(port, places).x;
  const lanes = routes
    .filter((route) => route.kind === kind)
    .map((route): Lane => {
      const ends = ports.filter((port) => port.route === route);
      const label = measures.laneLabel(route.transition);
      const xs = ends.map(xOf);
      const [least, most] = [Math.min(...xs), Math.max(...xs)];
      const spare = Math.max(0, label.width + 24 - (most - least)) / 2;
      return { route, ends, label, from: least - spare, to: most + spare };
    })
    .toSorted((a, b) => a.to - a.from - (b.to - b.from));

  // Lanes that do not overlap share a level; short ones lie next to the boxes.
  const levels: Lane[][] = [];
  for (const lane of lanes) {
    const level = levels.find((there) => there.every(({ from, to }) => lane.to + 12 < from || to + 12 < lane.from));
    if (level) level.push(lane);
    else levels.push([lane]);
  }

  const pitch = 2 * measures.lineHeight + 14;
  const levelY = (level: number) => (kind === 'above' ? top - 30 - level * pitch : bottom + 30 + level * pitch);
  const lines = levels.flatMap((there, level) => {
    const passing = levels.slice(level).flatMap((further) => further.flatMap(({ ends }) => ends.map(xOf)));
    return there.map((lane) => laneLine(lane, levelY(level), passing, xOf, places));
  });
  const outermost = levels.length === 0 ? (kind === 'above' ? top : bottom) : levelY(levels.length - 1);
  return { lines, edge: kind === 'above' ? outermost - measures.lineHeight : outermost + measures.lineHeight + 8 };
};

const laneLine = (
  { route, ends, label, from, to }: Lane,
  y: number,
  passing: readonly number[],
  xOf: (port: Port) => number,
  places: ReadonlyMap<Port, Point>,
): Line => {
  const target = ends.find(({ end }) => end === 'target');
  const sources = ends.filter(({ end }) => end === 'source');
  const into = target ? xOf(target) : 0;
  const way = (port: Port): readonly Point[] => [
    placeOf(port, places),
    { x: xOf(port), y: placeOf(port, places).y },
    { x: xOf(port), y },
  ];
  const arrival: readonly Point[] = target ? way(target).toReversed() : [];
  // The source furthest away draws the whole lane, the others join it.
  const [main, ...joining] = sources.toSorted((a, b) => Math.abs(xOf(b) - into) - Math.abs(xOf(a) - into));
  return {
    transition: route.transition,
    paths: [main ? [...way(main), ...arrival] : arrival, ...joining.map(way)],
    label: { ...label, x: freeSpot(from, to, label.width, passing), y, anchor: 'middle' },
  };
};

/** The spot nearest the middle of the lane where the fewest other lines pass behind the label. */
const freeSpot = (from: number, to: number, width: number, passing: readonly number[]): number => {
  const middle = (from + to) / 2;
  const room = Math.max(0, (to - from - width) / 2 - 8);
  const crossed = (x: number) => passing.filter((line) => Math.abs(line - x) < width / 2 + 4).length;
  let best = middle;
  for (let step = 0; step <= room; step += 6)
    for (const x of [middle - step, middle + step]) if (crossed(x) < crossed(best)) best = x;
  return best;
};
