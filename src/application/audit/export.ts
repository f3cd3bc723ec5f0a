// The audit export: lines of JSON that an auditor checks without this program (docs/audit-format.md, tools/verify-export.mjs).
// Seals come first, so that whoever reads can hold every later line against them in one pass.

import { createHash } from 'node:crypto';
import type { Actor } from '../../domain/organisation/actor.ts';
import { type CivilDate, endOfDay, startOfDay } from '../../domain/schedule/civil-date.ts';
import type { AuditLog, Clock } from '../ports.ts';
import { entryOf } from './entry.ts';
import type { ExportSource, ExportView, ExportWindow, SealKey } from './ports.ts';

export const exportFormat = 'dondoc-audit-export/1';

export interface ExportRequest {
  readonly actor: Actor;
  /** First and last local day; a history with an event between them comes whole, because a piece of a chain proves nothing. */
  readonly from?: CivilDate | undefined;
  readonly to?: CivilDate | undefined;
  readonly programme?: string | undefined;
}

/** @returns lines, each with its line break, made as they are read */
export const exportAudit =
  (source: ExportSource, key: SealKey, audit: AuditLog, clock: Clock, zone: string) =>
  async ({ actor, from, to, programme }: ExportRequest): Promise<AsyncGenerator<string, void>> => {
    const any = from ?? to ?? programme;
    const filters = any === undefined ? null : { from: from ?? null, to: to ?? null, programme: programme ?? null };
    await audit.record(
      entryOf(clock, { actor, action: 'audit.exported', object: 'audit export', detail: { filters } }),
    );
    const window = {
      from: from === undefined ? undefined : startOfDay(from, zone),
      until: to === undefined ? undefined : endOfDay(to, zone),
      programme,
    };
    const { keyId, publicKeyPem: publicKey } = key;
    const header = {
      format: exportFormat,
      madeAt: clock.now().toISOString(),
      madeBy: actor.id,
      filters,
      keyId,
      publicKey,
    };
    return source.snapshot((view) => signed(key, bodyOf(view, window, header)));
  };

type Line = readonly [type: string, content: object];

async function* bodyOf(view: ExportView, window: ExportWindow, header: object): AsyncGenerator<Line, void> {
  yield ['header', header];
  for await (const page of view.checkpoints())
    for (const checkpoint of page) {
      for await (const leaves of view.leavesOf(checkpoint.number))
        for (const leaf of leaves) yield ['leaf', { checkpoint: checkpoint.number, ...leaf }];
      yield ['checkpoint', checkpoint];
    }
  for (const definition of await view.definitions()) yield ['definition', definition];
  for await (const page of view.reports(window))
    for (const { id, programme, asOf, knownAt, sha256, body } of page)
      yield ['report', { id, programme, asOf, knownAt, sha256, body }];
  for await (const page of view.events(window))
    for (const { event, prevHash, hash } of page) yield ['event', { event, prevHash, hash }];
  for await (const page of view.entries(window)) for (const { entry } of page) yield ['entry', { entry }];
}

/** Adds the trailer: how much of each there was, and the signature over every byte before it. */
async function* signed(key: SealKey, lines: AsyncGenerator<Line, void>): AsyncGenerator<string, void> {
  const sum = createHash('sha256');
  const counts: Record<string, number> = {};
  // Many lines in one piece: a piece for each line would cost more than the line.
  let piece = '';
  for await (const [type, content] of lines) {
    counts[type] = (counts[type] ?? 0) + 1;
    piece += lineOf({ type, ...content });
    if (piece.length < pieceLength) continue;
    sum.update(piece);
    yield piece;
    piece = '';
  }
  sum.update(piece);
  const sha256 = sum.digest('hex');
  const signature = key.sign(`dondoc-export-v1\n${sha256}`);
  yield `${piece}${lineOf({ type: 'trailer', counts, sha256, signature })}`;
}

/** Two separators that JSON leaves as they are would end a line for some readers. */
const lineOf = (content: object): string =>
  `${JSON.stringify(content).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}\n`;

const pieceLength = 64 * 1024;
