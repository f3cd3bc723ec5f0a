// Which queue backend a suite runs on. The same promises hold on both, so the same suite is declared for both.

export type Backend = { readonly name: 'postgres' } | { readonly name: 'redis'; readonly redisUrl: string };

/** Declares a suite once for PostgreSQL and once for Redis, where there is one. */
export function eachBackend(declare: (backend: Backend) => void): void {
  describe('on postgres', () => declare({ name: 'postgres' }));
  const url = process.env.TEST_REDIS_URL;
  describe('on redis', () => {
    if (url) declare({ name: 'redis', redisUrl: url });
    else it('NOT RUN: there is no Redis (TEST_REDIS_URL is not set)');
  });
}
