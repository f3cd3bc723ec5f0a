// Whose court, how many working days: each unit with its own work, and with what it appraises for others.

import { useQuery } from '@tanstack/react-query';
import { type Ledger, ledgerQuery } from '../../api/editions.ts';
import { day, number } from '../../format.ts';
import { Chart } from '../../kit/charts/chart.tsx';
import { Await } from '../../kit/states.tsx';
import { TableBox } from '../../kit/table-box.tsx';
import { useText } from '../../text/index.ts';
import { viewsText } from './views-text.ts';

export const LedgerView = ({ programme }: { readonly programme: string }) => {
  const { ledger: text } = useText(viewsText);
  const units = useQuery(ledgerQuery(programme, undefined, 'unit'));
  const agencies = useQuery(ledgerQuery(programme, undefined, 'agency'));
  return (
    <Await query={units}>
      {(found) => (
        <Await query={agencies}>
          {(appraised) => (
            <section className="card stack">
              <p>{text.about(number(found.tasks), number(found.workingDays), day(found.asOf))}</p>
              <Holders found={found} />
              <Bars units={found.rows} agencies={appraised.rows} />
            </section>
          )}
        </Await>
      )}
    </Await>
  );
};

const Holders = ({ found }: { readonly found: Ledger }) => {
  const { ledger: text } = useText(viewsText);
  return (
    <TableBox label={text.days}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{text.name}</th>
            <th scope="col" className="number">
              {text.days}
            </th>
            <th scope="col" className="number">
              {text.average}
            </th>
          </tr>
        </thead>
        <tbody>
          {(['unit', 'appraiser', 'office', 'province'] as const).map((holder) => (
            <tr key={holder}>
              <th scope="row">{text[holder]}</th>
              <td className="number">{number(found.holders[holder].workingDays)}</td>
              <td className="number">{number(found.holders[holder].average)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
};

type Rows = Ledger['rows'];

const Bars = ({ units, agencies }: { readonly units: Rows; readonly agencies: Rows }) => {
  const { ledger: text } = useText(viewsText);
  const appraising = new Map(agencies.map((row) => [row.unit, row]));
  const own = new Set(units.map(({ unit }) => unit));
  const rows = [
    ...units.map(({ unit, name, workingDays }) => ({ unit, name, days: workingDays })),
    ...agencies.filter(({ unit }) => !own.has(unit)).map(({ unit, name }) => ({ unit, name, days: 0 })),
  ].map((row) => ({ ...row, agency: appraising.get(row.unit) }));
  const most = Math.max(1, ...rows.map(({ days, agency }) => days + (agency?.workingDays ?? 0)));
  const first = rows[0];
  return (
    <Chart
      title={text.title}
      sentence={
        first ? text.sentence(first.name, number(first.days), number(first.agency?.workingDays ?? 0)) : text.title
      }
      table={
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text.name}</th>
              <th scope="col" className="number">
                {text.asUnit}
              </th>
              <th scope="col" className="number">
                {text.asAppraiser}
              </th>
              <th scope="col" className="number">
                {text.onTime}
              </th>
              <th scope="col" className="number">
                {text.lateRounds}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ unit, name, days, agency }) => (
              <tr key={unit}>
                <th scope="row">{name}</th>
                <td className="number">{number(days)}</td>
                <td className="number">{number(agency?.workingDays ?? 0)}</td>
                <td className="number">{number(agency?.rounds?.answeredInTime ?? 0)}</td>
                <td className="number">{number(agency?.rounds?.answeredLate ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    >
      <div className="ledger">
        <p className="row small">
          <span className="bar-part own key" /> {text.asUnit}
          <span className="bar-part appraised key" /> {text.asAppraiser}
        </p>
        {rows.map(({ unit, name, days, agency }) => {
          const appraised = agency?.workingDays ?? 0;
          return (
            <div key={unit} className="ledger-row" data-unit={unit}>
              <span className="ledger-name">{name}</span>
              <span className="bar-line">
                <span className="bar-parts">
                  <span className="bar-part own" style={{ width: `${(days / most) * 100}%` }} />
                  <span className="bar-part appraised" style={{ width: `${(appraised / most) * 100}%` }} />
                </span>
                <span className="small muted">{`${number(days)} + ${number(appraised)}`}</span>
              </span>
            </div>
          );
        })}
      </div>
    </Chart>
  );
};
