import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { read } from '../../api/client.ts';
import type { WaitingRow } from '../../api/operations.ts';
import { moment, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Choice } from '../../kit/choice.tsx';
import { Await, Empty } from '../../kit/states.tsx';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { operationsText } from './text.ts';

const states = ['late', 'due', 'parked', 'upcoming'] as const;
interface Page {
  readonly items: readonly WaitingRow[];
  readonly next: string | null;
}

export const Timers = () => {
  const text = useText(operationsText);
  const words = useText(common);
  const search = useSearch({ from: '/ops' });
  const navigate = useNavigate({ from: '/ops' });
  const state = states.find((one) => one === search.state) ?? 'upcoming';
  const rows = useInfiniteQuery({
    queryKey: ['operations', 'timers', state],
    queryFn: ({ pageParam, signal }) =>
      read<Page>(
        '/operations/timers',
        { state, limit: 100, ...(pageParam === '' ? {} : { cursor: pageParam }) },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  return (
    <>
      <div className="filters">
        <Choice
          label={text.columns.state}
          value={state}
          options={states.map((key) => [key, text.states[key]])}
          onChange={(key) => void navigate({ search: { tab: 'timers', state: key } })}
        />
      </div>
      <Await query={rows}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return items.length === 0 ? (
            <Empty>{text.noTimers}</Empty>
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
            <section className="table-box" tabIndex={0} aria-label={text.tabs.timers}>
              <WaitingTable rows={items} />
            </section>
          );
        }}
      </Await>
      {rows.hasNextPage && <Button onClick={() => void rows.fetchNextPage()}>{words.more}</Button>}
    </>
  );
};

export const WaitingTable = ({ rows }: { readonly rows: readonly WaitingRow[] }) => {
  const text = useText(operationsText);
  return (
    <table className="table">
      <thead>
        <tr>
          <th>{text.columns.due}</th>
          <th>{text.columns.task}</th>
          <th>{text.columns.rule}</th>
          <th>{text.queue.name}</th>
          <th className="number">{text.columns.attempts}</th>
          <th>{text.columns.error}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>{moment(row.dueAt)}</td>
            <td>
              {row.taskId !== null && (
                <Link to="/tasks/$id" params={{ id: row.taskId }}>
                  {row.task ?? row.taskId}
                </Link>
              )}
            </td>
            <td>{row.rule ?? row.kind}</td>
            <td>{row.queue}</td>
            <td className="number">{number(row.attempts)}</td>
            <td>{row.lastError}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
