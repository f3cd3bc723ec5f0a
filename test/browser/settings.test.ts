// Settings of the browser and of one's own account, and the first look at the console.

import { expect } from 'chai';
import { Secret, TOTP } from 'otpauth';
import { accessibilityProblems, sidewaysScroll } from './support/axe.ts';
import { type Console, demoPassword, needsBrowser, openConsole, settled } from './support/console.ts';

describe('Settings in a browser', function () {
  this.timeout(180_000);
  let open: Console;
  before(async function () {
    needsBrowser(this);
    this.timeout(180_000);
    open = await openConsole();
  });
  after(async () => open?.close());

  it('keep theme, density and shortcuts, and C19: change the language with the address and what was typed standing', async () => {
    const { page, go, complaints } = await open.open('office');
    await go('/settings');
    const root = () =>
      page.evaluate(() => ({ ...document.documentElement.dataset, lang: document.documentElement.lang }));
    await page.getByLabel('Giao diện').selectOption('dark');
    await page.getByLabel('Mật độ danh sách').selectOption('compact');
    await page.getByLabel('Dùng phím tắt một phím').uncheck();
    await page.getByLabel('Mật khẩu mới', { exact: true }).fill('chưa gửi đi đâu');
    await page.getByLabel('Ngôn ngữ').selectOption('en');
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    expect(await root()).to.deep.equal({ theme: 'dark', density: 'compact', lang: 'en' });
    expect(await page.getByLabel('New password', { exact: true }).inputValue()).to.equal('chưa gửi đi đâu');
    expect(new URL(page.url()).pathname).to.equal('/settings');
    await page.reload();
    await settled(page);
    expect(await root()).to.deep.equal({ theme: 'dark', density: 'compact', lang: 'en' });
    await page.keyboard.press('?');
    // Time for the list of keys to be fetched and drawn, had the key asked for it.
    await page.waitForTimeout(500);
    expect(await page.getByRole('dialog').count()).to.equal(0);
    expect(await accessibilityProblems(page)).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
  });

  it('show where one is signed in, end that, and give API tokens that are seen once', async () => {
    const { page, go, complaints } = await open.open('leader');
    await open.open('leader', {
      userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:115.0) Gecko/20100101 Firefox/115.0',
    });
    await go('/settings');
    const other = page.getByRole('row', { name: /Firefox · Windows/ });
    await other.getByRole('button').click();
    await other.waitFor({ state: 'detached' });
    await page.getByText('Phiên này').waitFor();

    await page.getByRole('button', { name: 'Tạo mã truy cập' }).click();
    await page.getByLabel('Tên phần mềm').fill('Trang tin của Sở');
    await page.getByLabel('Đọc nhiệm vụ').check();
    await page.getByRole('button', { name: 'Tạo', exact: true }).click();
    await page.getByText('mã chỉ hiện một lần').waitFor();
    const token = (await page.locator('.notice .secret-text').textContent()) ?? '';
    const asked = await fetch(`${open.url}/api/v1/tasks?limit=1`, { headers: { Authorization: `Bearer ${token}` } });
    expect(asked.status).to.equal(200);
    await page.reload();
    await settled(page);
    await page.getByRole('row', { name: /Trang tin của Sở/ }).waitFor();
    expect(await page.locator('body').textContent()).not.to.include(token);
    await page.getByRole('button', { name: 'Thu hồi mã Trang tin của Sở' }).click();
    await page.getByText('Chưa có mã truy cập nào').waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('turn the second factor on with a picture for the phone, and signing in asks for it, also after the provider', async () => {
    const { page, context, go, complaints } = await open.open('auditor');
    await go('/settings');
    await page.getByRole('button', { name: 'Bật xác thực hai lớp' }).click();
    await page.getByLabel('Nhập mật khẩu để tiếp tục').fill(demoPassword);
    await page.getByRole('button', { name: 'Tiếp tục' }).click();
    await page.getByRole('img', { name: /Mã QR/ }).waitFor();
    expect(await accessibilityProblems(page)).to.deep.equal([]);
    if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}-qr.png`, fullPage: true });
    const secret = (await page.locator('.secret-text').textContent()) ?? '';
    await page.getByLabel('Mã 6 số').fill(TOTP.generate({ secret: Secret.fromBase32(secret) }));
    await page.getByRole('button', { name: 'Xác nhận' }).click();
    const list = page.getByRole('list', { name: 'Mã khôi phục' });
    await list.waitFor();
    const codes = await list.getByRole('listitem').allTextContents();
    expect(codes).to.have.length(10);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('heading', { name: 'Phiên đăng nhập' }).isVisible()).to.equal(false);
    expect(await list.isVisible()).to.equal(true);
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('button', { name: 'Tôi đã cất các mã này' }).click();
    await page.getByText('Đang bật.').waitFor();
    expect(complaints).to.deep.equal([]);

    // As the provider's return leaves a browser: the challenge in a cookie, and this address.
    await context.clearCookies();
    const half = await context.request.post('/api/v1/sessions', {
      data: { email: 'auditor@demo.local', password: demoPassword },
    });
    const { challenge } = await half.json();
    await context.addCookies([{ name: 'dondoc_challenge', value: challenge, url: open.url, httpOnly: true }]);
    await page.goto('/?signIn=second-factor');
    await page.getByLabel(/Mã xác thực/).fill('000000');
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel(/Mã xác thực/).fill(codes[0] ?? '');
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await page.getByRole('navigation', { name: 'Điều hướng' }).first().waitFor();
    expect(new URL(page.url()).search).to.equal('');
  });

  it('C6: C7: read well in both themes and fit a telephone', async () => {
    for (const theme of ['light', 'dark'] as const) {
      const { page, go, context } = await open.open('head.snv', {
        settings: { theme },
        viewport: { width: 360, height: 740 },
      });
      await go('/settings');
      await page.getByText('Phiên này').waitFor();
      expect(await sidewaysScroll(page), theme).to.be.at.most(0);
      expect(await accessibilityProblems(page), theme).to.deep.equal([]);
      if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}-${theme}-360.png`, fullPage: true });
      await page.setViewportSize({ width: 1366, height: 768 });
      expect(await accessibilityProblems(page), theme).to.deep.equal([]);
      if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}-${theme}.png`, fullPage: true });
      await context.close();
    }
  });
});

describe('The first look at the console', function () {
  this.timeout(180_000);
  let open: Console;
  before(async function () {
    needsBrowser(this);
    this.timeout(180_000);
    open = await openConsole();
  });
  after(async () => open?.close());

  it('has five steps by keyboard, comes once, and again when Settings are asked for it', async () => {
    const { page, go, complaints } = await open.open('leader', { settings: { toured: false } });
    await go('/tasks?programme=CK2022');
    const dialog = page.getByRole('dialog', { name: 'Làm quen với Đôn đốc' });
    await dialog.waitFor();
    const told: string[] = [];
    for (let step = 1; step <= 5; step += 1) {
      await dialog.getByText(`Bước ${step}/5`).waitFor();
      told.push((await dialog.getByRole('heading', { level: 3 }).textContent()) ?? '');
      expect(await page.locator('.toured').count(), `step ${step}`).to.equal(1);
      expect(await dialog.evaluate((node) => node.contains(document.activeElement))).to.equal(true);
      if (step === 2) {
        expect(await accessibilityProblems(page)).to.deep.equal([]);
        if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}-tour.png` });
      }
      await dialog.getByRole('button', { name: /Tiếp theo|Bắt đầu/ }).focus();
      await page.keyboard.press('Enter');
    }
    await dialog.waitFor({ state: 'detached' });
    expect(new Set(told).size).to.equal(5);
    expect(await page.locator('.toured').count()).to.equal(0);

    await page.reload();
    await settled(page);
    expect(await dialog.count()).to.equal(0);
    await go('/settings');
    await page.getByRole('button', { name: 'Xem lại phần giới thiệu' }).click();
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(complaints).to.deep.equal([]);
  });

  it('lets whoever knows it all go on at once, on a telephone too', async () => {
    const { page, go } = await open.open('unit.snv', {
      settings: { toured: false, language: 'en' },
      viewport: { width: 360, height: 740 },
    });
    await go('/tasks?programme=CK2022');
    await page.getByRole('button', { name: 'Next' }).click();
    expect(await sidewaysScroll(page)).to.be.at.most(0);
    if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}-tour-360.png` });
    await page.getByRole('button', { name: 'Skip the introduction' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});
