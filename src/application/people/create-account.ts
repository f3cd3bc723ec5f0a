import { v7 as uuid } from 'uuid';
import type { Actor } from '../../domain/organisation/actor.ts';
import type { Clock, PasswordHasher } from '../ports.ts';
import { refuseWeak } from './change-password.ts';
import type { AccountStore, NewMembership } from './ports.ts';

export interface CreateAccount {
  readonly email: string;
  readonly name: string;
  /** Absent: signs in through the identity provider only, until an administrator gives a password. */
  readonly password?: string | undefined;
  readonly memberships: readonly NewMembership[];
}

/** @throws Refusal user.exists, unit.not_found, password.weak */
export const createAccount =
  (accounts: Pick<AccountStore, 'createAccount'>, passwords: PasswordHasher, clock: Clock) =>
  async (actor: Actor, { password, ...account }: CreateAccount): Promise<string> => {
    if (password !== undefined) refuseWeak(password, account);
    const id = uuid();
    const passwordHash = password === undefined ? null : await passwords.hash(password);
    const at = clock.now();
    await accounts.createAccount(
      { ...account, id, passwordHash, at },
      {
        at,
        actor: actor.id,
        action: 'account.created',
        object: `account ${id}`,
        detail: { memberships: account.memberships },
      },
    );
    return id;
  };
