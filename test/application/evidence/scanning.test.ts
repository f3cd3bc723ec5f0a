import { expect } from 'chai';
import { eicar, openClamd } from '../../support/clamd.ts';
import { aPdf, download, fileRows, filesIn, upload } from '../../support/evidence.ts';
import { done, type Office, openOffice } from '../../support/http-office.ts';
import { acknowledged, moving, submission } from '../../support/tasks.ts';

const hour = 3_600_000;
const naming = (file: string) => ({ ...submission, evidence: [{ title: 'Minh chứng', file }] });

describe('Files and the virus scanner', () => {
  let clamd: Awaited<ReturnType<typeof openClamd>>;
  let office: Office;
  beforeEach(async () => {
    clamd = await openClamd();
    office = await openOffice({ config: { CLAMD_URL: clamd.url } });
  });
  afterEach(async () => {
    await office.close();
    await clamd.close();
  });
  const scans = async () =>
    (await office.pool.query(`select attempts, parked_at from intention where kind = 'scan-evidence'`)).rows;

  it('scan a file before it can be handed in, and note that it is clean', async () => {
    const task = await acknowledged(office);
    const { id, scan } = await done(upload(office.as('unit.snv'), task.id, 'a.pdf', aPdf()));

    expect([scan, clamd.seen.scans]).to.deep.equal(['clean', 1]);
    expect((await moving(office.as('unit.snv'), task, 'submit', naming(id))).status).to.equal(200);
  });

  it('S8: refuse an infected file, store nothing of it, and write down who brought it', async () => {
    const task = await acknowledged(office);
    const { status, body } = await upload(office.as('unit.snv'), task.id, 'a.pdf', aPdf(eicar));

    expect([status, body.code]).to.deep.equal([422, 'evidence.infected']);
    expect([await fileRows(office.pool), filesIn(office.folder)]).to.deep.equal([[], []]);
    const { rows } = await office.pool.query(
      `select e.object, e.detail->>'signature' as signature, a.name from audit_entry e join account a on a.id::text = e.actor
       where e.action = 'evidence.infected'`,
    );
    expect(rows).to.deep.equal([{ object: `task ${task.id}`, signature: 'Eicar-Signature', name: 'unit.snv' }]);
  });

  it('keep a file while the scanner is away, let nobody read it or hand it in, and scan it as soon as it is back', async () => {
    const task = await acknowledged(office);
    await clamd.close();
    const { id, scan } = await done(upload(office.as('unit.snv'), task.id, 'a.pdf', aPdf()));
    expect(scan).to.equal('pending');
    const early = await moving(office.as('unit.snv'), task, 'submit', naming(id));
    expect([early.status, early.body.code]).to.deep.equal([409, 'evidence.not_scanned']);
    expect((await download(office, office.as('unit.snv'), task.id, id)).status).to.equal(409);

    // For as long as it takes: no number of attempts makes it an operator's affair.
    for (let tried = 0; tried < 15; tried += 1) {
      office.clock.advance(60_000);
      await office.workers.settle();
    }
    expect(await scans()).to.deep.equal([{ attempts: 15, parked_at: null }]);
    clamd = await openClamd({ port: Number(new URL(clamd.url).port) });
    office.clock.advance(60_000);
    await office.workers.settle();

    expect(await scans()).to.deep.equal([]);
    expect((await moving(office.as('unit.snv'), task, 'submit', naming(id))).status).to.equal(200);
  });

  it('S8: give out nothing of a file that turns out infected later, and remove it after a week', async () => {
    const task = await acknowledged(office);
    await clamd.close();
    const { id } = await done(upload(office.as('unit.snv'), task.id, 'a.pdf', aPdf(eicar)));
    clamd = await openClamd({ port: Number(new URL(clamd.url).port) });
    await office.workers.settle();

    const handing = await moving(office.as('unit.snv'), task, 'submit', naming(id));
    const reading = await download(office, office.as('unit.snv'), task.id, id);
    expect([handing.status, handing.body.code, reading.status]).to.deep.equal([422, 'evidence.infected', 422]);
    const { items } = await done(office.as('unit.snv').get(`/tasks/${task.id}/files`));
    expect(items.map((file: { scan: string }) => file.scan)).to.deep.equal(['infected']);
    office.clock.advance(7 * 24 * hour + 1);
    await office.composition.intentions.plan('housekeeping', 'tidy-up', office.clock.now());
    await office.workers.settle();
    expect([await fileRows(office.pool), filesIn(office.folder)]).to.deep.equal([[], []]);
  });
});
