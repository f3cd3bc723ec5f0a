// The parts of the documentation that are printed from the program. `npm run docs` writes them; test/docs.test.ts fails
// when they are out of date.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { problemTexts } from '../../src/adapters/http/problem-texts.ts';
import { rowProblem, problemCodes as rowProblemCodes } from '../../src/application/imports/row-problems.ts';
import { readConfig } from '../../src/config.ts';
import type { Offset } from '../../src/domain/schedule/offset.ts';
import { builtInDefinitions } from '../../src/domain/workflow/built-in.ts';
import type { Definition, TimerRule, Transition } from '../../src/domain/workflow/definition.ts';
import { mermaid, svg } from '../../src/domain/workflow/diagram.ts';
import { problem, problemCodes } from '../../src/domain/workflow/problem.ts';
import { categoryNames, holderNames, taskRoleNames } from '../../src/domain/workflow/words.ts';

export const root = path.resolve(import.meta.dirname, '../..');

/** Path below the root -> what the file must say. */
export const documents = (): ReadonlyMap<string, string> =>
  new Map([
    ...builtInDefinitions.map((definition) => [`docs/workflows/${definition.key}.svg`, svg(definition, 'vi')] as const),
    ['docs/state-machine.md', stateMachine()] as const,
    ['README.md', withParts('README.md', { configuration: configuration() })] as const,
    ['docs/api.md', withParts('docs/api.md', { 'problem-codes': refusals(), 'row-problems': rowProblems() })] as const,
    ['docs/workflows.md', withParts('docs/workflows.md', { checks: checks() })] as const,
  ]);

/** Replaces what stands between <!-- generated: name --> and <!-- end: name -->. */
const withParts = (file: string, parts: Readonly<Record<string, string>>): string =>
  Object.entries(parts).reduce(
    (text, [name, part]) => {
      const [begin, end] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`];
      const [head, rest] = text.split(begin);
      const tail = rest?.split(end)[1];
      if (head === undefined || tail === undefined) throw new Error(`${file} has no place for "${name}".`);
      return `${head}${begin}\n\n${part}\n\n${end}${tail}`;
    },
    readFileSync(path.join(root, file), 'utf8'),
  );

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
const code = (text: string): string => `\`${text}\``;

// ---- configuration ----

/** Names and meanings as config.ts writes them, defaults as it applies them. */
const configuration = (): string => {
  const source = readFileSync(path.join(root, 'src/config.ts'), 'utf8');
  const defaults = readConfig({ DATABASE_URL: 'postgres://localhost/dondoc' }) as Readonly<Record<string, unknown>>;
  const rows = [...source.matchAll(/\/\*\* (.+) \*\/\n {2}([A-Z_]+): /g)].map(([, meaning = '', name = '']) => {
    return [code(name), defaultText(name, defaults[name]), meaning];
  });
  return table(['Variable', 'Default', 'Meaning'], rows);
};

const defaultText = (name: string, value: unknown): string => {
  if (name === 'DATABASE_URL') return 'required';
  if (name === 'SECRET_KEY') return 'required in production';
  if (value === undefined) return '–';
  return code(typeof value === 'boolean' ? String(Number(value)) : String(value));
};

// ---- refusals ----

const refusals = (): string =>
  table(
    ['Code', 'Status', 'Vietnamese title', 'English'],
    Object.entries(problemTexts).map(([name, { status, title, en }]) => [code(name), String(status), title, en]),
  );

const rowProblems = (): string =>
  table(
    ['Code', 'Severity', 'English'],
    rowProblemCodes.map((name) => {
      const details = { limit: 0, length: 0, otherRow: 0, read: '…' };
      const { severity, en } = rowProblem(name, { row: 1, column: 'A', columnLetter: 'A' }, '…', details);
      return [code(name), severity, en.replaceAll(/\b0\b/g, 'n')];
    }),
  );

const checks = (): string =>
  table(
    ['Code', 'What it says'],
    problemCodes.map((name) => [code(name), problem(name, '', '…', '…', '…').en]),
  );

// ---- state machine ----

const stateMachine = (): string =>
  [
    '# State machines of the built-in workflows',
    'Printed from the definitions in `src/domain/workflow/built-in` by `npm run docs`; do not edit by hand.\nWhat the keys mean is told in [workflows.md](workflows.md). Every definition can be seen as a picture under `GET /api/v1/workflows/{key}/versions/{version}/diagram`.',
    ...builtInDefinitions.flatMap(chapter),
    '',
  ].join('\n\n');

const chapter = (definition: Definition): readonly string[] => [
  `## ${definition.key}, version ${definition.version}: ${definition.name.en} (${definition.name.vi})`,
  `![${definition.name.vi}](workflows/${definition.key}.svg)`,
  `\`\`\`mermaid\n${mermaid(definition, 'en')}\`\`\``,
  '### States',
  table(
    ['State', 'Vietnamese', 'English', 'Category', 'Held by'],
    definition.states.map(({ key, name, category, holder, initial }) => [
      initial ? `${code(key)} (first)` : code(key),
      name.vi,
      name.en,
      `${categoryNames[category].en} (${code(category)})`,
      holder === undefined ? '–' : holderNames[holder].en,
    ]),
  ),
  '### Transitions',
  table(
    ['Transition', 'Vietnamese', 'From', 'To', 'By', 'Requires', 'Only when'],
    definition.transitions.map((transition) => [
      code(transition.key),
      transition.name.vi,
      transition.from.map(code).join(', '),
      code(transition.to),
      transition.by.map((role) => taskRoleNames[role].en).join(', '),
      requirements(definition, transition),
      transition.when ? code(JSON.stringify(transition.when)) : '–',
    ]),
  ),
  ...(definition.timers.length > 0 ? ['### Timers', timers(definition.timers)] : []),
  ...deadlines(definition),
];

const requirements = ({ forms }: Definition, { require = {} }: Transition): string => {
  const fields = forms.find(({ key }) => key === require.form)?.fields ?? [];
  const asked = [
    ...fields.map(({ key, required }) => `field ${code(key)}${required ? '' : ' (optional)'}`),
    ...(require.evidence === undefined ? [] : [`evidence: ${require.evidence}`]),
    ...(require.reason ? ['reason'] : []),
    ...(require.document ? ['document'] : []),
  ];
  return asked.join(', ') || '–';
};

const timers = (rules: readonly TimerRule[]): string =>
  table(
    ['Timer', 'Vietnamese', 'In states', 'Counts from', 'Levels', 'Then every', 'At most', 'After an outage'],
    rules.map(({ key, name, states, anchor, at, steps, repeat, max, misfire, when }) => [
      code(key),
      name.vi,
      states.map(code).join(', '),
      `${code(anchor)}, ${at}${when ? `, when ${code(JSON.stringify(when))}` : ''}`,
      steps.map(({ offset, action, to }) => `${offsetText(offset)}: ${action} ${recipients(to)}`).join('; ') || '–',
      repeat ? `${offsetText(repeat.every)}: ${repeat.action} ${recipients(repeat.to)}` : '–',
      String(max),
      misfire,
    ]),
  );

const recipients = (to: TimerRule['steps'][number]['to']): string =>
  to.map((role) => taskRoleNames[role].en.toLowerCase()).join(' and ');

const offsetText = (offset: Offset): string =>
  typeof offset === 'string' ? offset : `${offset.workingDays} working days`;

const deadlines = ({ acknowledgeWithin, appraisals }: Definition): readonly string[] => {
  const lines = [
    ...(acknowledgeWithin === undefined ? [] : [`- Acknowledge within ${offsetText(acknowledgeWithin)}.`]),
    ...appraisals.flatMap(({ state, within }) =>
      within === undefined ? [] : [`- Appraise in ${code(state)} within ${offsetText(within)} of the submission.`],
    ),
  ];
  return lines.length > 0 ? [lines.join('\n')] : [];
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const [file, content] of documents()) writeFileSync(path.join(root, file), content);
