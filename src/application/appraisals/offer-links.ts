// Which tasks of a mail its reader gets a link for.

import { deskActions, deskPlace } from '../../domain/appraisal/desk.ts';
import type { TaskStore } from '../ports.ts';
import { answerable, type DecisionLinkStore, type LinkTokens } from './decision-links.ts';

/** Links in one mail. */
export const mostLinks = 20;

export interface OfferedLink {
  readonly id: string;
  readonly tokenHash: string;
  readonly taskId: string;
  readonly round: number;
  readonly expiresAt: Date;
}

export interface LinkOffering {
  readonly store: Pick<TaskStore, 'load'>;
  readonly links: Pick<DecisionLinkStore, 'actor'>;
  readonly tokens: Pick<LinkTokens, 'token' | 'hash'>;
  readonly secondFactor: (accountId: string) => Promise<boolean>;
  readonly newId: () => string;
  /** How long a link serves, from when its mail may go. */
  readonly hours: number;
}

/**
 * Links for the first tasks, in the order given, on which the reader's answer is awaited now and can be given by a link.
 * Secret work never has one. @param goesAt from when the mail may go
 */
export const offerLinks =
  ({ store, links, tokens, secondFactor, newId, hours }: LinkOffering) =>
  async (accountId: string, taskIds: readonly string[], now: Date, goesAt: Date): Promise<readonly OfferedLink[]> => {
    const actor = taskIds.length > 0 ? await links.actor(accountId, now) : undefined;
    if (!actor || (await secondFactor(accountId))) return [];
    const loaded = await store.load(taskIds);
    const awaited = taskIds.flatMap((id) => {
      const found = loaded.get(id);
      if (!found?.task.review || found.task.secret) return [];
      const { task, definition } = found;
      const asked = { ...found, pin: task.definition, actor, now };
      const place = deskPlace(definition, task, asked);
      if (place.turn !== 'mine' || (place.seat && !place.votes)) return [];
      const can = deskActions(definition, task, asked).answers.some(
        (action) => action.refused === undefined && answerable(action),
      );
      return can ? [task] : [];
    });
    return awaited.slice(0, mostLinks).map((task) => {
      const id = newId();
      return {
        id,
        tokenHash: tokens.hash(tokens.token(id)),
        taskId: task.id,
        round: task.round,
        expiresAt: new Date(goesAt.getTime() + hours * 3_600_000),
      };
    });
  };

/** What stands in a stored mail in place of the token, which is put there at the moment of sending. */
export const placeholderOf = (linkId: string): string => `{decision-link:${linkId}}`;
