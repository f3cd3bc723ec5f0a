// The life of a definition: draft -> published -> retired. What is published never changes again.

import type { Actor } from '../../domain/organisation/actor.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Definition } from '../../domain/workflow/definition.ts';
import type { Problem } from '../../domain/workflow/problem.ts';
import { entryOf } from '../audit/entry.ts';
import type { AuditLog, Clock } from '../ports.ts';
import { definitionHash } from './hash.ts';

export interface DefinitionVersion {
  readonly definition: Definition;
  readonly status: 'draft' | 'published' | 'retired';
}

export interface DefinitionRegister {
  find(key: string, version: number): Promise<DefinitionVersion | undefined>;
  versions(key: string): Promise<readonly { readonly version: number }[]>;
  /** @throws Refusal definition.exists */
  createDraft(draft: { definition: Definition; createdBy: string; at: Date }): Promise<void>;
  /** @throws Refusal definition.not_draft */
  saveDraft(draft: { definition: Definition; createdBy: string; at: Date }): Promise<void>;
  publish(definition: Definition, sha256: string, at: Date): Promise<boolean>;
  retire(key: string, version: number, at: Date): Promise<boolean>;
}

/** Reads any JSON as a definition; all problems at once, each with its JSON pointer. */
export type ParseDefinition = (input: unknown) => {
  readonly definition?: Definition | undefined;
  readonly problems: readonly Problem[];
};

export interface Draft {
  readonly definition: Definition;
  /** What stands in the way of publishing. */
  readonly problems: readonly Problem[];
}

export const manageDefinitions = (
  register: DefinitionRegister,
  parse: ParseDefinition,
  clock: Clock,
  audit: AuditLog,
) => {
  const readable = (input: unknown): Draft => {
    const { definition, problems } = parse(input);
    if (!definition) throw new Refusal('definition.invalid', { problems });
    return { definition, problems };
  };

  const found = async (key: string, version: number): Promise<DefinitionVersion> => {
    const stored = await register.find(key, version);
    if (!stored) throw new Refusal('definition.not_found', { workflow: key, version });
    return stored;
  };

  const log = (
    actor: Actor,
    action: string,
    { key, version }: { key: string; version: number },
    detail = {},
  ): Promise<void> => audit.record(entryOf(clock, { actor, action, object: `workflow ${key} v${version}`, detail }));

  return {
    /** Says everything that stands in the way of publishing; stores nothing. As in a draft, the version may be left out. */
    validate: async (input: unknown): Promise<readonly Problem[]> => parse(await withVersion(register, input)).problems,

    /**
     * Stores a new draft. Without a version it takes the next free one.
     * @throws Refusal definition.invalid when it cannot be read as a definition; definition.exists
     */
    async draft(input: unknown, actor: Actor): Promise<Draft> {
      const draft = readable(await withVersion(register, input));
      await register.createDraft({ definition: draft.definition, createdBy: actor.id, at: clock.now() });
      await log(actor, 'definition.drafted', draft.definition);
      return draft;
    },

    /** Replaces a draft. @throws Refusal definition.invalid, definition.not_draft, input.invalid when key or version differ */
    async redraft(key: string, version: number, input: unknown, actor: Actor): Promise<Draft> {
      const draft = readable(input);
      if (draft.definition.key !== key || draft.definition.version !== version)
        throw new Refusal('input.invalid', {
          errors: [
            {
              in: 'body',
              pointer: '/version',
              code: 'mismatch',
              message: 'Key and version must be those of the address.',
            },
          ],
        });
      await register.saveDraft({ definition: draft.definition, createdBy: actor.id, at: clock.now() });
      await log(actor, 'definition.redrafted', draft.definition);
      return draft;
    },

    /**
     * Publishes a draft for good.
     * @throws Refusal definition.invalid with every problem; definition.not_draft; definition.not_found
     */
    async publish(
      key: string,
      version: number,
      actor: Actor,
    ): Promise<{ readonly definition: Definition; readonly sha256: string }> {
      const stored = await found(key, version);
      if (stored.status !== 'draft') throw new Refusal('definition.not_draft', { workflow: key, version });
      const { definition, problems } = readable(stored.definition);
      if (problems.length > 0) throw new Refusal('definition.invalid', { problems });
      const sha256 = definitionHash(definition);
      // False: somebody changed or published it since we read it.
      if (!(await register.publish(definition, sha256, clock.now())))
        throw new Refusal('definition.not_draft', { workflow: key, version });
      await log(actor, 'definition.published', definition, { sha256 });
      return { definition, sha256 };
    },

    /** No new task may follow a retired version; running ones keep it. @throws Refusal definition.not_published */
    async retire(key: string, version: number, actor: Actor): Promise<void> {
      await found(key, version);
      if (!(await register.retire(key, version, clock.now())))
        throw new Refusal('definition.not_published', { workflow: key, version });
      await log(actor, 'definition.retired', { key, version });
    },

    read: found,
  };
};
export type ManageDefinitions = ReturnType<typeof manageDefinitions>;

const withVersion = async (register: DefinitionRegister, input: unknown): Promise<unknown> => {
  if (input === null || typeof input !== 'object' || 'version' in input) return input;
  const { key } = input as { key?: unknown };
  if (typeof key !== 'string') return input;
  const newest = Math.max(0, ...(await register.versions(key)).map(({ version }) => version));
  return { ...input, version: newest + 1 };
};
