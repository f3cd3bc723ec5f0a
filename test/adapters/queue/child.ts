// A process of its own, for what cannot be seen from inside one: being killed, and ending by itself.

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { QueueSettings } from '../../../src/adapters/queue/connection.ts';

export interface Child {
  /** Resolves when the child has written this line. */
  line(text: string): Promise<void>;
  /** Ends its standard input, for which it may be waiting. */
  goOn(): void;
  kill(): void;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; errors: string }>;
}

export function startChild(script: string, settings: QueueSettings): Child {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', file, JSON.stringify(settings)], {
    stdio: 'pipe',
  });
  const lines: string[] = [];
  const waiting = new Map<string, () => void>();
  let errors = '';
  child.stderr?.on('data', (data) => {
    errors += data;
  });
  if (child.stdout) {
    createInterface(child.stdout).on('line', (text) => {
      lines.push(text);
      waiting.get(text)?.();
    });
  }
  const ended: Child['ended'] = new Promise((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal, errors })),
  );
  return {
    ended,
    line: (text) =>
      Promise.race([
        new Promise<void>((resolve) => (lines.includes(text) ? resolve() : void waiting.set(text, resolve))),
        ended.then((end) => {
          throw new Error(`The child ended without saying "${text}": ${end.errors}`);
        }),
      ]),
    goOn: () => void child.stdin?.end(),
    kill: () => void child.kill('SIGKILL'),
  };
}
