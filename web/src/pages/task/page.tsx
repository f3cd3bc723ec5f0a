import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { taskQuery } from '../../api/tasks.ts';
import { Await } from '../../kit/states.tsx';
import { useText } from '../../text/index.ts';
import { TaskDetail } from './detail.tsx';
import { taskText } from './text.ts';

export const TaskPage = () => {
  const { id } = useParams({ from: '/tasks/$id' });
  const { tab } = useSearch({ from: '/tasks/$id' });
  const navigate = useNavigate({ from: '/tasks/$id' });
  const text = useText(taskText);
  const task = useQuery(taskQuery(id));
  return (
    <Await query={task}>
      {(found) => (
        <>
          <div className="task-head">
            <p className="small no-print">
              <Link to="/tasks" search={{ programme: found.programme }}>
                {text.toList}
              </Link>
            </p>
            <h1>{found.title}</h1>
            <p className="muted">{[found.code, found.notice].filter(Boolean).join(' · ')}</p>
          </div>
          <TaskDetail
            key={id}
            task={found}
            tab={tab}
            onTab={(next) =>
              void navigate({ search: (before) => ({ ...before, tab: next }), replace: true, resetScroll: false })
            }
          />
        </>
      )}
    </Await>
  );
};
