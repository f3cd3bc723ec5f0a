import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import autocannon from 'autocannon';
import { type Ground, openGround } from './ground.ts';
import { type Measure, measureOf, type Pair } from './measure.ts';

const rounds = 5;
const seconds = 3;
/** More than either can move in a round. */
const tasksPerRound = 16_000;

/** Transitions per second over HTTP at 16 connections: everything switched on, against the hand-written reference. */
export const transitionHttp = async (): Promise<readonly Measure[]> => {
  const ground = await openGround();
  const [ours, reference] = await Promise.all([start('api-process.ts', ground), start('reference-process.ts', ground)]);
  try {
    const pairs: Pair[] = [];
    await rate(ours, ground, 1);
    await rate(reference, ground, 1);
    for (let round = 0; round < rounds; round += 1)
      pairs.push({ ours: await rate(ours, ground, seconds), reference: await rate(reference, ground, seconds) });
    return [measureOf('transition over HTTP, 16 connections', 'per second', pairs, 0.6)];
  } finally {
    for (const { child } of [ours, reference]) child.kill();
    await ground.close();
  }
};

interface Api {
  readonly child: ChildProcess;
  readonly port: number;
}

const start = (file: string, { databaseUrl }: Ground): Promise<Api> =>
  new Promise((resolve, reject) => {
    const child = fork(path.join(import.meta.dirname, file), {
      env: { ...process.env, DATABASE_URL: databaseUrl, NODE_ENV: 'production' },
      execArgv: ['--import', 'tsx'],
    });
    child.once('message', (message) => resolve({ child, port: (message as { port: number }).port }));
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}.`)));
  });

const rate = async ({ port }: Api, ground: Ground, duration: number): Promise<number> => {
  const ids = await ground.assign(Math.ceil((tasksPerRound * duration) / seconds), {
    kind: 'on_or_before',
    day: '2027-12-31',
  });
  let next = 0;
  const result = await autocannon({
    url: `http://127.0.0.1:${port}`,
    connections: 16,
    duration,
    requests: [
      {
        method: 'POST',
        setupRequest: (request) => {
          const id = ids[next % ids.length];
          next += 1;
          return {
            ...request,
            path: `/api/v1/tasks/${id}/transitions`,
            headers: {
              'content-type': 'application/json',
              authorization: `Bearer ${ground.token}`,
              'if-match': '"v1"',
              'idempotency-key': randomUUID(),
            },
            body: '{"transition":"acknowledge"}',
          };
        },
      },
    ],
  });
  if (next > ids.length) throw new Error(`The round needed more than ${ids.length} tasks.`);
  if (result.non2xx > 0) throw new Error(`${result.non2xx} of ${result.requests.total} requests were refused.`);
  return result.requests.total / result.duration;
};
