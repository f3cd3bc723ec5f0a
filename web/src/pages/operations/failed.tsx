import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { read } from '../../api/client.ts';
import type { FailedJob, QueueFigures, WaitingRow } from '../../api/operations.ts';
import { moment, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Await, Empty } from '../../kit/states.tsx';
import { useText } from '../../text/index.ts';
import { operationsText } from './text.ts';
import { useDeed } from './use-deed.tsx';

/** Rows that used up their attempts, and jobs that failed in the queue itself: both can be done again, with a reason. */
export const Failed = ({ queues }: { readonly queues: readonly QueueFigures[] }) => {
  const text = useText(operationsText);
  const { ask, dialog } = useDeed();
  const parked = useQuery({
    queryKey: ['operations', 'parked'],
    queryFn: ({ signal }) =>
      read<{ readonly items: readonly WaitingRow[] }>('/operations/timers', { state: 'parked', limit: 100 }, signal),
  });
  const withFailed = queues.filter(({ failed }) => failed > 0);
  const jobs = useQueries({
    queries: withFailed.map(({ name }) => ({
      queryKey: ['operations', 'failed', name],
      queryFn: async ({ signal }: { readonly signal: AbortSignal }) => ({
        queue: name,
        ...(await read<{ readonly items: readonly FailedJob[] }>(
          `/operations/queues/${name}/failed`,
          { limit: 100 },
          signal,
        )),
      }),
    })),
  }).flatMap(({ data }) => data?.items.map((job) => ({ ...job, queue: data.queue })) ?? []);
  return (
    <>
      <h2>{text.parkedRows}</h2>
      <Await query={parked}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{text.noFailed}</Empty>
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
            <section className="table-box" tabIndex={0} aria-label={text.parkedRows}>
              <table className="table">
                <thead>
                  <tr>
                    <th>{text.columns.what}</th>
                    <th>{text.columns.task}</th>
                    <th>{text.columns.error}</th>
                    <th className="number">{text.columns.attempts}</th>
                    <th>{text.columns.since}</th>
                    <td />
                  </tr>
                </thead>
                <tbody>
                  {items.map((row) => (
                    <tr key={row.id}>
                      <td>{`${row.queue} · ${row.rule ?? row.kind}`}</td>
                      <td>
                        {row.taskId !== null && (
                          <Link to="/tasks/$id" params={{ id: row.taskId }}>
                            {row.task ?? row.taskId}
                          </Link>
                        )}
                      </td>
                      <td>{row.lastError}</td>
                      <td className="number">{number(row.attempts)}</td>
                      <td>{row.parkedAt !== null && moment(row.parkedAt)}</td>
                      <td>
                        <Button
                          onClick={() =>
                            ask({
                              path: `/operations/intentions/${row.id}/retry`,
                              title: text.retryJob(row.rule ?? row.kind),
                            })
                          }
                        >
                          {text.retry}
                        </Button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          )
        }
      </Await>
      <h2>{text.failedJobs}</h2>
      {jobs.length === 0 ? (
        <Empty>{text.noFailed}</Empty>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
        <section className="table-box" tabIndex={0} aria-label={text.failedJobs}>
          <table className="table">
            <thead>
              <tr>
                <th>{text.columns.what}</th>
                <th>{text.columns.error}</th>
                <th className="number">{text.columns.attempts}</th>
                <th>{text.columns.since}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {jobs.map((job) => (
                <tr key={`${job.queue} ${job.id}`}>
                  <td>{`${job.queue} · ${job.name}`}</td>
                  <td>{job.reason}</td>
                  <td className="number">{number(job.attempts)}</td>
                  <td>{job.failedAt !== null && moment(job.failedAt)}</td>
                  <td>
                    <Button
                      onClick={() =>
                        ask({
                          path: `/operations/queues/${job.queue}/failed/${encodeURIComponent(job.id)}/retry`,
                          title: text.retryJob(job.name),
                        })
                      }
                    >
                      {text.retry}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {dialog}
    </>
  );
};
