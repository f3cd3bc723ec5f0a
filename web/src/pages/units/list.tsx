// Units in official order; below others where they lie below them.

import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { fold } from '../../../../src/domain/text.ts';
import { unitClasses, unitsOnQuery } from '../../api/unit-history.ts';
import { type Unit, unitsQuery, useUnitName } from '../../api/units.ts';
import { addDays, civilDay, day, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Choice } from '../../kit/choice.tsx';
import { DateField } from '../../kit/date-field.tsx';
import { type Column, Grid } from '../../kit/grid.tsx';
import { SearchField } from '../../kit/search-field.tsx';
import { StateMark } from '../../kit/state-mark.tsx';
import { Await, Empty } from '../../kit/states.tsx';
import { useAddress, useOpenItem } from '../../kit/use-address.ts';
import { useText } from '../../text/index.ts';
import { unitsText } from './text.ts';
import { useBlocName } from './unit-fields.tsx';

const UnitDrawer = lazy(() => import('./unit-drawer.tsx').then((part) => ({ default: part.UnitDrawer })));

export const UnitList = () => {
  const text = useText(unitsText);
  const { q = '', class: kind, shown, asOf: askedDay = '', open } = useSearch({ from: '/admin/units' });
  const asOf = /^\d{4}-\d{2}-\d{2}$/.test(askedDay) ? askedDay : '';
  const change = useAddress();
  const item = useOpenItem();
  const now = useQuery(unitsQuery);
  const then = useQuery({ ...unitsOnQuery(asOf), enabled: asOf !== '' });
  const units = asOf === '' ? now : then;
  const [at, setAt] = useState(0);
  const columns = useColumns(units.data ?? []);
  const today = civilDay();
  const words = fold(q).split(' ');
  const rowsOf = (all: readonly Unit[]) =>
    all.filter(
      (unit) =>
        (asOf !== '' || shown === 'all' || unit.validTo === null || unit.validTo > today) &&
        (kind === undefined || kind === '' || unit.class === kind) &&
        words.every((word) => fold(`${unit.name} ${unit.code}`).includes(word)),
    );
  return (
    <>
      <search className="filters labelled">
        <SearchField value={q} onChange={(typed) => change({ q: typed })} label={text.search} />
        <Choice
          label={text.class}
          all={text.anyClass}
          value={kind}
          options={unitClasses.map((key) => [key, text.classes[key]])}
          onChange={(chosen) => change({ class: chosen })}
        />
        <Choice
          label={text.shown}
          value={shown === 'all' ? 'all' : 'now'}
          options={[
            ['now', text.standing],
            ['all', text.withEnded],
          ]}
          onChange={(chosen) => change({ shown: chosen === 'all' ? 'all' : undefined })}
        />
        <DateField label={text.asOf} past value={asOf} onChange={(chosen) => change({ asOf: chosen })} />
      </search>
      <Await query={units}>
        {(all) => {
          const rows = rowsOf(all);
          return (
            <>
              <p className="small muted" role="status">
                {text.count(number(rows.length))}
              </p>
              {rows.length === 0 ? (
                <Empty>
                  <p>{text.empty}</p>
                  <Button onClick={() => change({ q: undefined, class: undefined, shown: undefined, asOf: undefined })}>
                    {text.clear}
                  </Button>
                </Empty>
              ) : (
                <Grid<Unit>
                  label={text.title}
                  columns={columns}
                  rows={rows}
                  total={rows.length}
                  keyOf={({ code }) => code}
                  active={Math.min(at, rows.length - 1)}
                  onActive={setAt}
                  onOpen={({ code }) => item.open(code)}
                />
              )}
            </>
          );
        }}
      </Await>
      {open !== undefined && (
        <Suspense fallback={null}>
          <UnitDrawer key={open} code={open} onClose={item.close} />
        </Suspense>
      )}
    </>
  );
};

const useColumns = (all: readonly Unit[]): readonly Column<Unit>[] => {
  const text = useText(unitsText);
  const blocName = useBlocName();
  const unitName = useUnitName();
  const today = civilDay();
  const above = (unit: Unit): number => {
    let depth = 0;
    for (let at = unit.parent; at !== null && depth < 5; depth += 1)
      at = all.find(({ code }) => code === at)?.parent ?? null;
    return depth;
  };
  return [
    {
      key: 'order',
      head: text.columns.order,
      width: '70px',
      numeric: true,
      cell: ({ officialOrder }) => number(officialOrder),
    },
    {
      key: 'name',
      head: text.columns.name,
      width: 'minmax(220px, 3fr)',
      cell: (unit) => (
        <span className="two-lines" style={{ paddingInlineStart: `${above(unit) * 18}px` }}>
          <span className="clamp">{unit.name}</span>
          <span className="small muted second-line">{unit.code}</span>
        </span>
      ),
    },
    {
      key: 'class',
      head: text.class,
      width: 'minmax(130px, 1fr)',
      cell: ({ class: kind, bloc }) => (
        <span className="two-lines">
          <span>{text.classes[kind]}</span>
          {blocName(bloc) !== text.classes[kind] && <span className="small muted second-line">{blocName(bloc)}</span>}
        </span>
      ),
    },
    {
      key: 'parent',
      head: text.columns.parent,
      width: 'minmax(120px, 1.4fr)',
      cell: ({ parent }) => parent !== null && <span className="muted">{unitName(parent)}</span>,
    },
    {
      key: 'days',
      head: text.columns.days,
      width: '190px',
      cell: ({ validFrom, validTo }) => (
        <span className="two-lines">
          {validTo !== null && validTo <= today && <StateMark category="stopped" name={text.ended} />}
          {validFrom > today && <StateMark category="assigned" name={text.coming} />}
          <span>{text.since(day(validFrom))}</span>
          {validTo !== null && <span className="small muted">{text.until(day(addDays(validTo, -1)))}</span>}
        </span>
      ),
    },
  ];
};
