import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { taskQuery } from '../../api/tasks.ts';
import { useUnitName } from '../../api/units.ts';
import { Deadline } from '../../kit/deadline.tsx';
import { StateMark } from '../../kit/state-mark.tsx';
import { Await } from '../../kit/states.tsx';
import { common } from '../../text/common.ts';
import { useNamed, useText } from '../../text/index.ts';

export const TaskPage = () => {
  const { id } = useParams({ from: '/tasks/$id' });
  const task = useQuery(taskQuery(id));
  const words = useText(common);
  const named = useNamed();
  const unitName = useUnitName();
  return (
    <Await query={task}>
      {(found) => (
        <>
          <div className="page-head">
            <h1>{found.title}</h1>
            <span>{found.code}</span>
          </div>
          <dl className="facts card">
            <dt>{words.state}</dt>
            <dd>
              <StateMark category={found.category} name={named(found.stateName)} />
            </dd>
            <dt>{words.unit}</dt>
            <dd>{unitName(found.leadUnit)}</dd>
            <dt>{words.deadline}</dt>
            <dd>
              <Deadline dueOn={found.dueOn} kind={found.deadline} />
            </dd>
          </dl>
        </>
      )}
    </Await>
  );
};
