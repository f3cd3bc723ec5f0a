import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { fileAddress } from '../../api/client.ts';
import { programmesQuery } from '../../api/programmes.ts';
import { type TaskListing, taskListQuery } from '../../api/tasks.ts';
import { unitsQuery, useUnitName } from '../../api/units.ts';
import { day, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Choice } from '../../kit/choice.tsx';
import { Combobox } from '../../kit/combobox.tsx';
import { Deadline } from '../../kit/deadline.tsx';
import { type Column, Grid } from '../../kit/grid.tsx';
import { Save } from '../../kit/icons.tsx';
import { Menu } from '../../kit/menu.tsx';
import { SearchField } from '../../kit/search-field.tsx';
import { categories, StateMark } from '../../kit/state-mark.tsx';
import { Failed, Loading } from '../../kit/states.tsx';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { type Selection, useBulkRuns } from './bulk.ts';
import { Narrowed } from './narrowed.tsx';
import { NothingFound } from './nothing-found.tsx';
import './page.css';
import { type TaskSearch, taskSorts } from './search.ts';
import { tasksText } from './text.ts';
import { useTools } from './tools.tsx';
import { Views } from './views.tsx';

const SelectionBar = lazy(() => import('./selection.tsx').then((all) => ({ default: all.SelectionBar })));
const BulkLines = lazy(() => import('./bulk-progress.tsx').then((all) => ({ default: all.BulkLines })));
const Drawer = lazy(() => import('./drawer.tsx').then(({ TaskDrawer }) => ({ default: TaskDrawer })));

/** While the page is away: where somebody was in the list, and what they had selected. */
let left: { readonly list: string; readonly active: number; readonly selection: Selection } | undefined;

export const TasksPage = () => {
  const text = useText(tasksText);
  const { open, ...search } = useSearch({ from: '/tasks' });
  const navigate = useNavigate({ from: '/tasks' });
  const router = useRouter();
  const here = JSON.stringify(search);
  const back = left?.list === here ? left : undefined;
  const [selection, setSelection] = useState<Selection>(back?.selection ?? new Map());
  const [active, setActive] = useState(back?.active ?? 0);
  const opened = useRef(false);
  useEffect(() => {
    left = { list: here, active, selection };
  }, [here, active, selection]);
  const tools = useTools(search.programme);
  const runs = useBulkRuns();
  const programmes = useQuery(programmesQuery).data;
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
  const selected = useMemo(() => new Set(selection.keys()), [selection]);
  const programme = search.programme ?? [...selection.values()][0]?.programme;
  const workflow = programmes?.find(({ code }) => code === programme)?.workflow ?? '';
  return (
    <>
      <div className="page-head">
        <h1>{text.title}</h1>
        <span role="status">
          {first && text.count(first.total === null && list.hasNextPage ? `${number(rows.length)}+` : number(total))}
        </span>
        <div className="row">
          {tools.buttons}
          <ExportMenu search={search} />
        </div>
      </div>
      <Views search={search} />
      <Filters search={search} change={change} />
      {tools.below}
      <Suspense fallback={null}>{runs.list.length > 0 && <BulkLines runs={runs} onKeep={setSelection} />}</Suspense>
      <Narrowed search={search} onChange={change} />
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
          onOpen={({ id }) => {
            opened.current = true;
            void navigate({ search: (before) => ({ ...before, open: id }), resetScroll: false });
          }}
          hrefOf={({ id }) => `/tasks/${id}`}
          selected={selected}
          onSelected={(keys) => setSelection(chosenOf(keys, selection, rows))}
          selectLabel={({ code }) => text.select(code)}
          onNearEnd={() => list.hasNextPage && !list.isFetchingNextPage && void list.fetchNextPage()}
          windowNote={text.windowNote}
        />
      )}
      <Suspense fallback={null}>
        {selection.size > 0 && (
          <SelectionBar
            selection={selection}
            total={total}
            query={{ ...search }}
            workflow={workflow}
            runs={runs}
            onChange={setSelection}
          />
        )}
      </Suspense>
      {open !== undefined && (
        <Suspense fallback={null}>
          <Drawer
            id={open}
            onClose={() => {
              // Where it was opened here, closing it is going back.
              if (opened.current) router.history.back();
              else void navigate({ search: ({ open: _open, ...rest }) => rest, replace: true, resetScroll: false });
              opened.current = false;
            }}
          />
        </Suspense>
      )}
    </>
  );
};

/** Selected rows with what is known of them; those of pages that are gone are kept. */
const chosenOf = (keys: ReadonlySet<string>, before: Selection, rows: readonly TaskListing[]): Selection =>
  new Map([...before, ...rows.map((row) => [row.id, row] as const)].filter(([id]) => keys.has(id)));

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
        width: '165px',
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
      <Combobox
        label={words.unit}
        placeholder={text.allUnits}
        clearable
        value={search.unit ?? ''}
        onChange={(unit) => change({ unit })}
        options={(units.data ?? []).map(({ code, name }) => ({ key: code, label: name, about: code }))}
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
