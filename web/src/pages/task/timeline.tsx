// The history of a task, newest first, month by month. Reminders that follow each other are one line until it is opened.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Task, type TaskEvent, taskEventsQuery } from '../../api/tasks.ts';
import { civilDay, day, moment, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Await } from '../../kit/states.tsx';
import { useText } from '../../text/index.ts';
import { eventText } from './event-text.ts';
import { type EventKind, eventKinds, isLater, isOfKind, isReminder, useEventWords } from './event-words.ts';

type Entry = TaskEvent | readonly TaskEvent[];

/** Reminders one after another become one entry. */
const collapsed = (events: readonly TaskEvent[]): readonly Entry[] =>
  events.reduce<Entry[]>((entries, event) => {
    const last = entries.at(-1);
    if (isReminder(event) && Array.isArray(last)) entries[entries.length - 1] = [...last, event];
    else entries.push(isReminder(event) ? [event] : event);
    return entries;
  }, []);

const headOf = (entry: Entry): TaskEvent => (Array.isArray(entry) ? (entry[0] as TaskEvent) : (entry as TaskEvent));

export const Timeline = ({ task }: { readonly task: Task }) => {
  const text = useText(eventText);
  const events = useQuery(taskEventsQuery(task.id));
  const [kind, setKind] = useState<EventKind>('all');
  return (
    <Await query={events}>
      {(all) => {
        const told = all.filter(({ type }) => type !== 'task.timer_skipped');
        const list = collapsed(told.filter((event) => isOfKind(event, kind)).reverse());
        const present = eventKinds.filter((each) => told.some((event) => isOfKind(event, each)));
        const months = byMonth(list);
        return (
          <div className="stack">
            <fieldset className="row no-print timeline-kinds">
              <legend className="vh">{text.filter}</legend>
              {present.map((each) => (
                <Button key={each} className="small" aria-pressed={kind === each} onClick={() => setKind(each)}>
                  {text.kinds[each]}
                </Button>
              ))}
            </fieldset>
            {list.length === 0 && <p className="muted">{text.empty}</p>}
            {[...months].map(([month, entries]) => (
              <section key={month} className="timeline-month">
                <h3>{text.month(month.slice(5), month.slice(0, 4))}</h3>
                <ol className="timeline" role="list">
                  {entries.map((entry) => (
                    <One key={headOf(entry).seq} task={task} entry={entry} />
                  ))}
                </ol>
              </section>
            ))}
          </div>
        );
      }}
    </Await>
  );
};

const byMonth = (list: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> => {
  const months = new Map<string, Entry[]>();
  for (const entry of list) {
    const month = civilDay(headOf(entry).effectiveAt).slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), entry]);
  }
  return months;
};

const One = ({ task, entry }: { readonly task: Task; readonly entry: Entry }) => {
  const text = useText(eventText);
  if (Array.isArray(entry) && entry.length > 1)
    return (
      <li className="timeline-item quiet">
        <details>
          <summary>
            {text.remindedTimes(number(entry.length))}
            <span className="muted small">
              {` ${day(civilDay((entry.at(-1) as TaskEvent).effectiveAt))} – ${day(civilDay((entry[0] as TaskEvent).effectiveAt))}`}
            </span>
          </summary>
          <ol role="list" className="timeline">
            {entry.map((event: TaskEvent) => (
              <li key={event.seq} className="timeline-item">
                <Told task={task} event={event} />
              </li>
            ))}
          </ol>
        </details>
      </li>
    );
  const event = headOf(entry);
  return (
    <li className={isReminder(event) ? 'timeline-item quiet' : 'timeline-item'}>
      <Told task={task} event={event} />
    </li>
  );
};

const Told = ({ task, event }: { readonly task: Task; readonly event: TaskEvent }) => {
  const text = useText(eventText);
  const words = useEventWords(task);
  return (
    <>
      <p className="timeline-head">
        <strong>{words.what(event)}</strong>
        <span className="muted small">
          {isLater(event)
            ? `${text.happened(day(civilDay(event.effectiveAt)))} · ${text.recordedLater(moment(event.recordedAt))}`
            : moment(event.effectiveAt)}
        </span>
      </p>
      <p className="small muted">{words.who(event)}</p>
      {words.particulars(event).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of one event never move.
        <p key={index}>{line}</p>
      ))}
    </>
  );
};
