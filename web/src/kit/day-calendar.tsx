// The month that opens beside a field of a day: days off and make-up days painted, bounds and reasons told. The keys
// are those of the date picker dialog of the ARIA Authoring Practices.

import { Popover } from 'radix-ui';
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { isWorkingDay, type WorkingCalendar } from '../../../src/domain/schedule/working-calendar.ts';
import { addDays, dayWithName } from '../format.ts';
import { common } from '../text/common.ts';
import { useText } from '../text/index.ts';
import { Button } from './button.tsx';
import { dateText } from './date-text.ts';
import { DaySign } from './day-sign.tsx';
import { Drawing } from './drawing.tsx';
import { addMonths, weekdayOf, weeksOf } from './month.ts';
import { monthText } from './month-text.ts';
import './day-calendar.css';

interface Props {
  /** Of the field. */
  readonly label: string;
  readonly place: RefObject<HTMLElement | null>;
  /** '' while no day is given. */
  readonly value: string;
  readonly today: string;
  readonly calendar: WorkingCalendar | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** A day in full, with the working days until then. */
  readonly told: (day: string) => string;
  readonly onChoose: (day: string) => void;
  readonly onClose: () => void;
  /** Once it is gone: gives the focus back. */
  readonly onClosed: () => void;
}

const steps = {
  earlierYear: ['farLeft', -12],
  earlierMonth: ['left', -1],
  laterMonth: ['right', 1],
  laterYear: ['farRight', 12],
} as const;

/** Where a key leads from a day; undefined: nowhere. */
const reached = (at: string, { key, shiftKey }: KeyboardEvent): string | undefined => {
  const months = shiftKey ? 12 : 1;
  switch (key) {
    case 'ArrowLeft':
      return addDays(at, -1);
    case 'ArrowRight':
      return addDays(at, 1);
    case 'ArrowUp':
      return addDays(at, -7);
    case 'ArrowDown':
      return addDays(at, 7);
    case 'Home':
      return addDays(at, -weekdayOf(at));
    case 'End':
      return addDays(at, 6 - weekdayOf(at));
    case 'PageUp':
      return addMonths(at, -months);
    case 'PageDown':
      return addMonths(at, months);
    default:
      return undefined;
  }
};

export const DayCalendar = ({
  label,
  place,
  value,
  today,
  calendar,
  from,
  to,
  told,
  onChoose,
  onClose,
  onClosed,
}: Props) => {
  const text = useText(monthText);
  const { dayProblems } = useText(dateText);
  const words = useText(common);
  const heading = useId();
  const grid = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState(() => {
    if (value !== '') return value;
    return from !== undefined && today < from ? from : to !== undefined && today > to ? to : today;
  });
  // Buttons change the month and keep the focus; keys move it to the day.
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) grid.current?.querySelector<HTMLElement>(`[data-day="${at}"]`)?.focus();
    moved.current = false;
  }, [at]);
  const [year = 0, month = 1] = at.split('-').map(Number);
  const whyNot = (day: string): string | undefined =>
    from !== undefined && day < from
      ? dayProblems.too_early
      : to !== undefined && day > to
        ? dayProblems.too_late
        : undefined;
  const breaksOf = (day: string) => calendar?.days.filter(({ date }) => date === day) ?? [];
  const namesOf = (day: string) => breaksOf(day).map(({ name, kind }) => `${name} (${text.kinds[kind]})`);
  const sourcesOf = (day: string) =>
    breaksOf(day).map(({ source }) => (text.sources as Readonly<Record<string, string>>)[source] ?? source);
  const choose = (day: string) => {
    if (whyNot(day) !== undefined) return setAt(day);
    onChoose(day);
    onClose();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const next = reached(at, event);
    if (event.key === 'Enter' || event.key === ' ') choose(at);
    else if (next !== undefined && next >= '1900-01-01' && next <= '2199-12-31') {
      moved.current = true;
      setAt(next);
    } else if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const known = calendar?.days.some(({ date }) => date.startsWith(at.slice(0, 4))) ?? false;
  const full = text.weekdayNames.split('|');
  return (
    <Popover.Root open modal onOpenChange={(open) => open || onClose()}>
      <Popover.Anchor virtualRef={place as RefObject<HTMLElement>} />
      <Popover.Portal>
        <Popover.Content
          className="day-calendar"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={text.choose(label)}
          aria-modal
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            onClosed();
          }}
        >
          <div className="day-calendar-head">
            {(['earlierYear', 'earlierMonth'] as const).map((step) => (
              <Step key={step} step={step} onStep={(months) => setAt(addMonths(at, months))} />
            ))}
            <h2 id={heading} aria-live="polite">
              {text.monthOf(text.months.split('|')[month - 1] ?? '', String(year))}
            </h2>
            {(['laterMonth', 'laterYear'] as const).map((step) => (
              <Step key={step} step={step} onStep={(months) => setAt(addMonths(at, months))} />
            ))}
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table is what a grid without scripts is. */}
          <table ref={grid} className="month" role="grid" aria-labelledby={heading}>
            <thead>
              <tr>
                {text.weekdays.split('|').map((short, index) => (
                  <th key={short} scope="col" abbr={full[index]}>
                    {short}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeksOf(year, month).map((week, row) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: weeks of a month do not move.
                <tr key={row}>
                  {week.map((one, column) => {
                    // biome-ignore lint/suspicious/noArrayIndexKey: days of a week do not move.
                    if (one === undefined) return <td key={column} />;
                    const kind = breaksOf(one)[0]?.kind;
                    const names = namesOf(one);
                    const off = calendar !== undefined && !isWorkingDay(calendar, one);
                    return (
                      <td
                        // biome-ignore lint/suspicious/noArrayIndexKey: days of a week do not move.
                        key={column}
                        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: of the grid around it.
                        role="gridcell"
                        data-day={one}
                        className={`day ${kind ?? ''} ${off ? 'off' : ''} ${one === today ? 'today' : ''}`}
                        tabIndex={one === at ? 0 : -1}
                        aria-selected={one === value}
                        aria-current={one === today ? 'date' : undefined}
                        aria-disabled={whyNot(one) !== undefined || undefined}
                        title={[...names, ...new Set(sourcesOf(one))].join(' · ') || undefined}
                        onClick={() => choose(one)}
                        onKeyDown={onKey}
                      >
                        <span aria-hidden="true">{Number(one.slice(8))}</span>
                        {kind !== undefined && <DaySign kind={kind} />}
                        <span className="vh">{[dayWithName(one, text.weekdayNames), ...names].join('; ')}</span>
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
          <p className="small day-calendar-told" aria-hidden="true">
            <span>{told(at)}</span>
            {namesOf(at).map((name) => (
              <strong key={name}>{name}</strong>
            ))}
            {whyNot(at) !== undefined && <span className="late">{whyNot(at)}</span>}
          </p>
          {calendar !== undefined && !known && <p className="small muted">{text.noYear}</p>}
          <div className="row spread">
            <Button why={whyNot(today)} onClick={() => choose(today)}>
              {text.takeToday}
            </Button>
            <Button look="quiet" onClick={onClose}>
              {words.close}
            </Button>
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
};

const Step = ({ step, onStep }: { readonly step: keyof typeof steps; readonly onStep: (months: number) => void }) => {
  const text = useText(monthText);
  const [drawn, months] = steps[step];
  return (
    <Button look="quiet" className="square" aria-label={text[step]} title={text[step]} onClick={() => onStep(months)}>
      <Drawing of={drawn} />
    </Button>
  );
};
