// Brings a checkout to the point where it can run: packages installed, sources compiled. Both do nothing when up to date.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Problem, step } from './processes.mjs';

export async function install(root) {
  const ready = path.join(root, 'node_modules/.ready');
  const wanted = sha256(readFileSync(path.join(root, 'package-lock.json')));
  if (readOr(ready, '') === wanted) return;
  if (!installedAsLocked(root)) {
    console.log('Installing the packages of package-lock.json ...');
    const npm = process.env.npm_execpath?.endsWith('npm-cli.js')
      ? [process.execPath, process.env.npm_execpath]
      : ['npm'];
    // --include=dev: with NODE_ENV=production npm would leave out the compiler.
    await step(npm[0], [...npm.slice(1), 'ci', '--include=dev', '--no-audit', '--no-fund'], { cwd: root });
  }
  try {
    writeFileSync(ready, wanted);
  } catch {
    // Somebody else's node_modules that we may only read: the comparison is made again next time.
  }
}

/** Somebody ran `npm ci` by hand: npm's own record of what it installed agrees with the lock file. */
function installedAsLocked(root) {
  const installed = readOr(path.join(root, 'node_modules/.package-lock.json'), null);
  if (installed === null) return false;
  const there = JSON.parse(installed).packages;
  const locked = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(locked).every(([where, wanted]) => {
    if (where === '') return true;
    const found = there[where];
    return found ? found.version === wanted.version && found.integrity === wanted.integrity : wanted.optional === true;
  });
}

export async function compile(root) {
  const stamp = path.join(root, 'dist/.built');
  const wanted = fingerprint(
    root,
    ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'],
    ['src', 'workers', 'migrations'],
  );
  if (readOr(stamp, '') === wanted) return;
  console.log('Compiling ...');
  // Only what tsc writes: a source that was deleted must not live on as .js, and other builds may sit in dist too.
  for (const folder of ['src', 'workers', 'migrations'])
    rmSync(path.join(root, 'dist', folder), { recursive: true, force: true });
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  await step(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root }).catch((error) => {
    throw error instanceof Problem ? new Problem('The sources do not compile: see above.') : error;
  });
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** The console's files, which the API serves. */
export async function compileConsole(root) {
  const stamp = path.join(root, 'dist/.web-built');
  const wanted = fingerprint(root, ['package-lock.json'], ['web', 'src/domain']);
  if (readOr(stamp, '') === wanted) return;
  console.log('Building the console ...');
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const build = [vite, 'build', '--config', 'web/vite.config.ts', '--logLevel', 'warn'];
  await step(process.execPath, build, { cwd: root }).catch((error) => {
    throw error instanceof Problem ? new Problem('The console does not build: see above.') : error;
  });
  writeFileSync(stamp, wanted);
}

/** Names, sizes and times of everything that goes into dist: a few milliseconds, and it also notices older files. */
function fingerprint(root, single, folders) {
  const files = [...single];
  for (const folder of folders) {
    if (!existsSync(path.join(root, folder))) continue;
    for (const entry of readdirSync(path.join(root, folder), { recursive: true })) files.push(path.join(folder, entry));
  }
  return sha256(
    files
      .map((file) => [file, statSync(path.join(root, file))])
      .filter(([, stats]) => stats.isFile())
      .map(([file, stats]) => `${file} ${stats.size} ${stats.mtimeMs}`)
      .sort((one, other) => (one < other ? -1 : 1))
      .join('\n'),
  );
}

const sha256 = (content) => createHash('sha256').update(content).digest('hex');

export function readOr(file, otherwise) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}
