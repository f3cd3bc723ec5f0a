// An empty list says which filters hide everything.

import { useQuery } from '@tanstack/react-query';
import { programmesQuery } from '../../api/programmes.ts';
import { useUnitName } from '../../api/units.ts';
import { Button } from '../../kit/button.tsx';
import { Empty } from '../../kit/states.tsx';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { useNarrowed } from './narrowed.tsx';
import type { TaskSearch } from './search.ts';
import { tasksText } from './text.ts';

export const NothingFound = ({ search, onClear }: { readonly search: TaskSearch; readonly onClear: () => void }) => {
  const text = useText(tasksText);
  const words = useText(common);
  const narrowed = useNarrowed(search);
  const unitName = useUnitName();
  const programmes = useQuery(programmesQuery).data;
  const named = (value: string, names: Readonly<Record<string, string>>) =>
    value
      .split(',')
      .map((one) => names[one] ?? one)
      .join(', ');
  const { q, programme, unit, category, deadline, estimate, appraiser, bloc, kind } = search;
  const told = [
    q,
    programme && (programmes?.find(({ code }) => code === programme)?.name ?? programme),
    unit?.split(',').map(unitName).join(', '),
    category && named(category, words.states),
    deadline && named(deadline, words.deadlines),
    estimate && named(estimate, words.estimates),
    appraiser && unitName(appraiser),
    bloc,
    kind,
    ...narrowed.map(({ words: said }) => said),
  ].filter((one) => one !== undefined && one !== '');
  return (
    <Empty>
      <p>{text.empty}</p>
      {told.length > 0 && <p className="muted">{text.emptyBecause(told.join(', '))}</p>}
      {told.length > 0 && <Button onClick={onClear}>{text.clear}</Button>}
    </Empty>
  );
};
