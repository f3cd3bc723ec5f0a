import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/client.ts';
import type { Schedule } from '../../api/operations.ts';
import { moment } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Await } from '../../kit/states.tsx';
import { useText } from '../../text/index.ts';
import { operationsText } from './text.ts';
import { useDeed } from './use-deed.tsx';

export const Schedules = () => {
  const text = useText(operationsText);
  const { ask, dialog } = useDeed();
  const schedules = useQuery({
    queryKey: ['operations', 'schedules'],
    queryFn: ({ signal }) => read<{ readonly items: readonly Schedule[] }>('/operations/schedules', {}, signal),
  });
  return (
    <Await query={schedules}>
      {({ items }) => (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard. */}
          <section className="table-box" tabIndex={0} aria-label={text.tabs.schedules}>
            <table className="table">
              <thead>
                <tr>
                  <th>{text.columns.what}</th>
                  <th>{text.columns.next}</th>
                  <th>{text.columns.last}</th>
                  <th>{text.columns.zone}</th>
                  <td />
                </tr>
              </thead>
              <tbody>
                {items.map(({ key, zone, pausedAt, pausedReason, next, runs }) => {
                  const [last] = runs;
                  return (
                    <tr key={key}>
                      <th scope="row">
                        {key}
                        {pausedAt !== null && <span className="tag">{`${text.paused}: ${pausedReason ?? ''}`}</span>}
                      </th>
                      <td>{next[0] === undefined ? '–' : moment(next[0])}</td>
                      <td>
                        {last
                          ? `${moment(last.nominalAt)} · ${last.outcome}${last.detail === null ? '' : ` · ${last.detail}`}`
                          : '–'}
                      </td>
                      <td>{zone}</td>
                      <td>
                        <Button
                          onClick={() =>
                            ask({
                              path: `/operations/schedules/${key}/${pausedAt === null ? 'pause' : 'resume'}`,
                              title: pausedAt === null ? text.pauseSchedule(key) : text.resumeSchedule(key),
                            })
                          }
                        >
                          {pausedAt === null ? text.pause : text.resume}
                          <span className="vh">{` ${key}`}</span>
                        </Button>
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </section>
          {dialog}
        </>
      )}
    </Await>
  );
};
