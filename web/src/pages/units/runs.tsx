// Reorganisations, and how far each is. The address of one shows the same after a reload.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import {
  isUnderWay,
  type ReorganisationRun,
  reorganisationQuery,
  reorganisationsQuery,
} from '../../api/reorganisations.ts';
import { may } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import { useUnitName } from '../../api/units.ts';
import { civilDay, day, moment, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { type Column, Grid } from '../../kit/grid.tsx';
import { Progress } from '../../kit/progress.tsx';
import { ReasonDialog } from '../../kit/reason-dialog.tsx';
import { type Category, StateMark } from '../../kit/state-mark.tsx';
import { Await, Empty } from '../../kit/states.tsx';
import { useOpenItem } from '../../kit/use-address.ts';
import { useChange } from '../../kit/use-change.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { reorganiseText } from './reorganise-text.ts';
import { unitsText } from './text.ts';

const shapes: Readonly<Record<ReorganisationRun['status'], Category>> = {
  planned: 'assigned',
  running: 'in_progress',
  done: 'done',
  refused: 'not_done',
  cancelled: 'stopped',
};

const Status = ({ run }: { readonly run: ReorganisationRun }) => {
  const text = useText(reorganiseText);
  const soon = run.status === 'planned' && isUnderWay(run, civilDay());
  return <StateMark category={shapes[run.status]} name={soon ? text.soon : text.statuses[run.status]} />;
};

export const Runs = () => {
  const text = useText(reorganiseText);
  const { open } = useSearch({ from: '/admin/units' });
  const item = useOpenItem();
  const unitName = useUnitName();
  const runs = useQuery(reorganisationsQuery);
  const [at, setAt] = useState(0);
  const columns: readonly Column<ReorganisationRun>[] = [
    { key: 'day', head: text.columns.day, width: '110px', cell: ({ effectiveOn }) => day(effectiveOn) },
    { key: 'kind', head: text.columns.kind, width: 'minmax(150px, 1fr)', cell: ({ kind }) => text.kinds[kind] },
    {
      key: 'units',
      head: text.columns.units,
      width: 'minmax(200px, 3fr)',
      cell: ({ predecessors, successors }) => (
        <span className="clamp">
          {[predecessors, successors]
            .filter((codes) => codes.length > 0)
            .map((codes) => codes.map(unitName).join(', '))
            .join(' – ')}
        </span>
      ),
    },
    {
      key: 'document',
      head: text.columns.document,
      width: 'minmax(120px, 1fr)',
      cell: ({ document }) => <span className="muted">{document.number}</span>,
    },
    { key: 'state', head: text.columns.state, width: '180px', cell: (run) => <Status run={run} /> },
  ];
  return (
    <>
      <Await query={runs}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty>{text.noRuns}</Empty>
          ) : (
            <Grid<ReorganisationRun>
              label={text.runs}
              columns={columns}
              rows={rows}
              total={rows.length}
              keyOf={({ id }) => id}
              active={Math.min(at, rows.length - 1)}
              onActive={setAt}
              onOpen={({ id }) => item.open(id)}
            />
          )
        }
      </Await>
      {open !== undefined && <RunDrawer key={open} id={open} onClose={item.close} />}
    </>
  );
};

const RunDrawer = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }) => {
  const text = useText(reorganiseText);
  const words = useText(common);
  const client = useQueryClient();
  const run = useQuery(reorganisationQuery(id, civilDay()));
  const status = run.data?.status;
  const before = useRef(status);
  useEffect(() => {
    // What it did to units is to be seen at once.
    if (before.current !== undefined && status !== undefined && status !== before.current) {
      void client.invalidateQueries({ queryKey: ['units'] });
      void client.invalidateQueries({ queryKey: ['reorganisations', 'list'] });
    }
    before.current = status;
  }, [status, client]);
  return (
    <Dialog open drawer onClose={onClose} title={run.data ? text.kinds[run.data.kind] : words.loading}>
      <Await query={run}>{(found) => <Detail run={found} />}</Await>
    </Dialog>
  );
};

const Detail = ({ run }: { readonly run: ReorganisationRun }) => {
  const text = useText(reorganiseText);
  const units = useText(unitsText);
  const unitName = useUnitName();
  const writes = may(useMe(), 'organisation.write');
  const [cancelling, setCancelling] = useState(false);
  const send = useChange({
    touches: [['reorganisations'], ['audit']],
    said: text.cancelled,
    onDone: () => setCancelling(false),
  });
  const { id, status, effectiveOn, document, predecessors, successors, total, processed, createdAt, finishedAt } = run;
  const underWay = isUnderWay(run, civilDay());
  return (
    <>
      <p role="status">
        <Status run={run} />
      </p>
      {(underWay || status === 'done') && (
        <Progress label={text.progress} value={status === 'done' ? total : processed} of={total}>
          {text.moved(number(status === 'done' ? total : processed), number(total))}
        </Progress>
      )}
      {underWay && <p className="small muted">{text.safeToLeave}</p>}
      {run.problem && <Problem problem={run.problem} />}
      <dl className="facts">
        <dt>{text.effectiveOn}</dt>
        <dd>{day(effectiveOn)}</dd>
        <dt>{text.document}</dt>
        <dd>{units.byDocument(document.number, day(document.date), document.issuer)}</dd>
        {predecessors.length > 0 && (
          <>
            <dt>{text.unit}</dt>
            <dd>{predecessors.map(unitName).join(', ')}</dd>
          </>
        )}
        {successors.length > 0 && (
          <>
            <dt>{text.successors.merge}</dt>
            <dd>{successors.map(unitName).join(', ')}</dd>
          </>
        )}
        <dt>{text.acceptedAt}</dt>
        <dd>{moment(createdAt)}</dd>
        {finishedAt !== null && (
          <>
            <dt>{text.finishedAt}</dt>
            <dd>{moment(finishedAt)}</dd>
          </>
        )}
      </dl>
      {status === 'planned' && writes && (
        <div className="row">
          <Button look="danger" onClick={() => setCancelling(true)}>
            {text.cancel}
          </Button>
        </div>
      )}
      <ReasonDialog
        open={cancelling}
        title={text.cancel}
        label={text.cancelReason}
        hint={text.cancelHint}
        confirm={text.cancel}
        least={1}
        busy={send.isPending}
        onClose={() => setCancelling(false)}
        onConfirm={(reason) => send.mutate({ path: `/reorganisations/${id}/cancel`, body: { reason } })}
      />
    </>
  );
};

/** What the API says of it, by its own words where it has some. */
const Problem = ({ problem }: { readonly problem: Readonly<Record<string, unknown>> }) => {
  const text = useText(reorganiseText);
  const refused = Array.isArray(problem.refused)
    ? (problem.refused as readonly { code: string; reason: string }[])
    : [];
  return (
    <div className="notice">
      <p>{text.problem}</p>
      {refused.length > 0 ? (
        <ul className="plain">
          {refused.slice(0, 50).map(({ code, reason }) => (
            <li key={code}>{`${code}: ${reason}`}</li>
          ))}
        </ul>
      ) : (
        <p className="small">{Object.values(problem).map(String).join(' · ')}</p>
      )}
    </div>
  );
};
