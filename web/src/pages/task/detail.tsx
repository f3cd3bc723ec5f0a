// A task in full: the same on its own page and in the drawer over the list.

import type { Task } from '../../api/tasks.ts';
import { TabSet } from '../../kit/tab-set.tsx';
import { useText } from '../../text/index.ts';
import { Actions } from './actions.tsx';
import { Followers } from './followers.tsx';
import { LaterTab } from './later.tsx';
import './page.css';
import { Status } from './status.tsx';
import { taskText } from './text.ts';
import { Timeline } from './timeline.tsx';

export const taskTabs = ['timeline', 'evidence', 'difficulties', 'reminders', 'documents', 'appraisal'] as const;
export type TaskTab = (typeof taskTabs)[number];

export const TaskDetail = ({
  task,
  tab,
  onTab,
}: {
  readonly task: Task;
  readonly tab: string | undefined;
  readonly onTab: (tab: TaskTab) => void;
}) => {
  const text = useText(taskText);
  const now = taskTabs.find((key) => key === tab) ?? 'timeline';
  return (
    <div className="stack task">
      <Status task={task}>
        <Actions task={task} />
      </Status>
      <Followers task={task} />
      <TabSet
        label={text.tabList}
        tabs={taskTabs.map((key) => ({
          key,
          label: text.tabs[key],
          count: key === 'difficulties' ? task.difficulties.filter(({ answer }) => !answer).length : undefined,
        }))}
        now={now}
        onChange={(key) => onTab(key as TaskTab)}
      >
        {now === 'timeline' ? <Timeline task={task} /> : <LaterTab tab={now} task={task} />}
      </TabSet>
    </div>
  );
};
