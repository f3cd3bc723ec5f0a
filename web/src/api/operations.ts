// What operators see of the machinery.

export interface QueueFigures {
  readonly name: string;
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
  readonly paused: boolean;
  readonly perMinute: { readonly completed: number; readonly failed: number };
  readonly oldestWaitingSeconds: number | null;
  readonly workers: number;
}

export interface Overview {
  readonly status: 'ok' | 'degraded';
  readonly at: string;
  readonly queue: 'up' | 'away';
  readonly queues: readonly QueueFigures[] | null;
  readonly intentions: {
    readonly due: number;
    readonly late: number;
    readonly parked: number;
    readonly oldestSeconds: number;
  };
  readonly mails: { readonly unsent: number };
  readonly workers: { readonly alive: number };
  readonly audit: { readonly broken: number | null };
}

export interface FailedJob {
  readonly id: string;
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly reason: string | null;
  readonly attempts: number;
  readonly failedAt: string | null;
}

export interface WaitingRow {
  readonly id: string;
  readonly queue: string;
  readonly kind: string;
  readonly taskId: string | null;
  readonly task: string | null;
  readonly rule: string | null;
  readonly dueAt: string;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly parkedAt: string | null;
}

export interface Schedule {
  readonly key: string;
  readonly zone: string;
  readonly pausedAt: string | null;
  readonly pausedReason: string | null;
  readonly next: readonly string[];
  readonly runs: readonly { readonly nominalAt: string; readonly outcome: string; readonly detail: string | null }[];
}

export interface Worker {
  readonly id: string;
  readonly name: string;
  readonly queues: readonly string[];
  readonly startedAt: string;
  readonly seenAt: string;
  readonly alive: boolean;
}

export interface Trace {
  readonly task: { readonly id: string; readonly code: string };
  readonly waiting: readonly WaitingRow[];
  readonly notifications: readonly { readonly recipient: string; readonly mailSentAt: string | null }[];
  readonly timerEvents: readonly {
    readonly seq: number;
    readonly type: string;
    readonly recordedAt?: string;
    readonly payload: Readonly<Record<string, unknown>>;
  }[];
}
