// Programs that a check needs and a machine may lack: looked for on the PATH, installed with apt-get where we may.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { step } from './processes.mjs';

export const onPath = (name) =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));

/** @returns whether it is there now; a machine without apt-get, or a user who is not root, is no error */
export async function aptInstall(name, { program, purpose, seconds = 120 }) {
  if (process.getuid?.() !== 0 || !onPath('apt-get')) return false;
  console.log(`Installing ${name} with apt-get, for ${purpose} ...`);
  const patience = ['-o', 'DPkg::Lock::Timeout=60', '-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=20'];
  const options = { quiet: true, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: seconds * 1000 };
  try {
    await step('apt-get', [...patience, 'update'], options).catch(() => {}); // One dead source need not matter.
    await step('apt-get', [...patience, 'install', '-y', '--no-install-recommends', name], options);
    return onPath(program) !== undefined;
  } catch (error) {
    console.warn(error.message);
    return false;
  }
}
