// Where a task stands and why: who holds the ball since when, target beside result, the deadline with all it was before.

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { deadlinesQuery, ledgerQuery, proposalsQuery } from '../../api/task-parts.ts';
import { type Task, taskEventsQuery } from '../../api/tasks.ts';
import { useUnitName } from '../../api/units.ts';
import { civilDay, day, number, percent } from '../../format.ts';
import { Deadline } from '../../kit/deadline.tsx';
import { Progress } from '../../kit/progress.tsx';
import { StateMark } from '../../kit/state-mark.tsx';
import { common } from '../../text/common.ts';
import { useNamed, useText } from '../../text/index.ts';
import { useCapacity, useDocumentWords, useEventWords } from './event-words.ts';
import { taskText } from './text.ts';

const shown = (value: string | number | null) => (typeof value === 'number' ? number(value) : (value ?? '–'));

/** With its unit of measure, unless that is within the words already. */
const measured = (value: string | number | null, unit: string | null) =>
  value === null || unit === null ? shown(value) : `${shown(value)} ${unit}`;

/** @param children what can be done now, below the state it can be done in */
export const Status = ({ task, children }: { readonly task: Task; readonly children: ReactNode }) => {
  const text = useText(taskText);
  const words = useText(common);
  const named = useNamed();
  const unitName = useUnitName();
  const tell = useEventWords(task);
  const ledger = useQuery(ledgerQuery(task.id)).data?.ledger;
  const events = useQuery(taskEventsQuery(task.id)).data;
  const stretch = task.holder === null ? undefined : ledger?.stretches.at(-1);
  const cause = events?.filter(({ type }) => ['task.moved', 'task.recalled', 'task.assigned'].includes(type)).at(-1);
  const facts: readonly (readonly [string, string | null])[] = [
    [text.unit, unitName(task.leadUnit)],
    [text.appraiser, task.appraiserUnit === null ? null : unitName(task.appraiserUnit)],
    [text.participants, task.participants.length === 0 ? null : task.participants.map(unitName).join(', ')],
    [text.field, task.field],
    [text.indicator, task.indicator],
    [text.assignedOn, day(task.assignedOn)],
    [text.submittedOn, task.submittedOn && day(task.submittedOn)],
    [text.finishedOn, task.finishedOn && day(task.finishedOn)],
  ];
  return (
    <div className="task-top">
      <div className="stack">
        <section className="card stack" aria-label={text.status}>
          <p className="task-state">
            <StateMark category={task.category} name={named(task.stateName)} />
          </p>
          {task.holder !== null && (
            <p>
              <span className="muted">{`${text.holder}: `}</span>
              <strong>
                {stretch?.unit ? unitName(stretch.unit) : text.holders[task.holder as keyof typeof text.holders]}
              </strong>
              {stretch && ` ${text.since(day(stretch.from), number(stretch.workingDays))}`}
            </p>
          )}
          {cause && (
            <p>
              <span className="muted">{`${text.why}: `}</span>
              {text.whyMove(tell.what(cause), tell.who(cause), day(civilDay(cause.effectiveAt)))}
              {typeof cause.payload.reason === 'string' && ` ${cause.payload.reason}`}
            </p>
          )}
          {task.lastReturn && (
            <div className="notice">
              <p>
                <strong>{text.returned(day(task.lastReturn.on), number(task.lastReturn.round))}</strong>
              </p>
              {task.lastReturn.reason !== null && <p>{task.lastReturn.reason}</p>}
              {task.lastReturn.missing.length > 0 && (
                <>
                  <p>{text.missing}</p>
                  <ul>
                    {task.lastReturn.missing.map((line) => (
                      <li key={line}>{line}</li>
                    ))}
                  </ul>
                </>
              )}
            </div>
          )}
          <dl className="facts">
            {facts.map(
              ([name, value]) =>
                value !== null && (
                  <div key={name} className="fact">
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                  </div>
                ),
            )}
          </dl>
        </section>
        {children}
      </div>
      <div className="stack">
        <section className="card stack" aria-label={text.outcome}>
          <h2>{text.outcome}</h2>
          {task.secret && <p className="notice">{text.secret}</p>}
          <div className="target">
            <div>
              <p className="small muted">{text.target}</p>
              <p className="figure">{measured(task.target, task.measureUnit)}</p>
            </div>
            <div>
              <p className="small muted">{text.result}</p>
              <p className="figure">
                {measured(task.result, typeof task.result === 'number' ? task.measureUnit : null)}
              </p>
            </div>
          </div>
          {Object.values(task.fields).length > 0 && <p>{Object.values(task.fields).map(String).join(' · ')}</p>}
          {task.progress === null ? (
            <p className="muted">{`${text.progress}: ${text.noProgress}`}</p>
          ) : (
            <Progress label={text.progress} value={task.progress}>
              {percent(task.progress)}
            </Progress>
          )}
          {task.estimate !== null && (
            <p className="small">
              <span className="muted">{`${text.estimate}: `}</span>
              {words.estimates[task.estimate as keyof typeof words.estimates]}
            </p>
          )}
          {task.product !== null && (
            <p className="small">
              <span className="muted">{`${text.product}: `}</span>
              {task.product}
            </p>
          )}
        </section>
        <DeadlineCard task={task} />
      </div>
    </div>
  );
};

const DeadlineCard = ({ task }: { readonly task: Task }) => {
  const text = useText(taskText);
  const words = useText(common);
  const capacityOf = useCapacity();
  const documentOf = useDocumentWords();
  const chain = useQuery(deadlinesQuery(task.id)).data;
  const proposal = useQuery(proposalsQuery(task.id))
    .data?.items.filter(({ outcome }) => outcome === 'open')
    .at(-1);
  return (
    <section className="card stack" aria-label={words.deadline}>
      <h2>{words.deadline}</h2>
      <p className="figure">
        <Deadline dueOn={task.dueOn} kind={task.deadline} />
      </p>
      {task.due.reason !== undefined && <p>{task.due.reason}</p>}
      {task.extensionRequest && (
        <p className="notice">{text.openRequest(day(task.extensionRequest.day), day(task.extensionRequest.on))}</p>
      )}
      {proposal && <p className="notice">{text.openProposal(day(proposal.dueOn))}</p>}
      {chain && chain.items.length > 0 && (
        <>
          <ol className="chain" aria-label={text.chain}>
            {chain.items.map((item) => (
              <li key={item.seq}>
                <strong>{item.dueOn === null ? text.undated : day(item.dueOn)}</strong>
                <span className="tag">
                  {item.seq === 1 ? text.firstDue : item.extension ? text.extended : text.decided}
                </span>
                <span className="small muted">
                  {text.decidedBy(
                    [item.decidedByName, [item.signing, capacityOf(item.capacity)].filter(Boolean).join(' ')]
                      .filter(Boolean)
                      .join(', '),
                    day(civilDay(item.on)),
                  )}
                </span>
                {item.requested !== null && <span className="small">{text.requested(day(item.requested))}</span>}
                {item.reason !== null && <span className="small">{item.reason}</span>}
                {item.document && <span className="small">{documentOf(item.document)}</span>}
              </li>
            ))}
          </ol>
          <p className="small muted">
            {chain.maxExtensions === null
              ? text.extensionsOpen(number(chain.extensions))
              : text.extensions(number(chain.extensions), number(chain.maxExtensions))}
          </p>
        </>
      )}
    </section>
  );
};
