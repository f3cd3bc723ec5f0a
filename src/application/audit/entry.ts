import type { Actor } from '../../domain/organisation/actor.ts';
import type { AuditEntry, Clock } from '../ports.ts';

export type Outcome = 'begun' | 'done' | 'failed' | 'denied';

export interface Deed {
  readonly actor: Actor;
  readonly action: string;
  /** 'unit SNV', 'report <id>': what it was done to. */
  readonly object: string;
  readonly outcome?: Outcome;
  readonly reason?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Who did what, when, to what, from which address, and what came of it. */
export const entryOf = (clock: Clock, { actor, outcome = 'done', detail, ...deed }: Deed): AuditEntry => ({
  ...deed,
  at: clock.now(),
  actor: actor.id,
  detail: { ...detail, outcome, ...(actor.address === undefined ? {} : { address: actor.address }) },
});
