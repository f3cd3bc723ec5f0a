// Twelve months; a day that breaks the weekly rule bears a letter and a shape, and says its name.

import {
  type CalendarDay,
  type DayKind,
  isWorkingDay,
  type WorkingCalendar,
} from '../../../../src/domain/schedule/working-calendar.ts';
import { civilDay, day, dayWithName, number } from '../../format.ts';
import { DaySign } from '../../kit/day-sign.tsx';
import { weeksOf } from '../../kit/month.ts';
import { monthText } from '../../kit/month-text.ts';
import { TableBox } from '../../kit/table-box.tsx';
import { useText } from '../../text/index.ts';
import { calendarText } from './text.ts';

const kinds = ['holiday', 'in_lieu', 'swapped_off', 'make_up'] as const satisfies readonly DayKind[];

interface Props {
  readonly calendar: WorkingCalendar;
  readonly year: number;
}

export const YearGrid = ({ calendar, year }: Props) => {
  const text = useText(calendarText);
  const words = useText(monthText);
  const inYear = calendar.days.filter(({ date }) => date.startsWith(`${year}-`));
  return (
    <>
      <ul className="plain row calendar-legend" aria-label={text.legend}>
        {kinds.map((kind) => (
          <li key={kind} className="row">
            <DaySign kind={kind} />
            {words.kinds[kind]}
          </li>
        ))}
      </ul>
      {inYear.length === 0 && <p className="notice">{words.noYear}</p>}
      <div className="year">
        {words.months.split('|').map((name, index) => (
          <Month key={name} name={name} month={index + 1} year={year} calendar={calendar} days={inYear} />
        ))}
      </div>
      {inYear.length > 0 && <Listed year={year} days={inYear} />}
    </>
  );
};

interface MonthProps extends Props {
  readonly name: string;
  readonly month: number;
  readonly days: readonly CalendarDay[];
}

const Month = ({ name, month, year, calendar, days }: MonthProps) => {
  const text = useText(calendarText);
  const words = useText(monthText);
  const weeks = weeksOf(year, month);
  const today = civilDay();
  const working = weeks.flat().filter((one) => one !== undefined && isWorkingDay(calendar, one)).length;
  const full = words.weekdayNames.split('|');
  return (
    <table className="month">
      <caption>
        {name} <span className="small muted">{text.workingDays(number(working))}</span>
      </caption>
      <thead>
        <tr>
          {words.weekdays.split('|').map((short, index) => (
            <th key={short} scope="col" abbr={full[index]}>
              {short}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: weeks of a month do not move.
          <tr key={row}>
            {week.map((one, column) => {
              const found = days.filter(({ date }) => date === one);
              const kind = found[0]?.kind;
              const told = [
                ...found.map((each) => `${each.name} (${words.kinds[each.kind]})`),
                ...(one === today ? [words.today] : []),
              ];
              return (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: days of a week do not move.
                  key={column}
                  className={`${kind ?? ''} ${one !== undefined && !isWorkingDay(calendar, one) ? 'off' : ''} ${one === today ? 'today' : ''}`}
                  title={
                    told.length > 0 && one !== undefined
                      ? `${dayWithName(one, words.weekdayNames)}: ${told.join('; ')}`
                      : undefined
                  }
                >
                  {one !== undefined && Number(one.slice(8))}
                  {kind !== undefined && <DaySign kind={kind} />}
                  {told.length > 0 && <span className="vh">{` ${told.join('; ')}`}</span>}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Listed = ({ year, days }: { readonly year: number; readonly days: readonly CalendarDay[] }) => {
  const text = useText(calendarText);
  const words = useText(monthText);
  const sources = words.sources as Readonly<Record<string, string>>;
  return (
    <>
      <h2>{text.listed(String(year))}</h2>
      <TableBox label={text.listed(String(year))}>
        <table className="table cards">
          <thead>
            <tr>
              <th>{text.columns.day}</th>
              <th>{text.columns.kind}</th>
              <th>{text.columns.name}</th>
              <th>{text.columns.source}</th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ date, kind, name, source }) => (
              <tr key={`${date} ${name}`}>
                <th scope="row" title={day(date)}>
                  {dayWithName(date, words.weekdayNames)}
                </th>
                <td>
                  <span className="row">
                    <DaySign kind={kind} />
                    {words.kinds[kind]}
                  </span>
                </td>
                <td>{name}</td>
                <td className="muted">{sources[source] ?? source}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
    </>
  );
};
