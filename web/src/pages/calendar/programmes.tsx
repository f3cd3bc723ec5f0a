// Programmes with their settings, and the phases of their year.

import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { programmeQuery } from '../../api/programme-settings.ts';
import { type Programme, programmesQuery } from '../../api/programmes.ts';
import { may } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import { useUnitName } from '../../api/units.ts';
import { day, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { type Column, Grid } from '../../kit/grid.tsx';
import { Await, Empty } from '../../kit/states.tsx';
import { useOpenItem } from '../../kit/use-address.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { Phases } from './phases.tsx';
import { programmeText } from './programme-text.ts';
import { RuleForm, useRuleWords } from './rule-form.tsx';

const AddProgramme = lazy(() => import('./add-programme.tsx').then((part) => ({ default: part.AddProgramme })));

export const Programmes = () => {
  const text = useText(programmeText);
  const { open } = useSearch({ from: '/admin/calendar' });
  const item = useOpenItem();
  const programmes = useQuery(programmesQuery);
  const writes = may(useMe(), 'programme.write');
  const [at, setAt] = useState(0);
  const [adding, setAdding] = useState(false);
  const columns = useColumns();
  return (
    <>
      {!writes && <p className="notice">{text.readOnly}</p>}
      <div className="row spread">
        <span className="small muted" role="status">
          {programmes.data && text.count(number(programmes.data.length))}
        </span>
        {writes && (
          <Button look="primary" onClick={() => setAdding(true)}>
            {text.add}
          </Button>
        )}
      </div>
      <Await query={programmes}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty>{text.empty}</Empty>
          ) : (
            <Grid<Programme>
              label={text.columns.name}
              columns={columns}
              rows={rows}
              total={rows.length}
              keyOf={({ code }) => code}
              active={Math.min(at, rows.length - 1)}
              onActive={setAt}
              onOpen={({ code }) => item.open(code)}
            />
          )
        }
      </Await>
      {open !== undefined && <ProgrammeDrawer key={open} code={open} onClose={item.close} />}
      {adding && (
        <Suspense fallback={null}>
          <AddProgramme
            onClose={() => setAdding(false)}
            onAdded={(code) => {
              setAdding(false);
              item.open(code);
            }}
          />
        </Suspense>
      )}
    </>
  );
};

const useColumns = (): readonly Column<Programme>[] => {
  const text = useText(programmeText);
  const unitName = useUnitName();
  const ruleWords = useRuleWords();
  return [
    {
      key: 'name',
      head: text.columns.name,
      width: 'minmax(220px, 3fr)',
      cell: ({ name, code, illustrative }) => (
        <span className="two-lines">
          <span className="clamp">{name}</span>
          <span className="small muted second-line">{illustrative ? `${code} · ${text.illustrativeTag}` : code}</span>
        </span>
      ),
    },
    { key: 'year', head: text.columns.year, width: '70px', cell: ({ year }) => String(year) },
    { key: 'noun', head: text.columns.noun, width: 'minmax(110px, 1fr)', cell: ({ noun }) => noun },
    {
      key: 'rule',
      head: text.columns.rule,
      width: 'minmax(180px, 2fr)',
      cell: (programme) => <span className="clamp muted">{ruleWords(programme)}</span>,
    },
    {
      key: 'aggregator',
      head: text.columns.aggregator,
      width: 'minmax(120px, 1.2fr)',
      cell: ({ aggregator }) => aggregator !== null && <span className="clamp muted">{unitName(aggregator)}</span>,
    },
  ];
};

const ProgrammeDrawer = ({ code, onClose }: { readonly code: string; readonly onClose: () => void }) => {
  const text = useText(programmeText);
  const words = useText(common);
  const unitName = useUnitName();
  const writes = may(useMe(), 'programme.write');
  const found = useQuery(programmeQuery(code));
  return (
    <Dialog open drawer onClose={onClose} title={found.data?.name ?? words.loading} about={code}>
      <Await query={found}>
        {(programme) => {
          const { year, noun, workflow, aggregator, soonDays, maxExtensions, reopenDays, calendar, roll } = programme;
          const facts: readonly (readonly [string, string])[] = [
            [text.year, String(year)],
            [text.noun, noun],
            [text.workflow, workflow],
            [text.aggregator, aggregator === null ? '–' : unitName(aggregator)],
            [text.calendar, calendar],
            [text.roll, roll === null ? text.rollByKind : text.rolls[roll]],
            [text.soonDays, number(soonDays)],
            [text.extensions, maxExtensions === null ? text.unlimited : number(maxExtensions)],
            [text.reopenDays, number(reopenDays)],
            ...(programme.criteria ? [[text.criteria, programme.criteria] as const] : []),
            ...(programme.basis
              ? [
                  [
                    text.basis,
                    `${programme.basis.number}, ${day(programme.basis.date)}, ${programme.basis.issuer}`,
                  ] as const,
                ]
              : []),
          ];
          return (
            <>
              {programme.illustrative && (
                <p>
                  <span className="tag">{text.illustrative}</span>
                </p>
              )}
              <dl className="facts">
                {facts.map(([label, told]) => (
                  <div key={label} className="fact">
                    <dt>{label}</dt>
                    <dd>{told}</dd>
                  </div>
                ))}
              </dl>
              <p>
                <Link to="/tasks" search={{ programme: code } as never}>
                  {text.tasks}
                </Link>
              </p>
              <h3>{text.rule}</h3>
              <RuleForm programme={programme} writes={writes} />
              <h3>{text.phases}</h3>
              <Phases code={code} />
            </>
          );
        }}
      </Await>
    </Dialog>
  );
};
