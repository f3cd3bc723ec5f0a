// Naming who follows the task for a unit, somebody else than before, or nobody any more.

import { useQuery } from '@tanstack/react-query';
import { unitPeopleQuery } from '../../api/task-parts.ts';
import type { Task } from '../../api/tasks.ts';
import { useUnitName } from '../../api/units.ts';
import { number } from '../../format.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import type { DeedForm } from './deed-dialog.tsx';
import { TaskDeed } from './deed-sheet.tsx';
import { followersText } from './followers-text.ts';
import { taskText } from './text.ts';

interface Props {
  readonly task: Task;
  readonly unit: string;
  readonly ends: boolean;
  readonly onClose: () => void;
}

const FollowerSheet = ({ task, unit, ends, onClose }: Props) => {
  const text = useText(followersText);
  const own = useText(taskText);
  const { roles } = useText(common);
  const unitName = useUnitName();
  const people = useQuery({ ...unitPeopleQuery, enabled: !ends }).data;
  if (!ends && !people) return null;
  const present = task.followers.find((one) => one.unit === unit)?.account;
  const choices = (people ?? [])
    .filter((person) => person.unit === unit && person.account !== present)
    .map(({ account, name, roles: held, following }) => {
      const as = held.map((role) => roles[role]).join(', ');
      return [account, `${name} (${as}; ${text.following(number(following))})`] as const;
    });
  const title = ends ? text.end : present === undefined ? text.name : text.change;
  const form: DeedForm = {
    name: `follower/${unit}${ends ? '/end' : ''}`,
    title,
    about: ends ? text.endAbout(unitName(unit)) : text.about(unitName(unit)),
    send: title,
    danger: ends,
    path: `/tasks/${task.id}/follower`,
    fields: [
      ...(ends
        ? []
        : [
            {
              key: 'follower',
              kind: 'choice',
              label: text.person,
              required: true,
              choices,
              ...(choices.length === 0 ? { hint: text.noPeople } : {}),
            } as const,
          ]),
      { key: 'reason', kind: 'long', label: `${own.reason} ${text.optional}` },
    ],
    toBody: (given) => ({ ...given, unit, ...(ends ? { follower: null } : {}) }),
  };
  return <TaskDeed task={task} form={form} onClose={onClose} />;
};
export default FollowerSheet;
