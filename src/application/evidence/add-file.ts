// A file comes in: judged before anything of it is stored, registered before the storage has it, there for people when
// both have it. Whatever breaks in between, housekeeping finds a row that leads to what is left.

import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { cleanFileName, extensionOf } from '../../domain/file-name.ts';
import type { Actor } from '../../domain/organisation/actor.ts';
import { can } from '../../domain/organisation/policy.ts';
import { Refusal } from '../../domain/refusal.ts';
import { mayAddEvidence } from '../../domain/workflow/evidence.ts';
import type { Log } from '../log.ts';
import {
  type Answer,
  type AuditLog,
  type Clock,
  type IdempotencyKey,
  IdempotencyRace,
  type TaskStore,
} from '../ports.ts';
import { type Applied, replayOf } from '../tasks/apply.ts';
import { typeOfExtension } from './file-types.ts';
import type { Bytes, FileRegister, FileStorage, Inspect, Received, Scanner, Spool, StoredFile } from './ports.ts';

export interface AddFileParts {
  readonly tasks: Pick<TaskStore, 'load' | 'earlierAnswer'>;
  readonly files: FileRegister;
  readonly spool: Spool;
  readonly storage: FileStorage;
  readonly inspect: Inspect;
  /** Absent: files are not scanned. */
  readonly scanner?: Scanner | undefined;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly log: Log;
  readonly maxBytes: number;
}

export interface AddFile {
  readonly taskId: string;
  readonly actor: Actor;
  /** As the person gave it. */
  readonly name: string;
  readonly content: Bytes;
  /** What the sender announced; absent: nothing. */
  readonly announcedBytes: number | undefined;
}

/** Files of one task that may wait to be handed in; more is somebody filling the disk. */
const mostWaiting = 100;

/**
 * @param render the answer for a file that was registered
 * @throws Refusal with the typed reason; nothing was stored
 */
export const addFile =
  (parts: AddFileParts) =>
  async (request: AddFile, key: IdempotencyKey, render: (file: StoredFile) => Answer): Promise<Applied> => {
    const { spool, tasks, maxBytes } = parts;
    await checkPerson(parts, request);
    const name = nameOf(request.name);
    if ((request.announcedBytes ?? 0) > maxBytes) throw new Refusal('evidence.too_large', { limitBytes: maxBytes });
    const received = await spool.receive(request.content, maxBytes);
    try {
      const whole = { ...key, bodyHash: `${key.bodyHash}.${received.sha256}` };
      const earlier = await tasks.earlierAnswer(whole);
      if (earlier) return replayOf(earlier, whole);
      return await take(parts, request, name, received, whole, render);
    } finally {
      await received.discard();
    }
  };

const take = async (
  parts: AddFileParts,
  request: AddFile,
  name: string,
  received: Received,
  key: IdempotencyKey,
  render: (file: StoredFile) => Answer,
): Promise<Applied> => {
  const { files, storage, tasks, clock, inspect } = parts;
  if (received.bytes === 0) throw new Refusal('evidence.empty');
  const type = await inspect(received, extensionOf(name));
  const scan = await scanOf(parts, request, received);
  // Again: an upload takes minutes, and roles and tasks change.
  await checkPerson(parts, request);
  const file: StoredFile = {
    id: uuid(),
    taskId: request.taskId,
    name,
    type,
    bytes: received.bytes,
    sha256: received.sha256,
    storageKey: randomBytes(16).toString('hex'),
    by: request.actor.id,
    uploadedAt: clock.now().toISOString(),
    scan,
    linkedSeq: null,
  };
  await files.begin(file, mostWaiting);
  try {
    await storage.put(file.storageKey, received);
    const answer = render(file);
    if (!(await files.keep(file, { ...key, ...answer }, clock.now())))
      throw new Refusal('service.unavailable', { reason: 'upload_took_too_long' });
    return { answer, replayed: false };
  } catch (error) {
    // Housekeeping removes content and row.
    await files.giveUp(file.id).catch(() => undefined);
    const earlier = error instanceof IdempotencyRace ? await tasks.earlierAnswer(key) : undefined;
    if (earlier) return replayOf(earlier, key);
    throw error;
  }
};

const checkPerson = async ({ tasks }: AddFileParts, { taskId, actor }: AddFile): Promise<void> => {
  const task = (await tasks.load([taskId])).get(taskId)?.task;
  if (!task || !can(actor, 'task.read', { kind: 'task', task: task })) throw new Refusal('task.not_found', { taskId });
  const refused = mayAddEvidence(actor, task);
  if (refused) throw refused;
};

const nameOf = (given: string): string => {
  const name = cleanFileName(given);
  if (name === undefined)
    throw new Refusal('input.invalid', {
      errors: [{ in: 'query', pointer: '/name', code: 'invalid', message: 'is not the name of a file' }],
    });
  // Before the whole file travels for nothing; macro documents are told so when their content is seen.
  const extension = extensionOf(name);
  if (typeOfExtension(extension) === undefined && !/^(docm|xlsm|pptm)$/.test(extension))
    throw new Refusal('evidence.type_refused', { extension });
  return name;
};

/** A scanner that is away holds up nobody: the file is kept, and can be handed in once it was scanned. */
const scanOf = async (
  { scanner, log, audit, clock }: AddFileParts,
  { taskId, actor }: AddFile,
  received: Received,
): Promise<'skipped' | 'clean' | 'pending'> => {
  if (!scanner) return 'skipped';
  try {
    const verdict = await scanner(async () => received.content());
    if (verdict.scan === 'clean') return 'clean';
    await audit.record({
      at: clock.now(),
      actor: actor.id,
      action: 'evidence.infected',
      object: `task ${taskId}`,
      detail: { sha256: received.sha256, signature: verdict.signature },
    });
    throw new Refusal('evidence.infected');
  } catch (error) {
    if (error instanceof Refusal) throw error;
    log.warn('The virus scanner could not be asked; the file waits.', { error });
    return 'pending';
  }
};
