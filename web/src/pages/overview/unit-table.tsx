import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { buckets, type Statistics } from '../../api/reports.ts';
import { number } from '../../format.ts';
import { useText } from '../../text/index.ts';
import { categoryOf, figureLink } from './figure-link.ts';
import { overviewText } from './text.ts';

type Key = 'order' | 'total' | 'overdue' | 'estimate' | (typeof buckets)[number];

/** Every unit with its figures, by official order or by a column; late ones carry a bar beside their number. */
export const UnitTable = ({ found }: { readonly found: Statistics }) => {
  const text = useText(overviewText);
  const [by, setBy] = useState<Key>('overdue');
  const valueIn = (unit: Statistics['byUnit'][number], key: Key): number =>
    key === 'order'
      ? 0
      : key === 'total'
        ? unit.total
        : key === 'overdue'
          ? (unit.deadlines.overdue ?? 0)
          : key === 'estimate'
            ? unit.estimate.done
            : unit.counts[key];
  // Stable: units with the same figure stay in official order.
  const rows = [...found.byUnit].sort((one, other) => valueIn(other, by) - valueIn(one, by));
  const most = Math.max(1, ...found.byUnit.map((unit) => valueIn(unit, 'overdue')));
  const head = (key: Key, words: string) => (
    <th
      key={key}
      scope="col"
      className={key === 'order' ? '' : 'number'}
      aria-sort={by === key && key !== 'order' ? 'descending' : undefined}
    >
      <button type="button" className="sort" onClick={() => setBy(key)}>
        {words}
        {by === key && key !== 'order' ? ' ↓' : ''}
      </button>
    </th>
  );
  return (
    <section className="stack" id="units">
      <h2>{text.units}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard. */}
      <section className="table-box" tabIndex={0} aria-label={text.units}>
        <table className="table units">
          <thead>
            <tr>
              {head('order', text.columns.unit)}
              {head('total', text.columns.total)}
              {buckets.map((key) => head(key, text.buckets[key]))}
              {head('estimate', text.columns.estimate)}
              {head('overdue', text.columns.overdue)}
            </tr>
          </thead>
          <tbody>
            {rows.map((unit) => (
              <tr key={unit.unit}>
                <th scope="row">{unit.name}</th>
                <td className="number">
                  <Link {...figureLink(found, { unit: unit.unit })}>{number(unit.total)}</Link>
                </td>
                {buckets.map((key) => (
                  <td key={key} className="number">
                    {unit.counts[key] === 0 ? (
                      '0'
                    ) : (
                      <Link {...figureLink(found, { unit: unit.unit, category: categoryOf(key) })}>
                        {number(unit.counts[key])}
                      </Link>
                    )}
                  </td>
                ))}
                <td className="number">
                  {unit.estimate.done === 0 ? (
                    '0'
                  ) : (
                    <Link {...figureLink(found, { unit: unit.unit, estimate: 'done' })}>
                      {number(unit.estimate.done)}
                    </Link>
                  )}
                </td>
                <td className="number late-cell">
                  <span className="late-bar" style={{ width: `${(valueIn(unit, 'overdue') / most) * 60}px` }} />
                  {valueIn(unit, 'overdue') === 0 ? (
                    '0'
                  ) : (
                    <Link {...figureLink(found, { unit: unit.unit, deadline: 'overdue' })}>
                      {number(valueIn(unit, 'overdue'))}
                    </Link>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
};
