import { useQuery } from '@tanstack/react-query';
import { fileAddress } from '../../api/client.ts';
import { annexQuery, type WholeRegistration } from '../../api/registrations.ts';
import { number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Save } from '../../kit/icons.tsx';
import { Menu } from '../../kit/menu.tsx';
import { Await } from '../../kit/states.tsx';
import { TableBox } from '../../kit/table-box.tsx';
import { useText } from '../../text/index.ts';
import { registrationsText } from './text.ts';

/** Annex IV as it goes out: its table, its footnote, its files; and the opinions on the blocs. */
export const AnnexView = ({ registration }: { readonly registration: WholeRegistration }) => {
  const text = useText(registrationsText);
  const annex = useQuery(annexQuery(registration.id));
  const path = `/registrations/${registration.id}/annex-iv`;
  return (
    <Await query={annex}>
      {({ titles, header, rows, notes }) => (
        <section className="card stack">
          <div className="row spread">
            <div>
              {titles.map((line, index) => (index === 0 ? <h2 key={line}>{line}</h2> : <p key={line}>{line}</p>))}
            </div>
            <Menu
              label={text.download}
              trigger={
                <Button>
                  <Save />
                  {text.download}
                </Button>
              }
              items={(['xlsx', 'csv'] as const).map((format) => ({
                key: format,
                label: format.toUpperCase(),
                href: fileAddress(path, { format }),
              }))}
            />
          </div>
          <div>
            <h3>{text.opinions}</h3>
            {registration.opinions.length === 0 && <p className="muted">{text.noOpinion}</p>}
            {registration.opinions.map((opinion) => (
              <p key={opinion.bloc}>
                <strong>{text.blocs[opinion.bloc as keyof typeof text.blocs] ?? opinion.bloc}</strong>
                {`: ${opinion.text}`}
              </p>
            ))}
          </div>
          <TableBox label={text.views.annex} className="wide-print">
            <table className="table annex-table">
              <thead>
                <tr>
                  {header.map((name) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((cells, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a printed table has no other names for its rows.
                  <tr key={index} className={cells.slice(2, 8).every((cell) => cell === null) ? 'unit-head' : ''}>
                    {cells.map((cell, column) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change their order.
                      <td key={column}>{typeof cell === 'number' ? number(cell) : cell}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </TableBox>
          {notes.map((note) => (
            <p key={note} className="small" data-note>
              {note}
            </p>
          ))}
        </section>
      )}
    </Await>
  );
};
