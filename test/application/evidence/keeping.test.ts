import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { evidenceFiles } from '../../../src/adapters/db/evidence-files.ts';
import { verifySource } from '../../../src/adapters/db/verify-source.ts';
import { diskStorage } from '../../../src/adapters/files/disk.ts';
import { spoolIn } from '../../../src/adapters/files/spool.ts';
import { clearFiles } from '../../../src/application/evidence/keep-files.ts';
import type { FileStorage } from '../../../src/application/evidence/ports.ts';
import { verify } from '../../../src/application/operations/verify.ts';
import { aPdf, download, fileRows, filesIn, upload } from '../../support/evidence.ts';
import { done, openOffice, suiteOffice } from '../../support/http-office.ts';
import { openS3 } from '../../support/s3.ts';
import { acknowledged, moved, moving, submission } from '../../support/tasks.ts';
import { quiet } from '../../support/world.ts';

const hour = 3_600_000;
const week = 7 * 24 * hour;
const naming = (file: string) => ({ ...submission, evidence: [{ title: 'Minh chứng', file }] });

describe('Housekeeping of files', () => {
  const office = suiteOffice();
  const focal = () => office().as('unit.snv');
  const keepHouse = async () => {
    await office().composition.intentions.plan('housekeeping', 'tidy-up', office().clock.now());
    await office().workers.settle();
  };
  const names = async () => (await fileRows(office().pool)).map(({ name }) => name).sort();
  const clear = (storage: Partial<FileStorage> = {}) =>
    clearFiles({
      files: evidenceFiles(office().pool),
      storage: { ...diskStorage(office().folder), ...storage },
      spool: spoolIn(path.join(office().folder, 'incoming')),
      audit: office().composition.audit,
      clock: office().clock,
      log: quiet,
    });
  afterEach(async () => {
    office().clock.advance(week + 1);
    await keepHouse();
  });

  it('removes what nobody handed in for seven days, and keeps for ever what an event names', async () => {
    const task = await acknowledged(office());
    const linked = await done(upload(focal(), task.id, 'linked.pdf', aPdf('1')));
    await done(upload(focal(), task.id, 'unused.pdf', aPdf('2')));
    await moved(focal(), task, 'submit', naming(linked.id));

    office().clock.advance(week - 1);
    await keepHouse();
    expect(await names()).to.deep.equal(['linked.pdf', 'unused.pdf']);
    office().clock.advance(2);
    await keepHouse();
    await keepHouse();

    expect(await names()).to.deep.equal(['linked.pdf']);
    expect(filesIn(office().folder)).to.have.length(1);
    office().clock.advance(10 * week);
    await keepHouse();
    expect((await download(office(), focal(), task.id, linked.id)).status).to.equal(200);
    expect(
      await verify(verifySource(office().pool, office().clock), { content: diskStorage(office().folder).open }),
    ).to.deep.equal([]);
  });

  it('leaves a row that leads to the content when it is killed between the two, and finishes the next time', async () => {
    const task = await acknowledged(office());
    const { id } = await done(upload(focal(), task.id, 'half.pdf', aPdf()));
    office().clock.advance(week + 1);

    // The content goes, and the process with it.
    const files = evidenceFiles(office().pool);
    const killed = clearFiles({
      files: { ...files, forget: () => Promise.reject(new Error('killed')) },
      storage: diskStorage(office().folder),
      spool: spoolIn(path.join(office().folder, 'incoming')),
      audit: office().composition.audit,
      clock: office().clock,
      log: quiet,
    })();
    expect(await killed.catch((error: Error) => error.message)).to.equal('killed');

    expect((await fileRows(office().pool)).map(({ name, state }) => [name, state])).to.deep.include([
      'half.pdf',
      'leaving',
    ]);
    expect((await download(office(), focal(), task.id, id)).status).to.equal(404);
    const { status, body } = await moving(focal(), task, 'submit', naming(id));
    expect([status, body.code]).to.deep.equal([422, 'evidence.unknown_file']);
    await keepHouse();
    expect(await names()).to.not.include('half.pdf');
  });

  it('keeps the row while the storage is away, and goes on with the others', async () => {
    const task = await acknowledged(office());
    const first = await done(upload(focal(), task.id, 'stays.pdf', aPdf('1')));
    await done(upload(focal(), task.id, 'goes.pdf', aPdf('2')));
    const { storage_key: stuck } = (await fileRows(office().pool)).find(({ id }) => id === first.id);
    office().clock.advance(week + 1);

    const disk = diskStorage(office().folder);
    await clear({ remove: (key) => (key === stuck ? Promise.reject(new Error('away')) : disk.remove(key)) })();

    const left = await names();
    expect(left).to.include('stays.pdf');
    expect(left).to.not.include('goes.pdf');
  });

  it('removes what an upload left that was killed at any point', async () => {
    const task = await acknowledged(office());
    const account = (await office().pool.query(`select id from account where name = 'unit.snv'`)).rows[0].id;
    const file = (id: string, key: string) => ({
      id,
      taskId: task.id,
      name: 'killed.pdf',
      type: 'application/pdf' as const,
      bytes: 5,
      sha256: 'x',
      storageKey: key.repeat(32),
      by: account,
      uploadedAt: office().clock.now().toISOString(),
      scan: 'skipped' as const,
      linkedSeq: null,
    });
    const files = evidenceFiles(office().pool);
    // Killed before the storage had it, and after.
    await files.begin(file('00000000-0000-4000-8000-00000000000a', 'a'), 100);
    await files.begin(file('00000000-0000-4000-8000-00000000000b', 'b'), 100);
    const received = await spoolIn(path.join(office().folder, 'incoming')).receive(
      (async function* () {
        yield Buffer.from('%PDF-');
      })(),
      10,
    );
    await diskStorage(office().folder).put('b'.repeat(32), received);
    expect((await done(focal().get(`/tasks/${task.id}/files`))).items).to.deep.equal([]);

    office().clock.advance(hour - 1);
    await keepHouse();
    expect(await names()).to.include('killed.pdf');
    office().clock.advance(2);
    await keepHouse();

    expect(await names()).to.not.include('killed.pdf');
    expect(filesIn(office().folder).filter((name) => name.includes('bbbb'))).to.deep.equal([]);
  });

  it('never takes a file that is handed in at the same moment', async () => {
    for (let round = 0; round < 15; round += 1) {
      const task = await acknowledged(office());
      const { id } = await done(upload(focal(), task.id, 'race.pdf', aPdf(String(round))));
      office().clock.advance(week + 1);
      await focal().token();

      const [answer] = await Promise.all([moving(focal(), task, 'submit', naming(id)), clear()()]);

      const there = (await fileRows(office().pool)).find((row) => row.id === id);
      if (answer.status === 200) expect(there).to.include({ state: 'kept', linked_seq: answer.body.version });
      else expect([answer.status, answer.body.code]).to.deep.equal([422, 'evidence.unknown_file']);
    }
    expect(
      await verify(verifySource(office().pool, office().clock), { content: diskStorage(office().folder).open }),
    ).to.deep.equal([]);
  });
});

describe('The verification of files', () => {
  it('finds a file that was changed, lost or swapped, in the tables and in the storage', async () => {
    const office = await openOffice();
    try {
      const task = await acknowledged(office);
      const { id } = await done(upload(office.as('unit.snv'), task.id, 'a.pdf', aPdf()));
      await moved(office.as('unit.snv'), task, 'submit', naming(id));
      const [file = ''] = filesIn(office.folder);
      const { open } = diskStorage(office.folder);
      const found = async () =>
        (await verify(verifySource(office.pool, office.clock), { content: open }))
          .filter(({ invariant }) => invariant === 'I14')
          .map(({ message }) => message);
      expect(await found()).to.deep.equal([]);

      writeFileSync(file, aPdf('khác'));
      expect((await found())[0]).to.match(/^has another content in the storage/);
      rmSync(file);
      expect(await found()).to.deep.equal(['is not in the storage']);
      writeFileSync(file, aPdf());

      await office.pool.query('alter table evidence_file disable trigger user');
      for (const [statement, undo, message] of [
        [
          `update evidence_file set sha256 = 'x'`,
          `update evidence_file set sha256 = $1`,
          /whose row says something else/,
        ],
        [
          `update evidence_file set linked_seq = 1`,
          `update evidence_file set linked_seq = 3, sha256 = $1`,
          /is linked to event 1, which does not name it/,
        ],
        ['delete from evidence_file', undefined, /which is not there/],
      ] as const) {
        const { rows } = await office.pool.query('select sha256 from evidence_file');
        await office.pool.query(statement);
        expect((await found()).join('\n')).to.match(message);
        if (undo) await office.pool.query(undo, [rows[0].sha256]);
      }
    } finally {
      await office.close();
    }
  });
});

describe('An office whose files lie in a storage over S3', () => {
  it('takes, hands in, gives out and removes files like any other', async () => {
    const s3 = await openS3();
    const folder = mkdtempSync(path.join(tmpdir(), 'dondoc-s3-office-'));
    const office = await openOffice({ config: { EVIDENCE_S3_URL: s3.url, EVIDENCE_DIR: folder } });
    try {
      const task = await acknowledged(office);
      const linked = await done(upload(office.as('unit.snv'), task.id, 'a.pdf', aPdf('1')));
      const unused = await done(upload(office.as('unit.snv'), task.id, 'b.pdf', aPdf('2')));
      await moved(office.as('unit.snv'), task, 'submit', naming(linked.id));

      const read = await download(office, office.as('appraiser.stttt'), task.id, linked.id);
      expect(read.content.equals(aPdf('1'))).to.equal(true);
      expect(filesIn(folder)).to.deep.equal([]);
      office.clock.advance(week + 1);
      await office.composition.intentions.plan('housekeeping', 'tidy-up', office.clock.now());
      await office.workers.settle();
      expect((await download(office, office.as('unit.snv'), task.id, unused.id)).status).to.equal(404);
      expect((await download(office, office.as('unit.snv'), task.id, linked.id)).status).to.equal(200);
    } finally {
      await office.close();
      await s3.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('says that the storage is away, and keeps nothing', async () => {
    const office = await openOffice({ config: { EVIDENCE_S3_URL: 'http://k:s@127.0.0.1:1/evidence' } });
    try {
      const task = await acknowledged(office);
      const { status, body } = await upload(office.as('unit.snv'), task.id, 'a.pdf', aPdf(), { key: 'again' });
      expect([status, body.code, body.reason]).to.deep.equal([503, 'service.unavailable', 'file_storage']);
      expect((await done(office.as('unit.snv').get(`/tasks/${task.id}/files`))).items).to.deep.equal([]);
      expect(filesIn(office.folder)).to.deep.equal([]);
    } finally {
      await office.close();
    }
  });
});
