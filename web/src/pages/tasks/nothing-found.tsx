// An empty list says which filters hide everything.

import { Button } from '../../kit/button.tsx';
import { Empty } from '../../kit/states.tsx';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import type { TaskSearch } from './search.ts';
import { tasksText } from './text.ts';

export const NothingFound = ({ search, onClear }: { readonly search: TaskSearch; readonly onClear: () => void }) => {
  const text = useText(tasksText);
  const words = useText(common);
  const told = Object.entries(search)
    .filter(([key]) => key !== 'sort')
    .map(
      ([key, value]) =>
        (key === 'category'
          ? words.states[value as keyof typeof words.states]
          : key === 'deadline'
            ? words.deadlines[value as keyof typeof words.deadlines]
            : value) ?? value,
    );
  return (
    <Empty>
      <p>{text.empty}</p>
      {told.length > 0 && <p className="muted">{text.emptyBecause(told.join(', '))}</p>}
      {told.length > 0 && <Button onClick={onClear}>{text.clear}</Button>}
    </Empty>
  );
};
