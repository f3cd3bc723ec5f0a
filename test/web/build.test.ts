// What was built runs in the last browsers of Windows 7 and 8: Chrome 109, Firefox 115, and Safari 16.4.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { parseSync } from 'vite';
import { builtConsole } from '../../src/adapters/http/console.ts';

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

function* nodesOf(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const one of value) yield* nodesOf(one);
  else if (typeof value === 'object' && value !== null) {
    if (typeof (value as Node).type === 'string') yield value as Node;
    for (const inner of Object.values(value)) if (typeof inner === 'object') yield* nodesOf(inner);
  }
}

/** Syntax of ES2023 and later, and what was added to the library after those browsers. */
const tooNew = (name: string, text: string): readonly string[] => {
  const { program, errors } = parseSync(name, text, { lang: 'js', sourceType: 'module' });
  const nodes = [...nodesOf(program)];
  // Radix keeps its own ordered list, with a toSorted of its own. Our sources cannot: they are compiled against ES2022.
  const own = nodes.flatMap(({ type, key }) =>
    type === 'MethodDefinition' ? [String((key as { name?: string }).name)] : [],
  );
  const found = nodes.flatMap((node) => {
    if (node.type === 'Decorator' || node.type === 'TSTypeAnnotation') return [node.type];
    if (node.type === 'VariableDeclaration' && /using/.test(String(node.kind))) return ['using'];
    if (/^(Import|Export)/.test(node.type) && (node.attributes as unknown[] | undefined)?.length)
      return ['import attributes'];
    if (node.type === 'ImportExpression' && node.options) return ['import attributes'];
    const { regex } = node as { regex?: { pattern: string; flags: string } };
    if (regex && (/v/.test(regex.flags) || /\(\?[ims-]+:/.test(regex.pattern)))
      return [`/${regex.pattern}/${regex.flags}`];
    if (node.type !== 'CallExpression') return [];
    const callee = node.callee as { property?: { name?: string }; object?: { name?: string }; computed?: boolean };
    const called = callee.computed ? '' : `${callee.object?.name ?? ''}.${callee.property?.name ?? ''}`;
    if (/^pdf[.-]/.test(name) && brought.includes(called)) return [];
    return later.test(called) && !own.includes(callee.property?.name ?? '') ? [called] : [];
  });
  return [...errors.map(({ message }) => message), ...found].map((what) => `${name}: ${what}`);
};

/** After Chrome 109, wherever it is called on something of that name. */
const later =
  /^(\w*\.(toSorted|toReversed|toSpliced|isWellFormed|toWellFormed|symmetricDifference|isSubsetOf|isDisjointFrom)|Object\.groupBy|Map\.groupBy|Array\.fromAsync|Promise\.(withResolvers|try)|AbortSignal\.any|URL\.(canParse|parse)|Iterator\.from|CSS\.highlights)$/;

/** What the viewer of PDF files brings itself; test/browser/previews.test.ts runs it without the browser's own. */
const brought = ['Promise.withResolvers', 'Promise.try', 'URL.parse', 'AbortSignal.any'];

describe('C24: The console that was built', () => {
  const folder = builtConsole() ?? '';
  const files = folder === '' ? [] : readdirSync(path.join(folder, 'assets'));
  const textOf = (name: string): string => readFileSync(path.join(folder, 'assets', name), 'utf8');

  it('holds scripts and styles', () => {
    expect(files.filter((name) => name.endsWith('.js')).length).to.be.greaterThan(10);
    expect(files.filter((name) => name.endsWith('.css')).length).to.be.greaterThan(0);
  });

  it('uses no syntax and no method that Chrome 109 does not have', function () {
    this.timeout(60_000);
    expect(files.filter((name) => name.endsWith('.js')).flatMap((name) => tooNew(name, textOf(name)))).to.deep.equal(
      [],
    );
    expect(tooNew('new.js', 'a.toSorted(); using b = c; /a/v.test(d);')).to.have.length(3);
  });

  it('uses nothing in its styles that they do not have', () => {
    for (const name of files.filter((one) => one.endsWith('.css')))
      expect(
        textOf(name).match(
          /:has\(|color-mix\(|anchor-name|position-anchor|@starting-style|\bpopover\b|@scope|text-wrap:\s*pretty|light-dark\(|@container style|oklch\(from/g,
        ),
        name,
      ).to.equal(null);
  });

  it('names no other address: fonts, styles and scripts are its own', () => {
    for (const name of files.filter((one) => one.endsWith('.css')))
      expect(textOf(name).match(/url\((?!["']?(\/assets\/|\.\/|#|data:image\/svg))/g), name).to.equal(null);
    const page = readFileSync(path.join(folder, 'index.html'), 'utf8');
    expect(page.match(/(?:src|href)="(?!\/)/g)).to.equal(null);
    expect(page.match(/<script(?![^>]*\bsrc=)|<style|\bon\w+=|\sstyle=/g)).to.equal(null);
  });
});
