import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { openQueues } from '../../src/adapters/queue/queues.ts';
import { compose } from '../../src/compose.ts';
import { secretKey } from '../support/province.ts';
import { quiet } from '../support/world.ts';
import { callerOf } from './support/api.ts';
import { sidewaysScroll } from './support/axe.ts';
import { problemsInBothThemes } from './support/both-themes.ts';
import { type Console, needsBrowser, openConsole } from './support/console.ts';

const dayMs = 86_400_000;
/** The civil day in Vietnam. */
const civil = (at: Date): string => new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);
const shown = (day: string): string => day.split('-').reverse().join('/');

describe('Periodic reports in a browser', () => {
  let open: Console;
  before(async function () {
    needsBrowser(this);
    this.timeout(180_000);
    open = await openConsole();
  });
  after(async () => open?.close());

  it('whoever may sets the reports and makes a year; before that the page says what is missing', async () => {
    const { page, go, complaints } = await open.open('office');
    await go('/periodic?programme=CK2022');
    await page.getByText('Chưa có kỳ báo cáo nào trong các năm đã chọn.').waitFor();
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Quy định chế độ báo cáo' }).last().click();
    const [halfYear, year] = [
      dialog.getByRole('group', { name: 'Báo cáo 6 tháng' }),
      dialog.getByRole('group', { name: 'Báo cáo năm' }),
    ];
    expect(await halfYear.getByLabel('Chậm nhất ngày').inputValue()).to.equal('16/6');
    expect(await year.getByLabel('Chậm nhất ngày').inputValue()).to.equal('16/12');
    await year.getByLabel('Chốt số liệu ngày').fill('15/12');
    await dialog.getByText('Phải có ít nhất một ngày giữa ngày chốt số liệu và hạn nộp.').waitFor();
    await year.getByLabel('Chốt số liệu ngày').fill('14/12');
    expect(await problemsInBothThemes(page)).to.deep.equal([]);
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await page.getByText('Đã quy định chế độ báo cáo.').waitFor();
    const next = new Date().getFullYear() + 1;
    await page.getByRole('button', { name: `Tạo kỳ báo cáo năm ${next}` }).click();
    await page.getByText(/Đã tạo \d+ kỳ; 0 kỳ đã có từ trước/).waitFor();
    await page
      .getByText(`đến hạn 16/06/${next}`)
      .or(page.getByText(`đến hạn 16/12/${next - 1}`))
      .first()
      .waitFor();
    expect(complaints.filter((text) => !text.includes('404'))).to.deep.equal([]);
    const { send } = await callerOf(open, 'office');
    const { regimes } = await send('GET', '/programmes/CK2022/reporting');
    expect(regimes[0].periods).to.deep.equal([
      { kind: 'half_year', cutOff: '06-14', unit: '06-16' },
      { kind: 'year', cutOff: '12-14', unit: '12-16' },
    ]);
  }).timeout(60_000);

  it('the matrix shows what became of each report with shape and word, opens its task, and urges those that are missing', async () => {
    // A past deadline needs a past: the same database under a clock that is moved.
    const now = new Date();
    let at = now.getTime() - 60 * dayMs;
    const due = civil(new Date(now.getTime() - 20 * dayMs));
    const cutOff = civil(new Date(now.getTime() - 24 * dayMs));
    const settings = {
      DATABASE_URL: open.databaseUrl,
      SECRET_KEY: secretKey,
      NODE_ENV: 'test' as const,
      TRUST_PROXY: 0,
      RATE_LIMIT_PER_MINUTE: 1_000_000,
    };
    const past = await compose(settings, quiet, { clock: { now: () => new Date(at) } });
    const queues = await openQueues({ databaseUrl: open.databaseUrl, log: quiet });
    const server = past.app(queues).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const then = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
    const by = async (name: string) => (await callerOf(then, name)).send;
    try {
      const admin = await by('admin');
      await admin('POST', '/programmes', {
        code: 'BCDK',
        name: 'Báo cáo cải cách hành chính',
        noun: 'báo cáo',
        year: Number(due.slice(0, 4)),
        workflow: 'periodic-report',
        calendar: 'vn',
        aggregator: 'SNV',
      });
      await admin(
        'PUT',
        '/programmes/BCDK/reporting',
        {
          regimes: [
            {
              key: 'dot',
              name: 'Báo cáo theo đợt',
              periods: [{ kind: 'custom', key: 'D1', name: 'Đợt 1', cutOff: cutOff.slice(5), unit: due.slice(5) }],
              units: { classes: ['department'] },
            },
          ],
        },
        0,
      );
      await admin('POST', `/programmes/BCDK/reporting/years/${due.slice(0, 4)}`);
      const sends = async (unit: string) => {
        const send = await by(`unit.${unit}`);
        const [{ id, task }] = (
          await send('GET', `/programmes/BCDK/obligations?from=${due}&to=${due}&unit=${unit.toUpperCase()}`)
        ).items;
        const body = { documentNumber: '1/BC', dataUntil: cutOff, result: 'Đã thực hiện' };
        await send('POST', `/obligations/${id}/submissions`, body, task.version);
        return id as string;
      };
      at = now.getTime() - 22 * dayMs;
      await sends('stc');
      const returned = await sends('stp');
      const check = await by('appraiser.snv');
      const { task } = await check('GET', `/obligations/${returned}`);
      await check('POST', `/obligations/${returned}/return`, { missing: ['Biểu số 2'] }, task.version);
      at = now.getTime() - 17 * dayMs;
      await sends('sxd');
    } finally {
      server.closeAllConnections();
      server.close();
      await queues.close();
      await past.close();
    }

    const { page, go, complaints } = await open.open('office');
    await go(`/periodic?programme=BCDK&from=${due.slice(0, 4)}&to=${due.slice(0, 4)}`);
    const cell = (name: string | RegExp) => page.getByRole('link', { name });
    await cell(`Sở Tài chính, Đợt 1 năm ${due.slice(0, 4)}: Đúng hạn`)
      .or(cell(/^Sở Tài chính, .*: Đúng hạn, gửi/))
      .first()
      .waitFor();
    await cell(/^Sở Xây dựng, .*: Muộn, chậm 3 ngày/).waitFor();
    await cell(/^Sở Tư pháp, .*: Bị trả lại/).waitFor();
    await cell(/^Sở Y tế, .*: Không nộp, chậm 20 ngày/).waitFor();
    if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}-matrix.png` });
    const unitHead = page.getByRole('rowheader', { name: 'Sở Tài chính' });
    expect(await unitHead.evaluate((head) => getComputedStyle(head).position)).to.equal('sticky');
    expect(await problemsInBothThemes(page)).to.deep.equal([]);

    // All that are missing are urged at once, and each says how often by now.
    const missing = await page.getByRole('link', { name: /: Không nộp/ }).count();
    await page.getByRole('button', { name: `Đôn đốc ${missing} báo cáo chưa nộp` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nội dung').fill('Công văn số 12/SNV');
    await dialog.getByRole('button', { name: `Ghi nhận ${missing} lần đôn đốc` }).click();
    await dialog.getByText(`${missing}/${missing} lần đôn đốc được ghi nhận`).waitFor();
    await dialog.getByRole('button', { name: 'Đóng' }).last().click();
    await page.getByRole('button', { name: 'Đôn đốc lần 2: Sở Y tế' }).waitFor();
    const { send } = await callerOf(open, 'office');
    const urged = (await send('GET', `/programmes/BCDK/obligations/urging?from=${due}&to=${due}`)).items;
    expect(
      urged.filter(({ demand, urgings }: { demand: string; urgings: number }) => demand === 'missing' && urgings > 0),
    ).to.have.lengthOf(missing);

    await page.getByRole('button', { name: 'Xuất' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Phụ lục đôn đốc (Excel)' }).click(),
    ]);
    expect(download.suggestedFilename()).to.match(/\.xlsx$/);
    await page.getByRole('button', { name: 'Xuất' }).click();
    const [letter] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Dự thảo công văn đôn đốc (Word)' }).click(),
    ]);
    expect(letter.suggestedFilename()).to.match(/\.docx$/);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await sidewaysScroll(page)).to.be.at.most(0);
    expect(await problemsInBothThemes(page)).to.deep.equal([]);
    if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}-phone.png` });
    await page.setViewportSize({ width: 1366, height: 768 });
    await cell(/^Sở Y tế, /).click();
    await page.waitForURL(/\/tasks\/[0-9a-f-]{36}$/);
    await page.getByText(shown(due)).first().waitFor();
    expect(complaints.filter((text) => !text.includes('404'))).to.deep.equal([]);
  }).timeout(120_000);
});
