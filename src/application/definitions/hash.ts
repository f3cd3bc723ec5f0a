import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Definition } from '../../domain/workflow/definition.ts';

/** SHA-256 in hexadecimal over the definition in canonical JSON (RFC 8785); tasks are pinned to it. */
export const definitionHash = (definition: Definition): string =>
  createHash('sha256')
    .update(canonicalize(definition) as string)
    .digest('hex');
