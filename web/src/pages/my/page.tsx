import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { calendarQuery } from '../../api/calendar.ts';
import { type Deed, deedsOf } from '../../api/deeds.ts';
import { type OwedConfirmation, openTasksQuery, owedConfirmationsQuery } from '../../api/my.ts';
import { programmesQuery } from '../../api/programmes.ts';
import { unitsOf, useMe } from '../../api/session.ts';
import { type Task, taskQuery } from '../../api/tasks.ts';
import { civilDay, day, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { workingDaysTo } from '../../kit/date-entry.ts';
import { Deadline } from '../../kit/deadline.tsx';
import { Menu } from '../../kit/menu.tsx';
import { StateMark } from '../../kit/state-mark.tsx';
import { Await, Empty } from '../../kit/states.tsx';
import { useNamed, useText } from '../../text/index.ts';
import type { ChosenDeed } from '../task/deed-sheet.tsx';
import { LaterDeedSheet } from '../task/later.tsx';
import { taskText } from '../task/text.ts';
import { byDeadline, groupOf, type groups, type Row } from './groups.ts';
import './page.css';
import { myText } from './text.ts';

interface Open {
  readonly task: Task;
  readonly chosen: ChosenDeed;
}

export const MyPage = () => {
  const text = useText(myText);
  const me = useMe();
  const units = unitsOf(me);
  const tasks = useQuery(openTasksQuery(units));
  const programmes = useQuery(programmesQuery).data ?? [];
  const rounds = useQuery(owedConfirmationsQuery(programmes.map(({ code }) => code))).data ?? [];
  const calendar = useQuery(calendarQuery('vn')).data;
  // What may be done next, and what was asked for when it came back, stands in each task itself.
  const wholes = useQueries({ queries: (tasks.data ?? []).map(({ id }) => taskQuery(id)) });
  const [open, setOpen] = useState<Open>();
  const today = civilDay();
  // Closing a form or a change by others brings the newest of the task into an open form.
  const fresh = open && (wholes.find(({ data }) => data?.id === open.task.id)?.data ?? open.task);
  return (
    <>
      <div className="page-head">
        <h1>{text.title}</h1>
        <span role="status">{tasks.data && text.count(number(tasks.data.length))}</span>
      </div>
      {units.length === 0 ? (
        <Empty>
          <p>{text.noUnit}</p>
        </Empty>
      ) : (
        <Await query={tasks}>
          {(list) => {
            const rows: readonly Row[] = list.map((task, index) => ({
              task,
              whole: wholes[index]?.data,
              left: task.dueOn === null ? undefined : workingDaysTo(calendar, today, task.dueOn),
            }));
            return <Groups rows={rows} rounds={rounds} onOpen={setOpen} />;
          }}
        </Await>
      )}
      {open && fresh && <LaterDeedSheet task={fresh} chosen={open.chosen} onClose={() => setOpen(undefined)} />}
    </>
  );
};

const Groups = ({
  rows,
  rounds,
  onOpen,
}: {
  readonly rows: readonly Row[];
  readonly rounds: readonly OwedConfirmation[];
  readonly onOpen: (open: Open) => void;
}) => {
  const text = useText(myText);
  const sorted = [...rows].sort(byDeadline);
  const of = (group: (typeof groups)[number]) => sorted.filter((row) => groupOf(row) === group);
  const pressing = (['returned', 'overdue', 'soon'] as const).some((group) => of(group).length > 0);
  const nearest = sorted.find(({ task }) => task.dueOn !== null && task.category !== 'awaiting_appraisal');
  const section = (group: (typeof groups)[number]) => {
    const found = of(group);
    return (
      found.length > 0 && (
        <section key={group} className="my-group" aria-label={text.groups[group]}>
          <h2>
            {text.groups[group]}
            <span className="tab-count">{number(found.length)}</span>
          </h2>
          <ul role="list" className="my-list">
            {found.map((row) => (
              <Item key={row.task.id} row={row} onOpen={onOpen} />
            ))}
          </ul>
        </section>
      )
    );
  };
  return (
    <>
      {!pressing && (
        <Empty>
          <p>{rows.length === 0 ? text.nothing : text.calm}</p>
          {nearest?.task.dueOn && <p>{text.nearest(day(nearest.task.dueOn), nearest.task.title)}</p>}
        </Empty>
      )}
      {section('returned')}
      {section('overdue')}
      {section('soon')}
      {rounds.length > 0 && (
        <section className="my-group" aria-label={text.groups.confirm}>
          <h2>{text.groups.confirm}</h2>
          <ul role="list" className="my-list">
            {rounds.map((round) => (
              <li key={round.id} className="my-item card">
                <div className="grow">
                  <p>
                    <strong>{text.confirmRound(round.programme, day(round.asOf))}</strong>
                  </p>
                  <p className="small muted">
                    {`${text.unanswered(number(round.unanswered))} · ${text.until(day(round.dueOn))}`}
                  </p>
                </div>
                <Link to="/confirm" search={{ round: round.id }} className="button primary">
                  {text.confirm}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {section('rest')}
    </>
  );
};

const Item = ({ row, onOpen }: { readonly row: Row; readonly onOpen: (open: Open) => void }) => {
  const text = useText(myText);
  const named = useNamed();
  const { task, whole, left } = row;
  const back = whole?.lastReturn;
  return (
    <li className="my-item card">
      <div className="grow">
        <p>
          <Link to="/tasks/$id" params={{ id: task.id }}>
            {task.title}
          </Link>
        </p>
        <p className="small muted">
          {task.code}
          {left !== undefined && left >= 0 && ` · ${text.left(number(left))}`}
        </p>
        {back && (
          <p className="small">
            {[text.returnedOn(day(back.on)), back.reason].filter(Boolean).join(': ')}
            {back.missing.length > 0 && ` ${text.missing(back.missing.join('; '))}`}
          </p>
        )}
        {whole?.review?.question && <p className="small">{text.question}</p>}
      </div>
      <div className="my-state">
        <StateMark category={task.category} name={whole && named(whole.stateName)} />
        <Deadline dueOn={task.dueOn} kind={task.deadline} />
      </div>
      <div className="row my-actions">{whole && <Next task={whole} onOpen={onOpen} />}</div>
    </li>
  );
};

/** The next thing to do as a button, the others behind another. */
const Next = ({ task, onOpen }: { readonly task: Task; readonly onOpen: (open: Open) => void }) => {
  const text = useText(myText);
  const own = useText(taskText);
  const named = useNamed();
  const me = useMe();
  const possible = task.actions.filter(({ refused }) => refused === undefined);
  const deeds = deedsOf(me, task, undefined).filter(({ refused }) => refused === undefined);
  const all: readonly { readonly key: string; readonly label: string; readonly chosen: ChosenDeed }[] = [
    ...deeds.filter(({ deed }) => deed === 'answer_information').map(({ deed }) => entry(deed)),
    ...possible.map((action, index) => ({
      key: action.transition,
      label: index === 0 && task.lastReturn ? text.resubmit(named(action.name)) : named(action.name),
      chosen: { transition: action },
    })),
    ...deeds.filter(({ deed }) => deed !== 'answer_information').map(({ deed }) => entry(deed)),
  ];
  function entry(deed: Deed) {
    return { key: deed as string, label: own.deeds[deed], chosen: { deed } };
  }
  const [next, ...others] = all;
  if (!next) return null;
  return (
    <>
      <Button
        {...(task.category === 'awaiting_appraisal' ? {} : { look: 'primary' as const })}
        onClick={() => onOpen({ task, chosen: next.chosen })}
      >
        {next.label}
      </Button>
      {others.length > 0 && (
        <Menu
          trigger={<Button aria-label={text.moreFor(task.code)}>{text.more}</Button>}
          items={others.map(({ key, label, chosen }) => ({
            key,
            label,
            onSelect: () => onOpen({ task, chosen }),
          }))}
        />
      )}
    </>
  );
};
