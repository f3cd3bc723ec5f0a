import { expect } from 'chai';
import { startWatchdog, type Watchdog } from '../../../src/adapters/queue/watchdog.ts';
import { recordingLog } from './harness.ts';

const minute = 60_000;

function scene({ answers = true }: { answers?: boolean } = {}) {
  const state = { now: 1_000_000, answers, upserts: 0, rebuilds: 0, givenUp: 0 };
  const log = recordingLog();
  const watchdog = startWatchdog({
    queues: {
      upsertTick: async () => {
        if (!state.answers) throw new Error('away');
        state.upserts += 1;
      },
      ping: async () => state.answers,
    },
    ticks: [{ key: 'sweep', everyMs: 30_000 }],
    workers: [
      {
        rebuild: async () => {
          state.rebuilds += 1;
        },
      },
    ],
    log,
    onGiveUp: () => {
      state.givenUp += 1;
    },
    now: () => state.now,
  });
  const later = async (ms: number) => {
    state.now += ms;
    await watchdog.check();
  };
  return { state, log, watchdog, later };
}

describe('the watchdog of the ticks', () => {
  let open: Watchdog[] = [];
  const watch = (options?: Parameters<typeof scene>[0]) => {
    const made = scene(options);
    open.push(made.watchdog);
    return made;
  };
  afterEach(async () => {
    for (const watchdog of open) await watchdog.close();
    open = [];
  });

  it('sets the ticks at start and then once a minute', async () => {
    const { state, watchdog, later } = watch();
    await watchdog.check();
    expect(state.upserts).to.equal(1);

    await later(30_000);
    expect(state.upserts).to.equal(1);

    await later(30_000);
    expect(state.upserts).to.equal(2);
  });

  it('sets them as soon as it can when it could not', async () => {
    const { state, watchdog, later, log } = watch({ answers: false });
    await watchdog.check();
    expect(log.said('warn')).to.include('The ticks could not be set.');

    state.answers = true;
    await later(1);

    expect(state.upserts).to.equal(1);
  });

  it('leaves the workers alone while ticks arrive', async () => {
    const { state, watchdog, later } = watch();

    for (let n = 0; n < 10; n += 1) {
      watchdog.tickSeen(new Date());
      await later(minute);
    }

    expect(state.rebuilds).to.equal(0);
  });

  it('builds the workers again after ninety seconds of silence', async () => {
    const { state, later } = watch();

    await later(89_000);
    expect(state.rebuilds).to.equal(0);

    await later(1_000);
    expect(state.rebuilds).to.equal(1);
  });

  it('gives up once, after three times', async () => {
    const { state, later, log } = watch();

    await later(90_000);
    await later(90_000);
    await later(90_000);
    expect([state.rebuilds, state.givenUp]).to.deep.equal([3, 0]);

    await later(90_000);
    await later(90_000);
    expect([state.rebuilds, state.givenUp]).to.deep.equal([3, 1]);
    expect(log.said('error')).to.have.length(1);
  });

  it('starts counting anew when a tick arrives', async () => {
    const { state, watchdog, later } = watch();
    await later(90_000);
    await later(90_000);
    await later(90_000);

    const at = new Date();
    watchdog.tickSeen(at);
    await later(90_000);

    expect([state.rebuilds, state.givenUp]).to.deep.equal([4, 0]);
    expect(watchdog.lastTick()).to.equal(at);
  });

  it('does not blame the workers while the queue itself is away, nor at once when it is back', async () => {
    const { state, later } = watch({ answers: false });
    await later(10 * minute);
    expect(state.rebuilds).to.equal(0);

    state.answers = true;
    await later(89_000);
    expect(state.rebuilds).to.equal(0);

    await later(1_000);
    expect(state.rebuilds).to.equal(1);
  });
});
