import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { expect } from 'chai';
import { decisionLinkStore } from '../../../src/adapters/db/decision-links.ts';
import { deskReader } from '../../../src/adapters/db/queries/appraisals.ts';
import { decisionLinks } from '../../../src/application/appraisals/decision-links.ts';
import type { Json } from '../../support/client.ts';
import { accountOf, away, commanded, morning } from '../../support/commands.ts';
import { forgedLink, linkTokens as tokens } from '../../support/decision-links.ts';
import { done, type Office, openOffice, suiteOffice } from '../../support/http-office.ts';
import { PostOffice } from '../../support/post-office.ts';
import { acknowledged, aTask, eventsOf, moved, submission, submitted } from '../../support/tasks.ts';

const publicUrl = 'https://dondoc.example.vn';
const linkPattern = /https:\/\/dondoc\.example\.vn\/d\/([\w-]{43})(?![\w-])/g;
const due = { due: { kind: 'on_or_before', day: '2022-12-31' } };

interface Page {
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
}

describe('Deciding by a link in a mail', () => {
  const post = new PostOffice();
  before(() => post.open());
  after(() => post.close());
  const logged: string[] = [];
  const note = (said: string, more?: object): void => {
    logged.push(`${said} ${inspect(more, { depth: 8 })}`);
  };
  const office = suiteOffice({
    day: '2022-06-06',
    log: { debug: note, info: note, warn: note, error: note },
    get config() {
      return { SMTP_URL: post.url, PUBLIC_URL: publicUrl };
    },
    accounts: [
      { name: 'second', memberships: [{ role: 'appraiser', unit: 'STTTT' }] },
      { name: 'stand-in', memberships: [{ role: 'focal_point', unit: 'STTTT' }] },
      {
        name: 'both',
        memberships: [
          { role: 'appraiser', unit: 'STTTT' },
          { role: 'focal_point', unit: 'TPCL' },
        ],
      },
    ],
  });
  const as = (name: string) => office().as(name);
  const site = () => new URL(office().address).origin;

  let day = 6;
  /** Another working morning, on which everybody gets their mail. */
  const nextMorning = async (): Promise<void> => {
    do day += 1;
    while ([0, 6].includes(new Date(Date.UTC(2022, 5, day)).getUTCDay()));
    await morning(office(), new Date(Date.UTC(2022, 5, day)).toISOString().slice(0, 10));
  };
  const mailTo = (name: string): string => {
    const { mail } = post.delivered.findLast(({ to }) => to[0] === `${name}@thu.test`) ?? {};
    if (!mail?.text) throw new Error(`No mail for ${name}.`);
    return mail.text;
  };
  /** The token of the link about one task in the last mail of a person. */
  const tokenFor = async (name: string, task: Json): Promise<string> => {
    const id = await accountOf(office(), name);
    const { rows } = await office().pool.query<{ token_hash: string }>(
      'select token_hash from decision_link where account_id = $1 and task_id = $2 order by created_at desc limit 1',
      [id, task.id],
    );
    const found = [...mailTo(name).matchAll(linkPattern)].map(([, token = '']) => token);
    const token = found.find((each) => tokens.hash(each) === rows[0]?.token_hash);
    if (!token) throw new Error(`No link for ${name}: ${mailTo(name)}`);
    return token;
  };
  const ask = async (
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string,
  ): Promise<Page> => {
    const response = await fetch(`${site()}${path}`, {
      method,
      headers,
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, html: await response.text(), headers: response.headers };
  };
  const look = (token: string) => ask('GET', `/d/${token}`);
  const formOf = ({ html }: Page): Record<string, string> =>
    Object.fromEntries(
      [...html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)].map(([, name = '', value = '']) => [
        name,
        value,
      ]),
    );
  const send = (token: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    ask(
      'POST',
      `/d/${token}`,
      {
        'Content-Type': 'application/x-www-form-urlencoded',
        'Sec-Fetch-Site': 'same-origin',
        Origin: 'null',
        ...headers,
      },
      new URLSearchParams(form).toString(),
    );
  const decide = async (token: string, form: Record<string, string>) =>
    send(token, { ...formOf(await look(token)), ...form });
  const taskNow = (task: Json): Promise<Json> => done(as('auditor').get(`/tasks/${task.id}`));
  const audited = async (): Promise<Json[]> =>
    (await office().pool.query(`select * from audit_entry where action like 'decision_link.%' order by id`)).rows;

  /** One hash of every row of every table. */
  const everyRow = async (): Promise<Json> => {
    const { rows: tables } = await office().pool.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
    );
    const hashes: Record<string, string> = {};
    for (const { name } of tables) {
      const { rows } = await office().pool.query<{ hash: string }>(
        `select md5(coalesce(string_agg(t::text, chr(10) order by t::text), '')) as hash from ${name} t`,
      );
      hashes[name] = rows[0]?.hash ?? '';
    }
    return hashes;
  };
  const everyText = async (): Promise<string> => {
    const { rows: tables } = await office().pool.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public'`,
    );
    const texts: string[] = [];
    for (const { name } of tables)
      texts.push(
        (await office().pool.query(`select coalesce(string_agg(t::text, chr(10)), '') as text from ${name} t`)).rows[0]
          .text,
      );
    return texts.join('\n');
  };

  it('S24: a scanner that opens every address of a mail three times, with and without prefetching, changes not one row', async () => {
    const tasks = [await submitted(office(), due), await submitted(office(), due)];
    await nextMorning();
    const addresses = [...mailTo('appraiser.stttt').matchAll(/https:\/\/dondoc\.example\.vn(\/\S+)/g)].map(
      ([, path = '']) => path,
    );
    expect(addresses.filter((path) => path.startsWith('/d/')).length).to.be.at.least(tasks.length);
    const before = await everyRow();

    const scanner = { 'X-Forwarded-For': '203.0.113.9', 'User-Agent': 'LinkScanner/1.0' };
    for (const path of addresses)
      for (let time = 0; time < 3; time += 1) {
        const page = await ask('GET', path, scanner);
        for (const [, found = ''] of page.html.matchAll(/(?:src|href|action)="([^"]*)"/g))
          await ask('GET', found, scanner);
        await ask('HEAD', path, scanner);
        await ask('GET', path, { ...scanner, 'Sec-Purpose': 'prefetch;prerender', Purpose: 'prefetch' });
        await ask('GET', `${path}?outcome=achieved`, { ...scanner, 'X-Moz': 'prefetch' });
        await ask('OPTIONS', path, scanner);
      }

    expect(await everyRow()).to.deep.equal(before);
    for (const task of tasks) expect((await taskNow(task)).version).to.equal(task.version);

    const token = await tokenFor('appraiser.stttt', tasks[0]);
    const decided = await decide(token, { outcome: 'achieved' });
    expect([decided.status, decided.html]).to.satisfy(
      ([status, html]: [number, string]) => status === 200 && html.includes('Hoàn thành'),
    );
    expect((await taskNow(tasks[0])).category).to.equal('done');
  });

  it('S24: shows what is to be decided, to whom, until when, and carries nothing that could run or reach out', async () => {
    const task = await submitted(office(), { ...due, title: '<img src=x onerror=alert(1)> Chỉ số "A" & B' });
    await nextMorning();
    const page = await look(await tokenFor('appraiser.stttt', task));

    expect(page.status).to.equal(200);
    expect(page.html).to.include('&lt;img src=x onerror=alert(1)&gt; Chỉ số &quot;A&quot; &amp; B');
    for (const said of [
      task.code,
      'Sở Nội vụ',
      'Ông/Bà appraiser.stttt thẩm định',
      'Báo cáo kết quả thực hiện',
      'Chỉ số tăng 3 bậc',
      '31/12/2022',
    ])
      expect(page.html).to.include(said);
    expect(page.html).to.match(/có hiệu lực đến \d\d:\d\d ngày \d\d\/06\/2022/);
    expect(page.html).not.to.match(/<script|<img|<link|<iframe|https?:/i);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).to.match(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(page.headers.get('referrer-policy')).to.equal('no-referrer');
    expect(page.headers.get('cache-control')).to.equal('no-store');
    expect(page.headers.get('x-robots-tag')).to.equal('noindex, nofollow, noarchive');
    expect(page.headers.get('set-cookie')).to.equal(null);
  });

  it('S24: decides once: of two requests at the same instant one is told that the other was first', async () => {
    const task = await submitted(office(), due);
    await nextMorning();
    const token = await tokenFor('appraiser.stttt', task);
    const form = formOf(await look(token));

    const answers = await Promise.all([
      send(token, { ...form, outcome: 'achieved' }),
      send(token, { ...form, outcome: 'returned', reason: 'Thiếu số liệu' }),
      send(token, { ...form, outcome: 'achieved' }),
    ]);
    const again = await send(token, { ...form, outcome: 'achieved' });

    expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([200, 410, 410]);
    expect([again.status, again.html.includes('Liên kết đã được sử dụng')]).to.deep.equal([410, true]);
    expect((await look(token)).status).to.equal(410);
    const events = (await eventsOf(office(), task.id)).filter(({ cause }) => cause.includes(':link-'));
    expect(events.length).to.equal(1);
    const { rows } = await office().pool.query('select used_at, outcome from decision_link where token_hash = $1', [
      tokens.hash(token),
    ]);
    expect(rows[0].outcome).to.equal(events[0].payload.answer);
    expect(
      (await audited()).filter(({ object, action }) => object === `task/${task.id}` && action === 'decision_link.used')
        .length,
    ).to.equal(1);
    expect(
      (await audited()).filter(
        ({ object, action }) => object === `task/${task.id}` && action === 'decision_link.refused',
      ).length,
    ).to.equal(3);
  });

  it('S24: keeps the token nowhere: not in a row, not in the figures, not in the log, even when it fails', async () => {
    const task = await submitted(office(), due);
    await nextMorning();
    const token = await tokenFor('appraiser.stttt', task);
    const form = { ...formOf(await look(token)), outcome: 'achieved' };
    await office().pool.query('alter table decision_link rename to hidden');
    for (const broken of [await look(token), await send(token, form)])
      expect([broken.status, broken.html.includes('Lỗi hệ thống')]).to.deep.equal([500, true]);
    await office().pool.query('alter table hidden rename to decision_link');
    await send(token, form);

    expect(logged.filter((line) => line.includes('A decision by link failed.')).length).to.equal(2);
    expect(logged.filter((line) => line.includes(token))).to.deep.equal([]);
    expect(await everyText()).not.to.include(token);
    const figures = await ask('GET', '/metrics');
    expect(figures.html).to.include('/d/{token}');
    expect(figures.html).not.to.include(token);
    expect((await audited()).at(-1)).to.deep.include({
      actor: await accountOf(office(), 'appraiser.stttt'),
      action: 'decision_link.used',
      object: `task/${task.id}`,
    });
    expect((await audited()).at(-1).detail.tokenHash).to.equal(tokens.hash(token));
  });

  it('S24: knows no wrong token, and none that is cut short', async () => {
    const before = await everyRow();
    for (const path of [`/d/${'A'.repeat(43)}`, '/d/short', '/d/', '/d/%E0%A4%A', `/d/${'A'.repeat(43)}/more`]) {
      const { status, html } = await ask('GET', path);
      expect([path, status]).to.deep.equal([path, 404]);
      expect(html).to.include('Không tìm thấy');
    }
    expect(await everyRow()).to.deep.equal(before);
    const posted = await send('A'.repeat(43), { version: '1', nonce: 'x', outcome: 'achieved' });
    expect(posted.status).to.equal(404);
    expect((await audited()).at(-1)).to.deep.include({
      actor: null,
      action: 'decision_link.refused',
      object: 'decision_link',
    });
  });

  it('wants the reason of a return and keeps what was typed; the unit then sees what is missing', async () => {
    const task = await submitted(office(), due);
    await nextMorning();
    const token = await tokenFor('appraiser.stttt', task);

    const missing = 'Số liệu quý II\r\n\r\nBiên bản <nghiệm thu>';
    const incomplete = await decide(token, { outcome: 'returned', reason: '  ', missing });
    expect(incomplete.status).to.equal(422);
    expect(incomplete.html)
      .to.include('Chưa ghi lý do')
      .and.to.include('Biên bản &lt;nghiệm thu&gt;')
      .and.to.match(/value="returned" required checked/);
    expect((await taskNow(task)).version).to.equal(task.version);

    const returned = await send(token, { ...formOf(incomplete), outcome: 'returned', reason: 'Chưa đủ', missing });
    expect(returned.status).to.equal(200);
    const { lastReturn } = await done(as('unit.snv').get(`/tasks/${task.id}`));
    expect(lastReturn).to.deep.include({ reason: 'Chưa đủ', missing: ['Số liệu quý II', 'Biên bản <nghiệm thu>'] });
  });

  it('shows the new state to whoever decides on an old page, and decides on nothing unseen', async () => {
    const task = await submitted(office(), due);
    await nextMorning();
    const token = await tokenFor('appraiser.stttt', task);
    const old = formOf(await look(token));
    const changed = await done(
      as('office').post(
        `/tasks/${task.id}/deadlines`,
        { ...due, due: { kind: 'on_or_before', day: '2022-11-30' }, reason: 'Rút ngắn' },
        { ifMatch: task.version },
      ),
    );

    const stale = await send(token, { ...old, outcome: 'achieved', reason: 'Đã xem' });
    expect(stale.status).to.equal(409);
    expect(stale.html).to.include('Nhiệm vụ đã thay đổi').and.to.include('30/11/2022').and.to.include('Đã xem');
    expect((await taskNow(task)).version).to.equal(changed.version);

    expect(
      (await send(token, { ...formOf(stale), version: String(task.version), outcome: 'achieved' })).status,
    ).to.equal(403);
    expect((await send(token, { ...formOf(stale), outcome: 'achieved' })).status).to.equal(200);
  });

  it('takes no form from another site, none without its nonce and none it cannot read', async () => {
    const task = await submitted(office(), due);
    await nextMorning();
    const token = await tokenFor('appraiser.stttt', task);
    const form = { ...formOf(await look(token)), outcome: 'achieved' };

    expect((await send(token, form, { 'Sec-Fetch-Site': 'cross-site' })).status).to.equal(403);
    expect((await send(token, form, { 'Sec-Fetch-Site': 'none' })).status).to.equal(403);
    expect(
      (
        await ask(
          'POST',
          `/d/${token}`,
          { 'Content-Type': 'application/x-www-form-urlencoded', Origin: 'https://evil.example' },
          new URLSearchParams(form).toString(),
        )
      ).status,
    ).to.equal(403);
    expect((await send(token, { ...form, nonce: 'x'.repeat(43) })).status).to.equal(403);
    for (const wrong of [{ outcome: 'stopped' }, { version: '0' }, { more: '1' }])
      expect((await send(token, { ...form, ...wrong } as Record<string, string>)).status).to.equal(400);
    expect(
      (await ask('POST', `/d/${token}`, { 'Content-Type': 'application/json' }, JSON.stringify(form))).status,
    ).to.equal(400);
    expect((await taskNow(task)).version).to.equal(task.version);
    expect((await send(token, form)).status).to.equal(200);
  });

  it('S24: dies with its time, its round, its person’s seat and account; nothing of the task is shown any more', async () => {
    const titled = (title: string) => submitted(office(), { ...due, title });
    const [expired, recalled, reassigned, decided, left, gone] = [
      await titled('Quá hạn liên kết'),
      await titled('Thu hồi'),
      await titled('Giao lại'),
      await titled('Đã có kết quả'),
      await titled('Rời vị trí'),
      await titled('Khóa tài khoản'),
    ];
    await nextMorning();
    const token = (task: Json, name = 'second') => tokenFor(name, task);
    const cases: [Json, string, string][] = [
      [recalled, await token(recalled), 'Lượt thẩm định'],
      [reassigned, await token(reassigned), 'Lượt thẩm định'],
      [decided, await token(decided), 'đã có kết quả'],
      [left, await token(left), 'không tham gia'],
      [gone, await token(gone), 'không tham gia'],
    ];
    const forms = new Map<string, Record<string, string>>();
    for (const [, each] of cases) forms.set(each, formOf(await look(each)));

    const back = await commanded(office(), 'unit.snv', recalled, 'recall');
    await moved(as('unit.snv'), back, 'submit', submission);
    await commanded(office(), 'office', reassigned, 'appraisers', {
      appraiserUnit: 'STTTT',
      participants: [],
      reason: 'Xem lại từ đầu',
    });
    await moved(as('appraiser.stttt'), decided, 'approve');
    const refusedPage = async ([task, each, said]: [Json, string, string]) => {
      const version = (await taskNow(task)).version;
      for (const page of [await look(each), await send(each, { ...(forms.get(each) ?? {}), outcome: 'achieved' })]) {
        expect([task.title, page.status]).to.deep.equal([task.title, 410]);
        expect(page.html).to.include(said).and.not.to.include(task.title);
      }
      expect((await taskNow(task)).version).to.equal(version);
    };
    for (const each of cases.slice(0, 3)) await refusedPage(each);

    const second = await accountOf(office(), 'second');
    const today = office().clock.now().toISOString().slice(0, 10);
    await office().pool.query('update membership set valid_to = $2 where account_id = $1', [second, today]);
    await refusedPage(cases[3] as [Json, string, string]);
    await office().pool.query('update membership set valid_to = null where account_id = $1', [second]);
    await office().pool.query('update account set active = false where id = $1', [second]);
    await refusedPage(cases[4] as [Json, string, string]);
    await office().pool.query('update account set active = true where id = $1', [second]);

    const late = await token(expired);
    const form = formOf(await look(late));
    office().clock.advance(72 * 3_600_000);
    for (const page of [await look(late), await send(late, { ...form, outcome: 'achieved' })])
      expect([page.status, page.html.includes('quá thời hạn')]).to.deep.equal([410, true]);
    day += 3;
  });

  it('S24: keeps submitter, authors of evidence and people of the unit’s line from deciding by a link', async () => {
    const submittedByBoth = await moved(
      as('both'),
      await acknowledged(office(), { ...due, leadUnit: 'TPCL' }),
      'submit',
      submission,
    );
    const evidenceBySecond = await submitted(office(), due);
    // As if they had once handed it in: the store tells no lie about who did, so the row is bent by hand and back.
    await office().pool.query(`update task set evidence_by = evidence_by || to_jsonb($2::text) where id = $1`, [
      evidenceBySecond.id,
      await accountOf(office(), 'second'),
    ]);
    const ownLine = await submitted(office(), due);
    const { rows } = await office().pool.query(
      `insert into membership (account_id, role, unit) values ($1, 'focal_point', 'PCNTT') returning id`,
      [await accountOf(office(), 'stand-in')],
    );
    await office().pool.query(`insert into membership (account_id, role, unit) values ($1, 'appraiser', 'STTTT')`, [
      await accountOf(office(), 'stand-in'),
    ]);

    for (const [task, name] of [
      [submittedByBoth, 'both'],
      [evidenceBySecond, 'second'],
      [ownLine, 'stand-in'],
    ] as const) {
      const token = await forged(office(), task, name);
      const nonce = tokens.nonce(token.id, task.version);
      for (const page of [
        await look(token.token),
        await send(token.token, { version: String(task.version), nonce, outcome: 'achieved' }),
      ]) {
        expect([name, page.status]).to.deep.equal([name, 403]);
        expect(page.html).not.to.include('<form');
      }
      expect((await taskNow(task)).version).to.equal(task.version);
    }
    await office().pool.query(`update task set evidence_by = evidence_by - $2::text where id = $1`, [
      evidenceBySecond.id,
      await accountOf(office(), 'second'),
    ]);
    await office().pool.query('delete from membership where id = $1', [rows[0].id]);
    await nextMorning();
    // The one made above by hand; no mail offered any.
    expect(await linksOf(office(), 'both', submittedByBoth)).to.equal(1);
  });

  it('serves whoever stands in for an absent member, under both names, and not the member who is away', async () => {
    const task = await submitted(office(), { ...due, appraiserUnit: 'SKHDT' });
    const today = office().clock.now().toISOString().slice(0, 10);
    await away(office(), 'appraiser.skhdt', {
      from: today,
      until: '2022-12-01',
      substitute: 'unit.skhdt',
      signing: 'KT.',
    });
    await nextMorning();

    const token = await tokenFor('unit.skhdt', task);
    expect((await look(token)).html).to.include('Ông/Bà unit.skhdt thẩm định thay Ông/Bà appraiser.skhdt (KT.)');
    expect((await decide(token, { outcome: 'achieved' })).status).to.equal(200);

    expect(await linksOf(office(), 'appraiser.skhdt', task)).to.equal(0);
    const last = (await eventsOf(office(), task.id)).findLast(({ type }) => type === 'task.moved');
    expect(last).to.deep.include({
      actor: await accountOf(office(), 'unit.skhdt'),
      onBehalfOf: await accountOf(office(), 'appraiser.skhdt'),
      signing: 'KT.',
    });
  });

  it('gives a newer link in place of an older one, and none about secret work or what is not awaited', async () => {
    const task = await submitted(office(), due);
    const asked = await submitted(office(), due);
    await nextMorning();
    const older = await tokenFor('appraiser.stttt', task);
    await commanded(office(), 'second', asked, 'questions', { question: 'Số liệu quý II?' });
    // The next mail about it: the deadline of the appraisal comes near.
    await office().workers.liveUntil('2022-07-20');
    await morning(office(), '2022-07-21');
    const newer = await tokenFor('appraiser.stttt', task);

    expect(newer).not.to.equal(older);
    expect((await look(newer)).status).to.equal(200);
    expect((await look(older)).status).to.equal(410);
    expect(await linksOf(office(), 'appraiser.stttt', asked)).to.equal(1);

    const secret = await moved(as('unit.snv'), await acknowledgedSecret(office()), 'submit');
    await morning(office(), '2022-07-22');
    expect(mailTo('appraiser.stttt')).to.include('Nhiệm vụ mật');
    expect(await linksOf(office(), 'appraiser.stttt', secret)).to.equal(0);
    const crafted = await forged(office(), secret, 'appraiser.stttt');
    expect((await look(crafted.token)).status).to.equal(410);
  });

  it('takes links back together with a mail that could not be sent, and sends new ones', async () => {
    office().clock.moveTo('2022-07-22', '16:00');
    const task = await submitted(office(), due);
    await office().workers.settle();
    office().clock.moveTo('2022-07-25', '08:30');
    const planned = await office().composition.digests(office().clock.now());
    const { rows } = await office().pool.query<{ id: string }>('select id from decision_link where task_id = $1', [
      task.id,
    ]);
    expect([planned > 0, rows.length > 0]).to.deep.equal([true, true]);

    await morningWithoutSending('2022-07-26');
    const left = await office().pool.query('select from decision_link where id = any($1::uuid[])', [
      rows.map(({ id }) => id),
    ]);
    expect(left.rowCount).to.equal(0);
    await office().workers.settle();
    expect((await look(await tokenFor('appraiser.stttt', task))).status).to.equal(200);
  });

  const morningWithoutSending = async (morningDay: string): Promise<void> => {
    office().clock.moveTo(morningDay, '08:30');
    await office().composition.digests(office().clock.now());
  };

  it('sends whoever has a second factor to the sign-in', async () => {
    const task = await submitted(office(), due);
    const { token, id } = await forged(office(), task, 'appraiser.stttt');
    const { store, audit, clock } = office().composition;
    const links = decisionLinks({
      store,
      audit,
      clock,
      tokens,
      links: decisionLinkStore(office().pool),
      desk: deskReader(office().pool),
      secondFactor: async (account) => account === (await accountOf(office(), 'appraiser.stttt')),
    });

    expect(await links.look(token)).to.deep.equal({ kind: 'second_factor' });
    const answer = {
      outcome: 'achieved',
      reason: undefined,
      missing: [],
      version: task.version,
      nonce: tokens.nonce(id, task.version),
    } as const;
    expect(await links.decide(token, answer, '127.0.0.1')).to.deep.equal({ kind: 'second_factor' });
    expect((await taskNow(task)).version).to.equal(task.version);
  });

  it('fills in no link that a text from outside names', async () => {
    const task = await submitted(office(), due);
    await morning(office(), '2022-07-27');
    const { rows } = await office().pool.query<{ id: string }>(
      'select id from decision_link where account_id = $1 order by created_at desc limit 1',
      [await accountOf(office(), 'second')],
    );
    const trap = `{decision-link:${rows[0]?.id}}`;
    await submitted(office(), { ...due, title: `Bẫy ${trap}`, appraiserUnit: 'SKHDT' });
    await morning(office(), '2022-07-28');

    expect(mailTo('unit.skhdt')).to.include(trap);
    expect((await taskNow(task)).category).to.equal('awaiting_appraisal');
  });

  it('S24: lets one address try only so many wrong tokens', async () => {
    const statuses: number[] = [];
    for (let time = 0; time < 40; time += 1)
      statuses.push((await look(randomUUID().replaceAll('-', '').padEnd(43, 'x'))).status);

    expect(statuses.filter((status) => status === 429).length).to.be.greaterThan(5);
    expect(statuses.every((status) => status === 404 || status === 429)).to.equal(true);
  });
});

describe('Without an address for links', () => {
  const post = new PostOffice();
  let office: Office;
  before(async () => {
    await post.open();
    office = await openOffice({ day: '2022-06-06', config: { SMTP_URL: post.url } });
  });
  after(async () => {
    await office.close();
    await post.close();
  });

  it('mails have none', async () => {
    await submitted(office, due);
    await morning(office, '2022-06-07');

    expect(post.delivered.length).to.be.greaterThan(0);
    expect(
      post.delivered.every(({ mail }) => !mail.text?.includes('/d/') && !mail.text?.includes('decision-link')),
    ).to.equal(true);
    expect((await office.pool.query('select from decision_link')).rowCount).to.equal(0);
  });
});

const linksOf = async (office: Office, name: string, task: Json): Promise<number> => {
  const { rowCount } = await office.pool.query('select from decision_link where account_id = $1 and task_id = $2', [
    await accountOf(office, name),
    task.id,
  ]);
  return rowCount ?? 0;
};

/** A link that no mail would have offered, with a token that is right in every other way. */
const forged = async (office: Office, task: Json, name: string) =>
  forgedLink(office, task, await accountOf(office, name));

/** From a secret document: no title, no texts. */
const acknowledgedSecret = async (office: Office): Promise<Json> => {
  const { title: _title, ...rest } = aTask(due);
  const task = await done(office.as('office').post('/tasks', { ...rest, secret: true }));
  return moved(office.as('unit.snv'), task, 'acknowledge');
};
