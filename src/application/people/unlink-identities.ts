import type { Actor } from '../../domain/organisation/actor.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Clock } from '../ports.ts';
import type { AccountStore, IdentityStore } from './ports.ts';

/**
 * An administrator, for somebody whom the provider knows as another subject now: the next sign-in there links by verified
 * address again. Ends their sessions.
 * @throws Refusal account.not_found, identity.not_found
 */
export const unlinkIdentities =
  (identities: Pick<IdentityStore, 'unlinkIdentities'>, accounts: Pick<AccountStore, 'account'>, clock: Clock) =>
  async (
    actor: Actor,
    { accountId, reason }: { readonly accountId: string; readonly reason: string },
  ): Promise<void> => {
    await accounts.account(accountId);
    const unlinked = await identities.unlinkIdentities(accountId, {
      at: clock.now(),
      actor: actor.id,
      action: 'identity.unlinked',
      object: `account ${accountId}`,
      reason,
      detail: {},
    });
    if (!unlinked) throw new Refusal('identity.not_found');
  };
