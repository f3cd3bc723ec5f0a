import { expect } from 'chai';
import type pg from 'pg';
import { openPool } from '../../../../src/adapters/db/pool.ts';
import { deadlineClassSql } from '../../../../src/adapters/db/queries/tasks.ts';
import { addDays } from '../../../../src/domain/schedule/civil-date.ts';
import { deadlineClass } from '../../../../src/domain/schedule/timeliness.ts';
import { categories } from '../../../../src/domain/workflow/definition.ts';
import { freshEmptyDatabase, type TestDatabase } from '../../../support/database.ts';
import { quiet } from '../../../support/world.ts';

describe('The deadline class in SQL', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  before(async () => {
    database = await freshEmptyDatabase();
    pool = openPool({ databaseUrl: database.url, max: 1, statementTimeoutMs: 10_000 }, quiet);
  });
  after(async () => {
    await pool.end();
    await database.drop();
  });

  it('is that of the domain in every case: category, deadline, submission, warning days, day', async () => {
    // A leap day, a year's end and an ordinary day: days are counted across them.
    const days = ['2022-10-30', '2024-02-29', '2022-12-31'];
    const cases = days.flatMap((today) =>
      [0, 1, 3, 30].flatMap((soonDays) => {
        const offsets = [...new Set([-400, -31, -1, 0, 1, soonDays - 1, soonDays, soonDays + 1, 60])];
        const dueDays = [null, ...offsets.map((offset) => addDays(today, offset))];
        return categories.flatMap((category) =>
          dueDays.flatMap((dueOn) =>
            [null, ...[-2, -1, 0, 1, 2].map((offset) => addDays(dueOn ?? today, offset)), today].map((submittedOn) => ({
              category,
              dueOn,
              submittedOn,
              soonDays,
              today,
            })),
          ),
        );
      }),
    );

    const { rows } = await pool.query<{ n: number; class: string }>(
      `select n::integer, ${deadlineClassSql('today')} as class
       from json_to_recordset($1::json) as c(n integer, category text, due_on date, submitted_on date, soon_days integer, today date)
       order by n`,
      [
        JSON.stringify(
          cases.map(({ category, dueOn, submittedOn, soonDays, today }, n) => ({
            n,
            category,
            due_on: dueOn,
            submitted_on: submittedOn,
            soon_days: soonDays,
            today,
          })),
        ),
      ],
    );

    expect(cases).to.have.length.greaterThan(4_000);
    expect(rows.map((row) => ({ ...cases[row.n], class: row.class }))).to.deep.equal(
      cases.map((one) => ({ ...one, class: deadlineClass(one) })),
    );
    expect(new Set(rows.map((row) => row.class)).size).to.equal(11);
  });
});
