// People at their screens: each leads tasks from assignment to appraisal over HTTP and asks again, with the same key,
// until there is an answer. What they were told is kept.

import { setTimeout as pause } from 'node:timers/promises';
import { commandName } from '../../src/application/tasks/apply.ts';
import { ClientHistory } from '../support/check.ts';
import type { Chance } from './chance.ts';
import type { People, Person } from './province.ts';

export interface Counts {
  /** Commands answered with what was done. */
  done: number;
  refused: number;
  /** Answers that came from the store of answers. */
  replayed: number;
  unavailable: number;
  broken: number;
}

export interface Clients {
  readonly history: ClientHistory;
  readonly counts: Counts;
  /** Answers that no client should ever see. */
  readonly faults: readonly string[];
  /** Leads one task through a life of its own. */
  lead(task: LedTask, chance: Chance): Promise<void>;
  assign(number: number, due: string): Promise<LedTask>;
}

export interface LedTask {
  readonly id: string;
  version: number;
}

export interface ClientSettings {
  readonly url: string;
  readonly people: People;
  /** Called before every command: where the run is held back until its next fault. */
  readonly turn?: () => Promise<void>;
  /** True: a connection that breaks is left at that; the test looks into what became of it. */
  readonly once?: boolean;
}

interface Answered {
  readonly status: number;
  readonly body: { readonly id?: string; readonly version?: number; readonly code?: string };
}

/** The connection broke and nobody asked again. */
export class Unanswered extends Error {}

export const openClients = ({ url, people, turn, once = false }: ClientSettings): Clients => {
  const history = new ClientHistory();
  const counts: Counts = { done: 0, refused: 0, replayed: 0, unavailable: 0, broken: 0 };
  const faults: string[] = [];
  let keys = 0;
  const newKey = (): string => {
    keys += 1;
    return `k-${keys}`;
  };

  const ask = async (person: Person, path: string, body: object, key: string, version?: number): Promise<Answered> => {
    const cause = commandName(person, key);
    history.sent.add(cause);
    for (;;) {
      let status: number;
      let text: string;
      let headers: Headers;
      try {
        const response = await fetch(`${url}/api/v1${path}`, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            Authorization: `Bearer ${person.token}`,
            'Idempotency-Key': key,
            ...(version === undefined ? {} : { 'If-Match': `"v${version}"` }),
          },
          body: JSON.stringify(body),
        });
        text = await response.text();
        ({ status, headers } = response);
      } catch {
        counts.broken += 1;
        if (once) throw new Unanswered(cause);
        await pause(100);
        continue;
      }
      if (status === 503) {
        counts.unavailable += 1;
        if (!isProblem(headers) || headers.get('retry-after') === null) faults.push(`503 without a problem: ${text}`);
        await pause(100);
        continue;
      }
      const answer = JSON.parse(text) as Answered['body'];
      if (status >= 200 && status < 300) {
        counts.done += 1;
        if (headers.get('idempotent-replayed') === 'true') counts.replayed += 1;
        const known = history.acknowledged.get(cause);
        const now = { taskId: String(answer.id), version: Number(answer.version) };
        if (known && (known.taskId !== now.taskId || known.version !== now.version))
          faults.push(`${cause} was answered in two ways`);
        history.acknowledged.set(cause, now);
      } else if (status < 500 && isProblem(headers)) {
        counts.refused += 1;
        history.refused.set(cause, status);
      } else faults.push(`${status} to ${path}: ${text}`);
      return { status, body: answer };
    }
  };

  const command = async (
    task: LedTask,
    person: Person,
    what: 'transitions' | 'progress' | 'deadlines',
    body: object,
    clicks = 1,
  ): Promise<void> => {
    await turn?.();
    const key = newKey();
    const answers = await Promise.all(
      Array.from({ length: clicks }, () => ask(person, `/tasks/${task.id}/${what}`, body, key, task.version)),
    );
    for (const { status, body: answer } of answers)
      if (status === 200) task.version = Number(answer.version);
      else faults.push(`${what} of ${task.id} was refused: ${status} ${JSON.stringify(answer)}`);
  };

  /** Two people at once: one is right, the other is told so. */
  const decideTogether = async (task: LedTask): Promise<void> => {
    await turn?.();
    const path = `/tasks/${task.id}/transitions`;
    const answers = await Promise.all([
      ask(people.appraiser, path, { transition: 'approve' }, newKey(), task.version),
      ask(people.otherAppraiser, path, { transition: 'reject', reason: 'Thiếu minh chứng' }, newKey(), task.version),
    ]);
    const statuses = answers.map(({ status }) => status).sort();
    if (statuses[0] !== 200 || ![409, 412].includes(Number(statuses[1])))
      faults.push(`two decisions on ${task.id} were answered ${statuses.join(' and ')}`);
  };

  const step = (task: LedTask, person: Person, transition: string, more: object = {}, clicks = 1): Promise<void> =>
    command(task, person, 'transitions', { transition, ...more }, clicks);
  const evidence = [{ title: 'Báo cáo kết quả' }];

  return {
    history,
    counts,
    faults,
    async assign(number, due) {
      await turn?.();
      const task = {
        programme: 'P1',
        code: `H-${String(number).padStart(4, '0')}`,
        title: `Việc giao qua mạng ${number}`,
        leadUnit: 'SNV',
        appraiserUnit: 'STTTT',
        due: { kind: 'on_or_before', day: due },
      };
      const { status, body } = await ask(people.office, '/tasks', task, newKey());
      if (status !== 201) faults.push(`assigning was answered ${status} ${JSON.stringify(body)}`);
      return { id: String(body.id), version: Number(body.version) };
    },
    async lead(task, chance) {
      await step(task, people.focal, 'acknowledge', {}, 1 + chance.below(2));
      for (let reports = chance.below(3); reports > 0; reports -= 1)
        await command(task, people.focal, 'progress', { progress: chance.below(100), narrative: 'Đang làm' });
      if (chance.below(3) === 0)
        await command(task, people.office, 'deadlines', {
          due: { kind: 'on_or_before', day: `2022-03-${10 + chance.below(20)}` },
          reason: 'Theo đề nghị',
          document: { number: '12/UBND', date: '2022-03-01', issuer: 'UBND Tỉnh' },
        });
      const end = chance.below(5);
      if (end === 0) return; // Stays open, and its timers go on.
      if (end === 1)
        return step(task, people.office, 'stop', {
          document: { number: '1/QĐ-UBND', date: '2022-03-01', issuer: 'UBND Tỉnh' },
        });
      await step(task, people.head, 'submit', { evidence }, 1 + chance.below(2));
      if (end === 2) {
        await step(task, people.appraiser, 'return', { reason: 'Bổ sung số liệu' });
        await step(task, people.head, 'submit', { evidence });
      }
      if (end !== 3) await decideTogether(task);
    },
  };
};

const isProblem = (headers: Headers): boolean =>
  headers.get('content-type')?.startsWith('application/problem+json') ?? false;

/** Does each item, so many at once. */
export const together = async <T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const rest = [...items];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
    }),
  );
};
