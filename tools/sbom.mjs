// npm run sbom [file]: the packages of production as a CycloneDX document, from package-lock.json alone, so that it needs
// neither a network nor an installation. Without a file it writes sbom.cdx.json.
// Not `--omit dev`: npm 11.19 then also leaves out what production shares with a tool for development (debug, ms).
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));

const file = path.resolve(process.argv[2] ?? path.join(root, 'sbom.cdx.json'));
const production = reachable();
const whole = everything();
const refs = new Set([whole.metadata.component['bom-ref']]);
const components = whole.components.filter((component) => production.has(`${component.name}@${component.version}`));
for (const component of components) refs.add(component['bom-ref']);
const dependencies = whole.dependencies
  .filter(({ ref }) => refs.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) }));
// npm names it after the folder.
const component = { ...whole.metadata.component, name, purl: `pkg:npm/${name}@${version}` };
const document = { ...whole, metadata: { ...whole.metadata, component }, components, dependencies };
writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
console.log(`${components.length} packages of production in ${path.relative(process.cwd(), file)}.`);

function everything() {
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const options = [
    'sbom',
    '--sbom-format',
    'cyclonedx',
    '--sbom-type',
    'application',
    '--package-lock-only',
    '--offline',
  ];
  const { status, stdout, stderr } = spawnSync(npm[0], [...npm.slice(1), ...options], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    // Otherwise npm takes NODE_ENV=production for --omit dev.
    env: { ...process.env, NODE_ENV: '' },
  });
  if (status === 0) return JSON.parse(stdout);
  console.error(stderr);
  process.exit(1);
}

/** "name@version" of every package that the dependencies of production lead to. */
function reachable() {
  const found = new Map();
  const open = needsOf(packages['']).map((wanted) => ['', wanted]);
  for (let next = open.pop(); next; next = open.pop()) {
    const [from, wanted] = next;
    const where = placeOf(from, wanted);
    if (where === undefined || found.has(where)) continue;
    found.set(where, `${wanted}@${packages[where].version}`);
    for (const inner of needsOf(packages[where])) open.push([where, inner]);
  }
  return new Set(found.values());
}

function needsOf({ dependencies = {}, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} }) {
  const peers = Object.keys(peerDependencies).filter((peer) => !peerDependenciesMeta[peer]?.optional);
  return [...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...peers];
}

/** As Node looks for it: in the package's own node_modules, then in those around it. */
function placeOf(from, wanted) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    const where = folder === '' ? `node_modules/${wanted}` : `${folder}/node_modules/${wanted}`;
    if (packages[where]) return where;
    if (folder === '') return undefined;
  }
}
