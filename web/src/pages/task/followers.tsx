// Who follows the task, and for heads of units: naming one of their people, or nobody any more.

import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { mayOnTask, namingUnits } from '../../api/deeds.ts';
import { useMe } from '../../api/session.ts';
import { followersQuery } from '../../api/task-parts.ts';
import type { Task } from '../../api/tasks.ts';
import { useUnitName } from '../../api/units.ts';
import { day } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { useText } from '../../text/index.ts';
import { followersText } from './followers-text.ts';

const Sheet = lazy(() => import('./follower-sheet.tsx'));

export const Followers = ({ task }: { readonly task: Task }) => {
  const text = useText(followersText);
  const me = useMe();
  const unitName = useUnitName();
  const names = mayOnTask(me, 'task.name_follower', task);
  const units = names ? namingUnits(me, task) : [];
  const named = useQuery({ ...followersQuery(task.id), enabled: task.followers.length > 0 }).data?.items ?? [];
  const [open, setOpen] = useState<{ readonly unit: string; readonly ends: boolean }>();
  if (task.followers.length === 0 && units.length === 0) return null;
  const mine = task.followers.find(({ account }) => account === me.id);
  const ended = ['done', 'not_done', 'stopped'].includes(task.category) ? { why: text.ended } : {};
  return (
    <section className="card stack followers" aria-label={text.title}>
      <h2>{text.title}</h2>
      {mine && <p className="notice good">{text.mine(day(mine.since), unitName(mine.unit))}</p>}
      {task.followers.length === 0 && <p className="muted">{text.nobody}</p>}
      <ul role="list" className="pieces">
        {named.map(({ account, name, unit, since }) => (
          <li key={unit} className="row spread">
            <span>
              <strong>{name}</strong>
              <span className="muted">{` – ${unitName(unit)}, ${text.since(day(since))}`}</span>
              {account === me.id && <span className="tag">{text.you}</span>}
            </span>
            {units.includes(unit) && (
              <span className="row no-print">
                <Button {...ended} onClick={() => setOpen({ unit, ends: false })}>
                  {text.change}
                </Button>
                <Button {...ended} onClick={() => setOpen({ unit, ends: true })}>
                  {text.end}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {units
        .filter((unit) => !task.followers.some((one) => one.unit === unit))
        .map((unit) => (
          <p key={unit} className="row no-print">
            <Button {...ended} onClick={() => setOpen({ unit, ends: false })}>
              {units.length > 1 ? text.nameFor(unitName(unit)) : text.name}
            </Button>
          </p>
        ))}
      {open && (
        <Suspense fallback={null}>
          <Sheet task={task} {...open} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
    </section>
  );
};
