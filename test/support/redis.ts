// Which queue backend a suite runs on. The same promises hold on both, so the same suite is declared for both.

export type Backend = { readonly name: 'postgres' } | { readonly name: 'redis'; readonly redisUrl: string };

/** The Redis that the launcher started for this run, or was given. */
export function redisUrl(): string | undefined {
  return process.env.TEST_REDIS_URL || undefined;
}

/** Declares a suite once for PostgreSQL and once for Redis. Without Redis a pending test says so, which CI forbids. */
export function eachBackend(declare: (backend: Backend) => void): void {
  describe('on postgres', () => declare({ name: 'postgres' }));
  const url = redisUrl();
  describe('on redis', () => {
    if (url) declare({ name: 'redis', redisUrl: url });
    else it('NOT RUN: there is no Redis (TEST_REDIS_URL is not set)');
  });
}
