// A task over the list it was opened from: the list stays as it is, with its filter, order, place and selection.

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { taskQuery } from '../../api/tasks.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Await } from '../../kit/states.tsx';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { TaskDetail, type TaskTab } from '../task/detail.tsx';
import { taskText } from '../task/text.ts';

export const TaskDrawer = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }) => {
  const text = useText(taskText);
  const words = useText(common);
  const task = useQuery(taskQuery(id));
  const [tab, setTab] = useState<TaskTab>();
  return (
    <Dialog
      open
      drawer
      onClose={onClose}
      title={task.data?.title ?? words.loading}
      about={
        <>
          {task.data && `${task.data.code} · `}
          <Link to="/tasks/$id" params={{ id }}>
            {text.openPage}
          </Link>
        </>
      }
    >
      <Await query={task}>{(found) => <TaskDetail key={id} task={found} tab={tab} onTab={setTab} />}</Await>
    </Dialog>
  );
};
