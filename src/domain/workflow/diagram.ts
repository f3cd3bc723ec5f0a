// A definition as a picture that officials can read: as Mermaid text for documents, and as SVG for the screen.
// Categories are told by word, sign and colour, never by colour alone. Names come from outside and are escaped.

import { type Category, type Definition, isFinal, type State, type Transition } from './definition.ts';
import {
  type Box,
  type Label,
  type LabelText,
  type Layout,
  type Line,
  layoutOf,
  type Point,
} from './diagram-layout.ts';
import { categoryNames, holderNames, type Language, taskRoleNames } from './words.ts';

// Mermaid -----------------------------------------------------------------------------------------------------------

/** A Mermaid state diagram. */
export const mermaid = (definition: Definition, language: Language): string => {
  const { states, transitions } = definition;
  const ids = new Map(states.map(({ key }, index) => [key, `s${index}`]));
  const lines = ['stateDiagram-v2', '  direction LR'];
  for (const [index, state] of states.entries())
    lines.push(`  state "${mermaidText(`${state.name[language]} (${noteOf(state, language)})`)}" as s${index}`);
  for (const [index, state] of states.entries()) if (state.initial) lines.push(`  [*] --> s${index}`);
  for (const { from, to, name, by } of transitions)
    for (const source of from)
      if (ids.has(source) && ids.has(to))
        lines.push(
          `  ${ids.get(source)} --> ${ids.get(to)} : ${mermaidText(`${name[language]} (${roleNames(by, language)})`)}`,
        );
  for (const [index, state] of states.entries()) if (isFinal(state.category)) lines.push(`  s${index} --> [*]`);
  for (const category of categoriesIn(definition)) {
    const { fill, line } = colours[category];
    lines.push(`  classDef ${classNames[category]} fill:${fill},stroke:${line},color:${ink}`);
  }
  for (const [index, { category }] of states.entries()) lines.push(`  class s${index} ${classNames[category]}`);
  return `${lines.join('\n')}\n`;
};

/** Letters, digits and harmless signs stay; everything Mermaid or HTML could read as its own becomes an entity. */
const mermaidText = (text: string): string =>
  readable(text)
    .replace(/[^\p{L}\p{M}\p{N} ,.()/%+\-–]/gu, (sign) => `#${sign.codePointAt(0)};`)
    .replaceAll('%%', '#37;#37;');

const classNames: Readonly<Record<Category, string>> = {
  assigned: 'assigned',
  in_progress: 'inProgress',
  awaiting_appraisal: 'awaitingAppraisal',
  done: 'done',
  not_done: 'notDone',
  stopped: 'stopped',
};

// SVG ---------------------------------------------------------------------------------------------------------------

/** A self-contained SVG image: no scripts, no references to anything outside. */
export const svg = (definition: Definition, language: Language): string => {
  const layout = layoutOf(definition, measuresOf(language));
  const title = `${definition.name[language]} – ${words.version[language]} ${definition.version}`;
  const legend = legendOf(definition, language);
  const width = Math.ceil(Math.max(layout.width, legend.width + 56, widthOf(title, 18, true) + 56));
  const height = Math.ceil(titleHeight + layout.height + legendHeight);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${xml(title)}" font-family="${fonts}">`,
    `<title>${xml(title)}</title>`,
    `<desc>${xml(described(definition, language))}</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="28" y="38" font-size="18" font-weight="700" fill="${ink}">${xml(cut(readable(title), 120))}</text>`,
    `<g transform="translate(0 ${titleHeight})">`,
    ...drawing(layout, language),
    '</g>',
    `<g transform="translate(28 ${height - 30})">${legend.markup}</g>`,
    '</svg>',
    '',
  ].join('\n');
};

const drawing = (layout: Layout, language: Language): readonly string[] => [
  ...layout.start.map(startMark),
  ...layout.lines.map(({ paths }) => lineMarkup(paths)),
  ...layout.boxes.map((box) => boxMarkup(box, language)),
  ...layout.lines.map(({ label, transition }) => labelMarkup(label, transition)),
];

const titleHeight = 46;
const legendHeight = 60;
const lineHeight = 16;
const boxWidth = 212;
const ink = '#1b1f24';
const soft = '#4a5460';
const stroke = '#3d4753';
const fonts = "'Be Vietnam Pro', 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', Arial, sans-serif";

/** Light fill, dark line; text on the fill keeps a contrast above 7:1. */
const colours: Readonly<Record<Category, { readonly fill: string; readonly line: string }>> = {
  assigned: { fill: '#eef1f4', line: '#4a5460' },
  in_progress: { fill: '#e3f0fb', line: '#0b4f8a' },
  awaiting_appraisal: { fill: '#fff3d6', line: '#7a4d00' },
  done: { fill: '#e2f4e5', line: '#14602a' },
  not_done: { fill: '#fde7e4', line: '#96201a' },
  stopped: { fill: '#ece6f3', line: '#4f3579' },
};

const words = {
  version: { vi: 'phiên bản', en: 'version' },
  heldBy: { vi: 'Giữ việc:', en: 'Held by:' },
  ended: { vi: 'Kết thúc', en: 'Final' },
  start: { vi: 'Bắt đầu', en: 'Start' },
  final: { vi: 'Viền kép: kết thúc', en: 'Double border: final' },
} as const;

const measuresOf = (language: Language) => ({
  boxWidth,
  boxHeight: (state: State) => 68 + nameLines(state, language).length * 20,
  gapLabel: (transition: Transition) => labelText(transition, language, 26, 2),
  laneLabel: (transition: Transition) => labelText(transition, language, 70, 1),
  lineHeight,
});

const labelText = ({ name, by }: Transition, language: Language, perLine: number, lines: number): LabelText => {
  const above = folded(name[language], perLine, lines);
  const roles = by.map((role) => taskRoleNames[role][language]);
  const below = lines === 1 ? folded(roles.join(', '), perLine, 1) : stacked(roles, lines);
  const widths = [...above.map((line) => widthOf(line, 14, true)), ...below.map((line) => widthOf(line, 12))];
  return { above, below, width: Math.max(0, ...widths) };
};

/** One role to a line; on the last line as many as remain, in short. */
const stacked = (roles: readonly string[], lines: number): readonly string[] =>
  roles.length <= lines ? roles : [...roles.slice(0, lines - 1), `${roles[lines - 1]} +${roles.length - lines}`];

const nameLines = ({ name }: State, language: Language): readonly string[] => folded(name[language], 18, 3);

const lineMarkup = (paths: Line['paths']): string =>
  paths
    .map((path, index) => {
      const last = path.at(-1);
      if (!last) return '';
      const line = `<path d="${pathData(path)}" fill="none" stroke="${stroke}" stroke-width="1.6"/>`;
      // Others join the first with a dot.
      return index === 0
        ? line + arrowHead(path)
        : `${line}<circle cx="${at(last.x)}" cy="${at(last.y)}" r="3.2" fill="${stroke}"/>`;
    })
    .join('');

const pathData = (points: readonly Point[]): string =>
  withoutRepeats(points)
    .map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${at(x)} ${at(y)}`)
    .join('');

const withoutRepeats = (points: readonly Point[]): readonly Point[] =>
  points.filter((point, index) => {
    const before = points[index - 1];
    return !before || Math.abs(before.x - point.x) > 0.01 || Math.abs(before.y - point.y) > 0.01;
  });

const arrowHead = (path: readonly Point[]): string => {
  const [before, tip] = withoutRepeats(path).slice(-2);
  if (!before || !tip) return '';
  const [dx, dy] = [Math.sign(tip.x - before.x), Math.sign(tip.y - before.y)];
  const corner = (side: 1 | -1) => `${at(tip.x - dx * 10 + dy * 5 * side)} ${at(tip.y - dy * 10 + dx * 5 * side)}`;
  return `<path d="M${at(tip.x)} ${at(tip.y)}L${corner(1)}L${corner(-1)}Z" fill="${stroke}"/>`;
};

const labelMarkup = ({ x, y, above, below, width, anchor }: Label, { key }: Transition): string => {
  const left = anchor === 'middle' ? x - width / 2 : x - width;
  const top = y - 5 - above.length * lineHeight;
  const height = (above.length + below.length) * lineHeight + 8;
  const row = (line: string, index: number, size: number, extra: string, base: number) =>
    `<text x="${at(x)}" y="${at(base + index * lineHeight)}" font-size="${size}" text-anchor="${anchor}" ${extra}>${xml(line)}</text>`;
  return [
    `<g data-transition="${xml(key)}">`,
    // Keeps lines that pass behind the words from striking them through; the label's own line stays visible.
    `<rect x="${at(left - 3)}" y="${at(top)}" width="${at(width + 6)}" height="${at(y - 2 - top)}" fill="#ffffff" fill-opacity="0.92"/>`,
    `<rect x="${at(left - 3)}" y="${at(y + 2)}" width="${at(width + 6)}" height="${at(top + height - y)}" fill="#ffffff" fill-opacity="0.92"/>`,
    ...above.map((line, index) =>
      row(line, index, 14, `font-weight="600" fill="${ink}"`, y - 6 - (above.length - 1) * lineHeight),
    ),
    ...below.map((line, index) => row(line, index, 12, `fill="${soft}"`, y + 15)),
    '</g>',
  ].join('');
};

const boxMarkup = ({ x, y, width, height, state }: Box, language: Language): string => {
  const { fill, line } = colours[state.category];
  const final = isFinal(state.category);
  const names = nameLines(state, language);
  const top = y + (height - (48 + names.length * 20)) / 2;
  const text = (lineY: number, size: number, extra: string, content: string, lineX = x + 16) =>
    `<text x="${at(lineX)}" y="${at(lineY)}" font-size="${size}" ${extra}>${xml(content)}</text>`;
  const frame = (inset: number, radius: number) =>
    `<rect x="${at(x + inset)}" y="${at(y + inset)}" width="${at(width - 2 * inset)}" height="${at(height - 2 * inset)}" rx="${radius}" fill="${fill}" stroke="${line}" stroke-width="1.8"/>`;
  return [
    `<g data-state="${xml(state.key)}"><title>${xml(`${readable(state.name[language])} – ${noteOf(state, language)}`)}</title>`,
    frame(0, 10),
    final ? frame(4, 7) : '',
    `<g transform="translate(${at(x + 16)} ${at(top)})">${signs[state.category](line)}</g>`,
    text(top + 13, 12, `font-weight="600" fill="${line}"`, categoryNames[state.category][language], x + 38),
    ...names.map((name, index) => text(top + 36 + index * 20, 16, `font-weight="700" fill="${ink}"`, name)),
    text(top + 36 + names.length * 20, 12, `fill="${soft}"`, heldText(state, language)),
    '</g>',
  ].join('');
};

const heldText = ({ category, holder }: State, language: Language): string => {
  if (isFinal(category)) return words.ended[language];
  return `${words.heldBy[language]} ${holder ? holderNames[holder][language] : '–'}`;
};

/** What the picture says beside the name, without saying the name twice. */
const noteOf = (state: State, language: Language): string => {
  const category = categoryNames[state.category][language];
  return category === state.name[language] ? heldText(state, language) : `${category}, ${heldText(state, language)}`;
};

const startMark = ({ from, to }: Layout['start'][number]): string =>
  `<circle cx="${at(from.x)}" cy="${at(from.y)}" r="7" fill="${stroke}"/>${lineMarkup([[from, to]])}`;

/** A sign of 16 × 16 for each category. */
const signs: Readonly<Record<Category, (colour: string) => string>> = {
  assigned: (c) => `<circle cx="8" cy="8" r="6.5" fill="#ffffff" stroke="${c}" stroke-width="2"/>`,
  in_progress: (c) =>
    `<circle cx="8" cy="8" r="6.5" fill="#ffffff" stroke="${c}" stroke-width="2"/><path d="M8 1.5A6.5 6.5 0 0 1 8 14.5Z" fill="${c}"/>`,
  awaiting_appraisal: (c) =>
    `<path d="M3 1.5H13M3 14.5H13M4.5 2V4.5L8 8L11.5 4.5V2M4.5 14V11.5L8 8L11.5 11.5V14" fill="#ffffff" stroke="${c}" stroke-width="1.8" stroke-linejoin="round"/>`,
  done: (c) =>
    `<circle cx="8" cy="8" r="7.5" fill="${c}"/><path d="M4.2 8.4L7 11L11.8 5.4" fill="none" stroke="#ffffff" stroke-width="2"/>`,
  not_done: (c) =>
    `<circle cx="8" cy="8" r="7.5" fill="${c}"/><path d="M5 5L11 11M11 5L5 11" fill="none" stroke="#ffffff" stroke-width="2"/>`,
  stopped: (c) =>
    `<rect x="1" y="1" width="14" height="14" rx="2" fill="${c}"/><path d="M5.8 4.5V11.5M10.2 4.5V11.5" stroke="#ffffff" stroke-width="2.2"/>`,
};

const legendOf = (definition: Definition, language: Language): { readonly markup: string; readonly width: number } => {
  const items: readonly (readonly [sign: string, text: string])[] = [
    [`<circle cx="8" cy="8" r="6" fill="${stroke}"/>`, words.start[language]],
    ...categoriesIn(definition).map(
      (category) => [signs[category](colours[category].line), categoryNames[category][language]] as const,
    ),
    [
      `<rect x="0.8" y="0.8" width="14.4" height="14.4" rx="3" fill="none" stroke="${stroke}" stroke-width="1.4"/><rect x="4" y="4" width="8" height="8" rx="1.5" fill="none" stroke="${stroke}" stroke-width="1.4"/>`,
      words.final[language],
    ],
  ];
  let x = 0;
  const markup = items.map(([sign, text]) => {
    const item = `<g transform="translate(${at(x)} 0)">${sign}<text x="22" y="12.5" font-size="12" fill="${ink}">${xml(text)}</text></g>`;
    x += 22 + widthOf(text, 12) + 22;
    return item;
  });
  return { markup: markup.join(''), width: x };
};

/** The same in words, for those who do not see the picture. */
const described = ({ states, transitions }: Definition, language: Language): string => {
  const nameOf = (key: string) => readable(states.find((state) => state.key === key)?.name[language] ?? key);
  return transitions
    .map(({ name, from, to, by }) => {
      const sources = from.map(nameOf).join(', ');
      return `${readable(name[language])}: ${sources} → ${nameOf(to)} (${roleNames(by, language)}).`;
    })
    .join(' ');
};

const categoriesIn = ({ states }: Definition): readonly Category[] =>
  (Object.keys(colours) as Category[]).filter((category) => states.some((state) => state.category === category));

const roleNames = (roles: Transition['by'], language: Language): string =>
  roles.map((role) => taskRoleNames[role][language]).join(', ');

// Text --------------------------------------------------------------------------------------------------------------

/** One line, without what XML forbids: control characters, halves of surrogate pairs, U+FFFE and U+FFFF. */
const readable = (text: string): string => text.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]+/gu, ' ').trim();

const xml = (text: string): string =>
  readable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

const at = (value: number): string => String(Math.round(value * 10) / 10);

/** Wide fonts take six tenths of their size per letter; better too much room than too little. */
const widthOf = (text: string, size: number, bold = false): number => text.length * size * (bold ? 0.64 : 0.59);

const folded = (text: string, perLine: number, lines: number): readonly string[] => {
  const rows: string[] = [];
  for (const word of readable(text).split(/\s+/u)) {
    const row = rows.at(-1);
    if (row !== undefined && row.length + 1 + word.length <= perLine) rows[rows.length - 1] = `${row} ${word}`;
    else rows.push(word);
  }
  const kept = rows.slice(0, lines).map((row) => cut(row, perLine));
  const last = kept.length - 1;
  if (rows.length > lines) kept[last] = `${cut(kept[last] ?? '', perLine - 1).replace(/…$/, '')}…`;
  return kept;
};

const cut = (text: string, length: number): string => {
  const letters = [...text];
  return letters.length <= length ? text : `${letters.slice(0, length - 1).join('')}…`;
};
