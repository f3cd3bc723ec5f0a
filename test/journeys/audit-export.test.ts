// An auditor takes an export, and checks it with the script that knows nothing of the program.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { rechain } from '../application/operations/corruptions.ts';
import type { Json } from '../support/client.ts';
import { done, type Office, openOffice, programmeCode } from '../support/http-office.ts';
import { acknowledged, moved, submission } from '../support/tasks.ts';

const script = path.resolve(import.meta.dirname, '../../tools/verify-export.mjs');
const run = promisify(execFile);

describe('An auditor', () => {
  let office: Office;
  let folder: string;
  let key: string;
  before(async function () {
    this.timeout(60_000);
    folder = mkdtempSync(path.join(tmpdir(), 'audit-'));
    office = await openOffice();
    key = path.join(folder, 'key.pem');
    writeFileSync(key, (await done(office.as('auditor').get('/audit/key'))).publicKey);
    await someYear(office);
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await office.close();
  });

  const exported = async (query = ''): Promise<string> => {
    const { status, text, headers } = await office.as('auditor').get(`/audit/export${query}`);
    expect([status, headers.get('content-type')]).to.deep.equal([200, 'application/x-ndjson']);
    return text;
  };
  const verdictOn = async (text: string, keys: readonly string[] = [key]): Promise<string> => {
    const file = path.join(folder, 'export.ndjson');
    writeFileSync(file, text);
    const said = await run(process.execPath, [script, file, ...keys]).catch((error: { stdout: string }) => error);
    return said.stdout.trim();
  };

  it('S13: checks a real export with nothing but the script and a key of their own', async () => {
    const text = await exported();
    const lines = linesOf(text);

    expect(await verdictOn(text)).to.match(new RegExp(`^OK: ${lines.length} lines, 4 tasks, 2 checkpoints`));
    expect(Object.keys(lines.at(-1).counts)).to.deep.equal([
      'header',
      'leaf',
      'checkpoint',
      'definition',
      'report',
      'event',
      'entry',
    ]);
  });

  it('sees their own export in the list, with whom, when, from where and what was asked for', async () => {
    await exported(`?programme=${programmeCode}&from=2022-01-01`);

    const { items } = await done(office.as('auditor').get('/audit/entries?action=audit.exported&limit=1'));

    expect(items[0]).to.deep.include({
      actorName: 'auditor',
      object: 'audit export',
      at: office.clock.now().toISOString(),
    });
    expect(items[0].detail).to.deep.equal({
      filters: { from: '2022-01-01', to: null, programme: programmeCode },
      outcome: 'done',
      address: '127.0.0.1',
    });
  });

  it('gets whole histories of the tasks with an event in the days asked for', async () => {
    const text = await exported('?from=2022-03-01&to=2022-03-01');
    const events = linesOf(text).filter(({ type }) => type === 'event');

    expect(await verdictOn(text)).to.match(/^OK: .* 1 tasks/);
    expect(events.map(({ event }) => event.seq)).to.deep.equal([1, 2, 3]);
    expect(linesOf(text).some(({ type, entry }) => type === 'entry' && entry.at < '2022-02-28T17')).to.equal(false);
  });

  it('refuses a file that was made with another key, or whose seals were', async () => {
    const other = path.join(folder, 'other.pem');
    writeFileSync(
      other,
      '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n',
    );

    expect(await verdictOn(await exported(), [other])).to.equal('BROKEN at line 1: unknown key');
  });

  const attacks: Readonly<Record<string, readonly [(lines: Json[]) => Json[], RegExp]>> = {
    'an edited event': [
      edited('event', (is) => ({ ...is, event: { ...is.event, actor: 'somebody' } })),
      /says something else/,
    ],
    'a deleted event in the middle': [without((is) => is.type === 'event' && is.event.seq === 2), /does not follow/],
    'a deleted tail': [withoutTail, /sealed and missing: task/],
    'a deleted task': [withoutTask, /sealed and missing: task/],
    'an inserted event': [inserted, /does not follow/],
    'events that changed places': [swapped, /does not follow/],
    'an edited entry': [
      edited('entry', (is) => ({ ...is, entry: { ...is.entry, actor: null } })),
      /sealed otherwise: entry/,
    ],
    'a deleted entry': [withoutFirst('entry'), /sealed and missing: entry/],
    'an edited report': [edited('report', (is) => ({ ...is, body: `${is.body} ` })), /sealed otherwise: report/],
    'an edited workflow': [
      edited('definition', (is) => ({ ...is, body: { ...is.body, timers: [] } })),
      /sealed otherwise/,
    ],
    'an edited leaf': [edited('leaf', (is) => ({ ...is, hash: 'f'.repeat(64) })), /its leaves give another root/],
    'an edited checkpoint': [edited('checkpoint', (is) => ({ ...is, day: '2020-01-01' })), /the seal is forged/],
    'a deleted checkpoint': [withoutFirst('checkpoint'), /does not follow the checkpoint|leaves give another root/],
    'an event after the last seal that was edited': [(lines) => lines, /not signed/],
    'a cut end': [(lines) => lines.slice(0, -1), /the end is missing/],
    'lines after the end': [(lines) => [...lines, lines[1]], /misplaced/],
    'something that is no line': [edited('entry', () => 'entry'), /misplaced/],
    'an unknown kind of line': [edited('entry', (is) => ({ ...is, type: 'constructor' })), /misplaced/],
  };
  for (const [name, [tamper, verdict]] of Object.entries(attacks))
    it(`S13: finds ${name} in a file, and the first broken line`, async () => {
      const lines = linesOf(await exported());
      const tampered = tamper(lines).map((is: Json) => JSON.stringify(is).replaceAll('\u2028', '\\u2028'));
      if (name.startsWith('an event after')) {
        // Only the signature over the file speaks for what no seal covers yet.
        const last = tampered.findLastIndex((text) => text.includes('"action":"audit.exported"'));
        tampered[last] = tampered[last]?.replace('audit.exported', 'audit.nothing') as string;
      }

      const said = await verdictOn(`${tampered.join('\n')}\n`);

      expect(said).to.match(/^BROKEN at line \d+: /);
      expect(said).to.match(verdict);
    });

  it('S13: finds what somebody with all rights computed again, although the program itself made the export', async () => {
    const db = await office.pool.connect();
    try {
      await db.query('set session_replication_role = replica');
      const { rows } = await db.query<{ code: string }>('select code from task order by id limit 1');
      await rechain(db, rows[0]?.code as string, (event) => ({ ...event, actor: 'somebody' }));
    } finally {
      db.release(true);
    }

    expect(await verdictOn(await exported())).to.match(/^BROKEN at line \d+: sealed otherwise: task/);
  });
});

/** Four tasks, one of them moved in March; what was there at the end of January is sealed twice over. */
async function someYear(office: Office): Promise<void> {
  const tasks: Json[] = [];
  for (const title of ['Nâng chỉ số “PCI”', 'Số hóa\u2028hồ sơ', 'Đào tạo', 'Khảo sát'])
    tasks.push(await acknowledged(office, { title }));
  office.clock.moveTo('2022-01-31');
  await seal(office);
  office.clock.moveTo('2022-03-01');
  await moved(office.as('unit.snv'), tasks[0], 'submit', submission);
  await done(office.as('aggregator').post('/reports/runs', { programme: programmeCode }));
  office.clock.moveTo('2022-03-31');
  await seal(office);
}

const seal = (office: Office) => done(office.as('admin').post('/audit/checkpoints', { reason: 'Hết quý' }));

const linesOf = (text: string): Json[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

function edited(type: string, edit: (is: Json) => Json) {
  return (lines: Json[]): Json[] => {
    const at = lines.findIndex((is) => is.type === type);
    return lines.map((is, index) => (index === at ? edit(is) : is));
  };
}
function without(unwanted: (is: Json) => boolean) {
  return (lines: Json[]): Json[] => lines.filter((is) => !unwanted(is));
}
function withoutFirst(type: string) {
  return (lines: Json[]): Json[] =>
    lines.toSpliced(
      lines.findIndex((is) => is.type === type),
      1,
    );
}
function withoutTail(lines: Json[]): Json[] {
  const last = lines.findLastIndex((is) => is.type === 'event' && is.event.seq > 1);
  return lines.toSpliced(last, 1);
}
function withoutTask(lines: Json[]): Json[] {
  const { taskId } = lines.find((is) => is.type === 'event').event;
  return lines.filter((is) => is.type !== 'event' || is.event.taskId !== taskId);
}
function inserted(lines: Json[]): Json[] {
  const at = lines.findIndex((is) => is.type === 'event' && is.event.seq === 2);
  return lines.toSpliced(at, 0, lines[at]);
}
function swapped(lines: Json[]): Json[] {
  const at = lines.findIndex((is) => is.type === 'event' && is.event.seq === 2);
  return lines.with(at, lines[at - 1]).with(at - 1, lines[at]);
}
