// Nobody answers the appraisal of their own work: every door by which a decision could come in, from one table.

import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { outcomes } from '../../src/domain/workflow/definition.ts';
import { type Json, send } from '../support/client.ts';
import { forgedLink, linkTokens } from '../support/decision-links.ts';
import { aPdf, upload } from '../support/evidence.ts';
import { done, type Office, suiteOffice } from '../support/http-office.ts';
import { acknowledged, aTask, eventsOf, moved, moving, submission, submitted } from '../support/tasks.ts';

interface Door {
  readonly name: string;
  /** Tries everything; whatever it brings about is looked at afterwards. */
  readonly tries: (office: Office) => Promise<void>;
}

const answers = ['approve', 'reject', 'return'] as const;
const reason = 'Tự thẩm định';

const hired = async (office: Office, memberships: Parameters<Office['hire']>[0]['memberships']) => {
  const name = `p${randomUUID().slice(0, 8)}`;
  const id = await office.hire({ name, memberships });
  return { id, name, as: office.as(name) };
};
type Hired = Awaited<ReturnType<typeof hired>>;
const appraiser = { role: 'appraiser', unit: 'STTTT' } as const;
const ofUnit = { role: 'focal_point', unit: 'SNV' } as const;
const leaves = ({ id }: Hired, office: Office) =>
  office.pool.query(`delete from membership where account_id = $1 and unit = 'SNV'`, [id]);

interface Conflict {
  readonly person: Hired;
  readonly task: Json;
}

/** Every way to have a part in the case and a seat on the panel. */
const conflicts: Readonly<Record<string, (office: Office) => Promise<Conflict>>> = {
  async 'the submitter, who has changed to the agency since'(office) {
    const person = await hired(office, [ofUnit, appraiser]);
    const task = await moved(person.as, await acknowledged(office), 'submit', submission);
    await leaves(person, office);
    return { person, task };
  },
  async 'the author of evidence, who has changed to the agency since'(office) {
    const person = await hired(office, [ofUnit, appraiser]);
    const open = await submitted(office);
    const question = { question: 'Số liệu lấy từ đâu?' };
    const asked = await done(
      office.as('appraiser.stttt').post(`/tasks/${open.id}/questions`, question, { ifMatch: open.version }),
    );
    const answer = { answer: 'Từ phụ lục.', evidence: [{ title: 'Phụ lục' }] };
    const task = await done(person.as.post(`/tasks/${open.id}/answers`, answer, { ifMatch: asked.version }));
    await leaves(person, office);
    return { person, task };
  },
  async 'the uploader of a file that a colleague handed in'(office) {
    const person = await hired(office, [ofUnit, appraiser]);
    const open = await acknowledged(office);
    const { id } = await done(upload(person.as, open.id, 'so-lieu.pdf', aPdf()));
    const naming = { ...submission, evidence: [{ title: 'Số liệu', file: id }] };
    const task = await moved(office.as('head.snv'), open, 'submit', naming);
    await leaves(person, office);
    return { person, task };
  },
  'somebody of the unit': async (office) => ({
    person: await hired(office, [ofUnit, appraiser]),
    task: await submitted(office),
  }),
  'somebody of a room below the unit': async (office) => ({
    person: await hired(office, [{ role: 'focal_point', unit: 'PCNTT' }, appraiser]),
    task: await submitted(office),
  }),
  'somebody of the department above the unit': async (office) => ({
    person: await hired(office, [ofUnit, appraiser]),
    task: await submitted(office, { leadUnit: 'PCNTT' }),
  }),
  async 'somebody who left the unit while the task ran'(office) {
    const task = await submitted(office, { effectiveAt: '2022-02-21T08:00:00+07:00' });
    const validTo = '2022-03-01';
    return { person: await hired(office, [{ ...ofUnit, validTo }, appraiser]), task };
  },
};

const everyConflict = async (office: Office, tries: (conflict: Conflict, name: string) => Promise<void>) => {
  for (const [name, made] of Object.entries(conflicts)) {
    const conflict = await made(office);
    await tries(conflict, name);
    const now = await done(office.as('office').get(`/tasks/${conflict.task.id}`));
    expect([now.category, now.version], name).to.deep.equal(['awaiting_appraisal', conflict.task.version]);
  }
};

/** An answer to an appraisal is a move that carries it, or a vote. */
const decisions = async (office: Office): Promise<readonly { task: string; actor: string | null; cause: string }[]> => {
  const { rows } = await office.pool.query(
    `select task_id as task, actor, cause from task_event
     where type = 'task.vote_cast' or (type = 'task.moved' and payload ? 'answer') order by task_id, seq`,
  );
  return rows;
};

const sheet = (code: string, unit: string, agency: string) =>
  `Mã;Đơn vị;Nội dung cam kết;Cơ quan thẩm định\n${code};${unit};Nhập;${agency}\n`;
const csv = { type: 'text/csv' };
const newCode = () => `N-${randomUUID().slice(0, 8)}`;

const doors: readonly Door[] = [
  {
    name: 'HTTP: one transition',
    tries: (office) =>
      everyConflict(office, async ({ person, task }, name) => {
        for (const answer of answers) {
          const { status, body } = await moving(person.as, task, answer, { reason });
          expect([status, body.code], `${name}: ${answer}`).to.deep.equal([403, 'conflict_of_interest']);
        }
      }),
  },
  {
    name: 'HTTP: many at once',
    tries: (office) =>
      everyConflict(office, async ({ person, task }, name) => {
        for (const preview of [true, false])
          for (const transition of answers) {
            const items = [{ id: task.id, version: task.version }];
            const { ok, failed } = await done(
              person.as.post('/tasks/transitions', { transition, reason, items, preview }),
            );
            expect([ok, failed[task.id]?.code], name).to.deep.equal([[], 'conflict_of_interest']);
          }
      }),
  },
  {
    name: 'HTTP: an opinion or a question of the panel',
    tries: (office) =>
      everyConflict(office, async ({ person, task }, name) => {
        for (const [path, body] of [
          ['opinions', { stance: 'agree' }],
          ['questions', { question: 'Vì sao?' }],
        ] as const) {
          const answer = await person.as.post(`/tasks/${task.id}/${path}`, body, { ifMatch: task.version });
          expect([answer.status, answer.body.code], name).to.deep.equal([403, 'conflict_of_interest']);
        }
      }),
  },
  {
    name: 'a link in a mail, made for somebody who has a part in the case',
    tries: (office) =>
      everyConflict(office, async ({ person, task }, name) => {
        const { id, token } = await forgedLink(office, task, person.id);
        const address = new URL(`/d/${token}`, office.address);
        const shown = await fetch(address);
        expect([shown.status, (await shown.text()).includes('<form')], name).to.deep.equal([403, false]);
        for (const outcome of outcomes) {
          const nonce = linkTokens.nonce(id, task.version);
          const form = { outcome, reason, missing: 'Số liệu', version: String(task.version), nonce };
          const { status } = await fetch(address, { method: 'POST', body: new URLSearchParams(form) });
          expect(status, `${name}: ${outcome}`).to.equal(403);
        }
      }),
  },
  {
    name: 'reorganisation: a task that comes into its appraiser’s line, or out of the unit that did the work',
    async tries(office) {
      const admin = office.as('admin');
      for (const [order, code] of ['XA', 'XB'].entries()) {
        const unit = { code, name: `UBND xã ${code}`, class: 'commune', bloc: 'commune', order: 90 + order };
        await done(admin.post('/units', { ...unit, validFrom: '2000-01-01' }));
      }
      await office.hire({ name: 'unit.xa', memberships: [{ role: 'focal_point', unit: 'XA' }] });
      const long = { leadUnit: 'XA', effectiveAt: '2022-02-21T08:00:00+07:00' };
      const task = await submitted(office, long);
      const validTo = '2022-02-25';
      const insiders = {
        'left before the merger': await hired(office, [{ role: 'focal_point', unit: 'XA', validTo }, appraiser]),
        'came in by the merger': await hired(office, [{ role: 'focal_point', unit: 'XB' }, appraiser]),
      };
      const merger = {
        kind: 'merge',
        effectiveOn: '2022-03-01',
        document: { number: '1/NQ', date: '2022-02-20', issuer: 'UBTVQH' },
        predecessors: ['XA', 'XB'],
      };
      const intoAgency = await admin.post('/reorganisations', { ...merger, successors: [{ code: 'STTTT' }] });
      expect([intoAgency.status, intoAgency.body.code]).to.deep.equal([409, 'reorganisation.conflicts']);

      const successors = [{ code: 'XC', name: 'UBND xã XC', class: 'commune', bloc: 'commune', order: 92 }];
      const { id } = await done(admin.post('/reorganisations', { ...merger, successors }));
      await office.workers.settle();
      expect((await done(admin.get(`/reorganisations/${id}`))).status).to.equal('done');
      const moved = await done(office.as('office').get(`/tasks/${task.id}`));
      expect([moved.leadUnit, moved.category]).to.deep.equal(['XC', 'awaiting_appraisal']);
      for (const [name, person] of Object.entries(insiders))
        for (const answer of answers) {
          const { status, body } = await moving(person.as, moved, answer, { reason });
          expect([status, body.code, body.conflict], name).to.deep.equal([403, 'conflict_of_interest', 'own_line']);
        }
      const toOwn = { appraiserUnit: 'XC', reason };
      const given = await office.as('office').post(`/tasks/${task.id}/appraisers`, toOwn, { ifMatch: moved.version });
      expect([given.status, given.body.code]).to.deep.equal([403, 'conflict_of_interest']);
    },
  },
  {
    name: 'HTTP: assigning to an agency of the unit’s own line',
    async tries(office) {
      for (const [leadUnit, appraiserUnit, participants] of [
        ['SNV', 'SNV', []],
        ['SNV', 'PCNTT', []],
        ['PCNTT', 'SNV', []],
        ['SNV', 'STTTT', ['PCNTT']],
      ] as const) {
        const { status, body } = await office
          .as('office')
          .post('/tasks', aTask({ leadUnit, appraiserUnit, participants }));
        expect([status, body.code, body.conflict]).to.deep.equal([403, 'conflict_of_interest', 'own_line']);
      }
    },
  },
  {
    name: 'HTTP: giving the appraisal to an agency of the unit’s own line',
    async tries(office) {
      const task = await submitted(office);
      for (const body of [{ appraiserUnit: 'PCNTT' }, { appraiserUnit: 'STTTT', participants: ['SNV'] }]) {
        const answer = await office
          .as('office')
          .post(`/tasks/${task.id}/appraisers`, { ...body, reason }, { ifMatch: task.version });
        expect([answer.status, answer.body.code]).to.deep.equal([403, 'conflict_of_interest']);
      }
    },
  },
  {
    name: 'import: a row whose appraiser is in the unit’s line',
    async tries(office) {
      const as = office.as('office');
      for (const [unit, agency] of [
        ['SNV', 'SNV'],
        ['SNV', 'PCNTT'],
        ['PCNTT', 'SNV'],
      ] as const) {
        const refused = await as.post('/imports?programme=CK', sheet(newCode(), unit, agency), csv);
        expect([refused.status, refused.body.code]).to.deep.equal([422, 'import.rows_invalid']);
        expect(refused.body.problems.map(({ code }: Json) => code).join()).to.match(/^appraiser[._]\w+$/);
        const partial = await done(as.post('/imports?programme=CK&mode=partial', sheet(newCode(), unit, agency), csv));
        await office.workers.settle();
        expect((await done(as.get(`/imports/${partial.id}`))).created).to.equal(0);
      }
      // Accepted, and the agency comes into the line before a worker writes it.
      const run = await done(as.post('/imports?programme=CK', sheet(newCode(), 'TPCL', 'SKHDT'), csv));
      await office.pool.query(`update unit set parent = 'TPCL' where code = 'SKHDT'`);
      await office.workers.settle();
      await office.pool.query(`update unit set parent = null where code = 'SKHDT'`);
      const { status, created } = await done(as.get(`/imports/${run.id}`));
      expect([status, created]).to.deep.equal(['refused', 0]);
    },
  },
  {
    name: 'substitution: the submitter and the author of evidence stand in for the appraiser',
    async tries(office) {
      const appraisers = await office.pool.query<{ id: string }>(
        `select a.id from account a join membership m on m.account_id = a.id where m.role = 'appraiser' and m.unit = 'VPUBND'`,
      );
      const away = appraisers.rows[0]?.id;
      const clerk = await hired(office, [ofUnit]);
      const task = await moved(clerk.as, await acknowledged(office, { appraiserUnit: 'VPUBND' }), 'submit', submission);
      for (const moveOn of [false, true]) {
        // Even after the clerk has left the unit for another.
        if (moveOn) await office.pool.query(`update membership set unit = 'TPCL' where account_id = $1`, [clerk.id]);
        const body = { accountId: away, from: '2022-03-01', until: '2022-04-01', substitute: clerk.id, signing: 'TL.' };
        const absence = await done(office.as('office').post('/absences', body));
        for (const answer of answers) {
          const refused = await moving(clerk.as, task, answer, { reason });
          expect([refused.status, refused.body.code]).to.deep.equal([403, 'conflict_of_interest']);
        }
        const { seats, incident } = await done(office.as('office').get(`/tasks/${task.id}/panel`));
        expect([seats[0].voter, seats[0].empty, incident]).to.deep.equal([null, 'submitter', 'nobody_eligible']);
        await done(office.as('office').delete(`/absences/${absence.id}`));
      }
    },
  },
  {
    name: 'substitution: named by the head of a unit that the appraiser has left, or only follows',
    async tries(office) {
      const validTo = '2022-02-15';
      for (const membership of [{ ...ofUnit, validTo }, { role: 'specialist', unit: 'SNV' } as const]) {
        const away = await hired(office, [membership, appraiser]);
        const friend = await hired(office, [{ role: 'focal_point', unit: 'TPCL' }]);
        const body = { accountId: away.id, from: '2022-03-01', until: '2022-04-01', substitute: friend.id };
        const refused = await office.as('head.snv').post('/absences', body);
        expect([refused.status, refused.body.code]).to.deep.equal([403, 'permission.denied']);
        // The head of the agency may.
        const own = await done(office.as('head.stttt').post('/absences', body));
        await done(office.as('head.stttt').delete(`/absences/${own.id}`));
      }
    },
  },
  {
    name: 'worker: timers, forged jobs and forged rows',
    async tries(office) {
      const task = await submitted(office);
      const office2 = await office.pool.query<{ id: string }>(`select id from account where name = 'office'`);
      for (const [rule, payload] of [
        ['approve', { transition: 'approve' }],
        ['appraise', { transition: 'approve', actor: office2.rows[0]?.id, outcome: 'achieved' }],
        ['task.moved', { type: 'task.moved', to: 'done' }],
      ] as const)
        await office.pool.query(
          `insert into intention (queue, kind, task_id, rule, occurrence, anchor, payload, due_at, ready_at)
           values ('timers', 'fire-timer', $1, $2, 1, 'x', $3, $4, $4)`,
          [task.id, rule, JSON.stringify(payload), office.clock.now()],
        );
      await office.workers.settle();
      // Months in which nobody decides: time reminds and urges, and never answers.
      await office.workers.liveUntil('2022-09-30');
      const { category } = await done(office.as('office').get(`/tasks/${task.id}`));
      expect(category).to.equal('awaiting_appraisal');
      const moves = (await eventsOf(office, task.id)).filter(({ type }) => type === 'task.moved');
      expect(moves.map(({ payload }) => payload.transition)).to.deep.equal(['acknowledge', 'submit']);
      office.clock.moveTo('2022-03-01');
    },
  },
  {
    name: 'operator: retrying what failed',
    async tries(office) {
      const code = newCode();
      const run = await done(office.as('aggregator').post('/imports?programme=CK', sheet(code, 'SNV', 'STTTT'), csv));
      await office.pool.query(
        `update intention set parked_at = $2, attempts = 5 where payload->>'importId' = $1 or queue = 'timers'`,
        [run.id, office.clock.now()],
      );
      const { rows } = await office.pool.query<{ id: string }>('select id from intention where parked_at is not null');
      expect(rows.length).to.be.greaterThan(1);
      for (const { id } of rows)
        await done(office.as('operator').post(`/operations/intentions/${id}/retry`, { reason }));
      await office.workers.settle();

      const [task] = (await done(office.as('office').get(`/tasks?programme=CK&q=${code}`))).items;
      const operator = (await done(office.as('operator').get('/me'))).id;
      const importer = (await done(office.as('aggregator').get('/me'))).id;
      expect((await eventsOf(office, task.id)).map(({ type, actor }) => [type, actor])).to.deep.equal([
        ['task.assigned', importer],
      ]);
      const { rows: own } = await office.pool.query('select 1 from task_event where actor = $1', [operator]);
      expect(own).to.deep.equal([]);
    },
  },
  {
    name: 'HTTP: roles that decide elsewhere, administrators first of all',
    async tries(office) {
      const task = await submitted(office);
      for (const name of [
        'admin',
        'operator',
        'auditor',
        'aggregator',
        'leader',
        'unit.snv',
        'head.snv',
        'appraiser.tpcl',
      ])
        for (const answer of answers) {
          const { status } = await moving(office.as(name), task, answer, { reason });
          expect(status, `${name}: ${answer}`).to.be.oneOf([403, 404]);
        }
    },
  },
];

/** Doors that are not there yet: an address that begins to exist needs a row above, and leaves this list. */
const notThere: Readonly<Record<string, RegExp>> = {
  'moving tasks to another version of their workflow': /migrat/,
};

describe('Separation of duties', () => {
  const office = suiteOffice({ day: '2022-03-01' });

  for (const { name, tries } of doors)
    it(`S4: holds at the door “${name}”`, async function () {
      this.timeout(60_000);
      const before = await decisions(office());

      await tries(office());

      expect(await decisions(office())).to.deep.equal(before);
    });

  for (const [name, address] of Object.entries(notThere))
    it(`S4: has no door “${name}” that nobody watches`, async () => {
      const { body } = await send(office().address, 'GET', '/openapi.json', {});
      expect(Object.keys(body.paths).filter((path) => address.test(path))).to.deep.equal([]);
    });

  it('S4: keeps nobody else from deciding: the same task is answered by who has no part in it', async () => {
    const task = await submitted(office());
    const insider = await hired(office(), [ofUnit, appraiser]);
    expect((await moving(insider.as, task, 'approve')).body.code).to.equal('conflict_of_interest');

    expect((await moved(office().as('appraiser.stttt'), task, 'approve')).category).to.equal('done');
  });

  it('S4: takes nobody who only follows the unit for one of its people', async () => {
    const task = await submitted(office());
    const follower = await hired(office(), [{ role: 'specialist', unit: 'SNV' }, appraiser]);

    expect((await moved(follower.as, task, 'approve')).category).to.equal('done');
  });
});
