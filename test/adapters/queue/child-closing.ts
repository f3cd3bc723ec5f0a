// Opens everything, does one job if there is a queue, closes, and has to end by itself.
import { openQueues } from '../../../src/adapters/queue/queues.ts';
import { startWatchdog } from '../../../src/adapters/queue/watchdog.ts';
import { recordingLog, signal } from './harness.ts';

const settings = JSON.parse(process.argv[2] ?? '{}');
const log = recordingLog();
const queues = await openQueues({ ...settings, log });
const done = signal();
const workers = [
  queues.startWorker('mail', async () => done.give(), { concurrency: 2 }),
  queues.startWorker('ticks', async () => undefined, { concurrency: 1 }),
];
const watchdog = startWatchdog({
  queues,
  ticks: [{ key: 'sweep', everyMs: 1_000 }],
  workers,
  log,
  onGiveUp: () => undefined,
});
if (await queues.ping()) {
  await queues.enqueue('mail', [{ name: 'send', data: { mailId: '1' } }]);
  await done.come;
}
console.log('worked');
for await (const _ of process.stdin) {
  // until it ends
}

await watchdog.close();
await Promise.all(workers.map((worker) => worker.close(5_000)));
await queues.close();
