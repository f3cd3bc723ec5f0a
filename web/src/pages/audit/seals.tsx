// Signed seals over all histories, and the key that checks them.

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { checkpointsQuery, sealKeyQuery } from '../../api/audit.ts';
import { may } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import { day, moment, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { ReasonDialog } from '../../kit/reason-dialog.tsx';
import { Await, Empty } from '../../kit/states.tsx';
import { TableBox } from '../../kit/table-box.tsx';
import { useChange } from '../../kit/use-change.ts';
import { useText } from '../../text/index.ts';
import { auditText } from './text.ts';

export const Seals = () => {
  const text = useText(auditText);
  const writes = may(useMe(), 'audit.seal');
  const seals = useInfiniteQuery(checkpointsQuery);
  const key = useQuery(sealKeyQuery);
  const [asking, setAsking] = useState(false);
  const send = useChange({ touches: [['audit']], said: text.sealed, onDone: () => setAsking(false) });
  return (
    <>
      <p className="muted">{text.sealsAbout}</p>
      <div className="row">
        <Button why={writes ? undefined : text.sealWhy} onClick={() => setAsking(true)}>
          {text.sealNow}
        </Button>
        {!writes && <span className="small muted">{text.sealWhy}</span>}
      </div>
      <Await query={seals}>
        {({ pages }) => {
          const rows = pages.flatMap(({ items }) => items);
          return rows.length === 0 ? (
            <Empty>{text.noSeals}</Empty>
          ) : (
            <TableBox label={text.tabs.seals}>
              <table className="table cards">
                <thead>
                  <tr>
                    <th className="number">{text.sealColumns.number}</th>
                    <th>{text.sealColumns.day}</th>
                    <th>{text.sealColumns.at}</th>
                    <th className="number">{text.sealColumns.leaves}</th>
                    <th className="number">{text.sealColumns.events}</th>
                    <th>{text.sealColumns.hash}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((seal) => (
                    <tr key={seal.number}>
                      <th scope="row" className="number">
                        {number(seal.number)}
                      </th>
                      <td data-label={text.sealColumns.day}>{day(seal.day)}</td>
                      <td data-label={text.sealColumns.at}>{moment(seal.sealedAt)}</td>
                      <td className="number" data-label={text.sealColumns.leaves}>
                        {number(seal.leaves)}
                      </td>
                      <td className="number" data-label={text.sealColumns.events}>
                        {number(seal.events)}
                      </td>
                      <td className="hash">{seal.hash}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </TableBox>
          );
        }}
      </Await>
      {seals.hasNextPage && (
        <div className="row">
          <Button busy={seals.isFetchingNextPage} onClick={() => void seals.fetchNextPage()}>
            {text.more}
          </Button>
        </div>
      )}
      {key.data && (
        <section className="stack" aria-label={text.key}>
          <h2>{text.key}</h2>
          <p className="small muted">{text.keyAbout(key.data.keyId)}</p>
          <pre className="card public-key">{key.data.publicKey.trim()}</pre>
        </section>
      )}
      <ReasonDialog
        open={asking}
        title={text.sealNow}
        label={text.sealReason}
        hint={text.sealHint}
        confirm={text.sealNow}
        busy={send.isPending}
        onClose={() => setAsking(false)}
        onConfirm={(reason) => send.mutate({ path: '/audit/checkpoints', body: { reason } })}
      />
    </>
  );
};
