// A private Redis for tests and benchmarks, with the settings of production. `npm start` never needs one.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { aptInstall, onPath } from './apt.mjs';
import { freePort, isRunning, launch, stop, until } from './processes.mjs';

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

/** Whether a Redis is there, or could be installed. */
export const redisTools = async () =>
  Boolean(onPath('redis-server') || onPath('redis-check-rdb')) ||
  aptInstall('redis-tools', { program: 'redis-check-rdb', purpose: 'the suites that run on Redis' });

async function findServer(folder) {
  if (onPath('redis-server')) return 'redis-server';
  if (!(await redisTools())) return undefined;
  // In Debian one binary is server and tools; its name decides. The package redis-tools brings no system service.
  const server = path.join(folder, 'redis-server');
  if (!existsSync(server)) symlinkSync(onPath('redis-check-rdb'), server);
  return spawnSync(server, ['--version']).stdout?.includes('Redis server') ? server : undefined;
}

function pong(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (reply) => socket.end(() => resolve(reply.toString().startsWith('+PONG'))));
    socket.once('error', () => resolve(false));
  });
}
