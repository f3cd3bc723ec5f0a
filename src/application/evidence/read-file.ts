import { createHash } from 'node:crypto';
import type { Actor } from '../../domain/organisation/actor.ts';
import { can } from '../../domain/organisation/policy.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { TaskStore } from '../ports.ts';
import type { Bytes, FileRegister, FileStorage, StoredFile } from './ports.ts';

export interface ReadFileParts {
  readonly tasks: Pick<TaskStore, 'load'>;
  readonly files: Pick<FileRegister, 'ofTask'>;
  readonly storage: Pick<FileStorage, 'open'>;
}

/** Whoever may read a task may read its files. @throws Refusal task.not_found */
export const listFiles =
  ({ tasks, files }: Omit<ReadFileParts, 'storage'>) =>
  async (taskId: string, actor: Actor): Promise<readonly StoredFile[]> => {
    const task = (await tasks.load([taskId])).get(taskId)?.task;
    if (!task || !can(actor, 'task.read', { kind: 'task', task: task }))
      throw new Refusal('task.not_found', { taskId });
    return files.ofTask(taskId);
  };

/**
 * @returns the file and its content, which breaks off before its end if it is not what was uploaded
 * @throws Refusal task.not_found, evidence.not_found, evidence.infected, evidence.not_scanned
 */
export const openFile =
  (parts: ReadFileParts) =>
  async (
    taskId: string,
    fileId: string,
    actor: Actor,
  ): Promise<{ readonly file: StoredFile; readonly content: () => Promise<AsyncGenerator<Uint8Array, void>> }> => {
    const file = (await listFiles(parts)(taskId, actor)).find(({ id }) => id === fileId);
    if (!file) throw new Refusal('evidence.not_found', { taskId, file: fileId });
    if (file.scan === 'infected') throw new Refusal('evidence.infected', { file: fileId });
    if (file.scan === 'pending') throw new Refusal('evidence.not_scanned', { file: fileId });
    return {
      file,
      content: async () => {
        const content = await parts.storage.open(file.storageKey);
        if (!content) throw new Error(`File ${file.id} is not in the storage.`);
        return checked(file, content);
      },
    };
  };

/** The last piece is held back until the whole is known to be right: nobody ever gets all of a changed file. */
async function* checked({ id, bytes, sha256 }: StoredFile, content: Bytes): AsyncGenerator<Uint8Array, void> {
  const hash = createHash('sha256');
  let sum = 0;
  let held: Uint8Array | undefined;
  for await (const chunk of content) {
    sum += chunk.length;
    if (sum > bytes) break;
    hash.update(chunk);
    if (held) yield held;
    held = chunk;
  }
  if (sum !== bytes || hash.digest('hex') !== sha256)
    throw new Error(`File ${id} in the storage is not what was uploaded.`);
  if (held) yield held;
}
