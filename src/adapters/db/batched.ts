// Many callers who ask the same at the same time share one statement, as a group commit does: on an idle system a call goes
// out at once and alone; while the lanes are busy calls gather and go out together. Each still gets its own answer.

export interface BatchSettings<T> {
  /** Statements on their way at once. */
  readonly lanes: number;
  /** Calls in one statement. */
  readonly most: number;
  /** Calls of the same name never share a statement. */
  readonly apart?: (item: T) => string;
}

interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * @param run answers every item, in order; when it fails for several at once each is tried alone, so that one bad call
 *   fails by itself. What was written although the answer was lost must be harmless to write again.
 */
export const batched = <T, R>(
  run: (items: readonly T[]) => Promise<readonly R[]>,
  { lanes, most, apart }: BatchSettings<T>,
): ((item: T) => Promise<R>) => {
  let queue: Waiting<T, R>[] = [];
  let busy = 0;
  let pumping = false;

  const take = (): readonly Waiting<T, R>[] => {
    const names = new Set<string>();
    const taken: Waiting<T, R>[] = [];
    const left: Waiting<T, R>[] = [];
    for (const waiting of queue) {
      const name = apart?.(waiting.item);
      if (taken.length < most && (name === undefined || !names.has(name))) taken.push(waiting);
      else left.push(waiting);
      if (name !== undefined) names.add(name);
    }
    queue = left;
    return taken;
  };

  const settle = async (batch: readonly Waiting<T, R>[]): Promise<void> => {
    try {
      const results = await run(batch.map(({ item }) => item));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as R);
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const waiting of batch) await settle([waiting]);
    }
  };

  /** At the end of this turn of the event loop: what arrives in the same turn goes out together. */
  const pumpSoon = (): void => {
    if (pumping) return;
    pumping = true;
    setImmediate(() => {
      pumping = false;
      pump();
    });
  };

  const pump = (): void => {
    while (busy < lanes && queue.length > 0) {
      busy += 1;
      void settle(take()).finally(() => {
        busy -= 1;
        pumpSoon();
      });
    }
  };

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      pumpSoon();
    });
};
