import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/client.ts';
import type { Worker } from '../../api/operations.ts';
import { moment } from '../../format.ts';
import { Await, Empty } from '../../kit/states.tsx';
import { useText } from '../../text/index.ts';
import { operationsText } from './text.ts';

export const Workers = () => {
  const text = useText(operationsText);
  const workers = useQuery({
    queryKey: ['operations', 'workers'],
    queryFn: ({ signal }) => read<{ readonly items: readonly Worker[] }>('/operations/workers', {}, signal),
    refetchInterval: 15_000,
  });
  return (
    <Await query={workers}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty>{text.noWorkers}</Empty>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
          <section className="table-box" tabIndex={0} aria-label={text.tabs.workers}>
            <table className="table">
              <thead>
                <tr>
                  <th>{text.queue.workers}</th>
                  <th>{text.columns.state}</th>
                  <th>{text.columns.seen}</th>
                  <th>{text.columns.started}</th>
                  <th>{text.tabs.queues}</th>
                </tr>
              </thead>
              <tbody>
                {items.map(({ id, name, queues, seenAt, startedAt, alive }) => (
                  <tr key={id}>
                    <th scope="row">{name}</th>
                    <td className={alive ? '' : 'late'}>{alive ? text.alive : text.silent}</td>
                    <td>{moment(seenAt)}</td>
                    <td>{moment(startedAt)}</td>
                    <td>{queues.join(', ')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )
      }
    </Await>
  );
};
