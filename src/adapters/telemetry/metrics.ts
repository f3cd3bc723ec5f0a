// Figures for Prometheus. What must be asked for (queue, database) is asked at most every few seconds and in bounded
// time, whoever reads; what cannot be had is left out, and `dondoc_up` says so.

import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { inTime } from '../../application/in-time.ts';
import type { Overview } from '../../application/operations/overview.ts';

export interface MetricsParts {
  readonly version: string;
  readonly overview: () => Promise<Overview>;
}

export interface Metrics {
  /** For `onRequest` of the HTTP application. */
  observeRequest(method: string, route: string, status: number, seconds: number): void;
  /** In Prometheus' text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

const freshMs = 5_000;
const boundMs = 2_800;

export const openMetrics = ({ version, overview }: MetricsParts): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Gauge({ name: `dondoc_${name}`, help, labelNames: [...labelNames], registers: [registry] });

  const requests = new Histogram({
    name: 'dondoc_http_request_duration_seconds',
    help: 'Time to answer HTTP requests, by route template.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  gauge('build_info', 'Always 1; the labels name what runs.', ['version', 'node']).set(
    { version, node: process.version },
    1,
  );
  const up = gauge('up', '1 while it answers: the database, the queue.', ['part']);
  const intentions = gauge('intentions', 'Rows that wait: due, late (over a minute), parked for an operator.', [
    'state',
  ]);
  const oldest = gauge('outbox_oldest_seconds', 'How long the oldest due row has been due.');
  const mails = gauge('mails_unsent', 'Mails written and not sent.');
  const deltas = gauge('deltas_unfolded', 'Changes not yet folded into the tallies.');
  const workers = gauge('workers', 'Worker processes seen within a minute.');
  const jobs = gauge('queue_jobs', 'Jobs by queue and state.', ['queue', 'state']);
  const paused = gauge('queue_paused', '1 while an operator holds the queue.', ['queue']);
  const waited = gauge('queue_oldest_waiting_seconds', 'How long the next job in line could have been taken.', [
    'queue',
  ]);
  const checkpoint = gauge('audit_checkpoint', 'Number of the last sealed checkpoint.');
  const sealedAt = gauge('audit_sealed_timestamp_seconds', 'When it was sealed.');
  const broken = gauge('verify_broken', 'Rows that the last nightly verification found wrong.');
  const verifiedAt = gauge('verify_timestamp_seconds', 'When that verification ended.');
  const ofQueue = [jobs, paused, waited];

  const setQueues = (queues: Overview['queues']): void => {
    for (const each of ofQueue) each.reset();
    up.set({ part: 'queue' }, queues ? 1 : 0);
    for (const { name, waiting, active, delayed, failed, ...queue } of queues ?? []) {
      for (const [state, count] of Object.entries({ waiting, active, delayed, failed }))
        jobs.set({ queue: name, state }, count);
      paused.set({ queue: name }, queue.paused ? 1 : 0);
      waited.set({ queue: name }, queue.oldestWaitingSeconds ?? 0);
    }
  };

  const setOrRemove = (figure: Gauge, value: number | null | undefined): void => {
    if (value === null || value === undefined) figure.remove();
    else figure.set(value);
  };

  const setAudit = (audit: Overview['audit'] | undefined): void => {
    setOrRemove(checkpoint, audit?.checkpoint);
    setOrRemove(sealedAt, audit?.sealedAt && audit.sealedAt.getTime() / 1000);
    setOrRemove(broken, audit?.broken);
    setOrRemove(verifiedAt, audit?.verifiedAt && audit.verifiedAt.getTime() / 1000);
  };

  const set = (found: Overview | undefined): void => {
    up.set({ part: 'database' }, found ? 1 : 0);
    setQueues(found?.queues ?? null);
    setAudit(found?.audit);
    if (!found) {
      // Removed, not zero: an outage must not look like an empty table.
      for (const each of [oldest, mails, deltas, workers]) each.remove();
      intentions.reset();
      return;
    }
    const { oldestSeconds, ...states } = found.intentions;
    for (const [state, count] of Object.entries(states)) intentions.set({ state }, count);
    oldest.set(oldestSeconds);
    mails.set(found.mails.unsent);
    deltas.set(found.deltas.unfolded);
    workers.set(found.workers.alive);
  };

  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;
  const refresh = (): Promise<void> => {
    if (!asking && performance.now() - askedAt > freshMs)
      asking = inTime(boundMs, overview())
        .then(set, () => set(undefined))
        .finally(() => {
          askedAt = performance.now();
          asking = undefined;
        });
    return asking ?? Promise.resolve();
  };

  return {
    observeRequest: (method, route, status, seconds) => requests.observe({ method, route, status }, seconds),
    async text() {
      await refresh();
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
};
