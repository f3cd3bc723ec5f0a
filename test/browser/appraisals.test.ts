import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { callerOf } from './support/api.ts';
import { problemsInBothThemes } from './support/both-themes.ts';
import { type Console, needsBrowser, openConsole, settled } from './support/console.ts';

const queue = (page: Page) => page.getByRole('listbox', { name: 'Hàng đợi thẩm định' });
const chosen = (page: Page): Promise<string> =>
  page.locator('[role=option][aria-selected=true] .small').first().locator('span').first().innerText();
const claim = (page: Page, code: string) => page.getByRole('article', { name: `Hồ sơ ${code}` });
const nothingHeld = (page: Page) => page.getByRole('region', { name: 'Sắp gửi' }).waitFor({ state: 'detached' });

/** Presses of keys as the browser saw them, Ctrl among them, and anything a mouse did. */
const countInput = (page: Page) =>
  page.addInitScript(() => {
    const counts = { keys: 0, mouse: 0 };
    Object.assign(globalThis, { counts });
    const count = (what: keyof typeof counts) => (event: Event) => {
      if (event.isTrusted) counts[what] += 1;
    };
    addEventListener('keydown', count('keys'), true);
    for (const type of ['mousedown', 'mousemove', 'pointerdown', 'touchstart'])
      addEventListener(type, count('mouse'), true);
  });

describe('The appraisers’ desk in a browser', () => {
  let open: Console;
  before(async function () {
    needsBrowser(this);
    this.timeout(180_000);
    open = await openConsole();
  });
  after(async () => open?.close());

  it('shows the claim as it is decided on, holds a decision for eight seconds, and takes it back', async () => {
    const { page, go, complaints } = await open.open('appraiser.skhdt');
    await go('/appraisals');
    const { send } = await callerOf(open, 'appraiser.skhdt');
    const code = await chosen(page);
    const [item] = (await send('GET', `/appraisals?group=none&waiting=mine`)).items;
    expect(item.code, 'the oldest comes first').to.equal(code);
    const shown = claim(page, code);
    await shown.getByText('Chỉ tiêu cam kết').waitFor();
    for (const words of ['Kết quả báo cáo', 'Đơn vị trình bày', 'Báo cáo kết quả thực hiện'])
      expect(await shown.innerText()).to.include(words);
    expect(page.url()).to.include('/appraisals');

    // Returning needs a reason, and says so without sending anything.
    await page.keyboard.press('2');
    await page.keyboard.press('Control+Enter');
    await shown.getByText('Cần ghi lý do.').waitFor();
    await page.keyboard.type('thieu so lieu');
    await page.keyboard.press('Control+Enter');
    await page.getByText(/Trả lại – gửi sau \d giây/).waitFor();
    expect(await chosen(page), 'the next one by itself').to.not.equal(code);
    expect(await queue(page).evaluate((box) => box === document.activeElement)).to.equal(true);
    await page.keyboard.press('z');
    await nothingHeld(page);
    await claim(page, code).waitFor();
    expect(await page.getByLabel('Lý do trả lại').inputValue(), 'what was typed is kept').to.equal('thieu so lieu');
    const untouched = await send('GET', `/tasks/${item.id}`);
    expect([untouched.category, untouched.version]).to.deep.equal(['awaiting_appraisal', item.version]);

    // Leaving sends what is held at once.
    await page.getByLabel('Cần bổ sung (mỗi dòng một mục)').fill('Biểu số liệu\nVăn bản xác nhận');
    await page.keyboard.press('Control+Enter');
    await page.getByText(/Trả lại – gửi sau \d giây/).waitFor();
    await page.goto('/tasks');
    await settled(page);
    let now = untouched;
    while (now.category === 'awaiting_appraisal') now = await send('GET', `/tasks/${item.id}`);
    expect(now.lastReturn.missing).to.deep.equal(['Biểu số liệu', 'Văn bản xác nhận']);
    expect(now.lastReturn.reason).to.equal('thieu so lieu');
    expect(complaints.filter((text) => !text.includes('404'))).to.deep.equal([]);
  }).timeout(90_000);

  it('C1: twenty claims are cleared by keyboard alone, three of them with a reason, in at most a hundred key presses', async () => {
    const { page, go } = await open.open('appraiser.stttt');
    await countInput(page);
    await go('/appraisals');
    await page.getByText('còn 25 hồ sơ').waitFor();
    const cleared: { readonly code: string; readonly returned: boolean }[] = [];
    while (cleared.length < 20) {
      const code = await chosen(page);
      await claim(page, code).waitFor();
      const returned = cleared.length % 7 === 3;
      await page.keyboard.press(returned ? '2' : '1');
      if (returned) await page.keyboard.type('can so lieu');
      await page.keyboard.press('Control+Enter');
      await page.locator(`[role=option]:has-text("${code}")`).waitFor({ state: 'detached' });
      cleared.push({ code, returned });
    }
    const counts = await page.evaluate(() => (globalThis as unknown as { counts: object }).counts);
    expect(counts).to.have.property('mouse', 0);
    expect(counts).to.have.property('keys').that.is.at.most(100);
    expect(await queue(page).evaluate((box) => box === document.activeElement)).to.equal(true);
    await nothingHeld(page);
    const { send } = await callerOf(open, 'appraiser.stttt');
    expect((await send('GET', '/appraisals')).total).to.equal(5);
    for (const { code, returned } of cleared) {
      const [{ id }] = (await send('GET', `/tasks?programme=CK2022&q=${code}`)).items;
      expect(await send('GET', `/tasks/${id}`).then(({ category }) => category), code).to.equal(
        returned ? 'in_progress' : 'done',
      );
    }
    await page.getByText('còn 5 hồ sơ').waitFor();
  }).timeout(120_000);

  it('C2: what is of one’s own unit cannot be decided, says why, and a request by hand gets the same reason', async () => {
    const admin = await callerOf(open, 'admin');
    const { send, say } = await callerOf(open, 'appraiser.bhxh');
    const [item] = (await send('GET', '/appraisals?group=none')).items;
    const account = (await send('GET', '/me')).id;
    await admin.send('PUT', `/accounts/${account}/memberships`, {
      memberships: [
        { role: 'appraiser', unit: 'BHXH' },
        { role: 'focal_point', unit: item.unit.code },
      ],
      reason: 'Kiêm nhiệm',
    });
    const { page, go } = await open.open('appraiser.bhxh');
    await go(`/appraisals?waiting=all&i=${item.code}`);
    const shown = claim(page, item.code);
    await shown.getByText('Bạn thuộc đơn vị được thẩm định', { exact: false }).first().waitFor();
    for (const verdict of [/^Đạt/, /^Trả lại/, /^Không đạt/])
      expect(await shown.getByRole('button', { name: verdict }).getAttribute('aria-disabled')).to.equal('true');
    await page.keyboard.press('1');
    await page.keyboard.press('Control+Enter');
    expect(await page.getByRole('region', { name: 'Sắp gửi' }).count()).to.equal(0);
    const [{ actions }] = (await send('GET', `/appraisals?unit=${item.unit.code}`)).items;
    const byHand = await say('POST', `/tasks/${item.id}/transitions`, { outcome: 'achieved' }, item.version);
    expect([byHand.status, byHand.body.code]).to.deep.equal([403, actions.answers[0].refused]);
    expect(byHand.body.code).to.equal('conflict_of_interest');
  }).timeout(60_000);

  it('tells how many have to agree before anybody acts, and what changed since the round before', async () => {
    const admin = await callerOf(open, 'admin');
    const unit = await callerOf(open, 'unit.sgddt');
    const other = await callerOf(open, 'appraiser.snv');
    const { version: _version, ...rules } = JSON.parse(
      readFileSync(new URL('../../src/domain/workflow/built-in/commitment.json', import.meta.url), 'utf8'),
    );
    const [appraisal] = rules.appraisals;
    const two = { ...appraisal, rule: 'quorum', quorum: 2, participants: 'vote' };
    const drafted = await admin.send('POST', '/workflows', { ...rules, appraisals: [two] });
    await admin.send('POST', `/workflows/commitment/versions/${drafted.definition.version}/publish`);
    const task = await admin.send('POST', '/tasks', {
      programme: 'CK2022',
      code: 'CK2022-HAI-NGUOI',
      title: 'Cấp học bạ số cho học sinh tiểu học',
      target: 98,
      measureUnit: '%',
      leadUnit: 'SGDDT',
      appraiserUnit: 'SNV',
      participants: ['STC'],
      due: { kind: 'on_or_before', day: '2026-12-31' },
    });
    const hands = async (result: string, evidence: readonly object[]) => {
      const { version } = await unit.send('GET', `/tasks/${task.id}`);
      const body = { transition: 'submit', fields: { result, achieved: 67.8 }, evidence };
      return unit.send('POST', `/tasks/${task.id}/transitions`, body, version);
    };
    await unit.send('POST', `/tasks/${task.id}/transitions`, { transition: 'acknowledge' }, task.version);
    const second = await callerOf(open, 'appraiser.stc');
    let { version } = await hands('Đạt 60%', [{ title: 'Báo cáo', reference: '1/BC' }]);
    for (const { send } of [other, second])
      ({ version } = await send(
        'POST',
        `/tasks/${task.id}/transitions`,
        { outcome: 'returned', reason: 'Thiếu biểu', missing: [{ what: 'Biểu số liệu' }] },
        version,
      ));
    ({ version } = await hands('Đạt 67,8%', [{ title: 'Biểu số liệu', reference: '2/BC' }]));
    await other.send('POST', `/tasks/${task.id}/transitions`, { outcome: 'achieved' }, version);

    const { page, go } = await open.open('appraiser.stc');
    await go(`/appraisals?i=CK2022-HAI-NGUOI`);
    const shown = claim(page, 'CK2022-HAI-NGUOI');
    await shown.getByText('Cần 2 người đồng ý – đã có 1/2 (Thẩm định SNV (minh họa))').waitFor();
    await shown.getByText('Còn chờ: Thẩm định STC (minh họa)').waitFor();
    await shown.getByText('98 %').waitFor();
    for (const words of ['So với lượt 1', 'Thiếu biểu', 'Đạt 60%', 'mới so với lượt trước'])
      await shown.getByText(words).first().waitFor();
    expect(await problemsInBothThemes(page)).to.deep.equal([]);
    if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}-two.png` });

    // A question to the unit, from the page.
    await shown.getByRole('button', { name: 'Hỏi đơn vị' }).click();
    await page.getByLabel('Nội dung cần đơn vị làm rõ').fill('Số liệu tính đến ngày nào?');
    expect(await problemsInBothThemes(page), 'with the dialog open').to.deep.equal([]);
    await page.getByRole('button', { name: 'Gửi', exact: true }).click();
    await page.getByText('Đã gửi câu hỏi cho đơn vị.').waitFor();
    expect((await unit.send('GET', `/tasks/${task.id}`)).review.question).to.not.equal(null);
  }).timeout(90_000);

  it('passes together only what was opened, under one document, and tells what could not be done', async () => {
    const { page, go } = await open.open('appraiser.snnptnt');
    const { send } = await callerOf(open, 'appraiser.snnptnt');
    await go('/appraisals');
    const items = (await send('GET', '/appraisals?group=none')).items as {
      readonly id: string;
      readonly code: string;
    }[];
    expect(items.length).to.be.at.least(3);
    await page.getByRole('button', { name: 'Đạt 1 hồ sơ đã xem' }).waitFor();
    await page.keyboard.press('j');
    await page.getByRole('button', { name: 'Đạt 2 hồ sơ đã xem' }).click();
    await page.getByLabel('Số, ký hiệu').fill('12/BB-VP');
    await page.getByLabel('Ngày ban hành').fill('hôm nay');
    await page.getByLabel('Cơ quan ban hành').fill('Văn phòng');
    const [first, second] = items;
    const office = await callerOf(open, 'office');
    const task = await office.send('GET', `/tasks/${second?.id}`);
    await office.send(
      'POST',
      `/tasks/${second?.id}/transitions`,
      { transition: 'stop', document: { number: '1/QĐ', date: '2026-11-20', issuer: 'UBND Tỉnh' } },
      task.version,
    );
    await page.getByRole('button', { name: 'Đạt 2 hồ sơ', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('1/2 hồ sơ được ghi nhận').waitFor();
    expect(await dialog.innerText())
      .to.include('1 hồ sơ không thực hiện được')
      .and.to.include(second?.code);
    const events = await send('GET', `/tasks/${first?.id}/events?limit=100`);
    expect(events.items.at(-1).payload).to.deep.include({ answer: 'achieved' });
    expect(events.items.at(-1).payload.document.number).to.equal('12/BB-VP');
  }).timeout(60_000);

  it('tells in the API’s words when somebody was quicker while a decision was held, and loses no text', async () => {
    const { page, go } = await open.open('appraiser.snv');
    const { send } = await callerOf(open, 'appraiser.snv');
    await go('/appraisals');
    const code = await chosen(page);
    const [{ id, version }] = (await send('GET', '/appraisals?group=none&waiting=mine')).items;
    const office = await callerOf(open, 'office');
    await page.keyboard.press('3');
    await page.keyboard.type('khong dat chi tieu');
    await page.keyboard.press('Control+Enter');
    await page.getByText(/Không đạt – gửi sau \d giây/).waitFor();
    await office.send(
      'POST',
      `/tasks/${id}/deadlines`,
      {
        due: { kind: 'on_or_before', day: '2026-12-31' },
        reason: 'Gia hạn',
        document: { number: '1/UBND', date: '2026-11-20', issuer: 'UBND Tỉnh' },
      },
      version,
    );
    await page.getByRole('button', { name: 'Gửi ngay' }).click();
    await page.getByText(`${code} chưa gửi được: Nhiệm vụ`, { exact: false }).waitFor();
    await page.locator(`[role=option]:has-text("${code}")`).click();
    await claim(page, code).getByText('Hạn 31/12/2026').waitFor();
    expect(await page.getByLabel('Lý do không đạt').inputValue()).to.equal('khong dat chi tieu');
    await page.getByLabel('Lý do không đạt').press('Control+Enter');
    await page.getByRole('button', { name: 'Gửi ngay' }).click();
    await page.locator(`[role=option]:has-text("${code}")`).waitFor({ state: 'detached' });
    await nothingHeld(page);
    expect((await send('GET', `/tasks/${id}`)).category).to.equal('not_done');
  }).timeout(60_000);

  it('is a queue and then a claim on a phone, without sideways scroll, and has no fault axe knows of', async () => {
    const { page, go, complaints } = await open.open('appraiser.snv', { viewport: { width: 360, height: 740 } });
    await go('/appraisals');
    const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(await sideways()).to.be.at.most(0);
    expect(await problemsInBothThemes(page)).to.deep.equal([]);
    await page.locator('[role=option]').nth(1).click();
    await page.getByRole('button', { name: 'Về danh sách' }).waitFor();
    expect(await queue(page).isVisible()).to.equal(false);
    expect(await sideways()).to.be.at.most(0);
    expect(await problemsInBothThemes(page)).to.deep.equal([]);
    await page.goBack();
    await queue(page).waitFor();
    expect(complaints.filter((text) => !text.includes('404'))).to.deep.equal([]);
  }).timeout(60_000);
});
