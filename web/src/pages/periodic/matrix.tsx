// Units by periods. Each mark has its shape, its word for whoever listens or has a small screen, and leads to the task.

import { Link } from '@tanstack/react-router';
import type { Cell, Matrix, MatrixPeriod, MatrixUnit } from '../../api/obligations.ts';
import { day, number } from '../../format.ts';
import { Mark } from '../../kit/mark.tsx';
import { useText } from '../../text/index.ts';
import { shapes, useCellWords } from './marks.tsx';
import { periodicText } from './text.ts';

/** Periods whose day has come count; what is waived does not. */
const counted = ({ state }: Cell): boolean => state !== 'not_yet_due' && state !== 'due' && state !== 'waived';

export const MatrixTable = ({ matrix }: { readonly matrix: Matrix }) => {
  const text = useText(periodicText);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
    <div className="table-box matrix" role="group" aria-label={text.matrix} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{text.unit}</th>
            {matrix.periods.map((period) => (
              <th key={period.key} scope="col">
                <span className="two-lines">
                  {period.name}
                  {period.dueOn !== null && <span className="small muted">{text.dueOn(day(period.dueOn))}</span>}
                </span>
              </th>
            ))}
            <th scope="col" className="number">
              {text.onTime}
            </th>
          </tr>
        </thead>
        <tbody>
          {matrix.units.map((unit) => (
            <Row key={unit.unit} unit={unit} periods={matrix.periods} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Row = ({ unit, periods }: { readonly unit: MatrixUnit; readonly periods: readonly MatrixPeriod[] }) => {
  const text = useText(periodicText);
  const words = useCellWords();
  const cells = Object.values(unit.cells).filter(counted);
  return (
    <tr>
      <th scope="row">{unit.unitName}</th>
      {periods.map(({ key, name }) => {
        const cell = unit.cells[key];
        return (
          <td key={key}>
            <span className="narrow-only small muted">{name}</span>
            {cell ? (
              <Link
                to="/tasks/$id"
                params={{ id: cell.id }}
                className="mark-link"
                title={words(cell)}
                aria-label={text.cell(unit.unitName, name, words(cell))}
              >
                <Mark shape={shapes[cell.state]} />
                <span className="narrow-only">{words(cell)}</span>
              </Link>
            ) : (
              <span className="vh">{text.noObligation}</span>
            )}
          </td>
        );
      })}
      <td className="number">
        <span className="narrow-only small muted">{text.onTime} </span>
        {text.share(number(cells.filter(({ state }) => state === 'on_time').length), number(cells.length))}
      </td>
    </tr>
  );
};
