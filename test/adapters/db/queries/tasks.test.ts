import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import {
  listTasks,
  type TaskFilter,
  type TaskPage,
  type TaskPageRequest,
  type TaskSort,
} from '../../../../src/adapters/db/queries/tasks.ts';
import { applyCommand, assignTask } from '../../../../src/application/tasks/apply.ts';
import { Refusal } from '../../../../src/domain/refusal.ts';
import { addDays, dayOf } from '../../../../src/domain/schedule/civil-date.ts';
import { builtInDefinitions } from '../../../../src/domain/workflow/built-in.ts';
import type { AssignTask, Task } from '../../../../src/domain/workflow/task.ts';
import { type Dice, dice, office } from '../../../support/histories.ts';
import { actor, openWorld, type World, zone } from '../../../support/world.ts';

const taskSorts: readonly TaskSort[] = ['code', '-code', 'dueOn', '-dueOn', 'recordedAt', '-recordedAt'];
const answer = (task: Task) => ({ status: 200, etag: null, response: JSON.stringify(task) });
const head = actor({ role: 'head', unit: 'SNV' });

describe('The list of tasks', () => {
  let world: World;
  beforeEach(async function () {
    this.timeout(30_000);
    world = await openWorld(builtInDefinitions);
  });
  afterEach(() => world.close());

  const assign = async (given: Partial<AssignTask>): Promise<Task> => {
    const id = randomUUID();
    const applied = await assignTask(world.store, world.clock)(
      {
        actor: office,
        programme: 'P1',
        command: {
          type: 'assign',
          id,
          code: `P1-${id}`,
          title: 'Nhiệm vụ',
          kind: 'own',
          leadUnit: 'SNV',
          appraiserUnit: 'STTTT',
          due: { kind: 'on_or_before', day: '2022-12-31' },
          ...given,
        },
      },
      { key: { actor: office.id, key: id, bodyHash: '' }, answer },
    );
    return JSON.parse(applied.answer.response);
  };
  const acknowledge = async (task: Task): Promise<Task> => {
    const command = { type: 'transition', transition: 'acknowledge' } as const;
    const applied = await applyCommand(world.store, world.clock)(
      { taskId: task.id, actor: head, command, expectedVersion: task.version },
      { key: { actor: head.id, key: randomUUID(), bodyHash: '' }, answer },
    );
    return JSON.parse(applied.answer.response);
  };
  const list = (request: Partial<TaskPageRequest> = {}): Promise<TaskPage> =>
    listTasks(world.pool)({
      filter: { programme: 'P1' },
      scope: 'all',
      sort: 'code',
      limit: 100,
      today: dayOf(world.clock.now(), zone),
      ...request,
    });
  const found = async (text: string): Promise<readonly string[]> =>
    (await list({ filter: { programme: 'P1', text } })).items.map(({ title }) => title).sort();

  it('is searched without accents, whatever the case, the tone’s place and the way it was typed', async () => {
    const titles = [
      'Tổ chức thẩm định hồ sơ',
      'Xây dựng trường Hòa Bình',
      'Xây dựng trường HOÀ AN',
      'Đường tỉnh lộ 848',
    ];
    for (const title of titles) await assign({ title });

    expect(await found('tham dinh')).to.deep.equal(['Tổ chức thẩm định hồ sơ']);
    expect(await found('THẨM ĐỊNH'.normalize('NFD'))).to.deep.equal(['Tổ chức thẩm định hồ sơ']);
    expect(await found('HOA')).to.deep.equal(['Xây dựng trường HOÀ AN', 'Xây dựng trường Hòa Bình']);
    expect(await found('hoà')).to.deep.equal(['Xây dựng trường HOÀ AN', 'Xây dựng trường Hòa Bình']);
    expect(await found('duong 848')).to.deep.equal(['Đường tỉnh lộ 848']);
    expect(await found('848 duong')).to.deep.equal(['Đường tỉnh lộ 848']);
    expect(await found('hoa tinh')).to.deep.equal([]);
    expect(await found('   ')).to.have.length(4);
  });

  it('takes % and _ and \\ in a search for what they are', async () => {
    for (const title of ['Giải ngân 100% vốn', 'Giải ngân 1000 tỷ', 'Tệp mau_so_1', 'Tệp mauxso 1', 'Ổ C:\\du lieu'])
      await assign({ title });

    expect(await found('100%')).to.deep.equal(['Giải ngân 100% vốn']);
    expect(await found('mau_so')).to.deep.equal(['Tệp mau_so_1']);
    expect(await found('c:\\du')).to.deep.equal(['Ổ C:\\du lieu']);
    expect(await found('%')).to.deep.equal(['Giải ngân 100% vốn']);
    expect(await found("'; drop table task; --")).to.deep.equal([]);
  });

  for (const sort of taskSorts)
    it(`by ${sort} is in order, whole and without doubles, page after page`, async () => {
      const tasks = await manyTasks(dice(5));

      const pages = await everyPage(sort, 4);

      const items = pages.flat();
      expect(items.map(({ id }) => id).sort()).to.deep.equal(tasks.map(({ id }) => id).sort());
      expect(pages.slice(0, -1).every(({ length }) => length === 4)).to.equal(true);
      const values = items.map((item) =>
        sort.endsWith('dueOn')
          ? (item.dueOn ?? '9999')
          : sort.endsWith('code')
            ? item.code
            : item.recordedAt.toISOString(),
      );
      // Codes of one alphabet and length: their order is the same in every collation.
      const ascending = [...values].sort();
      expect(values).to.deep.equal(sort.startsWith('-') ? ascending.reverse() : ascending);
      const whole = await list({ sort });
      expect(items).to.deep.equal(whole.items);
    });

  for (const sort of taskSorts)
    it(`by ${sort} still shows every task that stays as it is when others move and come between the pages`, async () => {
      const roll = dice(11);
      const tasks = await manyTasks(roll);
      const moving = tasks.filter(({ leadUnit }, index) => leadUnit === 'SNV' && index % 2 === 0);
      const still = tasks.filter((task) => !moving.includes(task)).map(({ id }) => id);

      const seen = await everyPage(sort, 3, async () => {
        world.clock.advance(1 + roll(1_500));
        const task = moving.shift();
        if (task) await acknowledge(task);
        await assign({ code: `P1-${String(1_000 + roll(8_000))}` }).catch((error) => {
          if (!(error instanceof Refusal)) throw error;
        });
      });

      const ids = seen.flat().map(({ id }) => id);
      for (const id of still) expect(ids.filter((other) => other === id)).to.have.length(1);
    });

  it('counts what matches on all pages together, and knows the end', async () => {
    await manyTasks(dice(3));
    const first = await list({ limit: 20 });
    const last = await list({ limit: 20, after: first.next });

    expect([first.total, first.items.length, last.total, last.items.length]).to.deep.equal([30, 20, 30, 10]);
    expect(last.next).to.equal(undefined);
    expect((await list({ limit: 30 })).next).to.equal(undefined);
    expect(await list({ filter: { programme: 'P1', text: 'không có' } })).to.deep.equal({
      items: [],
      total: 0,
      next: undefined,
    });
  });

  it('keeps to each filter and to all of them together, and to what the reader may see', async () => {
    const roll = dice(9);
    const tasks = await manyTasks(roll);
    for (const task of tasks.filter(({ leadUnit }) => leadUnit === 'SNV').slice(0, 4)) await acknowledge(task);
    const all = (await list()).items;
    const ids = async (filter: TaskFilter, scope?: readonly string[]) =>
      (await list({ filter: { programme: 'P1', ...filter }, ...(scope ? { scope: ofUnits(scope) } : {}) })).items.map(
        ({ id }) => id,
      );
    const ofUnits = (units: readonly string[]) => units.flatMap((unit) => [{ leadUnit: unit }, { agency: unit }]);
    const those = (keep: (item: (typeof all)[number]) => boolean) => all.filter(keep).map(({ id }) => id);

    expect(await ids({ units: ['SNV', 'TPCL'] })).to.deep.equal(those(({ unit }) => unit === 'SNV' || unit === 'TPCL'));
    expect(await ids({ bloc: 'district' })).to.deep.equal(those(({ unit }) => unit === 'TPCL'));
    expect(await ids({ categories: ['in_progress'] })).to.have.length(4);
    expect(await ids({ state: 'assigned' })).to.deep.equal(those(({ state }) => state === 'assigned'));
    expect(await ids({ kind: 'common' })).to.deep.equal(those(({ kind }) => kind === 'common'));
    expect(await ids({ deadlines: ['overdue', 'undated'] })).to.deep.equal(
      those(({ deadline }) => deadline === 'overdue' || deadline === 'undated'),
    );
    expect(await ids({ units: ['SNV'], categories: ['assigned'], kind: 'own' })).to.deep.equal(
      those((item) => item.unit === 'SNV' && item.category === 'assigned' && item.kind === 'own'),
    );
    expect(await ids({ programme: 'P9' })).to.deep.equal([]);
    expect(await ids({}, ['TPCL'])).to.deep.equal(those(({ unit }) => unit === 'TPCL'));
    expect(await ids({ units: ['SNV'] }, ['TPCL'])).to.deep.equal([]);
    expect(await ids({}, ['STTTT'])).to.have.length(all.length);
    expect(await ids({}, [])).to.deep.equal([]);
  });

  const manyTasks = async (roll: Dice): Promise<readonly Task[]> => {
    const tasks: Task[] = [];
    for (let index = 0; index < 30; index += 1) {
      // Full seconds, tenths and milliseconds; several at the same moment.
      if (index % 3 !== 0) world.clock.advance(roll.pick([1, 100, 250, 1_000]));
      tasks.push(
        await assign({
          code: `P1-${String(((index * 7) % 30) * 10 + 100).padStart(4, '0')}`,
          kind: roll.pick(['common', 'own']),
          leadUnit: roll.pick(['SNV', 'SNV', 'TPCL', 'SKHDT']),
          due:
            roll(4) === 0
              ? { kind: 'none', reason: 'Chờ' }
              : { kind: 'on_or_before', day: addDays('2022-01-10', roll(5) - 2) },
        }),
      );
    }
    return tasks;
  };

  const everyPage = async (sort: TaskSort, limit: number, between = async () => {}): Promise<TaskPage['items'][]> => {
    const pages: TaskPage['items'][] = [];
    let after: TaskPageRequest['after'];
    do {
      const page: TaskPage = await list({ sort, limit, after });
      pages.push(page.items);
      after = page.next;
      await between();
    } while (after && pages.length < 100);
    expect(after, 'the list came to an end').to.equal(undefined);
    return pages;
  };
});
