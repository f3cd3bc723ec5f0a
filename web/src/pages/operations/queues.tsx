import type { QueueFigures } from '../../api/operations.ts';
import { number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { useText } from '../../text/index.ts';
import { operationsText } from './text.ts';
import { useDeed } from './use-deed.tsx';
import { useWait } from './wait.ts';

export const QueueTable = ({ queues }: { readonly queues: readonly QueueFigures[] }) => {
  const text = useText(operationsText);
  const wait = useWait();
  const { ask, dialog } = useDeed();
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard. */}
      <section className="table-box" tabIndex={0} aria-label={text.tabs.queues}>
        <table className="table">
          <thead>
            <tr>
              <th>{text.queue.name}</th>
              <th className="number">{text.queue.waiting}</th>
              <th className="number">{text.queue.active}</th>
              <th className="number">{text.queue.delayed}</th>
              <th className="number">{text.queue.failed}</th>
              <th className="number">{text.queue.rate}</th>
              <th className="number">{text.queue.oldest}</th>
              <th className="number">{text.queue.workers}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {queues.map((queue) => (
              <tr key={queue.name}>
                <th scope="row">
                  {queue.name}
                  {queue.paused && <span className="tag">{text.paused}</span>}
                </th>
                <td className="number">{number(queue.waiting)}</td>
                <td className="number">{number(queue.active)}</td>
                <td className="number">{number(queue.delayed)}</td>
                <td className="number">
                  {queue.failed > 0 ? <strong className="late">{number(queue.failed)}</strong> : '0'}
                </td>
                <td className="number">{number(queue.perMinute.completed)}</td>
                <td className="number">
                  {queue.oldestWaitingSeconds === null ? '–' : wait(queue.oldestWaitingSeconds)}
                </td>
                <td className="number">{number(queue.workers)}</td>
                <td>
                  <Button
                    onClick={() =>
                      ask({
                        path: `/operations/queues/${queue.name}/${queue.paused ? 'resume' : 'pause'}`,
                        title: queue.paused ? text.resumeQueue(queue.name) : text.pauseQueue(queue.name),
                      })
                    }
                  >
                    {queue.paused ? text.resume : text.pause}
                    <span className="vh">{` ${queue.name}`}</span>
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {dialog}
    </>
  );
};
