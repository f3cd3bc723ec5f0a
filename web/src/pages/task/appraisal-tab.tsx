// The appraisal of a task: who sits on the panel, who voted, and how long each side had the work.

import { useQuery } from '@tanstack/react-query';
import { ledgerQuery, type Panel, panelQuery, type Seat } from '../../api/task-parts.ts';
import type { Task } from '../../api/tasks.ts';
import { useUnitName } from '../../api/units.ts';
import { day, number } from '../../format.ts';
import { Await } from '../../kit/states.tsx';
import { TableBox } from '../../kit/table-box.tsx';
import { useText } from '../../text/index.ts';
import { eventText } from './event-text.ts';
import { tabsText } from './tabs-text.ts';
import { taskText } from './text.ts';

export const AppraisalTab = ({ task }: { readonly task: Task }) => {
  const text = useText(tabsText);
  const unitName = useUnitName();
  const panel = useQuery(panelQuery(task.id));
  return (
    <div className="stack">
      <Await query={panel}>
        {(found) => (
          <section className="stack">
            {found.round > 0 && <h3>{text.round(number(found.round))}</h3>}
            {found.review === null && <p className="muted">{text.noAppraisal}</p>}
            {found.rule !== null && (
              <p>
                {[
                  text.rules[found.rule as keyof typeof text.rules],
                  found.quorum === null ? '' : text.quorum(number(found.quorum)),
                  found.appraiseBy === null ? '' : `${text.appraiseBy}: ${day(found.appraiseBy)}`,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            )}
            {found.incident !== null && <p className="notice bad">{text.incident}</p>}
            {found.review?.question && (
              <p className="notice">
                {text.question(unitName(found.review.question.unit), day(found.review.question.on))}
              </p>
            )}
            {found.seats.length > 0 && <Seats panel={found} />}
          </section>
        )}
      </Await>
      <Ledger task={task} />
    </div>
  );
};

const Seats = ({ panel }: { readonly panel: Panel }) => {
  const text = useText(tabsText);
  const told = useText(eventText);
  const unitName = useUnitName();
  const voteOf = ({ seat, votes }: Seat) => {
    const vote = panel.review?.votes.find((each) => each.seat === seat);
    const opinion = panel.review?.opinions.find((each) => each.seat === seat);
    return (
      [
        vote && `${told.outcomes[vote.outcome as keyof typeof told.outcomes]} (${day(vote.on)})`,
        opinion && told.stances[opinion.stance as keyof typeof told.stances],
      ]
        .filter(Boolean)
        .join(', ') || (panel.review === null || !votes ? '–' : text.notYet)
    );
  };
  return (
    <TableBox label={text.member}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{text.member}</th>
            <th scope="col">{text.agency}</th>
            <th scope="col">{text.role}</th>
            <th scope="col">{text.vote}</th>
          </tr>
        </thead>
        <tbody>
          {panel.seats.map((seat) => (
            <tr key={seat.seat}>
              <td>
                {seat.name}
                {seat.voter?.onBehalfOf != null && (
                  <p className="small muted">
                    {text.standsIn([seat.voter.signing, seat.voter.name].filter(Boolean).join(' '))}
                  </p>
                )}
                {seat.empty !== null && (
                  <p className="small muted">
                    {`${text.empty}${text.empties[seat.empty as keyof typeof text.empties] ?? seat.empty}`}
                  </p>
                )}
              </td>
              <td>{unitName(seat.unit)}</td>
              <td>
                {[seat.lead ? text.lead : '', seat.votes ? text.votes : text.opinionOnly].filter(Boolean).join(', ')}
              </td>
              <td>{voteOf(seat)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
};

const Ledger = ({ task }: { readonly task: Task }) => {
  const text = useText(tabsText);
  const own = useText(taskText);
  const unitName = useUnitName();
  const query = useQuery(ledgerQuery(task.id));
  return (
    <Await query={query}>
      {({ ledger }) =>
        ledger && (
          <section className="stack">
            <h3>{text.ledger}</h3>
            <TableBox label={text.ledger}>
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col">{own.holder}</th>
                    <th scope="col">{text.from}</th>
                    <th scope="col">{text.until}</th>
                    <th scope="col" className="number">
                      {text.days}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {ledger.stretches.map((stretch) => (
                    <tr key={`${stretch.holder} ${stretch.from}`}>
                      <td>
                        {own.holders[stretch.holder as keyof typeof own.holders]}
                        {stretch.unit !== null && <p className="small muted">{unitName(stretch.unit)}</p>}
                      </td>
                      <td>{day(stretch.from)}</td>
                      <td>{day(stretch.to)}</td>
                      <td className="number">{number(stretch.workingDays)}</td>
                    </tr>
                  ))}
                </tbody>
                <tfoot>
                  {Object.entries(ledger.totals)
                    .filter(([, days]) => days > 0)
                    .map(([holder, days]) => (
                      <tr key={holder}>
                        <th scope="row" colSpan={3}>
                          {`${text.total}: ${own.holders[holder as keyof typeof own.holders]}`}
                        </th>
                        <td className="number">{number(days)}</td>
                      </tr>
                    ))}
                  <tr>
                    <th scope="row" colSpan={3}>
                      {text.total}
                    </th>
                    <td className="number">{number(ledger.workingDays)}</td>
                  </tr>
                </tfoot>
              </table>
            </TableBox>
            {ledger.rounds.length > 0 && (
              <ul>
                {ledger.rounds.map((round) => (
                  <li key={round.round}>
                    {[
                      text.round(number(round.round)),
                      unitName(round.agency),
                      `${text.opened} ${day(round.openedOn)}`,
                      round.closedOn === null ? '' : `${text.closed} ${day(round.closedOn)}`,
                      round.workingDaysLate > 0 ? `${text.lateBy}: ${number(round.workingDaysLate)}` : '',
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </li>
                ))}
              </ul>
            )}
          </section>
        )
      }
    </Await>
  );
};
