import { expect } from 'chai';
import { organisationStore } from '../../../src/adapters/db/organisation.ts';
import { type Programme, type ProgrammeStore, programmeStore } from '../../../src/adapters/db/programmes.ts';
import { usualRule } from '../../../src/domain/programmes/settings.ts';
import { vietnamCalendarDays } from '../../../src/domain/schedule/vietnam-calendar.ts';
import type { CalendarDay } from '../../../src/domain/schedule/working-calendar.ts';
import { refusalOf } from '../../support/refusal.ts';
import { suiteDatabase } from '../../support/source.ts';
import { aUnit } from './a-unit.ts';

describe('programmes in the database', () => {
  const database = suiteDatabase();
  let programmes: ProgrammeStore;
  before(async () => {
    programmes = programmeStore(database.source);
    await organisationStore(database.source).createUnit(aUnit());
    await programmes.saveCalendar({ key: 'vn', zone, days: [] });
  });

  beforeEach(() => database.source.query('delete from programme'));

  it('come back as they were given', async () => {
    const full = aProgramme({
      roll: 'next',
      defaultDue: { kind: 'on_or_before', day: '2026-12-16' },
      aggregator: 'SKHDT',
      denominator: 'fallen_due',
      percentDigits: 2,
      rounding: 'truncate',
      criteria: 'Theo yêu cầu, kỳ vọng của Lãnh đạo UBND Tỉnh',
      basis: { number: '1100/QĐ-UBND', date: '2021-11-12', issuer: 'UBND tỉnh' },
    });
    const given = aProgramme({ code: 'CK2025', year: 2025 });
    // Who says nothing has the rates of report 158: of all, with one decimal, half up.
    const bare = { ...given, denominator: 'all', percentDigits: 1, rounding: 'half_up', criteria: null, basis: null };
    await programmes.create(given);
    await programmes.create(full);

    expect(await programmes.find('CK2026')).to.deep.equal(full);
    expect(await programmes.find('CK2025')).to.deep.equal(bare);
    expect(await programmes.find('CK2024')).to.equal(undefined);
    expect(await programmes.list()).to.deep.equal([full, bare]);
  });

  it('tell their rates by another rule from the moment it is set, and the one before is answered', async () => {
    await programmes.create(aProgramme({ code: 'A' }));
    await programmes.create(aProgramme({ code: 'B' }));
    const rule = { denominator: 'within_group', percentDigits: 0, rounding: 'truncate' } as const;

    expect(await programmes.setRule('A', rule)).to.deep.equal(usualRule);
    expect(await programmes.setRule('A', usualRule)).to.deep.equal(rule);
    expect(await programmes.setRule('A', rule)).to.deep.equal(usualRule);
    expect(await programmes.find('A')).to.include(rule);
    expect(await programmes.find('B')).to.include(usualRule);
    expect(await programmes.setRule('NOWHERE', rule)).to.equal(undefined);
  });

  it('are refused for a code that is taken, an unknown aggregator and an unknown calendar', async () => {
    await programmes.create(aProgramme());

    expect(await refusalOf(programmes.create(aProgramme()))).to.deep.equal({
      code: 'programme.exists',
      details: { programme: 'CK2026' },
    });
    expect(await refusalOf(programmes.create(aProgramme({ code: 'B', aggregator: 'NOWHERE' })))).to.deep.equal({
      code: 'unit.not_found',
      details: { unit: 'NOWHERE' },
    });
    expect(await refusalOf(programmes.create(aProgramme({ code: 'B', calendar: 'moon' })))).to.deep.equal({
      code: 'input.invalid',
      details: { calendar: 'moon' },
    });
  });
});

describe('calendars in the database', () => {
  const database = suiteDatabase();
  let programmes: ProgrammeStore;
  before(() => {
    programmes = programmeStore(database.source);
  });

  beforeEach(() => database.source.query('delete from calendar_day; delete from calendar'));

  it('come back with their days in order', async () => {
    const days = vietnamCalendarDays.toReversed();

    expect(await programmes.saveCalendar({ key: 'vn', zone, days })).to.equal(1);

    expect(await programmes.calendar('vn')).to.deep.equal({ key: 'vn', zone, version: 1, days: vietnamCalendarDays });
    expect(await programmes.calendar('moon')).to.equal(undefined);
  });

  it('have a new version with every change, and the old one without', async () => {
    const versions: number[] = [];
    for (const days of [[], [], [newYear], [newYear], [{ ...newYear, source: 'QĐ 1/2026' }], []])
      versions.push(await programmes.saveCalendar({ key: 'vn', zone, days }));

    expect(versions).to.deep.equal([1, 1, 2, 2, 3, 4]);
    expect(await programmes.calendar('vn')).to.deep.equal({ key: 'vn', zone, version: 4, days: [] });
  });

  it('give different versions to two who save at the same moment', async () => {
    const others = Array.from({ length: 4 }, (_, k) => [{ ...newYear, name: `Tết ${k}` }]);

    const versions = await Promise.all(others.map((days) => programmes.saveCalendar({ key: 'vn', zone, days })));

    expect(versions.toSorted()).to.deep.equal([1, 2, 3, 4]);
    const winner = others[versions.indexOf(4)];
    expect((await programmes.calendar('vn'))?.days).to.deep.equal(winner);
  });

  it('stay as they were when a day is named twice', async () => {
    await programmes.saveCalendar({ key: 'vn', zone, days: [newYear] });

    const refusal = await refusalOf(programmes.saveCalendar({ key: 'vn', zone, days: [newYear, newYear] }));

    expect(refusal).to.deep.equal({ code: 'input.invalid', details: { calendar: 'vn' } });
    expect(await programmes.calendar('vn')).to.deep.equal({ key: 'vn', zone, version: 1, days: [newYear] });
  });
});

const zone = 'Asia/Ho_Chi_Minh';
const newYear: CalendarDay = { date: '2027-01-01', kind: 'holiday', name: 'Tết Dương lịch', source: 'computed' };

const aProgramme = (wanted: Partial<Programme> = {}): Programme => ({
  code: 'CK2026',
  name: 'Cam kết năm 2026',
  noun: 'nội dung',
  year: 2026,
  workflow: 'commitment',
  calendar: 'vn',
  roll: null,
  soonDays: 7,
  defaultDue: null,
  aggregator: null,
  illustrative: true,
  reopenDays: 30,
  maxExtensions: 1,
  createdAt: new Date('2026-01-05T01:00:00.000Z'),
  ...wanted,
});
