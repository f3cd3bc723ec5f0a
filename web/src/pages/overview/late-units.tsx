// The units with the most overdue work, beside the trend: the whole table of units lies further down.

import { Link } from '@tanstack/react-router';
import type { Statistics } from '../../api/reports.ts';
import { number } from '../../format.ts';
import { useText } from '../../text/index.ts';
import { figureLink } from './figure-link.ts';
import { outlookText } from './outlook-text.ts';

const shown = 5;

export const LateUnits = ({ found }: { readonly found: Statistics }) => {
  const text = useText(outlookText);
  const late = found.byUnit
    .map((unit) => ({ ...unit, late: unit.deadlines.overdue ?? 0 }))
    .filter((unit) => unit.late > 0)
    .sort((one, other) => other.late - one.late);
  const most = late[0]?.late ?? 1;
  return (
    <section className="card stack">
      <h2>{text.late}</h2>
      {late.length === 0 ? (
        <p className="muted">{text.noneLate}</p>
      ) : (
        <ol role="list" className="late-units">
          {late.slice(0, shown).map((unit) => (
            <li key={unit.unit}>
              <Link
                {...figureLink(found, { unit: unit.unit, deadline: 'overdue' })}
                data-late={unit.unit}
                aria-label={text.opensLate(unit.name, number(unit.late), number(unit.total))}
              >
                <strong className="number">{number(unit.late)}</strong>
                <span className="clamp">{unit.name}</span>
                <span className="late-bar" style={{ width: `${(unit.late / most) * 72}px` }} />
              </Link>
            </li>
          ))}
        </ol>
      )}
      {late.length > shown && (
        <a className="small no-print" href="#units">
          {text.allUnits}
        </a>
      )}
    </section>
  );
};
