import { useQuery } from '@tanstack/react-query';
import { type RunFilter, type RunRow, runTasksQuery } from '../../api/editions.ts';
import type { Estimate } from '../../api/reports.ts';
import { number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { StateMark } from '../../kit/state-mark.tsx';
import { Await } from '../../kit/states.tsx';
import { useText } from '../../text/index.ts';
import { detailText } from './detail-text.ts';

const valueText = (value: string | number | null): string =>
  value === null ? '–' : typeof value === 'number' ? number(value) : value;

/** As it is counted: what has ended is its own estimate. */
const estimateOf = ({ category, estimate }: RunRow): Estimate =>
  category === 'done' || category === 'not_done' || category === 'stopped' ? category : (estimate ?? 'undeclared');

/** The tasks behind a frozen figure, as they were counted; a task may say otherwise today. */
export const RunRows = ({
  run,
  filter,
  what,
  onClose,
}: {
  readonly run: string;
  readonly filter: RunFilter;
  readonly what: string;
  readonly onClose: () => void;
}) => {
  const text = useText(detailText);
  const tasks = useQuery(runTasksQuery(run, filter));
  return (
    <section className="stack" aria-label={text.rows}>
      <div className="row spread">
        <div role="status">
          <h3>{tasks.data ? text.rowsOf(number(tasks.data.total), what) : text.rows}</h3>
        </div>
        <Button look="quiet" onClick={onClose}>
          {text.hideRows}
        </Button>
      </div>
      <Await query={tasks}>
        {({ items, hidden }) => (
          <>
            {hidden > 0 && <p className="small muted">{text.hidden(number(hidden))}</p>}
            <Rows items={items} />
          </>
        )}
      </Await>
    </section>
  );
};

const Rows = ({ items }: { readonly items: readonly RunRow[] }) => {
  const text = useText(detailText);
  if (items.length === 0) return null;
  return (
    <div className="table-box">
      <table className="table cards run-rows">
        <thead>
          <tr>
            <th scope="col">{text.rowColumns.task}</th>
            <th scope="col">{text.rowColumns.unit}</th>
            <th scope="col">{text.rowColumns.state}</th>
            <th scope="col">{text.rowColumns.estimate}</th>
            <th scope="col">{text.rowColumns.result}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((row) => (
            <tr key={row.code}>
              <td>
                {row.title ?? text.secret}
                <span className="small muted block">{row.code}</span>
              </td>
              <td>{row.unitName}</td>
              <td>
                <StateMark category={row.category} />
                {row.document && <span className="small muted block">{row.document}</span>}
              </td>
              <td>{text.estimates[estimateOf(row)]}</td>
              <td>
                {valueText(row.result)}/{valueText(row.target)}
                {row.measureUnit && <span className="small muted block">{row.measureUnit}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
