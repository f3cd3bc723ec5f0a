// Each event carries the hash of the one before it, so that no past entry can be altered unnoticed.

import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { TaskEvent } from '../../domain/workflow/task.ts';

/** What the first event of a task points back to. */
export const chainStart = '0'.repeat(64);

/**
 * SHA-256 over the previous hash and the event in canonical JSON (RFC 8785), in hexadecimal.
 * The format is public: an auditor recomputes it from an export without this program.
 */
export const chainHash = (prevHash: string, event: TaskEvent): string =>
  createHash('sha256')
    .update(prevHash)
    .update('\n')
    .update(canonicalize(event) as string)
    .digest('hex');
