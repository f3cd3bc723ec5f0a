import { createHash } from 'node:crypto';
import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { anonymously, aPdf, aPng, download, fileRows, filesIn, upload } from '../support/evidence.ts';
import { done, suiteOffice } from '../support/http-office.ts';
import { acknowledged, assigned, eventsOf, letter, moved, moving, submission } from '../support/tasks.ts';

const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

describe('Evidence as files', () => {
  const faults: string[] = [];
  const office = suiteOffice({
    log: { debug() {}, info() {}, warn() {}, error: (message) => void faults.push(message) },
    accounts: [
      // Delegated to the agency while still collecting papers in the department.
      {
        name: 'both',
        memberships: [
          { role: 'focal_point', unit: 'SNV' },
          { role: 'appraiser', unit: 'STTTT' },
        ],
      },
      {
        name: 'clerk',
        memberships: [{ role: 'office' }, { role: 'appraiser', unit: 'STTTT' }],
      },
    ],
  });
  const as = (name: string) => office().as(name);
  const naming = (file: string) => ({
    ...submission,
    evidence: [{ title: 'Báo cáo kết quả thực hiện', reference: '12/BC-SNV', file }],
  });

  it('leads a PDF from the focal point through the submission to the appraiser, who reads it and approves', async () => {
    const task = await acknowledged(office());
    const content = aPdf();
    const given = await upload(as('unit.snv'), task.id, 'Báo cáo quý II (bản ký).pdf', content);
    expect([given.status, given.body.name, given.body.type, given.body.scan]).to.deep.equal([
      201,
      'Báo cáo quý II (bản ký).pdf',
      'application/pdf',
      'skipped',
    ]);
    expect(given.headers.get('location')).to.equal(`/api/v1/tasks/${task.id}/files/${given.body.id}`);
    expect([given.body.sha256, given.body.bytes, given.body.linkedSeq]).to.deep.equal([
      sha256(content),
      content.length,
      null,
    ]);

    const handedIn = await moved(as('unit.snv'), task, 'submit', naming(given.body.id));
    const { payload } = (await eventsOf(office(), task.id)).at(-1);
    expect(payload.evidence).to.deep.equal([
      {
        title: 'Báo cáo kết quả thực hiện',
        reference: '12/BC-SNV',
        file: {
          id: given.body.id,
          sha256: sha256(content),
          bytes: content.length,
          type: 'application/pdf',
          by: given.body.uploadedBy,
        },
      },
    ]);
    const { items } = await done(as('appraiser.stttt').get(`/tasks/${task.id}/files`));
    expect(items.map((file: { id: string; linkedSeq: number }) => [file.id, file.linkedSeq])).to.deep.equal([
      [given.body.id, handedIn.version],
    ]);

    const read = await download(office(), as('appraiser.stttt'), task.id, given.body.id);
    expect([read.status, read.content.equals(content)]).to.deep.equal([200, true]);
    expect(Object.fromEntries(read.headers)).to.include({
      'content-type': 'application/pdf',
      'content-length': String(content.length),
      'content-disposition':
        'attachment; filename="Bao cao quy II (ban ky).pdf"; filename*=UTF-8\'\'B%C3%A1o%20c%C3%A1o%20qu%C3%BD%20II%20%28b%E1%BA%A3n%20k%C3%BD%29.pdf',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'private, no-store',
      etag: `"${sha256(content)}"`,
    });
    const looked = await download(office(), as('appraiser.stttt'), task.id, given.body.id, 'HEAD');
    expect([looked.status, looked.content.length, looked.headers.get('content-length')]).to.deep.equal([
      200,
      0,
      String(content.length),
    ]);
    expect((await moved(as('appraiser.stttt'), handedIn, 'approve')).category).to.equal('done');
  });

  it('keeps whoever uploaded a file from appraising it, whoever handed it in and in whatever other role', async () => {
    for (const uploader of ['both', 'clerk']) {
      const task = await acknowledged(office());
      const { id } = await done(upload(as(uploader), task.id, 'minh-chung.pdf', aPdf()));
      const handedIn = await moved(as('head.snv'), task, 'submit', naming(id));

      const { status, body } = await moving(as(uploader), handedIn, 'approve');

      expect([uploader, status, body.code, body.conflict]).to.deep.equal([
        uploader,
        403,
        'conflict_of_interest',
        'evidence_author',
      ]);
    }
  });

  it('takes files from the lead unit and the office while the task is open, and from nobody else', async () => {
    const task = await acknowledged(office());
    for (const [name, status, code] of [
      ['unit.snv', 201],
      ['head.snv', 201],
      ['office', 201],
      ['appraiser.snv', 403, 'permission.denied'],
      ['appraiser.stttt', 403, 'permission.denied'],
      ['leader', 403, 'permission.denied'],
      ['admin', 403, 'permission.denied'],
      ['auditor', 403, 'permission.denied'],
      ['unit.skhdt', 404, 'task.not_found'],
      // Operators may do this to no task at all, so none is looked for.
      ['operator', 403, 'permission.denied'],
    ] as const) {
      const answer = await upload(as(name), task.id, 'a.pdf', aPdf(name));
      expect([name, answer.status, answer.body.code]).to.deep.equal([name, status, code]);
    }
    const stopped = await moved(as('leader'), task, 'stop', { reason: 'Không còn phù hợp', document: letter });
    expect(stopped.category).to.equal('stopped');
    const late = await upload(as('unit.snv'), task.id, 'a.pdf', aPdf());
    expect([late.status, late.body.code]).to.deep.equal([409, 'task.wrong_state']);
  });

  it('S1: shows no other unit a file, its name or that it exists, by whatever id', async () => {
    const task = await acknowledged(office());
    const other = await assigned(office(), { leadUnit: 'TPCL' });
    const { id } = await done(upload(as('unit.snv'), task.id, 'a.pdf', aPdf()));

    for (const name of ['unit.tpcl', 'head.skhdt', 'appraiser.skhdt']) {
      const listed = await as(name).get(`/tasks/${task.id}/files`);
      const read = await as(name).get(`/tasks/${task.id}/files/${id}`);
      expect([name, listed.status, listed.body.code]).to.deep.equal([name, 404, 'task.not_found']);
      expect([name, read.status, read.body.code]).to.deep.equal([name, 404, 'task.not_found']);
    }
    // Through a task of their own.
    const swapped = await as('unit.tpcl').get(`/tasks/${other.id}/files/${id}`);
    expect([swapped.status, swapped.body.code]).to.deep.equal([404, 'evidence.not_found']);
    const nobody = await anonymously(office(), `/tasks/${task.id}/files/${id}`);
    expect([nobody.status, nobody.body.code]).to.deep.equal([401, 'session.required']);
    expect((await as('auditor').get(`/tasks/${task.id}/files/${id}`)).status).to.equal(200);
  });

  it('names in a transition only files of this very task, and changes nothing otherwise', async () => {
    const task = await acknowledged(office());
    const other = await acknowledged(office());
    const foreign = await done(upload(as('unit.snv'), other.id, 'a.pdf', aPdf()));

    for (const file of [foreign.id, '00000000-0000-4000-8000-000000000000']) {
      const { status, body } = await moving(as('unit.snv'), task, 'submit', naming(file));
      expect([status, body.code, body.pointer]).to.deep.equal([422, 'evidence.unknown_file', '/evidence/0/file']);
    }
    const { version } = await done(as('office').get(`/tasks/${task.id}`));
    expect(version).to.equal(task.version);
    const many = await as('unit.snv').post('/tasks/transitions', {
      transition: 'submit',
      ...naming(foreign.id),
      items: [{ id: other.id, version: other.version }],
    });
    expect([many.status, many.body.errors?.[0].pointer]).to.deep.equal([400, '/evidence/0/file']);
  });

  it('hands a file in again after a return, and lets one submission name several', async () => {
    const task = await acknowledged(office());
    const first = await done(upload(as('unit.snv'), task.id, 'mot.pdf', aPdf('một')));
    const handedIn = await moved(as('unit.snv'), task, 'submit', naming(first.id));
    const returned = await moved(as('appraiser.stttt'), handedIn, 'return', { reason: 'Thiếu phụ lục' });
    const second = await done(upload(as('head.snv'), task.id, 'hai.png', aPng()));

    await moved(as('unit.snv'), returned, 'submit', {
      ...submission,
      evidence: [first, second, second].map(({ id }) => ({ title: 'Minh chứng', file: id })),
    });

    const { items } = await done(as('unit.snv').get(`/tasks/${task.id}/files`));
    expect(items.map(({ name, linkedSeq }: { name: string; linkedSeq: number }) => [name, linkedSeq])).to.deep.equal([
      ['mot.pdf', handedIn.version],
      ['hai.png', returned.version + 1],
    ]);
  });

  it('comes with the answer to a question of the appraiser too, under the same rules', async () => {
    const task = await acknowledged(office());
    const handedIn = await moved(as('unit.snv'), task, 'submit', submission);
    const asked = await done(
      as('appraiser.stttt').post(
        `/tasks/${task.id}/questions`,
        { question: 'Đề nghị bổ sung phụ lục' },
        { ifMatch: handedIn.version },
      ),
    );
    const answering = (file: string) =>
      as('unit.snv').post(
        `/tasks/${task.id}/answers`,
        { answer: 'Xin gửi phụ lục', evidence: [{ title: 'Phụ lục', file }] },
        { ifMatch: asked.version },
      );
    const unknown = await answering('00000000-0000-4000-8000-000000000000');
    expect([unknown.status, unknown.body.code]).to.deep.equal([422, 'evidence.unknown_file']);
    const { id, sha256: hash } = await done(upload(as('office'), task.id, 'phu-luc.pdf', aPdf()));

    expect((await answering(id)).status).to.equal(200);

    const { payload } = (await eventsOf(office(), task.id)).at(-1);
    expect(payload.evidence[0].file).to.include({ id, sha256: hash });
  });

  it('answers a repeated upload with the first file, and refuses the key for another', async () => {
    const task = await acknowledged(office());
    const key = 'mot-lan';
    const first = await upload(as('unit.snv'), task.id, 'a.pdf', aPdf(), { key });
    const again = await upload(as('unit.snv'), task.id, 'a.pdf', aPdf(), { key });
    const other = await upload(as('unit.snv'), task.id, 'a.pdf', aPdf('khác'), { key });
    const renamed = await upload(as('unit.snv'), task.id, 'b.pdf', aPdf(), { key });

    expect([again.status, again.text]).to.deep.equal([201, first.text]);
    expect(again.headers.get('idempotent-replayed')).to.equal('true');
    for (const answer of [other, renamed])
      expect([answer.status, answer.body.code]).to.deep.equal([422, 'idempotency_key.reused']);
    const keyless = await upload(as('unit.snv'), task.id, 'a.pdf', aPdf(), { key: null });
    expect([keyless.status, keyless.body.code]).to.deep.equal([400, 'idempotency_key.missing']);
    const double = await Promise.all(
      Array.from({ length: 4 }, () => upload(as('unit.snv'), task.id, 'c.pdf', aPdf('hai lần'), { key: 'hai-lan' })),
    );
    expect(new Set(double.map(({ text }) => text)).size, double.map(({ text }) => text).join()).to.equal(1);
    const { items } = await done(as('unit.snv').get(`/tasks/${task.id}/files`));
    expect(items.map(({ name }: { name: string }) => name)).to.deep.equal(['a.pdf', 'c.pdf']);
  });

  it('keeps files under names of its own, for its own user, and as nothing that could run', async () => {
    const task = await acknowledged(office());
    await done(upload(as('unit.snv'), task.id, '../../../tmp/x.pdf', aPdf()));

    for (const file of filesIn(office().folder)) {
      expect(file.slice(office().folder.length)).to.match(/^\/[0-9a-f]{2}\/[0-9a-f]{32}$/);
      expect(statSync(file).mode & 0o777).to.equal(0o600);
      expect(statSync(path.dirname(file)).mode & 0o777).to.equal(0o700);
    }
  });

  it('never serves the whole of a file that was changed in the storage, and says so in the log', async () => {
    const task = await acknowledged(office());
    const content = aPdf('x'.repeat(300_000));
    const { id } = await done(upload(as('unit.snv'), task.id, 'a.pdf', content));
    const { storage_key: key } = (await fileRows(office().pool)).find((row) => row.id === id);
    const file = `${office().folder}/${key.slice(0, 2)}/${key}`;
    const changed = Buffer.from(content);
    changed[1000] = 0x79;
    for (const spoil of [
      () => writeFileSync(file, changed),
      () => truncateSync(file, 200_000),
      () => writeFileSync(file, Buffer.concat([content, Buffer.from('more')])),
    ]) {
      faults.length = 0;
      spoil();

      const outcome = await download(office(), as('unit.snv'), task.id, id).catch((error: Error) => error);

      expect(outcome).to.be.instanceOf(TypeError);
      expect(faults).to.deep.equal(['A response broke off.']);
    }
    writeFileSync(file, content);
    expect((await download(office(), as('unit.snv'), task.id, id)).content.equals(readFileSync(file))).to.equal(true);
  });

  it('lets nobody delete or change a file that was handed in, not even in the database', async () => {
    const task = await acknowledged(office());
    const { id } = await done(upload(as('unit.snv'), task.id, 'a.pdf', aPdf()));
    await moved(as('unit.snv'), task, 'submit', naming(id));

    for (const statement of [
      'delete from evidence_file where id = $1',
      `update evidence_file set sha256 = 'x' where id = $1`,
      'update evidence_file set linked_seq = null, linked_at = null where id = $1',
    ]) {
      const error = await office()
        .pool.query(statement, [id])
        .catch((thrown: { code: string }) => thrown);
      expect(error).to.have.property('code', '23001');
    }
    const truncated = await office()
      .pool.query('truncate evidence_file')
      .catch((thrown: { code: string }) => thrown);
    expect(truncated).to.have.property('code', '23001');
  });
});
