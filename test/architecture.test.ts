// Who may import whom, and what the domain may not know. To allow a new arrow, edit the record and say why in the commit.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';

const root = path.join(import.meta.dirname, '..');
const inner = ['src/domain', 'src/application'];
const anyPackage = 'package:';
const adapter = (name: string) => [...inner, `src/adapters/${name}`, anyPackage];
const plain = ['auth', 'documents', 'files', 'mail', 'queue', 'telemetry'];
const packages = (...names: readonly string[]) => names.map((name) => `package:${name}`);

/** The innermost folder that is here decides; "/*" are its own files only. "type x": only types, so nothing of it runs. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'src/domain': ['src/domain', ...packages('temporal-polyfill')],
  // node:util for isDeepStrictEqual, which is a pure function.
  'src/application': [...inner, ...packages('node:crypto', 'node:util', 'canonicalize', 'uuid', 'cron-parser')],
  'src/adapters/*': [...inner, 'src/adapters/definition-', ...packages('zod')],
  ...Object.fromEntries(plain.map((name) => [`src/adapters/${name}`, adapter(name)])),
  'src/adapters/db': [...adapter('db'), 'migrations'],
  'src/adapters/http': [...adapter('http'), 'type src/adapters/telemetry'],
  'src/adapters/http/routes': [...adapter('http'), 'type src/adapters/db', 'type src/adapters/queue'],
  'src/demo': [...inner, 'src/demo', 'src/compose.ts', anyPackage],
  'src/*': ['src', 'workers', anyPackage],
  workers: ['workers', ...inner, 'src/adapters', 'src/compose.ts', 'src/config.ts', anyPackage],
  migrations: packages('typeorm'),
  // The console speaks to the API alone. What it shares with the server is pure and stands on no package.
  'web/src': [
    'web/src',
    'src/domain/text.ts',
    // Working days are counted, and deeds offered, by the very rules by which the server judges them.
    'src/domain/schedule/day-number.ts',
    'src/domain/schedule/working-calendar.ts',
    'src/domain/organisation/policy.ts',
    'src/domain/workflow/answering.ts',
    'type src/domain/organisation/actor.ts',
    // The designer offers what a definition may say.
    'src/domain/workflow/definition.ts',
    'type src/domain/workflow/condition.ts',
    'type src/domain/schedule/offset.ts',
    ...packages(
      'react',
      'radix-ui',
      '@tanstack/',
      'lucide-react',
      '@dagrejs/dagre',
      '@fontsource',
      'uqr',
      'pdfjs-dist',
    ),
  ],
};

const files = ['src', 'workers', 'migrations', 'web/src'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => path.posix.join(folder, ...name.split(path.sep)))
    .map((name) => [name, readFileSync(path.join(root, name), 'utf8')] as const),
);

describe('The architecture', () => {
  const found = (rule: (name: string, text: string) => readonly string[]) =>
    files.flatMap(([name, text]) => rule(name, text).map((what) => `${name}: ${what}`));

  it('lets every folder import only what lies below it, its own, and the packages it is for', () => {
    expect(found((name, text) => importsOf(name, text).filter((target) => !mayImport(name, target)))).to.deep.equal([]);
    expect(found(importsOf).length).to.be.greaterThan(500);
  });

  it('keeps the packages of the queue where the queue is', () => {
    const strange = (name: string, text: string) =>
      /^src\/adapters\/queue\/|^workers\/job\.ts$/.test(name) ? [] : (importsOf(name, text).join().match(queue) ?? []);
    expect(found(strange)).to.deep.equal([]);
  });

  it('keeps the domain without clock, chance, process, output and waiting', () => {
    const strange = (name: string, text: string) => (name.startsWith('src/domain/') ? (text.match(world) ?? []) : []);
    expect(found(strange)).to.deep.equal([]);
  });

  it('shares with the console only what stands on no package, nor anything below it', () => {
    const shared = files.flatMap(([name, text]) =>
      name.startsWith('web/') ? importsOf(name, text).filter((target) => target.startsWith('src/')) : [],
    );
    expect(shared.length).to.be.greaterThan(0);
    // Types weigh nothing; what runs is followed to its end.
    const seen = new Set(shared);
    for (const name of seen)
      for (const target of importsOf(name, files.find(([one]) => one === name)?.[1] ?? ''))
        if (!target.startsWith('type ')) seen.add(target);
    expect([...seen].filter((name) => !name.startsWith('src/domain/'))).to.deep.equal([]);
    expect(seen.size).to.be.at.most(8);
  });

  it('keeps every file within 500 lines, and of the console within 300', () => {
    expect(
      found((name, text) => (text.split('\n').length > (name.startsWith('web/') ? 301 : 501) ? ['is too long'] : [])),
    ).to.deep.equal([]);
  });
});

const queue = /package:(bullmq|ioredis)\b/g;
const world = /Date\.now|new Date\(\)|Math\.random|\bprocess\.\w|\bconsole\.|\basync\b|\bawait\b|\bPromise\b/g;
const imports = /^(?:import|export)( type)? [\w\s{},*$]+? from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'/gm;

const importsOf = (name: string, text: string): readonly string[] =>
  [...text.matchAll(imports)].map(([, type, from, bare, later]) => {
    const to = from ?? bare ?? later ?? '';
    const place = to.startsWith('.') ? path.posix.join(path.posix.dirname(name), to) : `package:${to}`;
    return type ? `type ${place}` : place;
  });

const mayImport = (name: string, target: string): boolean => {
  let folder = path.posix.dirname(name);
  let rule = allowed[`${folder}/*`];
  for (; !rule && folder !== '.'; folder = path.posix.dirname(folder)) rule = allowed[folder];
  return (rule ?? []).some((prefix) => target.startsWith(prefix) || target.startsWith(`type ${prefix}`));
};
