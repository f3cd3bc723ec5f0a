// A task as somebody saw it, as it stands now, and what came between.

import { useQuery } from '@tanstack/react-query';
import { type Task, taskEventsQuery } from '../../api/tasks.ts';
import { moment, percent } from '../../format.ts';
import { Deadline } from '../../kit/deadline.tsx';
import { StateMark } from '../../kit/state-mark.tsx';
import { common } from '../../text/common.ts';
import { useNamed, useText } from '../../text/index.ts';
import { useEventWords } from './event-words.ts';
import { formText } from './form-text.ts';

export const TaskSides = ({ seen, task }: { readonly seen: Task; readonly task: Task }) => {
  const text = useText(formText);
  const words = useText(common);
  const named = useNamed();
  const tell = useEventWords(task);
  const events = useQuery(taskEventsQuery(task.id));
  const between = (events.data ?? []).filter(({ seq }) => seq > seen.version);
  const side = (title: string, of: Task) => (
    <div className="stale-side">
      <h3>{title}</h3>
      <dl className="facts">
        <dt>{words.state}</dt>
        <dd>
          <StateMark category={of.category} name={named(of.stateName)} />
        </dd>
        <dt>{words.deadline}</dt>
        <dd>
          <Deadline dueOn={of.dueOn} kind={of.deadline} />
        </dd>
        <dt>{text.progress}</dt>
        <dd>{of.progress === null ? '–' : percent(of.progress)}</dd>
        <dt>{text.result}</dt>
        <dd>{of.result ?? '–'}</dd>
      </dl>
    </div>
  );
  return (
    <>
      <div className="stale-sides">
        {side(text.before, seen)}
        {side(text.now, task)}
      </div>
      {between.length > 0 && (
        <ul>
          {between.map((event) => (
            <li key={event.seq}>{`${tell.what(event)} – ${tell.who(event)}, ${moment(event.recordedAt)}`}</li>
          ))}
        </ul>
      )}
    </>
  );
};
