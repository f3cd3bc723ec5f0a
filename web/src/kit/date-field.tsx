// A day, typed as people write it and echoed in full with the working days that are left.

import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { calendarQuery } from '../api/calendar.ts';
import { civilDay, dayWithName, number, day as written } from '../format.ts';
import { useText } from '../text/index.ts';
import { Button } from './button.tsx';
import { type DayRules, readDayEntry, workingDaysTo } from './date-entry.ts';
import { dateText } from './date-text.ts';
import { Field } from './field.tsx';
import { Days } from './icons.tsx';
import { onDemand } from './on-demand.tsx';

const DayCalendar = onDemand(() => import('./day-calendar.tsx').then((all) => all.DayCalendar), {
  waiting: null,
});

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
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const told = (day: string) => {
    const left = workingDaysTo(calendar, today, day);
    if (left === undefined) return dayWithName(day, text.weekdays);
    if (day === today) return text.dayToday(dayWithName(day, text.weekdays));
    return left < 0 || day < today
      ? text.dayPast(dayWithName(day, text.weekdays), number(Math.abs(left)))
      : text.dayLeft(dayWithName(day, text.weekdays), number(left));
  };
  return (
    <Field label={label} required={required} hint={found === '' ? text.dayHint : told(found)} error={problem}>
      {(given) => (
        <>
          <div className="day-entry" ref={place}>
            <input
              {...given}
              className="input"
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
              onKeyDown={(event) => {
                if (event.key !== 'ArrowDown' || !event.altKey) return;
                event.preventDefault();
                setOpen(true);
              }}
            />
            <Button
              ref={opener}
              look="quiet"
              className="square"
              aria-label={text.openCalendar}
              aria-describedby={`${given.id}-label`}
              aria-haspopup="dialog"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              <Days />
            </Button>
          </div>
          {open && (
            <DayCalendar
              label={label}
              place={place}
              value={found}
              today={today}
              calendar={calendar}
              from={bounds.from}
              to={bounds.to}
              told={told}
              onChoose={(day) => {
                setTyped(written(day));
                onChange(day);
              }}
              onClose={() => setOpen(false)}
              onClosed={() => opener.current?.focus()}
            />
          )}
        </>
      )}
    </Field>
  );
};
