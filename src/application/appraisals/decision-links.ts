// Deciding from a mail, without signing in. Looking changes nothing however often it is done and by whomever; deciding
// goes through the one door as the person the link was made for, and by it every rule that holds for everybody.

import { type DeskAction, type DeskPlace, deskActions, deskPlace } from '../../domain/appraisal/desk.ts';
import type { Actor } from '../../domain/organisation/actor.ts';
import { can } from '../../domain/organisation/policy.ts';
import { Refusal, type RefusalCode } from '../../domain/refusal.ts';
import { isFinal, type Outcome, stateOf } from '../../domain/workflow/definition.ts';
import type { MoveTask, Task } from '../../domain/workflow/task.ts';
import type { AuditLog, Clock, LoadedTask, TaskStore } from '../ports.ts';
import { applyCommand } from '../tasks/apply.ts';
import { evidenceOf } from './inbox.ts';
import type { DeskReader } from './ports.ts';

export interface DecisionLink {
  readonly id: string;
  readonly accountId: string;
  readonly taskId: string;
  readonly round: number;
  readonly expiresAt: Date;
  /** A newer link to the same person about the same task has taken its place. */
  readonly killed: boolean;
  /** What was decided by it, from the event that names it as its cause. */
  readonly used: { readonly at: Date; readonly outcome: Outcome } | null;
}

export interface DecisionLinkStore {
  find(tokenHash: string): Promise<DecisionLink | undefined>;
  /** The person as of now: memberships in force, absent members stood in for; undefined when not active. */
  actor(accountId: string, now: Date): Promise<Actor | undefined>;
  /** For showing only; that a link serves once is ensured where the event is written. */
  markUsed(id: string, at: Date, outcome: Outcome): Promise<void>;
}

export interface LinkTokens {
  /** What stands in the mail. */
  token(linkId: string): string;
  hash(token: string): string;
  /** Binds a form to its link and to the version it showed. */
  nonce(linkId: string, version: number): string;
  matches(nonce: string, linkId: string, version: number): boolean;
}

export interface LinkParts {
  readonly store: TaskStore;
  readonly links: DecisionLinkStore;
  readonly tokens: LinkTokens;
  readonly desk: Pick<DeskReader, 'events' | 'names' | 'units'>;
  /** Whether the person has a second factor or must have one: then a link in a mail is not enough. */
  readonly secondFactor: (accountId: string) => Promise<boolean>;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

export interface LinkPage {
  readonly link: DecisionLink;
  readonly loaded: LoadedTask;
  readonly place: DeskPlace;
  readonly reader: string;
  /** Name of the absent member for whom the reader acts. */
  readonly onBehalfOf: string | null;
  readonly unitName: string;
  readonly evidence: readonly string[];
  /** What can be decided here; others ask for papers that a link cannot bring. */
  readonly answers: readonly DeskAction[];
  readonly elsewhere: readonly DeskAction[];
  readonly nonce: string;
}

/** Why a link no longer serves. round: a new round, or none; person: no longer asked to appraise, or no longer there. */
export type DeadLink = 'expired' | 'replaced' | 'round' | 'decided' | 'person';

export type LinkState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'used'; readonly at: Date; readonly outcome: Outcome; readonly zone: string }
  | { readonly kind: 'dead'; readonly why: DeadLink }
  | { readonly kind: 'second_factor' }
  | { readonly kind: 'refused'; readonly code: RefusalCode }
  | { readonly kind: 'open'; readonly page: LinkPage };

export interface LinkAnswer {
  readonly outcome: Outcome;
  readonly reason: string | undefined;
  readonly missing: readonly string[];
  /** The version the form showed, and what proves it. */
  readonly version: number;
  readonly nonce: string;
}

export type LinkDecision =
  | Exclude<LinkState, { readonly kind: 'open' }>
  /** The form did not come from the page of this link. */
  | { readonly kind: 'forged' }
  | { readonly kind: 'incomplete'; readonly page: LinkPage; readonly missing: readonly string[] }
  /** The task changed after the page was shown; the page is the new one. */
  | { readonly kind: 'stale'; readonly page: LinkPage }
  | {
      readonly kind: 'decided';
      readonly outcome: Outcome;
      readonly code: string;
      readonly closed: boolean;
      readonly state: string;
    };

export type DecisionLinks = ReturnType<typeof decisionLinks>;

export const decisionLinks = (parts: LinkParts) => {
  const { links, tokens, audit, clock } = parts;

  /** Reads, and only reads. */
  const open = async (
    token: string,
  ): Promise<{ readonly state: LinkState; readonly link?: DecisionLink; readonly actor?: Actor }> => {
    const link = await links.find(tokens.hash(token));
    if (!link) return { state: { kind: 'unknown' } };
    const actor = await links.actor(link.accountId, clock.now());
    const state = actor ? await stateFor(parts, link, actor) : dead('person');
    return actor ? { state, link, actor } : { state, link };
  };

  return {
    look: async (token: string): Promise<LinkState> => (await open(token)).state,

    /** @param from the address it comes from, for the audit */
    async decide(token: string, answer: LinkAnswer, from: string): Promise<LinkDecision> {
      const { state, link, actor } = await open(token);
      const decision =
        state.kind === 'open' && link && actor ? await decideAs(parts, state.page, actor, answer) : withoutPage(state);
      const done = decision.kind === 'decided';
      if (done && link) await links.markUsed(link.id, clock.now(), answer.outcome);
      await audit.record({
        at: clock.now(),
        actor: link?.accountId ?? null,
        action: done ? 'decision_link.used' : 'decision_link.refused',
        object: link ? `task/${link.taskId}` : 'decision_link',
        detail: {
          tokenHash: tokens.hash(token),
          outcome: answer.outcome,
          from,
          ...(done ? {} : { why: whyOf(decision) }),
          ...(link ? { link: link.id, round: link.round } : {}),
        },
      });
      return decision;
    },
  };
};

const dead = (why: DeadLink): LinkState => ({ kind: 'dead', why });

const withoutPage = (state: LinkState): LinkDecision => (state.kind === 'open' ? { kind: 'forged' } : state);

const whyOf = (decision: LinkDecision): string =>
  decision.kind === 'dead' ? decision.why : decision.kind === 'refused' ? decision.code : decision.kind;

const stateFor = async (parts: LinkParts, link: DecisionLink, actor: Actor): Promise<LinkState> => {
  const now = parts.clock.now();
  const { loaded } = await parts.store.loadOne(link.taskId, undefined);
  if (!loaded) return { kind: 'unknown' };
  const { task, definition, calendar } = loaded;
  if (link.used) return { kind: 'used', ...link.used, zone: calendar.zone };
  if (now >= link.expiresAt) return dead('expired');
  if (isFinal(task.category)) return dead('decided');
  if (!task.review || task.round !== link.round || task.secret) return dead('round');
  if (!can(actor, 'task.read', { kind: 'task', task })) return dead('person');
  if (link.killed) return dead('replaced');
  if (await parts.secondFactor(actor.id)) return { kind: 'second_factor' };
  const asked = { ...loaded, pin: task.definition, actor, now };
  const { answers } = deskActions(definition, task, asked);
  const open = answers.filter(({ refused }) => refused === undefined);
  const code = answers.find(({ refused }) => refused !== undefined)?.refused;
  if (open.length === 0)
    return code === undefined || code === 'permission.denied' || code === 'appraisal.absent'
      ? dead('person')
      : { kind: 'refused', code: code as RefusalCode };
  return { kind: 'open', page: await pageOf(parts, link, loaded, actor, deskPlace(definition, task, asked), open) };
};

const pageOf = async (
  { desk, tokens }: LinkParts,
  link: DecisionLink,
  loaded: LoadedTask,
  actor: Actor,
  place: DeskPlace,
  open: readonly DeskAction[],
): Promise<LinkPage> => {
  const { task } = loaded;
  const absent = place.seat?.voter?.onBehalfOf;
  const [events, units, names] = await Promise.all([
    desk.events([task.id]),
    desk.units([task.leadUnit]),
    desk.names(absent ? [absent] : []),
  ]);
  return {
    link,
    loaded,
    place,
    reader: actor.name,
    onBehalfOf: absent ? (names.get(absent) ?? absent) : null,
    unitName: units.get(task.leadUnit)?.name ?? task.leadUnit,
    evidence: evidenceOf(events.get(task.id) ?? []),
    answers: open.filter(answerable),
    elsewhere: open.filter((action) => !answerable(action)),
    nonce: tokens.nonce(link.id, task.version),
  };
};

/** A link brings an answer and its reason; forms, papers and deciding documents need the program. */
export const answerable = ({ require: { form, evidence, document } }: DeskAction): boolean =>
  form === undefined && evidence === undefined && document === undefined;

const decideAs = async (parts: LinkParts, page: LinkPage, actor: Actor, answer: LinkAnswer): Promise<LinkDecision> => {
  const { link, answers } = page;
  if (!parts.tokens.matches(answer.nonce, link.id, answer.version)) return { kind: 'forged' };
  const chosen = answers.find(({ outcome }) => outcome === answer.outcome);
  if (!chosen) return { kind: 'refused', code: 'transition.unknown' };
  const command: MoveTask = {
    type: 'transition',
    transition: chosen.transition,
    ...(answer.reason === undefined ? {} : { reason: answer.reason }),
    ...(answer.missing.length > 0 && answer.outcome === 'returned' ? { missing: answer.missing } : {}),
  };
  try {
    const { answer: given, replayed } = await applyCommand(parts.store, parts.clock)(
      { taskId: link.taskId, actor, command, expectedVersion: answer.version },
      {
        // The key names the link, not what was chosen: whatever a second request wants, it finds that one was first.
        // As the cause of the event it is unique on the task for ever, so a link serves once.
        key: { actor: actor.id, key: linkKey(link.id), bodyHash: linkKey(link.id) },
        answer: (task, { definition }) => ({
          status: 200,
          etag: null,
          response: JSON.stringify({
            outcome: answer.outcome,
            code: task.code,
            closed: closedBy(task, page),
            state: stateOf(definition, task.state).name.vi,
          } satisfies Rendered),
        }),
      },
    );
    const rendered = JSON.parse(given.response) as Rendered;
    if (replayed)
      return { kind: 'used', at: parts.clock.now(), outcome: rendered.outcome, zone: page.loaded.calendar.zone };
    return { kind: 'decided', ...rendered };
  } catch (error) {
    if (error instanceof Refusal) return afterRefusal(parts, page, actor, error);
    throw error;
  }
};

export const linkKey = (linkId: string): string => `link-${linkId}`;

interface Rendered {
  readonly outcome: Outcome;
  readonly code: string;
  readonly closed: boolean;
  readonly state: string;
}

const closedBy = (task: Task, { loaded }: LinkPage): boolean =>
  task.state !== loaded.task.state || task.round !== loaded.task.round;

const afterRefusal = async (
  parts: LinkParts,
  page: LinkPage,
  actor: Actor,
  { code, details }: Refusal,
): Promise<LinkDecision> => {
  if (code === 'requirement.missing') {
    const missing = (details.missing as readonly { readonly what: string }[]).map(({ what }) => what);
    return { kind: 'incomplete', page, missing };
  }
  if (code !== 'version.stale') return { kind: 'refused', code };
  const fresh = await stateFor(parts, page.link, actor);
  return fresh.kind === 'open' ? { kind: 'stale', page: fresh.page } : withoutPage(fresh);
};
