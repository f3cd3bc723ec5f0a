import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { fileAddress } from '../../api/client.ts';
import { programmesQuery } from '../../api/programmes.ts';
import { type TaskListing, taskListQuery } from '../../api/tasks.ts';
import { unitsQuery, useUnitName } from '../../api/units.ts';
import { day, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Choice } from '../../kit/choice.tsx';
import { Deadline } from '../../kit/deadline.tsx';
import { type Column, Grid } from '../../kit/grid.tsx';
import { Save } from '../../kit/icons.tsx';
import { Menu } from '../../kit/menu.tsx';
import { categories, StateMark } from '../../kit/state-mark.tsx';
import { Empty, Failed, Loading } from '../../kit/states.tsx';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { type TaskSearch, taskSorts } from './search.ts';
import { tasksText } from './text.ts';
import { Views } from './views.tsx';

export const TasksPage = () => {
  const text = useText(tasksText);
  const search = useSearch({ from: '/tasks' });
  const navigate = useNavigate({ from: '/tasks' });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState(0);
  const list = useInfiniteQuery(taskListQuery({ ...search }));
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data]);
  const first = list.data?.pages[0];
  // Without a programme the API does not count; then the list knows what it has.
  const total = first?.total ?? rows.length + (list.hasNextPage ? 1 : 0);
  const change = (changes: TaskSearch) => {
    setActive(0);
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  };
  const columns = useColumns();
  return (
    <>
      <div className="page-head">
        <h1>{text.title}</h1>
        <span role="status">
          {first && text.count(first.total === null && list.hasNextPage ? `${number(rows.length)}+` : number(total))}
        </span>
        <ExportMenu search={search} />
      </div>
      <Views search={search} />
      <Filters search={search} change={change} />
      {search.asOf !== undefined && <p className="notice">{text.asOf(day(search.asOf))}</p>}
      {first?.notice && <p className="small muted">{first.notice}</p>}
      {list.error && rows.length === 0 ? (
        <Failed error={list.error} onRetry={() => void list.refetch()} />
      ) : !first ? (
        <Loading />
      ) : rows.length === 0 ? (
        <NothingFound search={search} onClear={() => void navigate({ search: {} })} />
      ) : (
        <Grid<TaskListing>
          label={text.title}
          columns={columns}
          rows={rows}
          total={total}
          keyOf={({ id }) => id}
          active={Math.min(active, rows.length - 1)}
          onActive={setActive}
          onOpen={({ id }) => void navigate({ to: '/tasks/$id', params: { id } })}
          hrefOf={({ id }) => `/tasks/${id}`}
          selected={selected}
          onSelected={setSelected}
          selectLabel={({ code }) => text.select(code)}
          onNearEnd={() => list.hasNextPage && !list.isFetchingNextPage && void list.fetchNextPage()}
          windowNote={text.windowNote}
        />
      )}
    </>
  );
};

const useColumns = (): readonly Column<TaskListing>[] => {
  const text = useText(tasksText);
  const unitName = useUnitName();
  return useMemo(
    () => [
      {
        key: 'title',
        head: text.columns.title,
        width: 'minmax(220px, 3fr)',
        cell: ({ title, code }) => (
          <span className="two-lines">
            <span className="clamp">{title}</span>
            <span className="small muted second-line">{code}</span>
          </span>
        ),
      },
      {
        key: 'unit',
        head: text.columns.unit,
        width: 'minmax(120px, 1.2fr)',
        cell: ({ unitName: name }) => <span className="clamp">{name}</span>,
      },
      {
        key: 'state',
        head: text.columns.state,
        width: '160px',
        cell: ({ category }) => <StateMark category={category} />,
      },
      {
        key: 'deadline',
        head: text.columns.deadline,
        width: '140px',
        cell: ({ dueOn, deadline }) => <Deadline dueOn={dueOn} kind={deadline} />,
      },
      {
        key: 'appraiser',
        head: text.columns.appraiser,
        width: 'minmax(100px, 1fr)',
        cell: ({ appraiser }) => <span className="clamp muted">{unitName(appraiser)}</span>,
      },
    ],
    [text, unitName],
  );
};

interface FilterProps {
  readonly search: TaskSearch;
  readonly change: (changes: TaskSearch) => void;
}

const Filters = ({ search, change }: FilterProps) => {
  const text = useText(tasksText);
  const words = useText(common);
  const units = useQuery(unitsQuery);
  const programmes = useQuery(programmesQuery);
  return (
    <search className="filters">
      <SearchField value={search.q ?? ''} onChange={(q) => change({ q })} label={text.search} />
      <Choice
        label={words.programme}
        all={text.allProgrammes}
        value={search.programme}
        onChange={(programme) => change({ programme })}
        options={(programmes.data ?? []).map(({ code, name }) => [code, name])}
      />
      <Choice
        label={words.unit}
        all={text.allUnits}
        value={search.unit}
        onChange={(unit) => change({ unit })}
        options={(units.data ?? []).map(({ code, name }) => [code, name])}
      />
      <Choice
        label={words.state}
        all={text.allStates}
        value={search.category}
        onChange={(category) => change({ category })}
        options={categories.map((key) => [key, words.states[key]])}
      />
      <Choice
        label={words.deadline}
        all={text.allDeadlines}
        value={search.deadline}
        onChange={(deadline) => change({ deadline })}
        options={Object.entries(words.deadlines)}
      />
      <Choice
        label={text.sort}
        value={search.sort ?? 'code'}
        onChange={(sort) => change({ sort })}
        options={taskSorts.map((key) => [key, text.sorts[key]])}
      />
    </search>
  );
};

/** Asks 180 ms after the last letter, so that a word is one question and not six. */
export const SearchField = ({
  value,
  onChange,
  label,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
}) => {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    const wanted = typed.normalize('NFC').trim();
    if (wanted === value) return;
    const timer = setTimeout(() => onChange(wanted), 180);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <input
      data-page-search
      type="search"
      className="input wide"
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
};

const ExportMenu = ({ search }: { readonly search: TaskSearch }) => {
  const text = useText(tasksText);
  const words = useText(common);
  const href = (format: string) => fileAddress('/tasks', { ...search, format });
  return (
    <Menu
      trigger={
        <Button>
          <Save />
          {words.export}
        </Button>
      }
      items={[
        { key: 'xlsx', label: text.excel, href: href('xlsx') },
        { key: 'csv', label: text.csv, href: href('csv') },
      ]}
    />
  );
};

const NothingFound = ({ search, onClear }: { readonly search: TaskSearch; readonly onClear: () => void }) => {
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
