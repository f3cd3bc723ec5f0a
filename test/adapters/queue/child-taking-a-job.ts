import { openQueues } from '../../../src/adapters/queue/queues.ts';
import { recordingLog } from './harness.ts';

const queues = await openQueues({
  ...JSON.parse(process.argv[2] ?? '{}'),
  log: recordingLog(),
  timings: { lockMs: 1_000, stalledMs: 500 },
});
queues.startWorker(
  'reports',
  () => {
    console.log('taken');
    return new Promise(() => undefined);
  },
  { concurrency: 1 },
);
