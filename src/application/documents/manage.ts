// Entering documents, giving them their number and day, reading them. What was issued stays; a correction is another document.

import { type Document, type DocumentFacts, numberAndSign, readersOf } from '../../domain/documents/document.ts';
import type { Actor } from '../../domain/organisation/actor.ts';
import { can, everywhere } from '../../domain/organisation/policy.ts';
import { Refusal } from '../../domain/refusal.ts';
import { type CivilDate, dayOf } from '../../domain/schedule/civil-date.ts';
import { entryOf } from '../audit/entry.ts';
import { permit } from '../permit.ts';
import type { AuditLog, Clock } from '../ports.ts';
import type { DocumentStore } from './ports.ts';

export interface DocumentParts {
  readonly documents: DocumentStore;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly newId: () => string;
  /** In which the day of issue is judged. */
  readonly zone: string;
}

export const manageDocuments = (parts: DocumentParts) => {
  const { documents, audit, clock, newId, zone } = parts;
  const found = (actor: Actor, id: string) => readableDocument(documents, actor, id);
  const record = (actor: Actor, action: string, id: string, detail: Readonly<Record<string, unknown>> = {}) =>
    audit.record(entryOf(clock, { actor, action, object: `document ${id}`, detail }));

  return {
    /**
     * Enters a draft; with `corrects`, one that corrects an issued document.
     * @throws Refusal document.not_found, document.not_issued for what it corrects; input.invalid
     */
    async draft(actor: Actor, facts: DocumentFacts, corrects: string | null): Promise<Document> {
      permit(actor, 'document.write', { kind: 'document', units: [] });
      refuseSecretContent(facts);
      if (corrects !== null && (await found(actor, corrects)).status === 'draft')
        throw new Refusal('document.not_issued', { document: corrects });
      const document: Document = {
        ...facts,
        id: newId(),
        status: 'draft',
        version: 1,
        number: null,
        issuedOn: null,
        corrects,
        createdBy: actor.id,
        createdAt: clock.now(),
        issuedBy: null,
        recordedAt: null,
      };
      await documents.add(document);
      await record(actor, 'document.drafted', document.id, { corrects });
      return document;
    },

    /** @throws Refusal document.not_found, document.not_draft, version.stale */
    async edit(actor: Actor, id: string, version: number, facts: DocumentFacts): Promise<Document> {
      const before = await writable(parts, actor, id, version);
      refuseSecretContent(facts);
      if (!(await documents.update(id, version, facts)))
        throw new Refusal('version.stale', { expectedVersion: version });
      await record(actor, 'document.edited', id);
      return { ...before, ...facts, version: version + 1 };
    },

    /**
     * The records office gives it number and day, and it is out.
     * @throws Refusal document.not_found, document.not_draft, version.stale, document.exists, effective.in_future
     */
    async issue(
      actor: Actor,
      id: string,
      version: number,
      given: { readonly number: string; readonly date: CivilDate },
    ): Promise<Document> {
      const before = await writable(parts, actor, id, version);
      const now = clock.now();
      const today = dayOf(now, zone);
      if (given.date > today) throw new Refusal('effective.in_future', { date: given.date, now: today });
      const number = numberAndSign(given.number, before.sign);
      const issued = { number, on: given.date, by: actor.id, at: now };
      if (!(await documents.issue(id, version, issued)))
        throw new Refusal('version.stale', { expectedVersion: version });
      await record(actor, 'document.issued', id, { number, date: given.date });
      return {
        ...before,
        status: 'issued',
        version: version + 1,
        number,
        issuedOn: given.date,
        issuedBy: actor.id,
        recordedAt: now,
      };
    },

    find: found,
    corrections: (id: string) => documents.correctionsOf(id),

    /** Newest first: all, or the issued ones that the actor's units received. */
    async list(actor: Actor, asked: { readonly status?: Document['status'] | undefined; readonly limit: number }) {
      if (everywhere(actor, 'document.read')) return documents.list(asked);
      const units = actor.memberships.flatMap(({ unit }) => unit ?? []);
      const listed = await documents.list({ ...asked, units });
      return listed.filter((document) => mayRead(actor, document));
    },
  };
};
export type ManageDocuments = ReturnType<typeof manageDocuments>;

/** @throws Refusal document.not_found, also for what exists and is not theirs to read */
export const readableDocument = async (
  documents: Pick<DocumentStore, 'find'>,
  actor: Actor,
  id: string,
): Promise<Document> => {
  const document = await documents.find(id);
  if (!document || !mayRead(actor, document)) throw new Refusal('document.not_found', { document: id });
  return document;
};

export const mayRead = (actor: Actor, document: Document): boolean =>
  can(actor, 'document.read', { kind: 'document', units: readersOf(document) });

const writable = async ({ documents }: DocumentParts, actor: Actor, id: string, version: number): Promise<Document> => {
  const document = await readableDocument(documents, actor, id);
  permit(actor, 'document.write', { kind: 'document', units: readersOf(document) });
  if (document.status === 'issued') throw new Refusal('document.not_draft', { document: id });
  if (document.version !== version)
    throw new Refusal('version.stale', { expectedVersion: version, currentVersion: document.version });
  return document;
};

/** Secret documents are counted only: no abstract, no titles of what is attached (domain rule T12). */
const refuseSecretContent = ({ secret, abstract, attachments }: DocumentFacts): void => {
  const pointers = [...(abstract === null ? [] : ['/abstract']), ...(attachments.length > 0 ? ['/attachments'] : [])];
  if (secret && pointers.length > 0) throw new Refusal('task.secret_content', { pointers });
};
