import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { builtConsole } from '../../src/adapters/http/console.ts';
import { accessibilityProblems, sidewaysScroll } from './support/axe.ts';
import { type Console, needsBrowser, openConsole, type Visit } from './support/console.ts';

interface Definition {
  readonly key: string;
  readonly version: number;
  readonly name: { readonly vi: string; readonly en: string };
  readonly states: readonly { readonly key: string }[];
  readonly transitions: readonly { readonly key: string; readonly from: readonly string[]; readonly to: string }[];
  readonly timers: readonly { readonly key: string }[];
}

describe('The workflow designer', () => {
  let open: Console;
  let admin: Visit;
  before(async function () {
    needsBrowser(this);
    this.timeout(240_000);
    open = await openConsole();
    admin = await open.open('admin');
  });
  after(async () => open?.close());

  const headers = () => ({ 'X-Requested-With': 'dondoc', Origin: open.url });
  const read = async (key: string, version: number): Promise<Definition> => {
    const answer = await admin.context.request.get(`/api/v1/workflows/${key}/versions/${version}`);
    return ((await answer.json()) as { definition: Definition }).definition;
  };
  /** A draft like the built-in commitment, by the API. */
  const drafted = async (key: string): Promise<string> => {
    const { version: _, ...template } = await read('commitment', 1);
    const answer = await admin.context.request.post('/api/v1/workflows', {
      data: { ...template, key },
      headers: headers(),
    });
    expect(answer.status()).to.equal(201);
    return `/workflows?key=${key}&version=1`;
  };
  const diagram = (page: Page) =>
    page
      .locator('.diagram path[data-transition]')
      .evaluateAll((all) =>
        all.map(
          (one) =>
            `${one.getAttribute('data-transition')}: ${one.getAttribute('data-from')} > ${one.getAttribute('data-to')}`,
        ),
      );
  const table = (page: Page) =>
    page
      .locator('tr[data-transition]')
      .evaluateAll((all) =>
        all.flatMap((row) =>
          [...row.querySelectorAll('[data-from]')].map(
            (from) =>
              `${row.getAttribute('data-transition')}: ${from.getAttribute('data-from')} > ${row.querySelector('[data-to]')?.getAttribute('data-to')}`,
          ),
        ),
      );
  /** Presses Tab until something of that name has the focus. */
  const tabTo = async (page: Page, name: string) => {
    for (let presses = 0; presses < 120; presses += 1) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate(() => document.activeElement?.textContent?.trim())) === name) return;
    }
    throw new Error(`Tab never reaches ${name}.`);
  };
  const save = async (page: Page) => {
    await page.getByRole('button', { name: 'Lưu bản nháp', exact: true }).click();
    await page.getByText('Mọi thay đổi đã lưu.').waitFor();
  };

  it('C21: diagram and transition table agree, and a published version is read-only', async function () {
    this.timeout(90_000);
    const { page, go, complaints } = admin;
    await go('/workflows');
    await page.getByRole('link', { name: 'Phiên bản 1' }).first().click();
    await page.locator('.diagram path[data-transition]').first().waitFor();
    const { transitions, states } = await read('commitment', 1);
    const wanted = transitions.flatMap(({ key, from, to }) => from.map((source) => `${key}: ${source} > ${to}`));
    expect(await table(page)).to.have.members(wanted);
    expect(await diagram(page)).to.have.members(wanted);
    const drawn = await page
      .locator('.diagram [data-state]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-state')));
    expect(drawn).to.have.members(states.map(({ key }) => key));

    await page.getByText('Phiên bản đã ban hành không sửa được.').waitFor();
    expect(await page.locator('main :is(input, select, textarea)').count()).to.equal(0);
    await go('/workflows?key=commitment&version=1&tab=edit&part=states&item=0');
    await page.getByText('Phiên bản đã ban hành không sửa được.').waitFor();
    expect(await page.locator('main :is(input, select, textarea)').count()).to.equal(0);
    const forced = await admin.context.request.put('/api/v1/workflows/commitment/versions/1', {
      data: await read('commitment', 1),
      headers: headers(),
    });
    expect([forced.status(), (await forced.json()).code]).to.deep.equal([409, 'definition.not_draft']);

    const office = await open.open('office');
    await office.go('/workflows?key=commitment&version=1');
    await office.page.locator('tr[data-transition]').first().waitFor();
    expect(await office.page.getByRole('button', { name: /Tạo bản nháp|Ngừng áp dụng/ }).count()).to.equal(0);
    await office.context.close();
    expect(complaints).to.deep.equal([]);
  });

  it('C21: an administrator drafts a workflow from the template, adds a state by keyboard only, publishes it, and tasks follow it', async function () {
    this.timeout(150_000);
    const { page, go, context, complaints } = await open.open('admin');
    await go('/workflows');
    await page.getByRole('button', { name: 'Tạo quy trình từ mẫu' }).click();
    await page.getByLabel('Tên tiếng Việt').fill('Cam kết có bổ sung hồ sơ');
    await page.getByLabel('Tên tiếng Anh').fill('Commitment with more papers');
    await page.getByLabel('Khóa').fill('Sai khóa');
    await page.getByRole('button', { name: 'Tạo bản nháp', exact: true }).click();
    await page.getByText('tối đa 64 ký tự').waitFor();
    await page.getByLabel('Khóa').fill('cam-ket-bo-sung');
    await page.getByRole('button', { name: 'Tạo bản nháp', exact: true }).click();
    await page.getByText('Không còn vướng mắc').waitFor();

    // From here by keyboard only, until the state is there.
    await tabTo(page, 'Thêm trạng thái');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => (document.activeElement as HTMLElement).dataset.pointer === '/states/6/name/vi');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Chờ bổ sung hồ sơ');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Awaiting papers');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('papers');
    await page.keyboard.press('Tab');
    await page.getByText('2 chỗ cần xử lý').waitFor();
    expect(await page.locator('.diagram [data-state="papers"]').count()).to.equal(1);
    const publish = page.getByRole('button', { name: 'Ban hành' });
    expect(await publish.getAttribute('aria-disabled')).to.equal('true');

    // Back and forth again: each field is a step, and adding the state was one.
    for (let presses = 0; presses < 4; presses += 1) await page.getByRole('button', { name: /^Hoàn tác/ }).click();
    await page.getByText('Không còn vướng mắc').waitFor();
    expect(await page.locator('.diagram [data-state]').count()).to.equal(6);
    for (let presses = 0; presses < 4; presses += 1) await page.getByRole('button', { name: /^Làm lại/ }).click();
    await page.locator('.diagram [data-state="papers"]').waitFor();

    // What was not saved survives the page.
    await page.reload();
    await page.getByText('Đã khôi phục nội dung đang nhập dở.').waitFor();
    await page.getByText('Có thay đổi chưa lưu').waitFor();

    // A problem leads to its field.
    await page.getByRole('button', { name: /Không có đường từ trạng thái đầu/ }).click();
    await page.waitForFunction(() => (document.activeElement as HTMLElement).dataset.pointer?.startsWith('/states/6'));

    const step = async (index: number, name: string, from: string, to: string) => {
      await page.getByRole('link', { name: /^Bước chuyển/ }).click();
      await page.getByRole('button', { name: 'Thêm bước chuyển' }).click();
      await page.locator(`[data-pointer="/transitions/${index}/name/vi"]`).fill(name);
      await page.getByRole('group', { name: 'Từ trạng thái' }).getByLabel(from, { exact: true }).check();
      await page.getByLabel('Đến trạng thái').selectOption({ label: to });
      await page.getByRole('group', { name: 'Ai được làm' }).getByLabel('Đầu mối đơn vị').check();
    };
    await step(8, 'Xin bổ sung', 'Đang thực hiện', 'Chờ bổ sung hồ sơ');
    await step(9, 'Đã bổ sung', 'Chờ bổ sung hồ sơ', 'Đang thực hiện');
    await page.getByText('Không còn vướng mắc').waitFor();
    expect(await publish.getAttribute('title')).to.equal('Lưu bản nháp trước khi ban hành');
    await save(page);
    await publish.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Ban hành' }).click();
    await page.getByText('Phiên bản đã ban hành không sửa được.').waitFor();
    await page.locator('.diagram [data-state="papers"]').waitFor();
    expect(await diagram(page)).to.have.members(await table(page));

    const office = await open.open('office');
    const ask = office.context.request;
    const { items } = await (await ask.get('/api/v1/tasks?programme=CK2022&limit=1')).json();
    const like = await (await ask.get(`/api/v1/tasks/${items[0].id}`)).json();
    const assign = () =>
      ask.post('/api/v1/tasks', {
        data: {
          programme: 'CK2022',
          workflow: 'cam-ket-bo-sung',
          title: 'Số hóa hồ sơ lưu trữ',
          leadUnit: like.leadUnit,
          appraiserUnit: like.appraiserUnit,
          due: { kind: 'on_or_before', day: '2026-12-31' },
        },
        headers: { ...headers(), 'Idempotency-Key': crypto.randomUUID() },
      });
    const answer = await assign();
    const task = await answer.json();
    expect([answer.status(), task.workflow?.key, task.workflow?.version]).to.deep.equal([201, 'cam-ket-bo-sung', 1]);

    await page.getByRole('button', { name: 'Ngừng áp dụng' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Ngừng áp dụng' }).click();
    await page.getByText('Đã ngừng áp dụng.').waitFor();
    await page.locator('.status-retired').waitFor();
    expect((await (await assign()).json()).code).to.equal('definition.not_published');
    expect(complaints).to.deep.equal([]);
    await context.close();
    await office.context.close();
  });

  it('keeps what is wrong and what somebody else saved apart from what is being written, and tells two versions apart', async function () {
    this.timeout(150_000);
    const { page, go, context, complaints } = await open.open('admin');
    await go('/workflows?key=commitment&version=1');
    await page.getByRole('button', { name: 'Tạo bản nháp từ phiên bản này' }).click();
    await page.getByText('Không còn vướng mắc').waitFor();

    await page.getByRole('link', { name: 'JSON' }).click();
    const json = page.getByLabel('Bản nháp dạng JSON');
    const written = await json.inputValue();
    await json.fill(`${written.slice(0, -2)},`);
    await page.getByText(/Chưa đọc được JSON ở dòng/).waitFor();
    // Whatever is JSON can be looked at, in every part, and is told what is wrong with it.
    await json.fill(
      '{"key": 5, "states": 7, "transitions": [null, {"from": "a", "require": []}], "timers": [{"steps": "x", "repeat": {}}], "appraisals": [{"outcomes": 3}], "forms": [{"fields": [1]}], "name": null}',
    );
    await page.getByText(/\d+ chỗ cần xử lý/).waitFor();
    const sections = page.getByRole('navigation', { name: 'Phần của bản nháp' });
    for (const [part, item] of [
      ['Sơ đồ và bảng', undefined],
      ['Chung', undefined],
      ['Trạng thái', undefined],
      ['Bước chuyển', 1],
      ['Thẩm định', 0],
      ['Hẹn giờ', 0],
      ['Biểu mẫu', 0],
    ] as const) {
      await sections.getByRole('link', { name: new RegExp(`^${part}`) }).click();
      if (item !== undefined) await page.locator('.item-list a').nth(item).click();
      if (item !== undefined) await page.locator('#item-title').waitFor();
      expect(await page.getByRole('alert').count(), part).to.equal(0);
    }
    expect(await page.getByRole('button', { name: /^Lưu bản nháp/ }).getAttribute('title')).to.include('sai dạng');
    await sections.getByRole('link', { name: 'JSON' }).click();
    await json.fill(written.replace('"Nhắc thẩm định"', '"Nhắc cơ quan thẩm định"').replace('"max": 3', '"max": 2'));
    await page.getByText('1 chỗ cần xử lý').waitFor();
    await page.getByRole('button', { name: /các bậc sau không bao giờ chạy/ }).click();
    await page.getByRole('heading', { name: 'Nhắc tiếp nhận' }).waitFor();
    await page.getByLabel('Số bậc nhiều nhất').fill('4');
    await page.getByText('Không còn vướng mắc').waitFor();

    // Another key for a state: whoever names it follows.
    await page.getByRole('link', { name: /^Trạng thái/ }).click();
    await page.getByRole('link', { name: 'Đang thực hiện' }).click();
    await page.getByLabel('Khóa').fill('dang-lam');
    await page.keyboard.press('Enter');
    await page.locator('.diagram path[data-to="dang-lam"]').first().waitFor();
    expect((await diagram(page)).filter((line) => line.includes('in_progress'))).to.deep.equal([]);
    await page.getByText('Không còn vướng mắc').waitFor();
    await page.getByRole('button', { name: /^Hoàn tác/ }).click();
    await page.locator('.diagram path[data-to="in_progress"]').first().waitFor();

    // Somebody else saves first.
    const theirs = { ...(await read('commitment', 2)), name: { vi: 'Cam kết năm (đổi tên)', en: 'Renamed' } };
    const saved = await context.request.put('/api/v1/workflows/commitment/versions/2', {
      data: theirs,
      headers: headers(),
    });
    expect(saved.status()).to.equal(200);
    await page.getByRole('button', { name: 'Lưu bản nháp', exact: true }).click();
    await page.getByText('đã được người khác lưu').waitFor();
    expect((await read('commitment', 2)).name.en).to.equal('Renamed');
    await page.getByRole('button', { name: 'Xem khác biệt' }).click();
    await page.locator('[data-part="general"] [data-difference="changed"]').waitFor();
    await page.getByRole('button', { name: 'Giữ bản của tôi để lưu đè' }).click();
    await save(page);
    expect((await read('commitment', 2)).name.en).to.not.equal('Renamed');

    await page.getByRole('link', { name: 'So sánh phiên bản' }).click();
    const changed = page.locator('[data-part="timers"] [data-difference="changed"]');
    await changed.first().waitFor();
    expect(await changed.count()).to.equal(2);
    expect(await changed.last().innerText())
      .to.include('Nhắc thẩm định')
      .and.include('Nhắc cơ quan thẩm định');
    expect(await page.locator('[data-part]').count()).to.equal(1);
    expect(complaints).to.deep.equal([]);
    await context.close();
  });

  it('C6: C7: has nothing that axe finds and does not scroll sideways; C5: weighs no more than 220 KiB', async function () {
    this.timeout(240_000);
    const draft = await drafted('bo-cuc');
    const addresses = [
      ['/workflows', '.versions'],
      ['/workflows?key=commitment&version=1', '.diagram [data-state]'],
      [`${draft}&tab=edit&part=states&item=2`, '.diagram [data-state]'],
      [`${draft}&tab=edit&part=timers&item=2`, '[data-pointer="/timers/2/max"]'],
      [`${draft}&tab=edit&part=json`, '.json'],
    ] as const;
    for (const theme of ['light', 'dark'])
      for (const width of [1366, 360]) {
        const { page, go, context, complaints } = await open.open('admin', {
          viewport: { width, height: 768 },
          settings: { theme },
        });
        const asked = new Set<string>();
        page.on('request', (request) => asked.add(new URL(request.url()).pathname));
        for (const [index, [address, there]] of addresses.entries()) {
          await go(address);
          await page.locator(there).first().waitFor();
          const where = `${theme} ${width} ${address}`;
          expect(await accessibilityProblems(page), where).to.deep.equal([]);
          expect(await sidewaysScroll(page), where).to.be.at.most(0);
          if (process.env.SHOTS)
            await page.screenshot({
              path: `${process.env.SHOTS}/workflows-${index}-${theme}-${width}.png`,
              fullPage: true,
            });
        }
        const bytes = [...asked]
          .filter((name) => name.endsWith('.js') && name.startsWith('/assets/'))
          .map((name) => gzipSync(readFileSync(path.join(builtConsole() ?? '', name)), { level: 9 }).length);
        expect(bytes.length).to.be.greaterThan(3);
        expect(bytes.reduce((sum, one) => sum + one, 0) / 1024, 'KiB of scripts').to.be.at.most(220);
        expect(complaints).to.deep.equal([]);
        await context.close();
      }
  });
});
