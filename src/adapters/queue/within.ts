// BullMQ's own calls have no upper bound: with Redis away from process start they wait for ever. So every call is given one.

/** The queue did not do what was asked; nothing is lost, because the truth is in PostgreSQL and the work is handed out again. */
export class QueueUnavailable extends Error {
  constructor(what: string, options?: ErrorOptions) {
    super(`The queue did not answer: ${what}.`, options);
    this.name = 'QueueUnavailable';
  }
}

/** Settles with the work, or rejects after `ms`. The work itself cannot be called back: it may still happen later. */
export async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new QueueUnavailable(`${what}, within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
