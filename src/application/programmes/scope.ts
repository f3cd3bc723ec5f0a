// Which tasks of a standing programme a unit has as its own (letter 004: "một số sở, ngành, địa phương vẫn chưa rà soát nhiệm
// vụ"): the unit says so itself, anew whenever it changes; what it said before stays, and who has said nothing is listed.

import type { Actor } from '../../domain/organisation/actor.ts';
import { Refusal } from '../../domain/refusal.ts';
import { type CivilDate, dayOf } from '../../domain/schedule/civil-date.ts';
import { entryOf } from '../audit/entry.ts';
import { permit } from '../permit.ts';
import type { AuditLog, Clock } from '../ports.ts';

export interface ScopeReview {
  readonly unit: string;
  /** Codes of tasks of the programme. */
  readonly applies: readonly string[];
  readonly note: string | null;
  readonly reviewedOn: CivilDate;
  readonly reviewedBy: string;
  readonly recordedAt: Date;
}

export interface UnitScope {
  readonly unit: string;
  readonly name: string;
  readonly bloc: string;
  /** How often it has said. */
  readonly reviews: number;
  /** What it said last; null: it has not looked yet. */
  readonly review: ScopeReview | null;
}

export interface ScopeStore {
  /** @throws Refusal unit.not_found */
  add(programme: string, review: ScopeReview): Promise<void>;
  /** Units of the province that stand on the day, in official order, with what each said last. */
  list(programme: string, day: CivilDate): Promise<readonly UnitScope[]>;
  /** Those of the codes that the programme does not have. */
  unknown(programme: string, codes: readonly string[]): Promise<readonly string[]>;
}

export interface ScopeParts {
  readonly scopes: ScopeStore;
  /** @throws Refusal programme.not_found */
  readonly zoneOf: (programme: string) => Promise<string>;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

export const programmeScope = ({ scopes, zoneOf, audit, clock }: ScopeParts) => ({
  /** @throws Refusal programme.not_found, unit.not_found, task.not_found, permission.denied */
  async review(
    actor: Actor,
    programme: string,
    { unit, applies, note }: Pick<ScopeReview, 'unit' | 'applies' | 'note'>,
  ): Promise<ScopeReview> {
    permit(actor, 'programme.review_scope', { kind: 'scope', units: [unit] });
    const zone = await zoneOf(programme);
    const unknown = await scopes.unknown(programme, applies);
    if (unknown.length > 0) throw new Refusal('task.not_found', { pointer: '/applies', codes: unknown });
    const now = clock.now();
    const review: ScopeReview = {
      unit,
      applies: [...new Set(applies)],
      note,
      reviewedOn: dayOf(now, zone),
      reviewedBy: actor.id,
      recordedAt: now,
    };
    await scopes.add(programme, review);
    await audit.record(
      entryOf(clock, {
        actor,
        action: 'scope.reviewed',
        object: `programme ${programme}`,
        detail: { unit, applies: review.applies.length },
      }),
    );
    return review;
  },

  /** @throws Refusal programme.not_found, permission.denied */
  async list(actor: Actor, programme: string) {
    permit(actor, 'report.read', { kind: 'report', programme });
    const today = dayOf(clock.now(), await zoneOf(programme));
    const units = await scopes.list(programme, today);
    const missing = units.filter(({ review }) => review === null);
    return {
      today,
      total: units.length,
      reviewed: units.length - missing.length,
      missing: missing.map(({ unit }) => unit),
      units,
    };
  },
});
export type ProgrammeScope = ReturnType<typeof programmeScope>;
