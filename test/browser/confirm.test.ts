import { expect } from 'chai';
import { callerOf } from './support/api.ts';
import { sidewaysScroll } from './support/axe.ts';
import { problemsInBothThemes } from './support/both-themes.ts';
import { type Console, needsBrowser, openConsole } from './support/console.ts';

const inDays = (days: number): string => {
  const [year, month, day] = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10).split('-');
  return `${day}/${month}/${year}`;
};

describe('Confirming figures in a browser', () => {
  let open: Console;
  before(async function () {
    needsBrowser(this);
    this.timeout(180_000);
    open = await openConsole();
  });
  after(async () => open?.close());

  it('the aggregator opens a round, a unit confirms and disputes, disputes are settled, and the figures are frozen', async () => {
    const aggregator = await open.open('aggregator');
    await aggregator.go('/confirm');
    await aggregator.page.getByText('chưa có đợt xác nhận số liệu nào').waitFor();
    await aggregator.page.getByRole('button', { name: 'Mở đợt xác nhận' }).click();
    const dialog = aggregator.page.getByRole('dialog');
    await dialog.getByLabel('Tên báo cáo').fill('Kết quả thực hiện cam kết');
    await dialog.getByLabel('Số liệu tính đến hết ngày').fill('31/10/2026');
    await dialog.getByLabel('Đơn vị trả lời đến hết ngày').fill('31/02/2026');
    await dialog.getByText('Không có ngày này trong lịch.').waitFor();
    await dialog.getByLabel('Đơn vị trả lời đến hết ngày').fill(inDays(5));
    expect(await problemsInBothThemes(aggregator.page)).to.deep.equal([]);
    await dialog.getByRole('button', { name: 'Mở đợt xác nhận' }).click();
    await aggregator.page.getByText('293 dòng').waitFor();

    // The unit has its own lines and no others.
    const unit = await open.open('unit.snv');
    await unit.go('/confirm');
    await unit.page.getByRole('heading', { name: 'Các dòng của đơn vị' }).waitFor();
    const lines = unit.page.locator('.confirm-line');
    expect(await lines.count()).to.equal(7);
    const codes = await lines.locator('p').allInnerTexts();
    const [first = '', second = '', third = ''] = codes;
    await unit.page.getByRole('button', { name: `Không đúng vì…: ${first}` }).click();
    await unit.page.getByRole('button', { name: 'Gửi ý kiến' }).click();
    await unit.page.getByText('Cần ghi lý do.').waitFor();
    await unit.page.getByLabel('Không đúng vì *').fill('Đã được thẩm định đạt ngày 28/10');
    await unit.page.getByRole('button', { name: 'Xác nhận 6 dòng còn lại' }).waitFor();
    expect(await problemsInBothThemes(unit.page)).to.deep.equal([]);
    await unit.page.getByRole('button', { name: 'Gửi ý kiến' }).click();
    await unit.page.getByText('Ý kiến của đơn vị: Đã được thẩm định đạt ngày 28/10').waitFor();
    await unit.page.getByRole('button', { name: `Không đúng vì…: ${second}` }).click();
    await unit.page.getByLabel('Không đúng vì *').fill('Chưa nhận quyết định');
    await unit.page.getByRole('button', { name: 'Gửi ý kiến' }).click();
    await unit.page.getByText('Ý kiến của đơn vị: Chưa nhận quyết định').waitFor();
    await unit.page.getByRole('button', { name: `Đúng: ${third}` }).click();
    await unit.page.getByRole('button', { name: 'Xác nhận 4 dòng còn lại' }).click();
    await unit.page.getByText('Đã xác nhận 4 dòng.').waitFor();
    await lines.getByText('Đã xác nhận đúng').nth(4).waitFor();
    await unit.page.setViewportSize({ width: 360, height: 740 });
    expect(await sidewaysScroll(unit.page)).to.be.at.most(0);
    expect(await problemsInBothThemes(unit.page)).to.deep.equal([]);
    if (process.env.SHOT) await unit.page.screenshot({ path: `${process.env.SHOT}-unit.png` });

    // The aggregator rejects one with a reason and upholds the other, naming what put it right.
    const { send } = await callerOf(open, 'aggregator');
    const [task] = (await send('GET', `/tasks?programme=CK2022&q=${second}`)).items;
    const office = await callerOf(open, 'office');
    await office.send(
      'POST',
      `/tasks/${task.id}/deadlines`,
      {
        due: { kind: 'on_or_before', day: '2026-12-31' },
        reason: 'Theo ý kiến của đơn vị',
        document: { number: '9/UBND', date: '2026-11-20', issuer: 'UBND Tỉnh' },
      },
      task.version,
    );
    await aggregator.go('/confirm?status=disputed');
    await aggregator.page.getByText('2 dòng').waitFor();
    await aggregator.page.getByRole('button', { name: `Giải quyết: ${first}` }).click();
    // The button that this is the reason for says it as well, to whoever hears the page.
    await dialog.getByRole('paragraph').filter({ hasText: 'Chưa có ghi nhận nào của nhiệm vụ' }).waitFor();
    await dialog.getByLabel('Không chấp nhận').check();
    await dialog.getByLabel('Lý do').fill('Biên bản thẩm định ký ngày 03/11');
    await dialog.getByRole('button', { name: 'Không chấp nhận' }).click();
    await dialog.waitFor({ state: 'detached' });
    await aggregator.page.getByRole('button', { name: `Giải quyết: ${second}` }).click();
    await dialog.getByLabel('Ghi nhận đã sửa nhiệm vụ').waitFor();
    await dialog.getByRole('button', { name: 'Chấp nhận', exact: true }).click();
    await aggregator.page.getByText('0 dòng').waitFor();
    await aggregator.go('/confirm?unit=SNV');
    await aggregator.page.getByText('Trả lời: Biên bản thẩm định ký ngày 03/11').waitFor();
    if (process.env.SHOT) await aggregator.page.screenshot({ path: `${process.env.SHOT}-office.png` });
    expect(await problemsInBothThemes(aggregator.page)).to.deep.equal([]);
    await aggregator.page.setViewportSize({ width: 360, height: 740 });
    expect(await sidewaysScroll(aggregator.page)).to.be.at.most(0);
    await aggregator.page.setViewportSize({ width: 1366, height: 768 });

    // While units may still answer nothing is frozen, and the page says so in the API's words.
    const freeze = async () => {
      await aggregator.page.getByRole('button', { name: 'Chốt số liệu' }).first().click();
      await dialog.getByRole('button', { name: 'Chốt số liệu' }).click();
    };
    await freeze();
    await aggregator.page
      .getByText('Còn đơn vị chưa trả lời và chưa hết hạn xác nhận', { exact: false })
      .first()
      .waitFor();
    await dialog.getByRole('button', { name: 'Bỏ qua' }).click();

    // Once its day is over, silence stands apart and is no agreement.
    const { pool } = open.composition;
    await pool.query(`set session_replication_role = replica; update confirmation_round set due_on = current_date - 3;
      set session_replication_role = origin`);
    await aggregator.go('/confirm');
    const deemed = aggregator.page.getByRole('button', { name: /Không trả lời \(coi như xác nhận\)/ });
    expect(await deemed.innerText()).to.match(/^286\n/);
    await freeze();
    await aggregator.page.getByText('Số liệu của đợt này đã chốt.').waitFor();
    const complaints = [...aggregator.complaints, ...unit.complaints];
    expect(complaints.filter((text) => !/404|409/.test(text))).to.deep.equal([]);
  }).timeout(120_000);
});
