import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { read } from '../../api/client.ts';
import type { Trace } from '../../api/operations.ts';
import { moment } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Field } from '../../kit/field.tsx';
import { Await, Empty } from '../../kit/states.tsx';
import { useText } from '../../text/index.ts';
import { operationsText } from './text.ts';
import { WaitingTable } from './timers.tsx';

/** Why did this reminder (not) go out? */
export const Why = () => {
  const text = useText(operationsText);
  const search = useSearch({ from: '/ops' });
  const navigate = useNavigate({ from: '/ops' });
  const [task, setTask] = useState(search.task ?? '');
  const trace = useQuery({
    queryKey: ['operations', 'why', search.task],
    queryFn: ({ signal }) => read<Trace>('/operations/search', { task: search.task }, signal),
    enabled: search.task !== undefined,
  });
  return (
    <>
      <form
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (task.trim() !== '') void navigate({ search: { tab: 'why', task: task.trim() } });
        }}
      >
        <Field label={text.why} hint={text.whyAbout}>
          {(given) => (
            <input
              {...given}
              data-page-search
              className="input"
              value={task}
              onChange={(event) => setTask(event.target.value)}
            />
          )}
        </Field>
        <div>
          <Button look="primary" type="submit">
            {text.whySearch}
          </Button>
        </div>
      </form>
      {search.task !== undefined && (
        <Await query={trace}>
          {(found) => (
            <>
              <h2>{text.waiting}</h2>
              {found.waiting.length === 0 ? (
                <Empty>{text.noTimers}</Empty>
              ) : (
                // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
                <section className="table-box" tabIndex={0} aria-label={text.waiting}>
                  <WaitingTable rows={found.waiting} />
                </section>
              )}
              <h2>{text.told}</h2>
              <ul className="card">
                {found.notifications.map(({ recipient, mailSentAt }) => (
                  <li
                    key={`${recipient} ${mailSentAt}`}
                  >{`${recipient}: ${mailSentAt === null ? text.notMailed : text.mailed(moment(mailSentAt))}`}</li>
                ))}
                {found.notifications.length === 0 && <li>{text.noTimers}</li>}
              </ul>
              <h2>{text.fired}</h2>
              <ul className="card">
                {found.timerEvents.map(({ seq, type, payload }) => (
                  <li key={seq}>{`${type} · ${Object.entries(payload)
                    .map(([key, value]) => `${key}: ${String(value)}`)
                    .join(', ')}`}</li>
                ))}
                {found.timerEvents.length === 0 && <li>{text.noTimers}</li>}
              </ul>
            </>
          )}
        </Await>
      )}
    </>
  );
};
