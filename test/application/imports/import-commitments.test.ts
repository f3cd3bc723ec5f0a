import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { tidyUp } from '../../../src/adapters/db/housekeeping.ts';
import { importStore } from '../../../src/adapters/db/imports.ts';
import { openPool } from '../../../src/adapters/db/pool.ts';
import { referenceData } from '../../../src/adapters/db/reference-data.ts';
import { taskStore } from '../../../src/adapters/db/task-store.ts';
import { readSheet } from '../../../src/adapters/documents/read-sheet.ts';
import {
  type ImportMode,
  type ImportRun,
  type ImportStore,
  importCommitments,
} from '../../../src/application/imports/import-commitments.ts';
import type { TaskStore } from '../../../src/application/ports.ts';
import type { Actor } from '../../../src/domain/organisation/actor.ts';
import { builtInDefinitions } from '../../../src/domain/workflow/built-in.ts';
import { dice } from '../../support/histories.ts';
import { refusalOf } from '../../support/refusal.ts';
import { actor, openWorld, quiet, type World } from '../../support/world.ts';

const office = actor({ role: 'office' });
const units = ['VPUBND', 'SNV', 'SKHDT', 'TPCL'];

interface SheetRow {
  readonly code: string;
  readonly unit: string;
  readonly title: string;
  readonly appraiser: string;
}

/** Row 1 is the header, so that row n of the spreadsheet is the commitment CK-n. */
const sheet = (last: number, change: (row: SheetRow, rowNumber: number) => Partial<SheetRow> = () => ({})): Buffer => {
  const lines = ['Mã;Đơn vị;Nội dung cam kết;Cơ quan thẩm định;Thời hạn'];
  for (let rowNumber = 2; rowNumber <= last; rowNumber += 1) {
    const row: SheetRow = {
      code: `CK-${rowNumber}`,
      unit: units[rowNumber % units.length] as string,
      title: `Nội dung cam kết số ${rowNumber}`,
      appraiser: 'STTTT',
    };
    const { code, unit, title, appraiser } = { ...row, ...change(row, rowNumber) };
    lines.push(`${code};${unit};${title};${appraiser};31/12/2022`);
  }
  return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`);
};
const at = (rowNumber: number, change: Partial<SheetRow>) => (_: SheetRow, found: number) =>
  found === rowNumber ? change : {};

describe('An import of commitments', () => {
  let world: World;
  beforeEach(async function () {
    this.timeout(30_000);
    world = await openWorld(builtInDefinitions);
  });
  afterEach(() => world.close());

  const importsIn = ({ pool, clock }: Pick<World, 'pool' | 'clock'>, decorate = (store: ImportStore) => store) => {
    const reference = referenceData(pool);
    return importCommitments(
      decorate(importStore(pool, reference)),
      taskStore(pool, reference),
      readSheet,
      clock,
      quiet,
      // What is written down is tested where all entries are: journeys/security-events.test.ts.
      { record: async () => undefined },
    );
  };
  const start = (file: Buffer, key: string = randomUUID(), mode: ImportMode = 'all', who: Actor = office) =>
    importsIn(world).start({ file, programme: 'P1', mode, key }, who);
  const intentions = async (): Promise<readonly string[]> =>
    (await world.pool.query(`select id from intention where queue = 'imports'`)).rows.map(({ id }) => id);
  const work = async (imports = importsIn(world)): Promise<void> => imports.run(async () => office)(await intentions());
  const imported = async (file: Buffer, mode: ImportMode = 'all'): Promise<ImportRun> => {
    const { id } = await start(file, undefined, mode);
    await work();
    return importsIn(world).find(id);
  };
  const count = async (table = 'task'): Promise<number> =>
    (await world.pool.query(`select count(*)::integer as n from ${table}`)).rows[0].n;
  /** Every commitment is there once, with one event, one delta, and hashes that begin a chain. */
  const expectExactly = async (codes: readonly string[]): Promise<void> => {
    const { rows } = await world.pool.query('select code from task');
    expect(rows.map(({ code }) => code).sort()).to.deep.equal([...codes].sort());
    for (const table of ['task_event', 'delta']) expect(await count(table), table).to.equal(codes.length);
  };
  const codes = (last: number): readonly string[] => Array.from({ length: last - 1 }, (_, index) => `CK-${index + 2}`);

  it('brings 10,000 rows at once, and tells others meanwhile how far it is', async function () {
    this.timeout(120_000);
    const other = openPool({ databaseUrl: world.database.url, max: 1, statementTimeoutMs: 10_000 }, quiet);
    const { id } = await start(sheet(10_001));

    const seen: { status: string; processed: number; stored: number }[] = [];
    const done = new AbortController();
    const looking = (async () => {
      while (!done.signal.aborted) {
        const { rows } = await other.query(
          'select status, processed, (select count(*)::integer from task) as stored from import_run where id = $1',
          [id],
        );
        seen.push(rows[0]);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    await work();
    done.abort();
    await looking;
    await other.end();

    const run = await importsIn(world).find(id);
    expect(run).to.include({ status: 'done', total: 10_000, processed: 10_000, created: 10_000, unchanged: 0 });
    expect(run.problems).to.deep.equal([]);
    await expectExactly(codes(10_001));
    const processed = seen.map((row) => row.processed);
    expect(processed).to.deep.equal([...processed].sort((a, b) => a - b));
    expect(new Set(processed).size).to.be.greaterThan(5);
    for (const { status, stored } of seen) expect(stored, status).to.equal(status === 'done' ? 10_000 : 0);
    expect(await intentions()).to.deep.equal([]);
  });

  it('stores nothing of 10,000 rows when row 7,777 is bad, and names it before any warning', async function () {
    this.timeout(60_000);
    // Every title ends as if cut: ten thousand warnings.
    const file = sheet(10_001, ({ title }, rowNumber) => ({
      title: `${title}…`,
      ...(rowNumber === 7_777 ? { unit: 'SXYZ' } : {}),
    }));

    const { code, details } = await refusalOf(start(file));

    expect(code).to.equal('import.rows_invalid');
    expect(details.counts).to.include({ read: 10_000, create: 9_999, invalid: 1 });
    const problems = details.problems as { row: number; column: string; value: string; code: string }[];
    expect(problems).to.have.length(500);
    expect(problems[0]).to.include({ row: 7_777, column: 'Đơn vị', value: 'SXYZ', code: 'unit.unknown' });
    expect([await count(), await count('import_run'), await count('intention')]).to.deep.equal([0, 0, 0]);
  });

  it('leaves out the bad rows when asked for a part, and says which', async () => {
    const run = await imported(sheet(40, at(17, { unit: 'SXYZ' })), 'partial');

    expect(run).to.include({ status: 'done', total: 38, created: 38 });
    expect(run.problems.map(({ row, code }) => `${row} ${code}`)).to.deep.equal(['17 unit.unknown']);
    await expectExactly(codes(40).filter((code) => code !== 'CK-17'));
  });

  it('of the same file again changes nothing', async () => {
    await imported(sheet(30));
    const before = await world.pool.query('select * from task order by code');

    const run = await imported(sheet(30));

    expect(run).to.include({ status: 'done', created: 0, unchanged: 29, processed: 29 });
    expect((await world.pool.query('select * from task order by code')).rows).to.deep.equal(before.rows);
    await expectExactly(codes(30));
  });

  it('never overwrites: another title is a warning, the code of another unit an error', async () => {
    await imported(sheet(10));

    const run = await imported(sheet(12, at(5, { title: 'Nội dung khác hẳn' })));
    const refused = await refusalOf(start(sheet(12, at(6, { unit: 'VPUBND' }))));

    expect(run).to.include({ status: 'done', created: 2, unchanged: 9 });
    expect(run.problems.map(({ row, severity, code }) => `${row} ${severity} ${code}`)).to.deep.equal([
      '5 warning code.differs',
    ]);
    expect((refused.details.problems as readonly { row: number; code: string }[])[0]).to.include({
      row: 6,
      code: 'code.taken',
    });
    const { rows } = await world.pool.query(`select title from task where code = 'CK-5'`);
    expect(rows[0].title).to.equal('Nội dung cam kết số 5');
  });

  it('judges each row by the rules that will assign it: an appraiser is needed, and not of the own line', async () => {
    await world.pool.query(`update unit set parent = 'SNV' where code = 'STTTT'`);

    const preview = await importsIn(world).preview(sheet(6, at(2, { appraiser: '' })), 'P1', office);

    expect(preview.problems.map(({ row, code }) => `${row} ${code}`)).to.deep.equal([
      '2 appraiser.missing',
      '5 appraiser.own_line',
    ]);
    expect(preview.counts).to.include({ read: 5, create: 3, invalid: 2 });
    expect((await refusalOf(start(sheet(6, at(2, { appraiser: '' }))))).code).to.equal('import.rows_invalid');
    expect(await imported(sheet(6, at(2, { appraiser: '' })), 'partial')).to.include({ status: 'done', created: 3 });
  });

  it('is refused to who may not assign, before anything is stored', async () => {
    const refused = await refusalOf(start(sheet(5), 'k', 'all', actor({ role: 'focal_point', unit: 'SNV' })));

    expect(refused.code).to.equal('permission.denied');
    expect([await count('import_run'), await count('intention')]).to.deep.equal([0, 0]);
  });

  it('needs a programme that exists', async () => {
    const attempt = importsIn(world).start({ file: sheet(5), programme: 'P9', mode: 'all', key: 'k' }, office);

    expect((await refusalOf(attempt)).code).to.equal('programme.not_found');
  });

  it('is exactly once wherever its writing breaks off, and when it is done again', async function () {
    this.timeout(120_000);
    const { id } = await start(sheet(1_901));
    const roll = dice(7_777);
    for (let time = 0; time < 6; time += 1) {
      const breaksAt = 1 + roll(4);
      const before = roll(2) === 0;
      const broken = importsIn(world, (store) => ({
        ...store,
        finish: (intentionId, run, write, now) =>
          store.finish(intentionId, run, (tx) => write(breakingAt(tx, breaksAt, before)), now),
      }));
      await work(broken);
      const { rows } = await world.pool.query('select attempts, last_error from intention');
      expect(rows).to.deep.equal([{ attempts: time + 1, last_error: `Error: broken off at commit ${breaksAt}` }]);
      expect([await count(), await count('task_event'), await count('delta')]).to.deep.equal([0, 0, 0]);
    }

    await work();

    await expectExactly(codes(1_901));
    expect(await importsIn(world).find(id)).to.include({ status: 'done', created: 1_900, unchanged: 0 });
    await work();
    await expectExactly(codes(1_901));
  });

  it('is exactly once when the connection breaks under it', async function () {
    this.timeout(120_000);
    await start(sheet(1_901));
    let broken = 0;
    const breaking = importsIn(world, (store) => ({
      ...store,
      progress: async (...args) => {
        await store.progress(...args);
        broken += 1;
        if (broken % 2 === 0)
          await world.pool.query(
            `select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid()`,
          );
      },
    }));

    await work(breaking).catch(() => undefined);
    expect([await count(), (await intentions()).length]).to.deep.equal([0, 1]);
    await work();

    await expectExactly(codes(1_901));
  });

  it('is done once by two workers that have the same job', async function () {
    this.timeout(60_000);
    const { id } = await start(sheet(701));
    const second = openPool({ databaseUrl: world.database.url, max: 4, statementTimeoutMs: 10_000 }, quiet);

    await Promise.all([work(), work(importsIn({ pool: second, clock: world.clock }))]);
    await second.end();

    await expectExactly(codes(701));
    expect(await importsIn(world).find(id)).to.include({ status: 'done', created: 700, unchanged: 0 });
  });

  it('answers the same key with the same run, and refuses the key with another file, programme or mode', async () => {
    const first = await start(sheet(8), 'once');
    const again = await start(sheet(8), 'once');
    await work();
    const later = await start(sheet(8), 'once');

    expect(again).to.deep.equal(first);
    expect(later).to.include({ id: first.id, status: 'done', created: 7 });
    expect(await count('import_run')).to.equal(1);
    for (const attempt of [start(sheet(9), 'once'), start(sheet(8), 'once', 'partial')])
      expect((await refusalOf(attempt)).code).to.equal('idempotency_key.reused');
    const somebodyElse = actor({ role: 'office' });
    expect((await start(sheet(8), 'once', 'all', somebodyElse)).id).to.not.equal(first.id);
  });

  it('is accepted once when the same request comes twice at the same time', async () => {
    const [first, second] = await Promise.all([start(sheet(8), 'twice'), start(sheet(8), 'twice')]);

    expect(first.id).to.equal(second.id);
    expect([await count('import_run'), (await intentions()).length]).to.deep.equal([1, 1]);
  });

  it('ends as refused, and is not tried for ever, when the rules no longer allow it', async () => {
    const { id } = await start(sheet(8));

    await importsIn(world).run(async () => actor({ role: 'focal_point', unit: 'SNV' }))(await intentions());

    const run = await importsIn(world).find(id);
    expect(run).to.include({ status: 'refused', created: 0 });
    expect(run.problems.map(({ row, code }) => `${row} ${code}`)).to.deep.equal(['0 permission.denied']);
    expect([await count(), (await intentions()).length]).to.deep.equal([0, 0]);
  });

  it('is judged again when a code was taken between judging and writing', async () => {
    const { id } = await start(sheet(8));
    let meanwhile = true;
    const overtaken = importsIn(world, (store) => ({
      ...store,
      finish: async (...args) => {
        if (meanwhile) {
          meanwhile = false;
          // The file that is first judged knows nothing of it; what is written afterwards meets the code.
          await otherImport(sheet(8, (row) => ({ code: row.code, unit: 'SNV' })));
        }
        return store.finish(...args);
      },
    }));

    await overtaken.run(async () => office)(await intentions());

    expect(await importsIn(world).find(id)).to.include({ status: 'refused', created: 0 });
    await expectExactly(codes(8));
  });
  const otherImport = async (file: Buffer): Promise<void> => {
    const before = new Set(await intentions());
    await start(file);
    await importsIn(world).run(async () => office)((await intentions()).filter((id) => !before.has(id)));
  };

  it('keeps its file for a day after it ended, and for a week when nobody could do it', async () => {
    const done = await start(sheet(5));
    await work();
    const never = await start(sheet(6));
    const files = async () =>
      Object.fromEntries(
        (await world.pool.query('select id, status, file is not null as file from import_run')).rows.map((row) => [
          row.id,
          `${row.status} ${row.file}`,
        ]),
      );
    const tidiedAfter = async (hours: number) => {
      await tidyUp(world.pool)(new Date(world.clock.now().getTime() + hours * 3_600_000));
      return files();
    };

    expect(await tidiedAfter(23)).to.deep.equal({ [done.id]: 'done true', [never.id]: 'waiting true' });
    expect(await tidiedAfter(25)).to.deep.equal({ [done.id]: 'done false', [never.id]: 'waiting true' });
    expect(await tidiedAfter(7 * 24 + 1)).to.deep.equal({ [done.id]: 'done false', [never.id]: 'failed false' });
    expect(await intentions()).to.deep.equal([]);
  });
});

/** Breaks off before or after the nth commit was written. */
const breakingAt = (tx: TaskStore, nth: number, before: boolean): TaskStore => {
  let commits = 0;
  return {
    ...tx,
    commit: async (changes, now) => {
      commits += 1;
      if (commits === nth && before) throw new Error(`broken off at commit ${nth}`);
      const written = await tx.commit(changes, now);
      if (commits === nth) throw new Error(`broken off at commit ${nth}`);
      return written;
    },
  };
};
