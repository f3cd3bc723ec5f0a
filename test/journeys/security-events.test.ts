// S26: what an auditor must be able to see afterwards, one row for each thing that people do outside tasks.

import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { builtInDefinitions } from '../../src/domain/workflow/built-in.ts';
import type { Answer, Json } from '../support/client.ts';
import { done, type Office, programmeCode, suiteOffice } from '../support/http-office.ts';
import { acknowledged, letter, moving, submitted } from '../support/tasks.ts';

interface Deed {
  readonly name: string;
  readonly who: string;
  readonly does: (office: Office) => Promise<Answer>;
  readonly status: number;
  readonly action: string;
  /** Whole, or its beginning. */
  readonly object: string;
  readonly outcome: string;
}

const workflow = builtInDefinitions[0]?.key;
const reason = { reason: 'Theo đề nghị của Thanh tra' };
const header = 'Mã,Nội dung,Đơn vị chủ trì,Đơn vị thẩm định,Thời hạn';

const deeds: readonly Deed[] = [
  {
    name: 'a route that the role does not open',
    who: 'unit.snv',
    does: (office) => office.as('unit.snv').post('/units', {}),
    status: 403,
    action: 'security.denied',
    object: 'POST /api/v1/units',
    outcome: 'denied',
  },
  {
    name: 'a transition that is for others',
    who: 'head.snv',
    does: async (office) => moving(office.as('head.snv'), await acknowledged(office), 'stop', { document: letter }),
    status: 403,
    action: 'security.denied',
    object: 'POST /api/v1/tasks/',
    outcome: 'denied',
  },
  {
    name: 'an appraisal by somebody of the appraised unit',
    who: 'both',
    does: async (office) => moving(office.as('both'), await submitted(office), 'approve'),
    status: 403,
    action: 'security.denied',
    object: 'POST /api/v1/tasks/',
    outcome: 'denied',
  },
  {
    name: 'an appraisal of many at once by somebody of the appraised unit',
    who: 'both',
    does: async (office) => {
      const items = [];
      for (let n = 0; n < 2; n += 1) {
        const { id, version } = await submitted(office);
        items.push({ id, version });
      }
      return office.as('both').post('/tasks/transitions', { transition: 'approve', items });
    },
    status: 200,
    action: 'security.denied',
    object: 'POST /api/v1/tasks/transitions',
    outcome: 'denied',
  },
  {
    name: 'the board of the queue',
    who: 'unit.snv',
    does: (office) => askBoard(office),
    status: 403,
    action: 'security.denied',
    object: 'GET /operations/board',
    outcome: 'denied',
  },
  {
    name: 'an export for an auditor',
    who: 'auditor',
    does: (office) => office.as('auditor').get('/audit/export'),
    status: 200,
    action: 'audit.exported',
    object: 'audit export',
    outcome: 'done',
  },
  {
    name: 'the annex of an urging letter taken away as a file',
    who: 'office',
    does: (office) => office.as('office').get(`/programmes/${programmeCode}/urging/overdue?format=csv`),
    status: 200,
    action: 'urging.exported',
    object: `programme ${programmeCode}`,
    outcome: 'done',
  },
  {
    name: 'the periodic reports of the units taken away as a file',
    who: 'office',
    does: (office) => office.as('office').get(`/programmes/${programmeCode}/obligations/export`),
    status: 200,
    action: 'obligation.exported',
    object: `programme ${programmeCode}`,
    outcome: 'done',
  },
  {
    name: 'the annexes of a report taken away as a file',
    who: 'leader',
    does: (office) => office.as('leader').get(`/reports/annexes?programme=${programmeCode}`),
    status: 200,
    action: 'report.exported',
    object: `programme ${programmeCode}`,
    outcome: 'done',
  },
  {
    name: 'a seal beside the daily one',
    who: 'admin',
    does: (office) => office.as('admin').post('/audit/checkpoints', reason),
    status: 201,
    action: 'audit.sealed',
    object: 'audit checkpoint',
    outcome: 'begun',
  },
  {
    name: 'a workflow that is published',
    who: 'admin',
    does: async (office) => {
      await done(office.as('admin').post('/workflows', { ...builtInDefinitions[0], version: 2 }));
      return office.as('admin').post(`/workflows/${workflow}/versions/2/publish`);
    },
    status: 200,
    action: 'definition.published',
    object: `workflow ${workflow} v2`,
    outcome: 'done',
  },
  {
    name: 'a workflow that is retired',
    who: 'admin',
    does: (office) => office.as('admin').post(`/workflows/${workflow}/versions/2/retire`),
    status: 204,
    action: 'definition.retired',
    object: `workflow ${workflow} v2`,
    outcome: 'done',
  },
  {
    name: 'a programme that is opened',
    who: 'admin',
    does: (office) =>
      office.as('admin').post('/programmes', { code: 'KH', name: 'Kế hoạch', year: 2022, workflow: 'commitment' }),
    status: 201,
    action: 'programme.opened',
    object: 'programme KH',
    outcome: 'done',
  },
  {
    name: 'a unit that is added',
    who: 'admin',
    does: (office) =>
      office.as('admin').post('/units', {
        code: 'SYT',
        name: 'Sở Y tế',
        class: 'department',
        bloc: 'department',
        order: 40,
        validFrom: '2000-01-01',
      }),
    status: 201,
    action: 'unit.added',
    object: 'unit SYT',
    outcome: 'done',
  },
  {
    name: 'a report that is frozen',
    who: 'aggregator',
    does: (office) => office.as('aggregator').post('/reports/runs', { programme: programmeCode }),
    status: 201,
    action: 'report.frozen',
    object: 'report ',
    outcome: 'done',
  },
  {
    name: 'an import that is started',
    who: 'office',
    does: (office) =>
      office
        .as('office')
        .post(`/imports?programme=${programmeCode}`, Buffer.from(`${header}\nA1,Nội dung,SNV,STTTT,30/06/2022\n`), {
          type: 'text/csv',
        }),
    status: 202,
    action: 'import.started',
    object: 'import ',
    outcome: 'done',
  },
  {
    name: 'a run on many tasks that is started',
    who: 'office',
    does: (office) =>
      office
        .as('office')
        .post('/tasks/bulk-runs', { kind: 'urge', channel: 'phone', items: [{ id: randomUUID(), version: 1 }] }),
    status: 202,
    action: 'bulk_run.started',
    object: 'bulk run ',
    outcome: 'done',
  },
  {
    name: 'a queue that is paused',
    who: 'operator',
    does: (office) => office.as('operator').post('/operations/queues/mail/pause', reason),
    status: 204,
    action: 'queue.paused',
    object: 'queue/mail',
    outcome: 'begun',
  },
];

describe('What people do outside tasks', () => {
  const office = suiteOffice({
    accounts: [
      {
        name: 'both',
        memberships: [
          { role: 'focal_point', unit: 'SNV' },
          { role: 'appraiser', unit: 'STTTT' },
        ],
      },
    ],
  });
  const entries = async (query: string): Promise<Json[]> =>
    (await done(office().as('auditor').get(`/audit/entries?${query}`))).items;

  for (const { name, does, status, action, object, outcome, who } of deeds)
    it(`S26: leaves exactly one entry: ${name}`, async () => {
      const before = (await entries(`action=${action}&limit=100`)).length;
      const answer = await does(office());
      expect(answer.status, answer.text.slice(0, 500)).to.equal(status);

      const found = await entries(`action=${action}&limit=100`);

      expect(found).to.have.length(before + 1);
      const [entry] = found;
      expect(entry.object.startsWith(object), entry.object).to.equal(true);
      expect(entry).to.include({ actorName: who, action, at: office().clock.now().toISOString() });
      expect(entry.detail).to.include({ address: '127.0.0.1', outcome });
    });

  it('S26: writes a refusal down once a minute for each person and thing, so that a loop cannot fill the list', async () => {
    const refused = (who: string, path: string) => office().as(who).post(path, {});
    const counted = async () => (await entries('action=security.denied&limit=100')).length;
    const before = await counted();

    // Twenty sign-ins at once would be throttled themselves.
    await office().as('unit.tpcl').token();
    await Promise.all(Array.from({ length: 20 }, () => refused('unit.tpcl', '/programmes')));
    expect(await counted()).to.equal(before + 1);
    await refused('head.tpcl', '/programmes');
    await refused('unit.tpcl', '/accounts');
    expect(await counted()).to.equal(before + 3);
    office().clock.advance(61_000);
    await refused('unit.tpcl', '/programmes');
    expect(await counted()).to.equal(before + 4);
  });

  it('are found by who, by the beginning of the action, by object and by day, page by page', async () => {
    office().clock.moveTo('2022-02-01');
    await done(office().as('admin').post('/audit/checkpoints', reason));

    const [entry] = await entries('action=audit.s&from=2022-02-01&to=2022-02-01');
    expect(entry).to.include({ action: 'audit.sealed', reason: reason.reason });
    expect(await entries(`action=audit.sealed&actor=${entry.actor}&to=2022-01-31`)).to.have.length(1);
    expect(await entries('object=unit%20SYT')).to.have.length(1);
    expect(await entries('actor=nobody')).to.deep.equal([]);
    const first = await done(office().as('admin').get('/audit/entries?limit=3'));
    const second = await done(office().as('admin').get(`/audit/entries?limit=3&cursor=${first.next}`));
    expect(Number(second.items[0].id)).to.be.lessThan(Number(first.items[2].id));
  });

  it('show themselves and the checkpoints to auditors and administrators only', async () => {
    for (const path of ['/audit/entries', '/audit/checkpoints', '/audit/checkpoints/1', '/audit/key', '/audit/export'])
      for (const [who, status] of Object.entries({
        auditor: 200,
        admin: 200,
        office: 403,
        leader: 403,
        'unit.snv': 403,
      }))
        expect((await office().as(who).get(path)).status, `${who} ${path}`).to.equal(status);
    expect((await office().as('auditor').post('/audit/checkpoints', reason)).status).to.equal(403);
    expect((await office().as('admin').post('/audit/checkpoints', {})).status).to.equal(400);
    expect((await office().as('auditor').get('/audit/checkpoints/999')).body.code).to.equal('checkpoint.not_found');
    const { items, next } = await done(office().as('auditor').get('/audit/checkpoints?limit=1'));
    const [older] = (await done(office().as('auditor').get(`/audit/checkpoints?limit=1&cursor=${next}`))).items;
    expect(items[0].previous).to.equal(older.hash);
  });
});

/** Above the API, where the board is. */
async function askBoard(office: Office): Promise<Answer> {
  const response = await fetch(`${office.address.replace('/api/v1', '')}/operations/board`, {
    headers: { Authorization: `Bearer ${await office.as('unit.snv').token()}` },
  });
  return { status: response.status, text: await response.text(), body: undefined, headers: response.headers };
}
