// npm start | test | verify | bench | migrate | screenshots, on a machine with only Node and npm: installs, compiles, starts what is
// missing (PostgreSQL; for tests Redis too), runs the one process that was asked for, and leaves nothing running.
// Imports nothing but Node's own modules, because it runs before anything is installed.
import os from 'node:os';
import path from 'node:path';
import { findChromium } from './chromium.mjs';
import { startKept, startThrowAway, temporaryFolder } from './postgres.mjs';
import { compile, compileConsole, install } from './prepare.mjs';
import { launch, Problem, settle, stop, stopping } from './processes.mjs';
import { startRedis } from './redis.mjs';
import { keptSecret } from './secret.mjs';
import { lastWord, mochaArguments, usesBrowser, watchForLeaks } from './test-run.mjs';

const root = path.resolve(import.meta.dirname, '..');
const dataDir = path.resolve(root, process.env.DATA_DIR || '.data');
const [command, ...extra] = process.argv.slice(2);

const kept = { compiled: true, orphanSignal: 'KILL' };
const plans = {
  start: { ...kept, console: true, node: ['--enable-source-maps', 'dist/src/server.js'] },
  // With what `npm start` has open, if it is running.
  verify: { ...kept, mayJoin: true, node: ['--enable-source-maps', 'dist/src/verify.js'] },
  migrate: { ...kept, mayJoin: true, node: ['--enable-source-maps', 'dist/src/migrate.js'] },
  // On the disk of the real data and with fsync: /tmp may be memory.
  bench: {
    ...kept,
    tmp: [dataDir, '/var/tmp'],
    durable: true,
    console: true,
    browser: true,
    node: ['--import', 'tsx', 'test/bench/index.ts'],
  },
  screenshots: {
    tmp: [os.tmpdir(), '/tmp', '/var/tmp'],
    console: true,
    browser: true,
    orphanSignal: 'TERM',
    node: ['--import', 'tsx', 'test/browser/screenshots.ts'],
  },
  // INT is the one signal that Mocha passes on to the process in which it runs the tests.
  test: {
    console: true,
    tmp: [os.tmpdir(), '/tmp', '/var/tmp'],
    orphanSignal: 'INT',
    node: ['node_modules/mocha/bin/mocha.js'],
  },
};

/** How to close what was opened, in the order of opening. */
const closers = [];
/** Set by whatever makes this a failure although the application may be content. */
let failed = false;
let askedToStopAt = 0;
let application;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, askToStop);
process.exitCode = await main();

async function main() {
  let code = 1;
  try {
    const plan = plans[command];
    if (!plan) throw new Problem(`Usage: node tools/run.mjs ${Object.keys(plans).join(' | ')} [arguments]`);
    await install(root);
    code = await carryOut(plan);
  } catch (error) {
    failed = true;
    if (askedToStopAt) code = 130;
    else console.error(error instanceof Problem ? `\n${error.message}` : error);
  }
  // lastWord comes last, but looks at a file that is about to be removed.
  const sayLastWord = command === 'test' ? lastWord({ code, failed }) : () => code;
  for (const close of closers.reverse()) await close();
  return sayLastWord() || Number(failed);
}

async function carryOut(plan) {
  const build = process.env.DONDOC_ENTRY ? undefined : builds(plan);
  const [services] = await settle(startServices(plan), build);
  // DONDOC_ENTRY: another child in place of the real one, which is how the launcher itself is tested.
  const node = process.env.DONDOC_ENTRY ? [process.env.DONDOC_ENTRY] : plan.node;
  const args = command === 'test' ? mochaArguments(extra) : extra;
  if (command === 'start') console.log(`${services.about} To stop: Ctrl-C.`);
  return runApplication(plan, [...node, ...args], services.env);
}

async function builds(plan) {
  if (plan.compiled) await compile(root);
  if (plan.console) await compileConsole(root);
}

// ---- servers ----

/** Answers with the environment that tells the application where they are. */
async function startServices(plan) {
  const folder = plan.tmp && temporaryFolder(plan.tmp);
  if (folder) closers.push(folder.remove);
  const [database, redis] = await settle(startDatabase(plan, folder?.path), plan.tmp && findRedis(folder.path));
  const env = { ...process.env, ...database.env, ...redis };
  if (plan.browser || (command === 'test' && usesBrowser(extra))) Object.assign(env, await browser());
  if (command !== 'test') return { env, about: database.about };
  process.env.DONDOC_TEST_RESULT = path.join(folder.path, 'result.json');
  // Tests get other names only, so that none of them can reach a real database by accident.
  const { DATABASE_URL, REDIS_URL, SECRET_KEY, DONDOC_EMBEDDED, ...others } = env;
  return { env: { ...others, DONDOC_TEST_RESULT: process.env.DONDOC_TEST_RESULT } };
}

async function startDatabase(plan, folder) {
  const given = (plan.tmp && process.env.TEST_DATABASE_URL) || process.env.DATABASE_URL;
  if (given)
    return { env: { DATABASE_URL: given, TEST_DATABASE_URL: given }, about: 'Data are kept where DATABASE_URL says.' };
  const server = plan.tmp ? await startThrowAway(root, folder, plan) : await startKept(root, dataDir, plan);
  lookAfter(server, 'PostgreSQL');
  const secret = plan.tmp ? {} : { SECRET_KEY: process.env.SECRET_KEY || keptSecret(dataDir) };
  const env = { DATABASE_URL: server.url, TEST_DATABASE_URL: server.url, DONDOC_EMBEDDED: '1', ...secret };
  if (!plan.tmp && !process.env.EVIDENCE_DIR) env.EVIDENCE_DIR = path.join(dataDir, 'evidence');
  return { env, about: `Data are kept in ${dataDir}.` };
}

async function findRedis(folder) {
  const given = process.env.TEST_REDIS_URL || process.env.REDIS_URL;
  if (given) return { TEST_REDIS_URL: given };
  const server = await startRedis(folder);
  if (server) {
    lookAfter(server, 'Redis');
    return { TEST_REDIS_URL: server.url };
  }
  console.warn('\n*** NO REDIS: what runs "on redis" is SKIPPED (the same suites still run on PostgreSQL).');
  console.warn('*** Put redis-server on the PATH, or set REDIS_URL.\n');
  // CI promises that everything ran.
  if (process.env.CI === 'true') failed = true;
  return {};
}

async function browser() {
  const chromium = await findChromium();
  if (chromium) return { TEST_CHROMIUM: chromium };
  console.warn('\n*** NO CHROMIUM: the tests in a browser (test/browser) are SKIPPED.');
  console.warn('*** Put chromium on the PATH, or name one in TEST_CHROMIUM.\n');
  if (process.env.CI === 'true') failed = true;
  return {};
}

function lookAfter(server, name) {
  let closing = false;
  closers.push(() => {
    closing = true;
    return server.stop();
  });
  server.ended?.then(() => {
    if (closing) return;
    console.error(`\n${name} has ended by itself; nothing can go on without it.`);
    failed = true;
    stopping.abort();
  });
}

// ---- the application ----

async function runApplication(plan, args, env) {
  stopping.signal.throwIfAborted();
  const options = { orphanSignal: plan.orphanSignal, stdio: 'inherit', cwd: root, env };
  application = launch(process.execPath, args, options);
  // Servers are closed after this, so the application can still finish what it is doing.
  const end = () => stop(application, { signal: 'SIGTERM', seconds: 30, harder: 'SIGKILL', wholeGroup: true });
  closers.push(end);
  stopping.signal.addEventListener('abort', end);
  if (command === 'test') watchForLeaks(application, end);
  const { code, error } = await application.ended;
  if (error) throw error;
  return code;
}

function askToStop() {
  if (!askedToStopAt) {
    askedToStopAt = Date.now();
    stopping.abort();
  } else if (application?.pid && Date.now() - askedToStopAt > 1000) {
    // A second Ctrl-C. Not within the first second: npm passes the first one on, so that it arrives twice.
    application.kill('SIGKILL');
  }
}
