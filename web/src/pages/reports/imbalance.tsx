import { useQuery } from '@tanstack/react-query';
import { type Imbalance, imbalanceQuery } from '../../api/editions.ts';
import { number } from '../../format.ts';
import { Await } from '../../kit/states.tsx';
import { TableBox } from '../../kit/table-box.tsx';
import { useText } from '../../text/index.ts';
import { viewsText } from './views-text.ts';

/** How unevenly the tasks lie on the units, over all and by bloc. */
export const ImbalanceView = ({ programme }: { readonly programme: string }) => {
  const found = useQuery(imbalanceQuery(programme, {}));
  return <Await query={found}>{(data) => <Spread data={data} />}</Await>;
};

const Spread = ({ data }: { readonly data: Imbalance }) => {
  const { imbalance: text, blocs } = useText(viewsText);
  const blocName = (bloc: string) => blocs[bloc as keyof typeof blocs] ?? bloc;
  const { all, byBloc, byUnit } = data;
  const groups = [...byBloc.filter(({ units }) => units > 0), { ...all, bloc: text.all }];
  const medians = new Map(byBloc.map(({ bloc, median }) => [bloc, median]));
  const most = Math.max(1, ...byUnit.map(({ total }) => total));
  return (
    <section className="card stack">
      <h2>{text.title}</h2>
      <p role="status">{text.about(number(all.units), number(all.min), number(all.median), number(all.max))}</p>
      <TableBox label={text.bloc}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text.bloc}</th>
              {(['units', 'min', 'median', 'max'] as const).map((key) => (
                <th key={key} scope="col" className="number">
                  {text[key]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map(({ bloc, units, min, median, max }) => (
              <tr key={bloc}>
                <th scope="row">{blocName(bloc)}</th>
                <td className="number">{number(units)}</td>
                <td className="number">{number(min)}</td>
                <td className="number">{number(median)}</td>
                <td className="number">{number(max)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
      <TableBox label={text.title}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text.unit}</th>
              <th scope="col">{text.total}</th>
            </tr>
          </thead>
          <tbody>
            {byUnit.map(({ unit, name, bloc, total }) => {
              const median = medians.get(bloc) ?? 0;
              return (
                <tr key={unit}>
                  <th scope="row">{name}</th>
                  <td>
                    <span className="bar-line">
                      <span className="bar-count">{number(total)}</span>
                      <span className="bar-part own" style={{ width: `${(total / most) * 100}%` }} />
                    </span>
                    {Math.abs(total - median) * 2 > median && <span className="small muted">{text.far}</span>}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </TableBox>
    </section>
  );
};
