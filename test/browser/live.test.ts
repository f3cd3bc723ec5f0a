// What others change appears without a reload, and a page that nobody looks at asks nothing.

import { expect } from 'chai';
import { type Console, demoPassword, needsBrowser, openConsole } from './support/console.ts';

describe('Changes as they happen, in a browser', function () {
  this.timeout(120_000);
  let open: Console;
  before(async function () {
    needsBrowser(this);
    this.timeout(180_000);
    open = await openConsole();
  });
  after(async () => open?.close());

  const listening = async (count: number): Promise<void> => {
    while (open.composition.live.listening() !== count) await new Promise((resolve) => setTimeout(resolve, 50));
  };

  it('shows a task that somebody else assigned, and C22: a hidden page holds no stream and asks nothing', async () => {
    const { page, go, complaints } = await open.open('office');
    await go('/tasks?programme=CK2022');
    await page.getByText('293 nhiệm vụ').waitFor();
    await listening(1);
    // The first look of a stream learns what there is.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await assign('Nhiệm vụ thứ nhất giao trong lúc xem');
    await page.getByText('294 nhiệm vụ').waitFor();

    const hide = (hidden: boolean) =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'hidden', { value, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    await hide(true);
    await listening(0);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await assign('Nhiệm vụ thứ hai giao khi không ai xem');
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(asked).to.deep.equal([]);

    await hide(false);
    await page.getByText('295 nhiệm vụ').waitFor();
    await listening(1);
    expect(complaints).to.deep.equal([]);
  });

  const assign = async (title: string): Promise<void> => {
    const session = await post('/sessions', { email: 'office@demo.local', password: demoPassword });
    await post(
      '/tasks',
      {
        programme: 'CK2022',
        title,
        leadUnit: 'SNV',
        appraiserUnit: 'SKHDT',
        due: { kind: 'on_or_before', day: '2027-06-30' },
      },
      session.token,
    );
  };
  const post = async (path: string, body: object, token?: string) => {
    const answer = await fetch(`${open.url}/api/v1${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': crypto.randomUUID(),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  };
});
