// What this person may do with the task now, and in a sentence why not the rest.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { deedsOf } from '../../api/deeds.ts';
import { useMe } from '../../api/session.ts';
import { deadlinesQuery, workflowQuery } from '../../api/task-parts.ts';
import type { PossibleAction, Task } from '../../api/tasks.ts';
import { number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { useNamed, useText } from '../../text/index.ts';
import type { ChosenDeed } from './deed-sheet.tsx';
import { useCapacity } from './event-words.ts';
import { LaterDeedSheet } from './later.tsx';
import { taskText } from './text.ts';

export const Actions = ({ task }: { readonly task: Task }) => {
  const text = useText(taskText);
  const named = useNamed();
  const me = useMe();
  const why = useWhy(task);
  const [open, setOpen] = useState<ChosenDeed>();
  const chain = useQuery(deadlinesQuery(task.id)).data;
  const possible = task.actions.filter(({ refused }) => refused === undefined);
  const refused = task.actions.filter(({ refused: code }) => code !== undefined);
  const deeds = deedsOf(me, task, chain?.maxExtensions);
  const ready = deeds.filter(({ refused: reason }) => reason === undefined);
  const later = deeds.filter(({ refused: reason }) => reason !== undefined);
  // What others do is told on demand; what is only not possible yet stands open.
  const own = refused.filter(({ refused: code }) => code !== 'permission.denied');
  const others = refused.filter(({ refused: code }) => code === 'permission.denied');
  return (
    <section className="card stack no-print" aria-label={text.actions}>
      <h2>{text.actions}</h2>
      {possible.length + ready.length === 0 && <p className="muted">{text.noActions}</p>}
      <div className="row">
        {possible.map((action, index) => (
          <Button
            key={action.transition}
            {...(action.to === 'stopped' || action.to === 'not_done'
              ? { look: 'danger' as const }
              : index === 0
                ? { look: 'primary' as const }
                : {})}
            onClick={() => setOpen({ transition: action })}
          >
            {named(action.name)}
          </Button>
        ))}
        {ready.map(({ deed }) => (
          <Button key={deed} onClick={() => setOpen({ deed })}>
            {text.deeds[deed]}
          </Button>
        ))}
      </div>
      {(own.length > 0 || later.length > 0) && (
        <ul role="list" className="refused">
          {own.map((action) => (
            <Refused key={action.transition} name={named(action.name)} why={why(action)} />
          ))}
          {later.map(({ deed, refused: reason }) => (
            <Refused key={deed} name={text.deeds[deed]} why={reason === undefined ? '' : text.reasons[reason]} />
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <details>
          <summary className="small">{text.refusedOthers(number(others.length))}</summary>
          <ul role="list" className="refused">
            {others.map((action) => (
              <Refused key={action.transition} name={named(action.name)} why={why(action)} />
            ))}
          </ul>
        </details>
      )}
      {open && <LaterDeedSheet task={task} chosen={open} onClose={() => setOpen(undefined)} />}
    </section>
  );
};

const Refused = ({ name, why }: { readonly name: string; readonly why: string }) => (
  <li>
    <Button why={why}>{name}</Button>
    <span className="small muted" aria-hidden="true">
      {why}
    </span>
  </li>
);

/** Whose it is says more than that it is not yours. */
const useWhy = (task: Task): ((action: PossibleAction) => string) => {
  const text = useText(taskText);
  const named = useNamed();
  const capacityOf = useCapacity();
  const definition = useQuery(workflowQuery(task.workflow)).data?.definition;
  return ({ transition, refused, why }) => {
    const by = definition?.transitions.find(({ key }) => key === transition)?.by;
    if (refused === 'permission.denied' && by) return text.doneBy(by.map(capacityOf).join(', '));
    return why ? named(why) : (refused ?? '');
  };
};
