// For the people who keep it running: first what it means for officials, then the figures, then what can be done.

import { queryOptions, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { read } from '../../api/client.ts';
import type { Overview } from '../../api/operations.ts';
import { moment, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Await } from '../../kit/states.tsx';
import { Tabs } from '../../kit/tabs.tsx';
import { useText } from '../../text/index.ts';
import { Failed } from './failed.tsx';
import { QueueTable } from './queues.tsx';
import { Schedules } from './schedules.tsx';
import { operationsText } from './text.ts';
import { Timers } from './timers.tsx';
import { useWait } from './wait.ts';
import { Why } from './why.tsx';
import { Workers } from './workers.tsx';

const tabs = ['queues', 'failed', 'timers', 'schedules', 'workers', 'why'] as const;
type Tab = (typeof tabs)[number];

/** A question waits for the answer to the one before, and a page nobody looks at asks nothing. */
export const overviewQuery = (polling: boolean) =>
  queryOptions({
    queryKey: ['operations'],
    queryFn: ({ signal }) => read<Overview>('/operations', {}, signal),
    refetchInterval: ({ state }) => (polling && state.fetchStatus === 'idle' ? 5000 : false),
    refetchIntervalInBackground: false,
  });

export const OperationsPage = () => {
  const text = useText(operationsText);
  const { tab: asked } = useSearch({ from: '/ops' });
  const tab: Tab = tabs.find((one) => one === asked) ?? 'queues';
  const [polling, setPolling] = useState(true);
  const overview = useQuery(overviewQuery(polling));
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{text.title}</h1>
          <p className="muted">{overview.data && text.seen(moment(overview.data.at))}</p>
        </div>
        <div className="row">
          <Button aria-pressed={!polling} onClick={() => setPolling(!polling)}>
            {polling ? text.pausePolling : text.resumePolling}
          </Button>
          <a className="button" href="/operations/board" target="_blank" rel="noreferrer">
            {text.board}
          </a>
        </div>
      </div>
      <Await query={overview}>{(found) => <Consequences found={found} />}</Await>
      <Tabs label={text.title} current={tab} tabs={tabs.map((key) => [key, text.tabs[key]])} />
      {tab === 'queues' && <Await query={overview}>{(found) => <QueueTable queues={found.queues ?? []} />}</Await>}
      {tab === 'failed' && <Failed queues={overview.data?.queues ?? []} />}
      {tab === 'timers' && <Timers />}
      {tab === 'schedules' && <Schedules />}
      {tab === 'workers' && <Workers />}
      {tab === 'why' && <Why />}
    </>
  );
};

const Consequences = ({ found }: { readonly found: Overview }) => {
  const text = useText(operationsText);
  const wait = useWait();
  const { late, parked, oldestSeconds } = found.intentions;
  const failed = (found.queues ?? []).reduce((sum, queue) => sum + queue.failed, 0);
  const told = [
    found.queue === 'away' && text.away,
    found.workers.alive === 0 && text.noWorkers,
    late > 0 && text.late(number(late), wait(oldestSeconds)),
    parked + failed > 0 && text.parked(number(parked + failed)),
    (found.audit.broken ?? 0) > 0 && text.broken(number(found.audit.broken ?? 0)),
    found.mails.unsent > 0 && text.mails(number(found.mails.unsent)),
  ].filter((line) => line !== false);
  return (
    <div className={told.length === 0 ? 'notice good' : 'notice'} role="status">
      {told.length === 0 ? text.calm : told.map((line) => <p key={line}>{line}</p>)}
    </div>
  );
};
