import { expect } from 'chai';
import { askingAt } from './support/api.ts';
import { accessibilityProblems, sidewaysScroll } from './support/axe.ts';
import { type Console, needsBrowser, openConsole, type Visit } from './support/console.ts';
import { pagesOf } from './support/pdf.ts';

/** Report 158/BC-SKHĐT at 30/10/2022: count, share. */
const states = {
  done: ['81', '27,6%'],
  awaiting_appraisal: ['84', '28,7%'],
  in_progress: ['103', '35,2%'],
  not_done: ['20', '6,8%'],
  stopped: ['5', '1,7%'],
} as const;
const estimates = { done: ['261', '89,1%'], not_done: ['27', '9,2%'], stopped: ['5', '1,7%'] } as const;
const address = '/?programme=CK2022&asOf=2022-10-30';

describe('The dashboard', () => {
  let open: Console;
  let leader: Visit;
  before(async function () {
    needsBrowser(this);
    this.timeout(180_000);
    open = await openConsole();
    leader = await open.open('leader');
  });
  after(async () => open?.close());
  const ready = async ({ page, go }: Visit) => {
    await go(address);
    await page.locator('.progress-chart').waitFor();
  };

  it('C11: shows the figures of report 158 at 30/10/2022, and each opens a list of as many', async function () {
    this.timeout(90_000);
    const { page, complaints } = leader;
    await ready(leader);
    for (const [state, [count, share]] of Object.entries(states)) {
      const tile = page.locator('.legend li', { has: page.locator(`[data-figure="${state}"]`) });
      expect((await tile.innerText()).replace(/\s+/g, ' '))
        .to.include(`${count}/293`)
        .and.include(share);
    }
    for (const [estimate, [count, share]] of Object.entries(estimates)) {
      const row = page.locator('tr', { has: page.locator(`[data-estimate="${estimate}"]`) });
      expect(await row.innerText())
        .to.include(`${count}/293`)
        .and.include(share);
    }
    // A leader goes from a figure to its list, to a task, to the events it was counted from.
    for (const [state, [count]] of Object.entries(states)) {
      await ready(leader);
      await page.locator(`[data-figure="${state}"]`).click();
      await page
        .getByRole('status')
        .filter({ hasText: `${count} nhiệm vụ` })
        .waitFor();
      expect(await page.getByRole('grid').getAttribute('aria-rowcount')).to.equal(String(Number(count) + 1));
    }
    await page.getByRole('grid').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('C6: has nothing that axe finds, light and dark, wide and at 360 px, and does not scroll sideways', async function () {
    this.timeout(90_000);
    for (const theme of ['light', 'dark'])
      for (const width of [1366, 360]) {
        const visit = await open.open('leader', { viewport: { width, height: 768 }, settings: { theme } });
        await ready(visit);
        expect(await accessibilityProblems(visit.page), `${theme} ${width}`).to.deep.equal([]);
        expect(await sidewaysScroll(visit.page), `${theme} ${width}`).to.be.at.most(0);
        if (process.env.SHOTS)
          await visit.page.screenshot({ path: `${process.env.SHOTS}/overview-${theme}-${width}.png`, fullPage: true });
        await visit.context.close();
      }
  });

  it('C9: prints on A4 within the margins of Decree 30/2020, in Times, from the dark theme', async function () {
    this.timeout(60_000);
    const visit = await open.open('leader', { settings: { theme: 'dark' } });
    await ready(visit);
    const pages = await pagesOf(await visit.page.pdf({ preferCSSPageSize: true, printBackground: true }));
    if (process.env.SHOTS)
      await visit.page.pdf({
        path: `${process.env.SHOTS}/overview.pdf`,
        preferCSSPageSize: true,
        printBackground: true,
      });
    const [first] = pages;
    expect([Math.round(first?.width ?? 0), Math.round(first?.height ?? 0)]).to.deep.equal([595, 842]);
    const all = pages.map(({ text }) => text).join(' ');
    expect(all).to.include('103/293').and.include('35,2%');
    expect(all).not.to.include('Điều hướng').and.not.include('Ctrl K');
    const millimetre = 72 / 25.4;
    for (const { pieces, width, height } of pages)
      for (const piece of pieces) {
        expect(piece.x, piece.text).to.be.at.least(30 * millimetre - 1);
        expect(piece.x + piece.width, piece.text).to.be.at.most(width - 15 * millimetre + 2);
        expect(piece.y, piece.text).to.be.within(20 * millimetre - 2, height - 20 * millimetre + 2);
      }
    expect(
      pages.flatMap(({ fonts }) => fonts).filter((font) => !/Times|Tinos|Liberation ?Serif/i.test(font)),
    ).to.deep.equal([]);
    // The head of the table of units stands on each page it reaches.
    const withUnits = pages.filter(({ text }) => /UBND huyện|Sở /.test(text));
    for (const { text } of withUnits.slice(1)) expect(text).to.include('Tổng số');
    await visit.context.close();
  });

  it('C10: tells the five states apart without colour', async function () {
    this.timeout(60_000);
    await ready(leader);
    await leader.page.emulateMedia({ media: 'print' });
    const fills = await leader.page.evaluate(() =>
      [...document.querySelectorAll('.share-bar rect[data-part]')].map((rect) => getComputedStyle(rect).fill),
    );
    expect(new Set(fills).size).to.equal(5);
    // And as they are drawn: the share of black in each part differs.
    const boxes = await leader.page.locator('.share-bar rect[data-part]').all();
    const inks: number[] = [];
    for (const box of boxes)
      inks.push(Buffer.from(await box.screenshot()).length / ((await box.boundingBox())?.width ?? 1));
    expect(new Set(inks.map((ink) => ink.toFixed(1))).size).to.equal(5);
    await leader.page.emulateMedia({ media: null });
  });

  it('C11: every week that something falls due in, and every dot of an urging round, opens a list of as many', async function () {
    this.timeout(120_000);
    await urgedRound();
    const { page, go, complaints } = await open.open('leader');
    const listed = async (link: ReturnType<typeof page.locator>, count: string) => {
      await link.click();
      await page
        .getByRole('status')
        .filter({ hasText: new RegExp(`^${count} nhiệm vụ`) })
        .waitFor();
    };

    await go(address);
    const weeks = page.locator('[data-week]');
    await weeks.first().waitFor();
    // The commitments of 2022 end on its last day, a Saturday; six of the 103 have an extension into March.
    expect(
      await weeks.evaluateAll((all) => all.map((each) => [each.dataset.week, each.getAttribute('aria-label')])),
    ).to.deep.equal([
      ['2022-12-26', 'Từ 26/12/2022 đến 01/01/2023: 97 nhiệm vụ đến hạn (01/01 nghỉ lễ: Tết Dương lịch). Mở danh sách'],
    ]);
    const sentence = /^Từ 30\/10\/2022 đến 15\/01\/2023 có 97 nhiệm vụ đang mở đến hạn.* Sau đó còn 6 nhiệm vụ/;
    const figure = page.locator('figure', { has: page.getByRole('img', { name: sentence }) });
    await figure.getByRole('button', { name: 'Xem bảng số liệu' }).click();
    const cells = await figure
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map((row) => [...(row as HTMLTableRowElement).cells].map((cell) => cell.innerText)));
    expect(cells).to.have.length(12);
    expect(cells[0]?.slice(0, 2)).to.deep.equal(['30/10/2022 – 30/10/2022', '0']);
    expect(cells[9]?.slice(0, 2)).to.deep.equal(['26/12/2022 – 01/01/2023', '97']);
    await listed(weeks.first(), '97');
    await page.getByText('Chỉ nhiệm vụ có hạn từ 26/12/2022 đến 01/01/2023').waitFor();

    await go('/?programme=CK2022');
    await listed(page.locator('[data-dot="before"]'), '3');
    await go('/?programme=CK2022');
    await listed(page.locator('[data-dot="after"]'), '2');
    await page.getByText('Chỉ nhiệm vụ được đôn đốc trong một đợt').waitFor();
    // Late units, the most of them first, lead to their late work.
    await go('/?programme=CK2022');
    const late = page.locator('[data-late]').first();
    const count = (await late.locator('.number').innerText()).trim();
    expect(Number(count)).to.be.greaterThan(0);
    await listed(late, count);
    expect(complaints).to.deep.equal([]);
  });

  /** Three tasks without a deadline, assigned four months ago, and urged; one has got a deadline since. */
  const urgedRound = async () => {
    const ask = askingAt(open.url);
    const tasks = [];
    for (const title of ['Một', 'Hai', 'Ba'])
      tasks.push(
        await ask('office', 'POST', '/tasks', {
          programme: 'CK2022',
          title: `Việc thường xuyên: ${title}`,
          leadUnit: 'SNV',
          appraiserUnit: 'STTTT',
          due: { kind: 'none', reason: 'Thường xuyên' },
          effectiveAt: new Date(Date.now() - 125 * 86_400_000).toISOString(),
        }),
      );
    const round = await ask('office', 'POST', '/programmes/CK2022/urging-rounds');
    await ask('leader', 'POST', `/urging-rounds/${round.id}/approval`);
    const { pool, handlers } = open.composition;
    const { rows } = await pool.query<{ id: string }>(`select id from intention where kind = 'urging-round'`);
    await handlers.organisation?.(rows.map(({ id }) => id));
    const [first] = tasks;
    const { version } = await ask('office', 'GET', `/tasks/${first.id}`);
    const due = { kind: 'on_or_before', day: '2027-06-30' };
    await ask('leader', 'POST', `/tasks/${first.id}/deadlines`, { due, reason: 'Đã rõ thời hạn' }, version);
  };

  it('has above the fold what leaders need first: what is urgent, where everything stands, who is late', async () => {
    const { page, go } = await open.open('leader');
    await go('/?programme=CK2022');
    await page.locator('[data-late]').first().waitFor();
    for (const shown of ['.urgent', '.share-bar', '.legend']) {
      const box = await page.locator(shown).boundingBox();
      expect((box?.y ?? 0) + (box?.height ?? 768), shown).to.be.at.most(768);
    }
    const late = await page.locator('[data-late]').first().boundingBox();
    expect((late?.y ?? 0) + (late?.height ?? 768)).to.be.at.most(768);
    if (process.env.SHOTS) {
      await page.screenshot({ path: `${process.env.SHOTS}/overview-today.png` });
      await page.screenshot({ path: `${process.env.SHOTS}/overview-today-full.png`, fullPage: true });
    }
  });
});
