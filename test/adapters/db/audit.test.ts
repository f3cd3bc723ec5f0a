import { expect } from 'chai';
import { type AuditEntry, auditStore } from '../../../src/adapters/db/audit.ts';
import { suiteDatabase } from '../../support/source.ts';

describe('the audit list', () => {
  const database = suiteDatabase();

  it('gives every entry once, newest first, page by page, while new ones come in', async () => {
    const audit = auditStore(database.source);
    const entries = Array.from({ length: 12 }, (_, k) => anEntry({ object: `commitment/${k}` }));
    for (const entry of entries) await audit.record(entry);

    const first = await audit.list({ limit: 5 });
    await audit.record(anEntry({ object: 'commitment/new' }));
    const second = await audit.list({ limit: 5, before: first.at(-1)?.id });
    const third = await audit.list({ limit: 5, before: second.at(-1)?.id });

    expect([first.length, second.length, third.length]).to.deep.equal([5, 5, 2]);
    expect([...first, ...second, ...third].map(({ id: _, ...entry }) => entry)).to.deep.equal(entries.toReversed());
  });

  it('keeps what the system itself did, without a reason', async () => {
    const audit = auditStore(database.source);
    const { reason: _, ...entry } = anEntry({ actor: null, detail: {} });

    await audit.record(entry);

    const [stored] = await audit.list({ limit: 1 });
    expect(stored).to.deep.equal({ id: stored?.id, ...entry, reason: null });
  });
});

const anEntry = (wanted: Partial<AuditEntry> = {}): AuditEntry => ({
  at: new Date('2026-06-16T01:00:00.123Z'),
  actor: 'admin',
  action: 'definition.published',
  object: 'commitment/1',
  reason: 'Công văn 797/VPUBND-THVX',
  detail: { sha256: 'abc', counts: [1, 2] },
  ...wanted,
});
