// Views of lists under a name: the query of an address, for oneself, for a unit, or for everybody. A view shows nothing
// by itself: whoever opens it sees what they may see.

import type { Actor } from '../../domain/organisation/actor.ts';
import { can, everywhere } from '../../domain/organisation/policy.ts';
import { Refusal } from '../../domain/refusal.ts';
import { entryOf } from '../audit/entry.ts';
import type { AuditLog, Clock } from '../ports.ts';

export const viewPages = ['tasks'] as const;
export type ViewPage = (typeof viewPages)[number];
export const sharings = ['private', 'unit', 'all'] as const;
export type Sharing = (typeof sharings)[number];

export interface SavedView {
  readonly id: string;
  readonly owner: string;
  readonly page: ViewPage;
  readonly name: string;
  /** As in an address, without the question mark. */
  readonly query: string;
  readonly sharing: Sharing;
  /** Only of views shared with a unit. */
  readonly unit: string | null;
  readonly createdAt: Date;
}

export interface ViewStore {
  /** Those of the account, those shared with its units, those shared with all; each kind by name. */
  list(account: string, units: readonly string[], page: ViewPage): Promise<readonly SavedView[]>;
  /**
   * Under a name that the owner has already, in its place.
   * @returns undefined when the owner has as many as anybody may have
   * @throws Refusal unit.not_found
   */
  save(view: SavedView, most: number): Promise<string | undefined>;
  find(id: string): Promise<SavedView | undefined>;
  remove(id: string): Promise<boolean>;
}

/** More tabs nobody finds anything in. */
export const mostViews = 30;

const unitsOf = (actor: Actor): readonly string[] => [
  ...new Set(actor.memberships.flatMap(({ unit }) => (unit === undefined ? [] : [unit]))),
];

const mayShare = (actor: Actor, { sharing, unit }: Pick<SavedView, 'sharing' | 'unit'>): boolean =>
  sharing === 'private' ||
  (sharing === 'all'
    ? everywhere(actor, 'view.share')
    : can(actor, 'view.share', { kind: 'scope', units: unit === null ? [] : [unit] }));

export const manageViews = (store: ViewStore, clock: Clock, audit: AuditLog) => ({
  list: (actor: Actor, page: ViewPage) => store.list(actor.id, unitsOf(actor), page),

  /** @throws Refusal permission.denied, view.too_many, unit.not_found */
  async save(actor: Actor, view: Omit<SavedView, 'owner' | 'createdAt'>): Promise<string> {
    if (!mayShare(actor, view)) throw new Refusal('permission.denied', { action: 'view.share' });
    const id = await store.save({ ...view, owner: actor.id, createdAt: clock.now() }, mostViews);
    if (id === undefined) throw new Refusal('view.too_many', { most: mostViews });
    if (view.sharing !== 'private')
      await audit.record(
        entryOf(clock, {
          actor,
          action: 'view.shared',
          object: `view ${id}`,
          detail: { name: view.name, query: view.query, sharing: view.sharing, unit: view.unit },
        }),
      );
    return id;
  },

  /**
   * One's own; a shared one also by whoever may share it themselves.
   * @throws Refusal view.not_found, permission.denied
   */
  async remove(actor: Actor, id: string): Promise<void> {
    const view = await store.find(id);
    const own = view?.owner === actor.id;
    const shown =
      own || view?.sharing === 'all' || (view?.sharing === 'unit' && unitsOf(actor).includes(view.unit ?? ''));
    const mine = view !== undefined && (own || (view.sharing !== 'private' && mayShare(actor, view)));
    if (!view || !(shown || mine)) throw new Refusal('view.not_found', { id });
    if (!mine) throw new Refusal('permission.denied', { action: 'view.share' });
    if (!(await store.remove(id))) throw new Refusal('view.not_found', { id });
    if (view.sharing !== 'private')
      await audit.record(
        entryOf(clock, {
          actor,
          action: 'view.removed',
          object: `view ${id}`,
          detail: { name: view.name, sharing: view.sharing, unit: view.unit },
        }),
      );
  },
});
