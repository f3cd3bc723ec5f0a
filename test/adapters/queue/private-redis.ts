// A Redis that one test may stop, wipe and misconfigure.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from './harness.ts';

export interface PrivateRedis {
  readonly url: string;
  /** One command without arguments that need quoting; answers the first line. */
  say(command: string): Promise<string>;
  stop(): Promise<void>;
}

const onPath = (name: string): string | undefined =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));

/** The server, or in Debian the tool that becomes the server when it is called by that name. */
export const hasRedisServer = (): boolean => Boolean(onPath('redis-server') ?? onPath('redis-check-rdb'));

export async function startRedis(options: readonly string[] = [], port?: number): Promise<PrivateRedis> {
  const at = port ?? (await freePort());
  const home = mkdtempSync(path.join(tmpdir(), 'dondoc-redis-'));
  const program = onPath('redis-server') ?? alias(path.join(home, 'redis-server'));
  const settings = ['--port', `${at}`, '--bind', '127.0.0.1', '--dir', home, '--save', '', ...options];
  const guard =
    spawnSync('setpriv', ['--pdeathsig', 'KILL', 'true']).status === 0 ? ['--pdeathsig', 'KILL'] : undefined;
  const server: ChildProcess = guard
    ? spawn('setpriv', [...guard, program, ...settings], { stdio: 'ignore' })
    : spawn(program, settings, { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await eventually(() =>
    say(at, 'PING')
      .then((reply) => reply === '+PONG')
      .catch(() => false),
  );
  return {
    url: `redis://127.0.0.1:${at}`,
    say: (command) => say(at, command),
    async stop() {
      server.kill('SIGKILL');
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function alias(name: string): string {
  symlinkSync(onPath('redis-check-rdb') as string, name);
  return name;
}

function say(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(`${command}\r\n`));
    socket.once('error', reject);
    socket.once('data', (reply) => {
      socket.destroy();
      resolve(reply.toString().split('\r\n', 1)[0] ?? '');
    });
  });
}
