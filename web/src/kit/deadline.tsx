import { civilDay, day, daysBetween, number } from '../format.ts';
import { common } from '../text/common.ts';
import { useText } from '../text/index.ts';

export type DeadlineClass = keyof (typeof common)['vi']['deadlines'];

/** The day of a deadline and what it means today; lateness in its own red, with words. */
export const Deadline = ({
  dueOn,
  kind,
  today = civilDay(),
}: {
  readonly dueOn: string | null;
  readonly kind: DeadlineClass;
  readonly today?: string;
}) => {
  const text = useText(common);
  const left = dueOn === null ? undefined : daysBetween(today, dueOn);
  const words =
    kind === 'overdue' && left !== undefined
      ? text.overdueBy(number(-left))
      : (kind === 'due_soon' || kind === 'in_time') && left !== undefined
        ? left === 0
          ? text.today
          : text.leftDays(number(left))
        : text.deadlines[kind];
  return (
    <span className="deadline">
      {dueOn !== null && <span>{day(dueOn)}</span>}
      <span className={kind === 'overdue' ? 'late' : 'muted'}>{words}</span>
    </span>
  );
};
