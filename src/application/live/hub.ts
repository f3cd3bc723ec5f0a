// Who watches the program, and what they are told: that something of a kind changed, never what. One look a second at
// the database for everybody who listens to this process, and none while nobody does; changes say nothing of themselves
// while they are made (a notification within their transaction would make all commits queue behind one lock).

import { Refusal } from '../../domain/refusal.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../ports.ts';

/** Kinds of things, as the first part of the console's query keys names them. */
export const liveTopics = [
  'tasks',
  'notifications',
  'imports',
  'reports',
  'confirmations',
  'registrations',
  'workflows',
  'operations',
  'audit',
] as const;
export type LiveTopic = (typeof liveTopics)[number];

/** What is compared with the look before; other than it was: something changed. */
export interface Look {
  /** Events of tasks recorded since the moment from which the look before counted, and since this one's. */
  readonly events: { readonly before: number; readonly now: number };
  readonly marks: Readonly<Partial<Record<LiveTopic, string>>>;
  /** By account, of those asked about. */
  readonly notifications: Readonly<Record<string, string>>;
  /** Those of the sessions asked about that are still good. Asking does not count as using them. */
  readonly sessions: readonly string[];
}

export interface LiveSource {
  look(asked: {
    readonly accounts: readonly string[];
    readonly sessions: readonly string[];
    /** From when events are counted: as the look before did, and as the next one will. */
    readonly from: { readonly before: Date; readonly now: Date };
    readonly at: Date;
  }): Promise<Look>;
}

export interface Listener {
  readonly account: string;
  readonly session: string;
  readonly topics: readonly LiveTopic[];
}

export interface Listening {
  /**
   * Waits for a change.
   * @param ms how long; nothing changed until then: an empty list
   * @returns undefined once it is over
   */
  next(ms: number): Promise<readonly LiveTopic[] | undefined>;
  end(): void;
}

export interface HubParts {
  readonly source: LiveSource;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds between two looks, and so between two words to one listener. */
  readonly everyMs?: number;
  readonly mostOfOne?: number;
  readonly most?: number;
}

/** A change is committed this long after its recorded moment at the latest; so far back each look counts again. */
const latestCommitMs = 30_000;
/** Sessions that nobody could look at for so long are not believed any longer. */
const blindMs = 30_000;

interface Held extends Listener {
  readonly pending: Set<LiveTopic>;
  wake: () => void;
  over: boolean;
}

export const liveHub = ({ source, clock, log, everyMs = 1_000, mostOfOne = 12, most = 500 }: HubParts) => {
  const listeners = new Set<Held>();
  let before: (Look & { readonly from: Date }) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let blindSince: number | undefined;
  let closed = false;

  const end = (held: Held): void => {
    held.over = true;
    listeners.delete(held);
    held.wake();
  };

  const tell = (look: Look): void => {
    const last = before;
    const living = new Set(look.sessions);
    for (const held of [...listeners]) {
      if (!living.has(held.session)) {
        end(held);
        continue;
      }
      if (!last) continue;
      for (const topic of held.topics) if (changed(topic, held, last, look)) held.pending.add(topic);
      if (held.pending.size > 0) held.wake();
    }
  };

  const poll = async (): Promise<void> => {
    const at = clock.now();
    const from = new Date(at.getTime() - latestCommitMs);
    const asked = [...listeners];
    try {
      const look = await source.look({
        accounts: [...new Set(asked.map(({ account }) => account))],
        sessions: [...new Set(asked.map(({ session }) => session))],
        from: { before: before?.from ?? from, now: from },
        at,
      });
      // Who came while this was asked was not asked about.
      const late = [...listeners].filter((held) => !asked.includes(held));
      tell({ ...look, sessions: [...look.sessions, ...late.map(({ session }) => session)] });
      before = { ...look, from };
      blindSince = undefined;
    } catch (error) {
      if (blindSince === undefined) log.warn('What changed could not be looked up; it is tried again.', { error });
      blindSince ??= performance.now();
      if (performance.now() - blindSince > blindMs) for (const held of [...listeners]) end(held);
    }
    timer = undefined;
    again();
  };

  const again = (): void => {
    if (timer || closed) return;
    // Nobody listens: the next who comes begins from a look of their own.
    if (listeners.size === 0) before = undefined;
    else timer = setTimeout(() => void poll(), everyMs).unref();
  };

  return {
    /** @throws Refusal live.too_many, live.unavailable */
    listen(listener: Listener): Listening {
      if (closed || listeners.size >= most) throw new Refusal('live.unavailable');
      const own = [...listeners].filter(({ account }) => account === listener.account).length;
      if (own >= mostOfOne) throw new Refusal('live.too_many', { most: mostOfOne });
      const held: Held = { ...listener, pending: new Set(), wake: () => undefined, over: false };
      listeners.add(held);
      if (!timer && listeners.size === 1) timer = setTimeout(() => void poll(), 0).unref();
      return {
        next: async (ms) => {
          if (!held.over && held.pending.size === 0) await woken(held, ms);
          if (held.over) return undefined;
          const topics = [...held.pending];
          held.pending.clear();
          return topics;
        },
        end: () => end(held),
      };
    },
    listening: () => listeners.size,
    /** Ends every stream at once, and lets nobody begin one. */
    close(): void {
      closed = true;
      clearTimeout(timer);
      for (const held of [...listeners]) end(held);
    },
  };
};
export type LiveHub = ReturnType<typeof liveHub>;

const changed = (topic: LiveTopic, { account }: Held, last: Look, look: Look): boolean => {
  // Counted from the same moment, so that what was committed late counts as well.
  if (topic === 'tasks') return look.events.before !== last.events.now;
  if (topic === 'notifications')
    return Object.hasOwn(last.notifications, account) && last.notifications[account] !== look.notifications[account];
  return last.marks[topic] !== look.marks[topic];
};

const woken = (held: Held, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms).unref();
    held.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
