// The organisation in a browser: its units and their history, and reorganisations from the form to the last moved task.

import { expect } from 'chai';
import pg from 'pg';
import { accessibilityProblems, sidewaysScroll } from './support/axe.ts';
import { type Console, needsBrowser, openConsole } from './support/console.ts';

describe('Units in a browser', () => {
  let open: Console;
  let database: pg.Client;
  before(async function () {
    needsBrowser(this);
    this.timeout(240_000);
    open = await openConsole();
    database = new pg.Client({ connectionString: open.databaseUrl });
    await database.connect();
  });
  after(async () => {
    await database?.end();
    await open?.close();
  });

  /** As the worker does it, of this queue only. */
  const workReorganisations = async () => {
    const { intentions, handlers, clock } = open.composition;
    const claimed = await intentions.claimDue(clock.now(), 500);
    const ids = claimed.filter(({ queue }) => queue === 'organisation').map(({ id }) => id);
    expect(ids).to.not.deep.equal([]);
    await handlers.organisation?.(ids);
  };

  const shot = (page: { screenshot(options: object): Promise<unknown> }, name: string) =>
    process.env.SHOTS ? page.screenshot({ path: `${process.env.SHOTS}/units-${name}.png` }) : undefined;

  it('a unit is renamed by a decision: looked at, accepted, followed through a reload, and found with its history', async function () {
    this.timeout(120_000);
    const { page, go, complaints, context } = await open.open('admin');
    await go('/admin/units?tab=reorganise');
    await page.getByRole('button', { name: 'Xem trước tác động' }).click();
    await page.getByText('Bắt buộc nhập.').first().waitFor();
    await page.getByLabel('Số, ký hiệu').fill('15/NQ-HĐND');
    await page.getByLabel('Cơ quan ban hành').fill('Hội đồng nhân dân Tỉnh');
    await page.getByLabel('Ngày ban hành').fill('1/3/2025');
    await page.getByLabel('Có hiệu lực từ ngày').fill('hôm nay');
    await page.getByRole('combobox', { name: 'Đơn vị', exact: true }).fill('thong tin truyen thong');
    await page.locator('.combobox-list [role=option]').first().click();
    await page.getByLabel('Tên mới').fill('Sở Khoa học và Công nghệ (mới)');
    expect(await accessibilityProblems(page)).to.deep.equal([]);
    await shot(page, 'form');
    await page.getByRole('button', { name: 'Xem trước tác động' }).click();
    await page.getByText('STTTT: Sở Khoa học và Công nghệ (mới)').waitFor();
    await page.getByRole('button', { name: 'Chấp nhận và thực hiện' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('Sắp thực hiện').waitFor();
    await page.reload();
    await drawer.getByText('Sắp thực hiện').waitFor();
    await drawer.getByRole('progressbar').waitFor();
    await workReorganisations();
    await drawer.getByText('Đã thực hiện').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Danh sách' }).click();
    await page.getByRole('searchbox').fill('khoa hoc va cong nghe (moi)');
    await page.getByText('1 đơn vị', { exact: true }).waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('Enter');
    await drawer.getByText('15/NQ-HĐND ngày 01/03/2025 của Hội đồng nhân dân Tỉnh').waitFor();
    await drawer.getByText('Sở Thông tin và Truyền thông', { exact: true }).waitFor();
    await shot(page, 'history');
    expect(await accessibilityProblems(page)).to.deep.equal([]);

    await drawer.getByRole('button', { name: 'Đính chính' }).first().click();
    const correct = page.getByRole('dialog', { name: /^Đính chính/ });
    await correct.getByLabel('Tên đơn vị').fill('Sở Khoa học và Công nghệ');
    await correct.getByLabel('Lý do').fill('Gõ thừa chữ');
    await correct.getByRole('button', { name: 'Đính chính' }).click();
    await drawer.getByText('Đã được đính chính').waitFor();
    await drawer.getByText('Lý do: Gõ thừa chữ', { exact: false }).waitFor();
    await go('/admin/units?asOf=2025-06-01&q=STTTT');
    await page.getByRole('grid').getByText('Sở Thông tin và Truyền thông').waitFor();
    expect(complaints).to.deep.equal([]);
    await context.close();
  });

  it('a merge shows what it would do and asks for another appraiser where one would judge its own work; it can be called off before its day', async function () {
    this.timeout(120_000);
    const { rows } = await database.query<{ lead: string; agency: string }>(
      `select lead_unit as lead, appraiser_unit as agency from task
       where category in ('assigned', 'in_progress', 'awaiting_appraisal') and appraiser_unit is not null
         and appraiser_unit <> lead_unit group by 1, 2 order by count(*) desc, 1, 2 limit 1`,
    );
    const { lead, agency } = rows[0] as { lead: string; agency: string };
    const { page, go, complaints, context } = await open.open('admin');
    await go('/admin/units?tab=reorganise');
    await page.getByRole('radio', { name: 'Hợp nhất, sáp nhập' }).check();
    await page.getByLabel('Số, ký hiệu').fill('02/NQ-HĐND');
    await page.getByLabel('Cơ quan ban hành').fill('Hội đồng nhân dân Tỉnh');
    await page.getByLabel('Ngày ban hành').fill('1/11/2026');
    await page.getByLabel('Có hiệu lực từ ngày').fill('1/7/2027');
    for (const code of [lead, agency]) {
      await page.getByLabel('Thêm đơn vị').fill(code);
      await page
        .locator('.combobox-list [role=option]')
        .filter({ has: page.getByText(code, { exact: true }) })
        .click();
      await page
        .locator('.chosen')
        .nth(code === lead ? 0 : 1)
        .waitFor();
    }
    await page.getByRole('radio', { name: 'Đơn vị mới' }).check();
    await page.getByLabel('Mã', { exact: false }).first().fill('SHN');
    await page.getByLabel('Thứ tự trong danh sách').fill('2');
    await page.getByLabel('Tên đơn vị').fill('Sở Hợp nhất');
    await page.getByRole('button', { name: 'Xem trước tác động' }).click();
    await page.getByRole('heading', { name: 'Phải đổi cơ quan thẩm định' }).waitFor();
    const accept = page.getByRole('button', { name: /^Chấp nhận, thực hiện vào 01\/07\/2027/ });
    expect(await accept.getAttribute('aria-disabled')).to.equal('true');
    await page.getByRole('heading', { name: 'Người được chuyển' }).waitFor();
    expect(await accessibilityProblems(page)).to.deep.equal([]);
    await shot(page, 'preview');
    const others = page.getByLabel('Cơ quan thẩm định mới');
    for (let at = 0; at < (await others.count()); at += 1) {
      await others.nth(at).fill('van phong');
      await page.locator('.combobox-list [role=option]').first().click();
    }
    await page.waitForFunction(
      () =>
        ![...document.querySelectorAll('button')].some(
          (button) => button.textContent?.startsWith('Chấp nhận') && button.ariaDisabled === 'true',
        ),
    );
    await accept.click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('Chờ đến ngày').waitFor();
    await drawer.getByRole('button', { name: 'Hủy lần sắp xếp' }).click();
    const dialog = page.getByRole('dialog', { name: 'Hủy lần sắp xếp' });
    await dialog.getByLabel('Lý do hủy').fill('Nghị quyết được thay thế');
    await dialog.getByRole('button', { name: 'Hủy lần sắp xếp' }).click();
    await drawer.getByText('Đã hủy', { exact: true }).waitFor();
    expect(complaints).to.deep.equal([]);
    await context.close();
  });

  it('a split sends work by field and people one by one, and keeps what was typed when it is changed once more', async function () {
    this.timeout(120_000);
    const { page, go, complaints, context } = await open.open('admin');
    const option = page.locator('.combobox-list [role=option]').first();
    await go('/admin/units?tab=reorganise');
    await page.getByRole('radio', { name: 'Chia, tách' }).check();
    await page.getByLabel('Số, ký hiệu').fill('03/NQ-HĐND');
    await page.getByLabel('Cơ quan ban hành').fill('Hội đồng nhân dân Tỉnh');
    await page.getByLabel('Ngày ban hành').fill('1/11/2026');
    await page.getByLabel('Có hiệu lực từ ngày').fill('1/7/2027');
    await page.getByLabel('Đơn vị được chia, tách').fill('so giao thong');
    await option.click();
    await page.getByRole('button', { name: 'Xem trước tác động' }).click();
    await page.getByText('Cần ít nhất hai đơn vị nhận.').waitFor();
    const first = page.getByRole('group', { name: 'Đơn vị nhận 1' });
    await first.getByRole('combobox').fill('so xay dung');
    await option.click();
    await page.getByRole('button', { name: 'Thêm đơn vị' }).click();
    const second = page.getByRole('group', { name: 'Đơn vị nhận 2' });
    await second.getByRole('radio', { name: 'Đơn vị mới' }).check();
    await second.getByLabel('Mã', { exact: false }).first().fill('BQLGT');
    await second.getByLabel('Thứ tự trong danh sách').fill('41');
    await second.getByLabel('Tên đơn vị').fill('Ban Quản lý dự án giao thông');
    await page.getByRole('button', { name: 'Thêm lĩnh vực' }).click();
    await page.getByRole('textbox', { name: 'Lĩnh vực' }).fill('đầu tư công');
    await page.getByLabel('Chuyển cho').selectOption({ label: 'Ban Quản lý dự án giao thông' });
    await page.getByRole('button', { name: 'Xem trước tác động' }).click();
    await page.getByRole('heading', { name: 'Người được chuyển' }).waitFor();
    const head = page.getByLabel(/^Thủ trưởng SGTVT .* chuyển đến/);
    expect(await head.inputValue()).to.equal('SXD');
    await head.selectOption({ label: 'Ban Quản lý dự án giao thông' });
    await page.waitForFunction(() =>
      [...document.querySelectorAll('select')].some((one) => one.value === 'BQLGT' && !one.disabled),
    );
    expect(await accessibilityProblems(page)).to.deep.equal([]);
    await page.getByRole('button', { name: 'Sửa nội dung' }).click();
    expect(await page.getByLabel('Số, ký hiệu').inputValue()).to.equal('03/NQ-HĐND');
    expect(await page.getByRole('textbox', { name: 'Lĩnh vực' }).inputValue()).to.equal('đầu tư công');
    expect(complaints).to.deep.equal([]);
    await context.close();
  });

  it('a unit is added; others see the list with the reason why they cannot; neat in light and dark, wide and at 360 px', async function () {
    this.timeout(150_000);
    const admin = await open.open('admin');
    await admin.go('/admin/units');
    await admin.page.getByRole('button', { name: 'Thêm đơn vị' }).click();
    const add = admin.page.getByRole('dialog', { name: 'Thêm đơn vị' });
    await add.getByLabel('Mã', { exact: false }).first().fill('UBXTB');
    await add.getByLabel('Thứ tự trong danh sách').fill('90');
    await add.getByLabel('Tên đơn vị').fill('UBND xã Tân Bình');
    await add.getByLabel('Loại').selectOption('commune');
    await add.getByLabel('Trực thuộc').fill('lap vo');
    await add.locator('.combobox-list [role=option]').first().click();
    await add.getByRole('button', { name: 'Thêm đơn vị' }).click();
    await admin.page.getByRole('dialog', { name: 'UBND xã Tân Bình' }).getByText('UBND huyện Lấp Vò').first().waitFor();
    await admin.context.close();

    // The office chooses people by name and unit, and sees nothing else of their accounts.
    const office = await open.open('office');
    await office.go('/admin/units?tab=absences');
    await office.page.getByText('Hiện không có ai vắng mặt.').waitFor();
    await office.page.getByRole('button', { name: 'Ghi nhận vắng mặt' }).click();
    const away = office.page.getByRole('dialog', { name: 'Ghi nhận vắng mặt' });
    const option = office.page.locator('.combobox-list [role=option]').first();
    await away.getByLabel('Người vắng mặt').fill('tham dinh snv');
    expect(await option.innerText())
      .to.include('Sở Nội vụ')
      .and.not.include('@');
    await option.click();
    await away.getByLabel('Vắng từ ngày').fill('hôm nay');
    await away.getByLabel('Ngày trở lại làm việc').fill('+5');
    await away.getByLabel('Người thay').fill('tham dinh stp');
    await option.click();
    await away.getByLabel('Thẩm quyền ký').selectOption('KT.');
    expect(await accessibilityProblems(office.page)).to.deep.equal([]);
    await away.getByRole('button', { name: 'Ghi nhận vắng mặt' }).click();
    await office.page.getByText('KT. Thẩm định STP').waitFor();
    await shot(office.page, 'absences');
    expect(office.complaints).to.deep.equal([]);
    await office.context.close();
    for (const theme of ['light', 'dark'])
      for (const width of [1366, 360]) {
        const { page, go, context, complaints } = await open.open('office', {
          viewport: { width, height: 768 },
          settings: { theme },
        });
        for (const tab of ['units', 'runs', 'reorganise', 'absences']) {
          await go(`/admin/units?tab=${tab}`);
          await page
            .getByText(tab === 'absences' ? 'Người thay làm việc dưới tên mình' : 'Chỉ xem: việc thêm, đính chính')
            .waitFor();
          if (tab !== 'reorganise') await page.locator('[role=grid], .table').first().waitFor();
          expect(await accessibilityProblems(page), `${tab} ${theme} ${width}`).to.deep.equal([]);
          expect(await sidewaysScroll(page), `${tab} ${theme} ${width}`).to.be.at.most(0);
          await shot(page, `${tab}-${theme}-${width}`);
        }
        expect(complaints).to.deep.equal([]);
        await context.close();
      }
  });
});
