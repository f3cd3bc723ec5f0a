// A private Redis for tests and benchmarks, with the settings of production. `npm start` never needs one.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { freePort, isRunning, launch, step, stop, until } from './processes.mjs';

/** Undefined when there is no server and none can be installed. */
export async function startRedis(folder) {
  const server = await findServer(folder);
  if (!server) return undefined;
  const home = path.join(folder, 'redis');
  mkdirSync(home);
  const port = await freePort();
  const place = ['--port', port, '--bind', '127.0.0.1', '--dir', home, '--logfile', path.join(home, 'server.log')];
  const durability = [
    '--appendonly',
    'yes',
    '--appendfsync',
    'everysec',
    '--save',
    '',
    '--maxmemory-policy',
    'noeviction',
  ];
  const child = launch(server, [...place, ...durability].map(String), {
    orphanSignal: 'TERM',
    stdio: 'ignore',
    cwd: '/',
  });
  const end = () => stop(child, { signal: 'SIGTERM', seconds: 10, harder: 'SIGKILL' });
  let answers = false;
  try {
    answers = (await until(async () => !isRunning(child) || (await pong(port)), 20)) && isRunning(child);
  } finally {
    if (!answers) await end();
  }
  return answers ? { url: `redis://127.0.0.1:${port}`, ended: child.ended, stop: end } : undefined;
}

async function findServer(folder) {
  if (onPath('redis-server')) return 'redis-server';
  if (!onPath('redis-check-rdb') && !(await installTools())) return undefined;
  // In Debian one binary is server and tools; its name decides. The package redis-tools brings no system service.
  const server = path.join(folder, 'redis-server');
  if (!existsSync(server)) symlinkSync(onPath('redis-check-rdb'), server);
  return spawnSync(server, ['--version']).stdout?.includes('Redis server') ? server : undefined;
}

async function installTools() {
  if (process.getuid?.() !== 0 || !onPath('apt-get')) return false;
  console.log('Installing redis-tools with apt-get, for the suites that run on Redis ...');
  const patience = ['-o', 'DPkg::Lock::Timeout=60', '-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=20'];
  const options = { quiet: true, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 120_000 };
  const install = () =>
    step('apt-get', [...patience, 'install', '-y', '--no-install-recommends', 'redis-tools'], options);
  try {
    await step('apt-get', [...patience, 'update'], options).catch(() => {}); // One dead source need not matter.
    await install();
    return onPath('redis-check-rdb') !== undefined;
  } catch (error) {
    console.warn(error.message);
    return false;
  }
}

const onPath = (name) =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));

function pong(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (reply) => socket.end(() => resolve(reply.toString().startsWith('+PONG'))));
    socket.once('error', () => resolve(false));
  });
}
