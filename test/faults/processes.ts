// The program's own processes, started as in production, to be killed.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface Program {
  readonly pid: number;
  /** Resolves when it said that it is ready; rejects when it ended before. */
  readonly ready: Promise<void>;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  running(): boolean;
  signal(name: NodeJS.Signals): void;
  /** What it wrote: for the message of a failed test. */
  said(): string;
}

export type ProgramName = 'server' | 'workers';

const root = path.resolve(import.meta.dirname, '../..');
const build = path.join(root, 'dist/faults');
const files = { server: 'src/server.js', workers: 'workers/index.js' } as const;
const readiness = { server: /Dondoc is ready at/, workers: /Workers are running/ } as const;

// Whatever happens to the tests, these processes do not outlive them.
const guarded = spawnSync('setpriv', ['--pdeathsig', 'KILL', 'true']).status === 0;
const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

export const startProgram = (name: ProgramName, environment: Readonly<Record<string, string>>): Program => {
  const command = [process.execPath, path.join(build, files[name])];
  const [file = '', ...args] = guarded ? ['setpriv', '--pdeathsig', 'KILL', '--', ...command] : command;
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(file, args, {
    cwd: root,
    env: { PATH, HOME, TMPDIR, LOG_LEVEL: name === 'server' ? 'warn' : 'info', HOST: '127.0.0.1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  alive.add(child);
  const lines: string[] = [];
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.once('close', (code, signal) => {
      alive.delete(child);
      resolve({ code, signal });
    }),
  );
  const ready = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      createInterface(stream).on('line', (line) => {
        if (lines.push(line) > 100) lines.shift();
        if (readiness[name].test(line)) resolve();
      });
    void ended.then(({ code, signal }) =>
      reject(new Error(`${name} ended (${code ?? signal}) before it was ready:\n${lines.join('\n')}`)),
    );
  });
  ready.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    ready,
    ended,
    running: () => alive.has(child),
    signal: (signal) => void child.kill(signal),
    said: () => lines.join('\n'),
  };
};

let compiling: Promise<void> | undefined;
/** Compiled as for production: these processes start often, and so they start in half the time. */
export const compiled = (): Promise<void> => {
  compiling ??= new Promise((resolve, reject) => {
    const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
    const child = spawn(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--outDir', build], { cwd: root });
    let said = '';
    child.stdout.on('data', (text) => {
      said += text;
    });
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`It does not compile:\n${said}`))));
  });
  return compiling;
};

/** Ends whatever a failed test left. */
export const endAll = (): void => {
  for (const child of alive) child.kill('SIGKILL');
};
