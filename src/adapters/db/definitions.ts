import type { DataSource } from 'typeorm';
import { Refusal } from '../../domain/refusal.ts';
import type { Definition, Names } from '../../domain/workflow/definition.ts';
import { type DefinitionStatus, type WorkflowDefinitionRow, workflowDefinitionTable } from './entities/programme.ts';
import { row } from './entities/table.ts';
import { orRefuse } from './refusals.ts';

export interface DefinitionSummary {
  readonly key: string;
  readonly version: number;
  readonly status: DefinitionStatus;
  readonly name: Names;
  readonly sha256: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly publishedAt: Date | null;
  readonly retiredAt: Date | null;
}

export interface StoredDefinition extends DefinitionSummary {
  readonly definition: Definition;
}

export interface Draft {
  readonly definition: Definition;
  readonly createdBy: string;
  readonly at: Date;
}

export interface DefinitionStore {
  /** @throws Refusal definition.exists when there is this version in any state */
  createDraft(draft: Draft): Promise<void>;
  /** Writes a new draft or replaces the body of one. @throws Refusal definition.not_draft */
  saveDraft(draft: Draft): Promise<void>;
  find(key: string, version: number): Promise<StoredDefinition | undefined>;
  /** Every version of every definition without its body, by key, newest version first. */
  list(): Promise<readonly DefinitionSummary[]>;
  /** Newest first. */
  versions(key: string): Promise<readonly DefinitionSummary[]>;
  latestPublished(key: string): Promise<StoredDefinition | undefined>;
  /**
   * Publishes exactly this draft.
   * @returns false when it is no draft, or its body is no longer the one that was checked and hashed
   */
  publish(definition: Definition, sha256: string, at: Date): Promise<boolean>;
  /** @returns false when the version is not a published one */
  retire(key: string, version: number, at: Date): Promise<boolean>;
}

export const definitionStore = (source: DataSource): DefinitionStore => ({
  async createDraft(draft) {
    const { key, version } = draft.definition;
    await orRefuse(source.manager.insert(workflowDefinitionTable, row(draftRow(draft))), {
      workflow_definition_pkey: ['definition.exists', { workflow: key, version }],
    });
  },

  async saveDraft({ definition, createdBy, at }) {
    const { key, version, name } = definition;
    const saved: unknown[] = await source.query(
      `insert into workflow_definition as d (key, version, status, name_vi, name_en, body, created_by, created_at)
       values ($1, $2, 'draft', $3, $4, $5, $6, $7)
       on conflict (key, version) do update
         set name_vi = excluded.name_vi, name_en = excluded.name_en, body = excluded.body
         where d.status = 'draft'
       returning key`,
      [key, version, name.vi, name.en, JSON.stringify(definition), createdBy, at],
    );
    if (saved.length === 0) throw new Refusal('definition.not_draft', { workflow: key, version });
  },

  async find(key, version) {
    const found = await source.manager.findOneBy(workflowDefinitionTable, { key, version });
    return found ? storedOf(found) : undefined;
  },

  list: () => summaries(source, {}),

  versions: (key) => summaries(source, { key }),

  async latestPublished(key) {
    const found = await source.manager.findOne(workflowDefinitionTable, {
      where: { key, status: 'published' },
      order: { version: 'DESC' },
    });
    return found ? storedOf(found) : undefined;
  },

  async publish(definition, sha256, at) {
    const { key, version } = definition;
    const changed = await source
      .createQueryBuilder()
      .update(workflowDefinitionTable)
      .set({ status: 'published', sha256, published_at: at })
      .where({ key, version, status: 'draft' })
      .andWhere('body = :body::jsonb', { body: JSON.stringify(definition) })
      .execute();
    return changed.affected === 1;
  },

  async retire(key, version, at) {
    const published = { key, version, status: 'published' } as const;
    const changed = await source.manager.update(workflowDefinitionTable, published, {
      status: 'retired',
      retired_at: at,
    });
    return changed.affected === 1;
  },
});

const draftRow = ({ definition, createdBy, at }: Draft): WorkflowDefinitionRow => ({
  key: definition.key,
  version: definition.version,
  status: 'draft',
  name_vi: definition.name.vi,
  name_en: definition.name.en,
  body: definition,
  sha256: null,
  created_by: createdBy,
  created_at: at,
  published_at: null,
  retired_at: null,
});

const summaries = async (source: DataSource, where: { readonly key?: string }): Promise<readonly DefinitionSummary[]> =>
  (
    await source.manager.find(workflowDefinitionTable, {
      select: {
        key: true,
        version: true,
        status: true,
        name_vi: true,
        name_en: true,
        sha256: true,
        created_by: true,
        created_at: true,
        published_at: true,
        retired_at: true,
      },
      where,
      order: { key: 'ASC', version: 'DESC' },
    })
  ).map(summaryOf);

const summaryOf = (found: Omit<WorkflowDefinitionRow, 'body'>): DefinitionSummary => ({
  key: found.key,
  version: found.version,
  status: found.status,
  name: { vi: found.name_vi, en: found.name_en },
  sha256: found.sha256,
  createdBy: found.created_by,
  createdAt: found.created_at,
  publishedAt: found.published_at,
  retiredAt: found.retired_at,
});

const storedOf = (found: WorkflowDefinitionRow): StoredDefinition => ({ ...summaryOf(found), definition: found.body });
