// A day, typed as people write it and echoed in full with the working days that are left.

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { calendarQuery } from '../api/calendar.ts';
import { civilDay, dayWithName, number, day as written } from '../format.ts';
import { useText } from '../text/index.ts';
import { type DayRules, readDayEntry, workingDaysTo } from './date-entry.ts';
import { dateText } from './date-text.ts';
import { Field } from './field.tsx';

interface Props extends Pick<DayRules, 'from' | 'to' | 'past'> {
  readonly label: string;
  /** A day as the API writes it, or '' while there is none. */
  readonly value: string;
  /** '' while what is typed is no day. */
  readonly onChange: (day: string) => void;
  readonly required?: boolean;
  /** Of the form around it, for example that a day is wanted. */
  readonly error?: string | undefined;
  readonly today?: string;
}

export const DateField = ({
  label,
  value,
  onChange,
  required = false,
  error,
  today = civilDay(),
  ...bounds
}: Props) => {
  const text = useText(dateText);
  const calendar = useQuery(calendarQuery('vn')).data;
  const [typed, setTyped] = useState(value === '' ? '' : written(value));
  const entry = readDayEntry(typed, { ...bounds, today, calendar });
  const found = 'day' in entry ? entry.day : '';
  // A day that came from elsewhere, a draft for example, or was taken away with it.
  useEffect(() => {
    if (value !== '' && value !== found) setTyped(written(value));
    if (value === '' && found !== '') setTyped('');
  }, [value, found]);
  const problem = 'problem' in entry && typed.trim() !== '' ? text.dayProblems[entry.problem] : error;
  const left = found === '' ? undefined : workingDaysTo(calendar, today, found);
  const echo =
    found === ''
      ? text.dayHint
      : left === undefined
        ? dayWithName(found, text.weekdays)
        : found === today
          ? text.dayToday(dayWithName(found, text.weekdays))
          : left < 0 || found < today
            ? text.dayPast(dayWithName(found, text.weekdays), number(Math.abs(left)))
            : text.dayLeft(dayWithName(found, text.weekdays), number(left));
  return (
    <Field label={label} required={required} hint={echo} error={problem}>
      {(given) => (
        <input
          {...given}
          className="input day-input"
          inputMode="text"
          autoComplete="off"
          value={typed}
          aria-required={required || undefined}
          onChange={(event) => {
            setTyped(event.target.value);
            const next = readDayEntry(event.target.value, { ...bounds, today, calendar });
            onChange('day' in next ? next.day : '');
          }}
          onBlur={() => found !== '' && setTyped(written(found))}
        />
      )}
    </Field>
  );
};
