import { UnrecoverableError } from 'bullmq';
import { expect } from 'chai';
import { z } from 'zod';
import type { DeliveredJob } from '../../src/adapters/queue/worker.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import { job } from '../../workers/job.ts';
import { recordingLog } from '../adapters/queue/harness.ts';

const payload = z.strictObject({ taskId: z.string() });
const aJob = (changes: Partial<DeliveredJob> = {}): DeliveredJob => ({
  id: '7',
  name: 'remind',
  data: { taskId: 't1' },
  attemptsMade: 0,
  attempts: 5,
  ...changes,
});
const failure = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a job', () => {
  it('is run with what it carries', async () => {
    const seen: unknown[] = [];
    const log = recordingLog();

    await job(payload, async (it) => void seen.push(it), log)(aJob());

    expect(seen).to.deep.equal([{ taskId: 't1' }]);
    expect(log.lines).to.deep.equal([]);
  });

  it('is given up when it cannot be read, without its content in the log', async () => {
    const log = recordingLog();
    const run = async () => expect.fail('must not run');

    const error = await failure(job(payload, run, log)(aJob({ data: { taskId: 5, note: 'a secret' } })));

    expect(error).to.be.instanceOf(UnrecoverableError);
    expect(log.lines.map(({ level }) => level)).to.deep.equal(['warn']);
    expect(log.lines[0]?.fields).to.deep.include({ job: 'remind', jobId: '7' });
    expect(JSON.stringify([log.lines, String(error)]))
      .to.include('taskId: invalid_type')
      .and.not.to.include('a secret');
  });

  it('is given up when the rules refuse it, which is no fault', async () => {
    const log = recordingLog();
    const run = async () => {
      throw new Refusal('task.wrong_state', { taskId: 't1' });
    };

    const error = await failure(job(payload, run, log)(aJob()));

    expect(error).to.be.instanceOf(UnrecoverableError).with.property('message', 'Refused: task.wrong_state.');
    expect(log.lines.map(({ level }) => level)).to.deep.equal(['info']);
  });

  it('fails with the very error of anything else, a warning before the last attempt', async () => {
    const log = recordingLog();
    const fault = new Error('connection lost');
    const run = async () => {
      throw fault;
    };

    const error = await failure(job(payload, run, log)(aJob({ attemptsMade: 3 })));

    expect(error).to.equal(fault);
    expect(log.lines).to.have.length(1);
    expect(log.lines[0]).to.deep.include({ level: 'warn' });
    expect(log.lines[0]?.fields).to.include({ attempt: 4, attempts: 5, error: fault });
  });

  it('fails as an error with the last attempt', async () => {
    const log = recordingLog();
    const fault = new Error('connection lost');
    const run = async () => {
      throw fault;
    };

    await failure(job(payload, run, log)(aJob({ attemptsMade: 4 })));

    expect(log.lines.map(({ level, fields }) => ({ level, error: fields.error }))).to.deep.equal([
      { level: 'error', error: fault },
    ]);
  });
});
