// What a figure narrowed the list to and no field of the filters shows, with the way back.

import { day } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { useText } from '../../text/index.ts';
import type { TaskSearch } from './search.ts';
import { tasksText } from './text.ts';

/** In words, by the parts of the address that each comes from. */
export const useNarrowed = ({ dueFrom, dueTo, urgedIn }: TaskSearch): readonly Narrowing[] => {
  const text = useText(tasksText);
  const none = { dueFrom: undefined, dueTo: undefined };
  return [
    ...(dueFrom !== undefined && dueTo !== undefined
      ? [{ words: text.dueBetween(day(dueFrom), day(dueTo)), without: none }]
      : dueFrom !== undefined
        ? [{ words: text.dueFrom(day(dueFrom)), without: none }]
        : dueTo !== undefined
          ? [{ words: text.dueTo(day(dueTo)), without: none }]
          : []),
    ...(urgedIn !== undefined ? [{ words: text.urgedIn, without: { urgedIn: undefined } }] : []),
  ];
};

interface Narrowing {
  readonly words: string;
  readonly without: Readonly<Record<string, undefined>>;
}

export const Narrowed = ({
  search,
  onChange,
}: {
  readonly search: TaskSearch;
  readonly onChange: (changes: Narrowing['without']) => void;
}) => {
  const text = useText(tasksText);
  return useNarrowed(search).map(({ words, without }) => (
    <p key={words} className="notice row">
      {words}
      <Button look="quiet" onClick={() => onChange(without)}>
        {text.widen}
      </Button>
    </p>
  ));
};
