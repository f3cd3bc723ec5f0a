// The administration of accounts.

import { z } from 'zod';
import type { changeMemberships } from '../../../application/people/change-memberships.ts';
import type { createAccount } from '../../../application/people/create-account.ts';
import type { deactivateAccount } from '../../../application/people/deactivate-account.ts';
import type { AccountStore } from '../../../application/people/ports.ts';
import type { reactivateAccount } from '../../../application/people/reactivate-account.ts';
import type { resetPassword } from '../../../application/people/reset-password.ts';
import type { resetSecondFactor } from '../../../application/people/reset-second-factor.ts';
import type { unlinkIdentities } from '../../../application/people/unlink-identities.ts';
import { roles } from '../../../domain/organisation/actor.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { ListAccounts } from '../../db/queries/accounts.ts';
import { type Route, route } from '../route.ts';
import { code, day, decodeCursor, encodeCursor, page, text } from '../schemas.ts';
import { membershipView } from './me.ts';

export interface AccountRouteParts {
  readonly accounts: Pick<AccountStore, 'account'>;
  readonly list: ListAccounts;
  readonly createAccount: ReturnType<typeof createAccount>;
  readonly deactivateAccount: ReturnType<typeof deactivateAccount>;
  readonly reactivateAccount: ReturnType<typeof reactivateAccount>;
  readonly changeMemberships: ReturnType<typeof changeMemberships>;
  readonly resetPassword: ReturnType<typeof resetPassword>;
  readonly unlinkIdentities: ReturnType<typeof unlinkIdentities>;
  readonly resetSecondFactor: ReturnType<typeof resetSecondFactor>;
}

const memberships = z
  .array(
    z.strictObject({
      role: z.enum(roles),
      unit: code.optional(),
      programme: code.optional(),
      field: text(100).optional(),
      validFrom: day.optional(),
      validTo: day.optional(),
    }),
  )
  .max(50);

const newAccount = z
  .strictObject({
    email: z
      .email()
      .max(254)
      .transform((value) => value.toLowerCase()),
    name: text(200),
    password: z
      .string()
      .min(12)
      .max(128)
      .optional()
      .meta({ description: 'Absent: signs in through the identity provider only.' }),
    memberships: memberships.min(1),
  })
  .meta({ id: 'NewAccount' });

const accountView = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    active: z.boolean(),
    createdAt: z.iso.datetime(),
    memberships: z.array(membershipView),
    secondFactor: z.boolean(),
  })
  .meta({ id: 'Account' });

const byId = z.strictObject({ id: z.uuid() });
const reason = text(1000);
const because = z.strictObject({ reason });

export const accountRoutes = (parts: AccountRouteParts): readonly Route[] => [
  route({
    method: 'get',
    path: '/accounts',
    tag: 'Accounts',
    summary: 'Accounts in order of address',
    requires: 'account.read',
    scope: 'session_only',
    query: z.strictObject({
      q: z.string().max(200).optional(),
      active: z
        .enum(['true', 'false'])
        .transform((value) => value === 'true')
        .optional(),
      ...page,
    }),
    answers: {
      200: {
        description: 'Accounts.',
        schema: z.object({ items: z.array(accountView), next: z.string().nullable() }),
      },
    },
    handle: async ({ query: { q, active, limit, cursor } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor);
      if (cursor !== undefined && !after)
        throw new Refusal('input.invalid', {
          errors: [{ in: 'query', pointer: '/cursor', code: 'custom', message: 'is not a cursor of this list' }],
        });
      const found = await parts.list({ q, active, limit: limit + 1, after: after?.value });
      const items = found.slice(0, limit);
      const last = found.length > limit ? items.at(-1) : undefined;
      return { status: 200, body: { items, next: last ? encodeCursor({ value: last.email, id: last.id }) : null } };
    },
  }),
  route({
    method: 'get',
    path: '/accounts/{id}',
    tag: 'Accounts',
    summary: 'One account',
    requires: 'account.read',
    scope: 'session_only',
    params: byId,
    answers: { 200: { description: 'The account.', schema: accountView } },
    handle: async ({ params }) => {
      const { passwordHash: _, ...account } = await parts.accounts.account(params.id);
      return { status: 200, body: account };
    },
  }),
  route({
    method: 'post',
    path: '/accounts',
    tag: 'Accounts',
    summary: 'Add an account with its roles per unit and programme',
    requires: 'account.write',
    scope: 'session_only',
    body: newAccount,
    answers: { 201: { description: 'Added.', schema: z.object({ id: z.uuid() }) } },
    handle: async ({ actor, body }) => ({ status: 201, body: { id: await parts.createAccount(actor, body) } }),
  }),
  route({
    method: 'put',
    path: '/accounts/{id}/memberships',
    tag: 'Accounts',
    summary: 'Replace what an account may act as; holds from the next request on',
    requires: 'account.write',
    scope: 'session_only',
    params: byId,
    body: z.strictObject({ memberships, reason }),
    answers: { 204: { description: 'Replaced.' } },
    handle: async ({ actor, params, body }) => {
      await parts.changeMemberships(actor, { accountId: params.id, ...body });
      return { status: 204 };
    },
  }),
  route({
    method: 'post',
    path: '/accounts/{id}/password',
    tag: 'Accounts',
    summary: 'Give somebody a new password; ends their sessions and API tokens',
    requires: 'account.write',
    scope: 'session_only',
    params: byId,
    body: z.strictObject({ password: z.string().min(12).max(128), reason }),
    answers: { 204: { description: 'Set.' } },
    handle: async ({ actor, params, body }) => {
      await parts.resetPassword(actor, { accountId: params.id, ...body });
      return { status: 204 };
    },
  }),
  route({
    method: 'post',
    path: '/accounts/{id}/second-factor/reset',
    tag: 'Accounts',
    summary: 'Take away the second factor of somebody who lost it; ends their sessions',
    requires: 'account.write',
    scope: 'session_only',
    params: byId,
    body: because,
    answers: { 204: { description: 'Taken away.' } },
    handle: async ({ actor, params, body }) => {
      await parts.resetSecondFactor(actor, { accountId: params.id, ...body });
      return { status: 204 };
    },
  }),
  route({
    method: 'post',
    path: '/accounts/{id}/identities/reset',
    tag: 'Accounts',
    summary: 'Unlink somebody from the identity provider; the next sign-in there links by verified address again',
    requires: 'account.write',
    scope: 'session_only',
    params: byId,
    body: because,
    answers: { 204: { description: 'Unlinked; the sessions are over.' } },
    handle: async ({ actor, params, body }) => {
      await parts.unlinkIdentities(actor, { accountId: params.id, ...body });
      return { status: 204 };
    },
  }),
  route({
    method: 'post',
    path: '/accounts/{id}/deactivation',
    tag: 'Accounts',
    summary: 'Deactivate an account; refused while open tasks would be left with nobody in its role',
    description: '`transferTo` names an active account that takes the memberships which nobody else holds.',
    requires: 'account.write',
    scope: 'session_only',
    params: byId,
    body: z.strictObject({ reason, transferTo: z.uuid().optional() }),
    answers: {
      200: {
        description: 'Deactivated; its sessions and API tokens are over.',
        schema: z.object({
          handedOver: z.array(membershipView.extend({ openTasks: z.number().int() })),
        }),
      },
    },
    handle: async ({ actor, params, body }) => ({
      status: 200,
      body: { handedOver: await parts.deactivateAccount(actor, { accountId: params.id, ...body }) },
    }),
  }),
  route({
    method: 'post',
    path: '/accounts/{id}/reactivation',
    tag: 'Accounts',
    summary: 'Let a deactivated account in again, with the roles it has',
    requires: 'account.write',
    scope: 'session_only',
    params: byId,
    body: because,
    answers: { 204: { description: 'Active.' } },
    handle: async ({ actor, params, body }) => {
      await parts.reactivateAccount(actor, { accountId: params.id, ...body });
      return { status: 204 };
    },
  }),
];
