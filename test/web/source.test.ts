// What the sources of the console may not hold: words outside the dictionaries, days as the browser writes them.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { parseSync } from 'vite';

const root = path.join(import.meta.dirname, '../../web/src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name: name.split(path.sep).join('/'), text: readFileSync(path.join(root, name), 'utf8') }));

/** Without comments. */
const codeOf = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|(?<![:'"])\/\/.*$/gm, '');

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Every node with those around it, the nearest last. */
function* nodesOf(value: unknown, around: readonly Node[] = []): Generator<readonly [Node, readonly Node[]]> {
  if (Array.isArray(value)) for (const one of value) yield* nodesOf(one, around);
  else if (isNode(value)) {
    yield [value, around];
    for (const [key, inner] of Object.entries(value))
      if (key !== 'type' && typeof inner === 'object') yield* nodesOf(inner, [...around, value]);
  }
}

const letters = /\p{L}/u;
/** What a person sees or hears. */
const spoken =
  /^(aria-label|aria-description|aria-roledescription|aria-valuetext|title|alt|placeholder|label|about|summary)$/;

const nameOf = (node: Node | undefined): string =>
  String(
    (node?.name as Node | undefined)?.name ?? (node?.openingElement as { name?: Node } | undefined)?.name?.name ?? '',
  );

/** Texts in JSX, and texts in attributes that people read; names of keys are the same in every language. */
const literalsOf = (name: string, text: string): readonly string[] => {
  const { program, errors } = parseSync(name, text, { lang: 'tsx' });
  expect(errors, name).to.deep.equal([]);
  return [...nodesOf(program)].flatMap(([node, around]) => {
    const parent = around.at(-1);
    if (parent?.type === 'JSXElement' && nameOf(parent) === 'kbd') return [];
    if (node.type === 'JSXText' && letters.test(String(node.value))) return [String(node.value).trim()];
    if (!['Literal', 'TemplateElement'].includes(node.type)) return [];
    const said = node.type === 'Literal' ? String(node.value) : String((node.value as { raw: string }).raw);
    if (!letters.test(said)) return [];
    // {'text'} among children, also behind ? : && ||
    const holder = [...around]
      .reverse()
      .find(({ type }) => !/^(ConditionalExpression|LogicalExpression|TemplateLiteral)$/.test(type));
    const place = around[around.indexOf(holder as Node) - 1];
    const asked = around.some(
      ({ type, test, left }) => (type === 'ConditionalExpression' && test === node) || left === node,
    );
    if (holder?.type === 'JSXExpressionContainer' && place?.type === 'JSXElement' && !asked) return [said];
    const attribute = holder?.type === 'JSXAttribute' ? holder : place?.type === 'JSXAttribute' ? place : undefined;
    return attribute && spoken.test(nameOf(attribute)) && !asked ? [said] : [];
  });
};

describe('The sources of the console', () => {
  it('C19: hold no word for people outside the dictionaries', () => {
    const found = files
      .filter(({ name }) => name.endsWith('.tsx'))
      .flatMap(({ name, text }) => literalsOf(name, text).map((said) => `${name}: ${said}`));
    expect(found).to.deep.equal([]);
    expect(literalsOf('a.tsx', `const a = <p title="Tên">{b ? 'Chào' : c} khách</p>;`)).to.have.members([
      'Tên',
      'Chào',
      'khách',
    ]);
    expect(
      literalsOf('a.tsx', `const a = <p className="x" role="list">{f('x')} 1 · {a.b === 'x' && c}</p>;`),
    ).to.deep.equal([]);
  });

  it('C19: leave days and numbers to one file, and never to what a browser thinks is Vietnamese', () => {
    const found = files.flatMap(({ name, text }) =>
      [...codeOf(text).matchAll(/\.toLocale\w*String\b|type=(?:"|\{')date|Intl\.\w+/g)]
        .filter(([what]) => name !== 'format.ts' || !what.startsWith('Intl.'))
        .map(([what]) => `${name}: ${what}`),
    );
    expect(found).to.deep.equal([]);
  });

  it('C19: have both languages beside each other, the Vietnamese one first', () => {
    const dictionaries = files.filter(({ name }) => /(^|\/)text\.ts$|^text\/common\.ts$/.test(name));
    expect(dictionaries.length).to.be.greaterThan(2);
    for (const { name, text } of dictionaries) expect(text, name).to.match(/\btexts\(/);
  });

  it('ask nobody but the API, and keep nothing of it in the browser but drafts and settings', () => {
    const found = files.flatMap(({ name, text }) =>
      [
        ...codeOf(text).matchAll(
          /\b(fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource|indexedDB|sessionStorage|localStorage|dangerouslySetInnerHTML|innerHTML|eval)\b/g,
        ),
      ].map(([what]) => `${name}: ${what}`),
    );
    expect([...new Set(found)].filter((one) => !allowed.includes(one))).to.deep.equal([]);
  });
});

const allowed = [
  'api/client.ts: fetch',
  // Tells how much of a file has gone, which fetch does not.
  'api/client.ts: XMLHttpRequest',
  'api/live.ts: EventSource',
  'kit/drafts.ts: localStorage',
  'kit/drafts.ts: sessionStorage',
  'settings.ts: localStorage',
];
