// What units of one bloc treat differently, and whose counts lie far from the others.

import { useQuery } from '@tanstack/react-query';
import { balanceQuery, type UniformityBloc, uniformityCells, uniformityQuery } from '../../api/registrations.ts';
import { number } from '../../format.ts';
import { Await } from '../../kit/states.tsx';
import { TableBox } from '../../kit/table-box.tsx';
import { useText } from '../../text/index.ts';
import { registrationsText } from './text.ts';

const marks = {
  kept: '=',
  target_changed: '~',
  dropped: '−',
  added: '+',
  rejected: '×',
  missing: '?',
  absent: '·',
} as const;

export const UniformityView = ({ id }: { readonly id: string }) => {
  const found = useQuery(uniformityQuery(id));
  const text = useText(registrationsText);
  return (
    <Await query={found}>
      {(blocs) => (
        <div className="stack">
          <p className="row small muted">
            {uniformityCells.map((cell) => (
              <span key={cell} className="row">
                <span className={`cell-mark ${cell}`} aria-hidden="true">
                  {marks[cell]}
                </span>
                {text.cells[cell]}
              </span>
            ))}
          </p>
          {blocs.map((bloc) => (
            <Matrix key={bloc.bloc} bloc={bloc} />
          ))}
        </div>
      )}
    </Await>
  );
};

const Matrix = ({ bloc }: { readonly bloc: UniformityBloc }) => {
  const text = useText(registrationsText);
  const name = text.blocs[bloc.bloc as keyof typeof text.blocs] ?? bloc.bloc;
  const rows = bloc.items.filter(({ uniform }) => !uniform);
  return (
    <section className="card stack">
      <h2>{name}</h2>
      <p>{text.matrixAbout(number(bloc.nonUniform))}</p>
      {rows.length > 0 && (
        <TableBox label={name} className="wide-print">
          <table className="table matrix">
            <thead>
              <tr>
                <th scope="col">{text.columns.content}</th>
                {bloc.units.map((unit) => (
                  <th key={unit.code} scope="col" title={unit.name}>
                    {unit.code}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ item, cells }) => (
                <tr key={item}>
                  <th scope="row">{item}</th>
                  {bloc.units.map(({ code }) => {
                    const cell = cells[code] ?? 'absent';
                    return (
                      <td key={code} title={text.cells[cell]}>
                        <span className={`cell-mark ${cell}`} aria-hidden="true">
                          {marks[cell]}
                        </span>
                        <span className="vh">{text.cells[cell]}</span>
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
    </section>
  );
};

export const BalanceView = ({ id }: { readonly id: string }) => {
  const found = useQuery(balanceQuery(id));
  const text = useText(registrationsText);
  return (
    <Await query={found}>
      {({ units, min, median, max, byUnit }) => (
        <section className="card stack">
          <p role="status">{text.balanceAbout(number(units), number(min), number(median), number(max))}</p>
          <TableBox label={text.views.balance}>
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{text.unit}</th>
                  <th scope="col" className="number">
                    {text.thisYear}
                  </th>
                  <th scope="col" className="number">
                    {text.proposed}
                  </th>
                  <th scope="col" className="number">
                    {text.difference}
                  </th>
                </tr>
              </thead>
              <tbody>
                {byUnit.map(({ code, name, thisYear, proposed, difference, outlying }) => (
                  <tr key={code} data-unit={code}>
                    <th scope="row">
                      {name}
                      {outlying && <span className="small muted block">{text.outlying}</span>}
                    </th>
                    <td className="number">{number(thisYear)}</td>
                    <td className="number">{number(proposed)}</td>
                    <td className="number">
                      {difference > 0 ? '+' : difference < 0 ? '−' : ''}
                      {number(Math.abs(difference))}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableBox>
        </section>
      )}
    </Await>
  );
};
