// Child processes that never outlive the launcher, and the waiting that goes with them.
import { spawn, spawnSync } from 'node:child_process';
import net from 'node:net';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** Something the person at the keyboard can act on: printed as one message, without a stack. */
export class Problem extends Error {}

/** Aborted by the first Ctrl-C or SIGTERM; whatever is being prepared then ends. */
export const stopping = new AbortController();

// Asked for, not looked up: BusyBox has a setpriv without this option.
const diesWithParent =
  process.platform === 'linux' && spawnSync('setpriv', ['--pdeathsig', 'TERM', 'true']).status === 0;

/**
 * A long-lived child. It gets `orphanSignal` from the kernel when the launcher is killed, and it is detached, so a
 * Ctrl-C in the terminal reaches the launcher alone, which stops the application before the servers it needs.
 */
export function launch(command, args, { orphanSignal, ...options }) {
  const [file, ...rest] = diesWithParent
    ? ['setpriv', '--pdeathsig', orphanSignal, '--', command, ...args]
    : [command, ...args];
  const child = spawn(file, rest, { detached: true, ...options });
  child.ended = new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, error }));
    child.once('exit', (code, signal) => resolve({ code: code ?? 128 + os.constants.signals[signal] }));
  });
  return child;
}

/** Sends `signal`, and `harder` when that did not help within `seconds`. */
export async function stop(child, { signal, seconds, harder, wholeGroup = false }) {
  if (child.pid === undefined) return;
  const target = wholeGroup ? -child.pid : child.pid;
  if (isRunning(child)) send(target, signal);
  const patience = new AbortController();
  const tooLong = sleep(seconds * 1000, 'too long', { signal: patience.signal }).catch(() => {});
  if ((await Promise.race([child.ended, tooLong])) === 'too long') send(target, harder);
  await child.ended;
  patience.abort();
  // Mocha leaves its inner process behind when only the outer one heard the signal.
  if (wholeGroup) send(target, 'SIGKILL');
}

export const isRunning = (child) => child.pid !== undefined && child.exitCode === null && child.signalCode === null;

function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** A short-lived step such as `npm ci`: its output is shown, or collected when `quiet`; resolves with the output. */
export function step(command, args, { quiet = false, input, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = quiet ? ['pipe', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'];
    const child = spawn(command, args, { stdio, signal: stopping.signal, ...options });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
    child.stdin?.on('error', () => {}); // The step may end before it has read its input; its exit code tells.
    child.stdin?.end(input);
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Problem(`${command} ${args[0] ?? ''} failed (${code}).\n${output}`.trim()));
    });
  });
}

/** Promise.all that waits for every one before it fails, so that nothing is still being opened while we close. */
export async function settle(...promises) {
  const outcomes = await Promise.allSettled(promises);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return outcomes.map((outcome) => outcome.value);
}

/** Polls for a fact; answers whether it came true in time. */
export async function until(fact, seconds) {
  const end = Date.now() + seconds * 1000;
  while (!(await fact())) {
    if (Date.now() > end) return false;
    stopping.signal.throwIfAborted();
    await sleep(25);
  }
  return true;
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
