import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { type DifficultyRow, difficultiesQuery } from '../../api/difficulties.ts';
import { programmesQuery } from '../../api/programmes.ts';
import { unitsQuery, useUnitName } from '../../api/units.ts';
import { day, daysBetween, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Choice } from '../../kit/choice.tsx';
import { Combobox } from '../../kit/combobox.tsx';
import { Await, Empty } from '../../kit/states.tsx';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { taskText } from '../task/text.ts';
import './page.css';
import { difficultiesText } from './text.ts';

const Sheet = lazy(() => import('./sheet.tsx'));

type Search = Readonly<Record<string, string>>;

export const DifficultiesPage = () => {
  const text = useText(difficultiesText);
  const words = useText(common);
  const search: Search = useSearch({ from: '/difficulties' });
  const navigate = useNavigate({ from: '/difficulties' });
  const list = useQuery(difficultiesQuery(search));
  const units = useQuery(unitsQuery).data ?? [];
  const programmes = useQuery(programmesQuery).data ?? [];
  const [chosen, setChosen] = useState<Chosen>();
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
                <Item key={`${row.taskId} ${row.number}`} row={row} asOf={asOf} onChoose={setChosen} />
              ))}
            </ul>
          )
        }
      </Await>
      {chosen && (
        <Suspense fallback={null}>
          <Sheet {...chosen} onClose={() => setChosen(undefined)} />
        </Suspense>
      )}
    </>
  );
};

interface Chosen {
  readonly row: DifficultyRow;
  readonly deed: 'answer' | 'redirect';
}

const Item = ({
  row,
  asOf,
  onChoose,
}: {
  readonly row: DifficultyRow;
  readonly asOf: string;
  readonly onChoose: (chosen: Chosen) => void;
}) => {
  const text = useText(difficultiesText);
  const own = useText(taskText);
  const unitName = useUnitName();
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
            {row.outside ? (
              `${row.code} – ${row.title}`
            ) : (
              <Link to="/tasks/$id" params={{ id: row.taskId }} search={{ tab: 'difficulties' }}>
                {`${row.code} – ${row.title}`}
              </Link>
            )}
          </p>
          {row.outside && <p className="small muted">{text.outside}</p>}
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
          {(row.mayAnswer || row.mayRedirect) && (
            <div className="row">
              {row.mayAnswer && (
                <Button look="primary" onClick={() => onChoose({ row, deed: 'answer' })}>
                  {text.answer}
                </Button>
              )}
              {row.mayRedirect && (
                <Button onClick={() => onChoose({ row, deed: 'redirect' })}>{own.redirectDifficulty}</Button>
              )}
            </div>
          )}
        </div>
      </div>
    </li>
  );
};
