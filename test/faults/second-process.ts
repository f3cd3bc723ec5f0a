// Another process with the whole program on the database of an office: two who ask at once share nothing but that.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Person, personAt } from '../support/client.ts';
import type { Office } from '../support/http-office.ts';
import { password } from '../support/province.ts';

export interface SecondProcess {
  as(name: string): Person;
  close(): Promise<void>;
}

/** @param day on which its clock stands, as the office's does */
export const secondProcess = async (
  { databaseUrl, folder, clock }: Pick<Office, 'databaseUrl' | 'folder' | 'clock'>,
  day: string,
): Promise<SecondProcess> => {
  const file = fileURLToPath(new URL('child-office.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file, JSON.stringify({ databaseUrl, folder, day })], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const address = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    ended.then(() => reject(new Error('The second process ended before it listened.')), reject);
  });
  const people = new Map<string, Person>();
  return {
    as(name) {
      const known = people.get(name) ?? personAt(address, clock, `${name}@thu.test`, password);
      people.set(name, known);
      return known;
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
};
