import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { read } from '../../api/client.ts';
import { mayOnTask } from '../../api/deeds.ts';
import { programmesQuery } from '../../api/programmes.ts';
import { hasRole, useMe } from '../../api/session.ts';
import { taskQuery } from '../../api/tasks.ts';
import { unitsQuery, useUnitName } from '../../api/units.ts';
import { day, daysBetween, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Choice } from '../../kit/choice.tsx';
import { Combobox } from '../../kit/combobox.tsx';
import { Await, Empty } from '../../kit/states.tsx';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { LaterDeedSheet } from '../task/later.tsx';
import { taskText } from '../task/text.ts';
import './page.css';
import { difficultiesText } from './text.ts';

interface Row {
  readonly taskId: string;
  readonly code: string;
  readonly title: string;
  readonly unitName: string;
  readonly number: number;
  readonly cause: string;
  readonly proposal: string | null;
  readonly addressee: string;
  readonly addresseeUnit: string | null;
  readonly on: string;
  readonly answerBy: string;
  readonly answer: string | null;
  readonly answeredOn: string | null;
}

interface List {
  readonly asOf: string;
  readonly counts: { readonly open: number; readonly unanswered: number };
  readonly items: readonly Row[];
}

type Search = Readonly<Record<string, string>>;

const listQuery = ({ show = 'open', programme, unit }: Search) =>
  queryOptions({
    queryKey: ['difficulties', show, programme, unit],
    queryFn: ({ signal }) =>
      read<List>(
        '/difficulties',
        { programme, unit, ...(show === 'all' ? {} : { open: String(show === 'open') }) },
        signal,
      ),
    placeholderData: (before) => before,
  });

export const DifficultiesPage = () => {
  const text = useText(difficultiesText);
  const words = useText(common);
  const search: Search = useSearch({ from: '/difficulties' });
  const navigate = useNavigate({ from: '/difficulties' });
  const list = useQuery(listQuery(search));
  const units = useQuery(unitsQuery).data ?? [];
  const programmes = useQuery(programmesQuery).data ?? [];
  const change = (changes: Search) =>
    void navigate({ search: (before: Search) => ({ ...before, ...changes }), replace: true });
  return (
    <>
      <div className="page-head">
        <h1>{text.title}</h1>
        <span role="status">
          {list.data && text.count(number(list.data.counts.open), number(list.data.counts.unanswered))}
        </span>
      </div>
      <search className="filters">
        <Choice
          label={text.show}
          value={search.show ?? 'open'}
          options={(['open', 'answered', 'all'] as const).map((key) => [key, text[key]])}
          onChange={(show) => change({ show })}
        />
        <Choice
          label={words.programme}
          all={text.allProgrammes}
          value={search.programme}
          options={programmes.map(({ code, name }) => [code, name])}
          onChange={(programme) => change({ programme })}
        />
        <Combobox
          label={words.unit}
          placeholder={text.allUnits}
          clearable
          value={search.unit ?? ''}
          options={units.map(({ code, name }) => ({ key: code, label: name, about: code }))}
          onChange={(unit) => change({ unit })}
        />
      </search>
      <Await query={list}>
        {({ items, asOf }) =>
          items.length === 0 ? (
            <Empty>
              <p>{Object.keys(search).length === 0 ? text.empty : text.emptyFiltered}</p>
              {Object.keys(search).length > 0 && (
                <Button onClick={() => void navigate({ search: {} })}>{text.clear}</Button>
              )}
            </Empty>
          ) : (
            <ul role="list" className="difficulties">
              {items.map((row) => (
                <Item key={`${row.taskId} ${row.number}`} row={row} asOf={asOf} />
              ))}
            </ul>
          )
        }
      </Await>
    </>
  );
};

const Item = ({ row, asOf }: { readonly row: Row; readonly asOf: string }) => {
  const text = useText(difficultiesText);
  const own = useText(taskText);
  const unitName = useUnitName();
  const me = useMe();
  const [open, setOpen] = useState(false);
  // Only who could answer at all asks what the task says.
  const answers = row.answer === null && hasRole(me, 'office', 'leader', 'appraiser');
  const task = useQuery({ ...taskQuery(row.taskId), enabled: answers }).data;
  const late = row.answer === null ? daysBetween(row.answerBy, asOf) : 0;
  return (
    <li className="card stack">
      <div className="difficulty">
        <div className="stack">
          <p>
            <strong>{row.cause}</strong>
          </p>
          <p>
            <span className="muted">{`${text.proposal}: `}</span>
            {row.proposal ?? text.noProposal}
          </p>
          <p className="small">
            <Link to="/tasks/$id" params={{ id: row.taskId }} search={{ tab: 'difficulties' }}>
              {`${row.code} – ${row.title}`}
            </Link>
          </p>
          <p className="small muted">{text.reported(row.unitName, day(row.on))}</p>
        </div>
        <div className="stack">
          <p>
            <span className="muted">{`${text.asked}: `}</span>
            {row.addresseeUnit === null
              ? own.addressees[row.addressee as keyof typeof own.addressees]
              : unitName(row.addresseeUnit)}
          </p>
          {row.answer === null ? (
            <p className={late > 0 ? 'late' : ''}>
              {late > 0
                ? `${text.answerBy(day(row.answerBy))} – ${text.late(number(late))}`
                : `${text.answerBy(day(row.answerBy))} (${text.leftDays(number(-late))})`}
            </p>
          ) : (
            <p>{`${text.answeredOn(day(row.answeredOn ?? asOf))}: ${row.answer}`}</p>
          )}
          {task && mayOnTask(me, 'task.answer_difficulty', task) && (
            <Button look="primary" onClick={() => setOpen(true)}>
              {text.answer}
            </Button>
          )}
        </div>
      </div>
      {open && task && <LaterDeedSheet task={task} chosen={{ answer: row.number }} onClose={() => setOpen(false)} />}
    </li>
  );
};
