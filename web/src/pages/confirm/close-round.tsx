import { useState } from 'react';
import type { WholeRound } from '../../api/confirmations.ts';
import { lineStatuses } from '../../api/confirmations.ts';
import { number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useChange } from '../../kit/use-change.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { Status } from './status.tsx';
import { confirmText } from './text.ts';

/** Frozen figures end the round; before its day is over the API refuses while somebody has not answered. */
export const CloseRound = ({ round }: { readonly round: WholeRound }) => {
  const text = useText(confirmText);
  const words = useText(common);
  const [open, setOpen] = useState(false);
  const freeze = useChange({ said: text.closed, onDone: () => setOpen(false) });
  const { disputed } = round.counts;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{text.close}</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={text.closeTitle} about={text.closeAbout}>
        <dl className="facts">
          {lineStatuses.map((status) => (
            <div key={status} className="pair">
              <dt>
                <Status status={status} />
              </dt>
              <dd className="number">{number(round.counts[status])}</dd>
            </div>
          ))}
        </dl>
        {disputed > 0 && <p className="notice">{text.openDisputes(number(disputed))}</p>}
        <div className="row">
          <Button
            look="primary"
            busy={freeze.isPending}
            onClick={() => freeze.mutate({ path: `/reports/editions/${round.edition}/freeze`, body: {} })}
          >
            {text.close}
          </Button>
          <Button onClick={() => setOpen(false)}>{words.cancel}</Button>
        </div>
      </Dialog>
    </>
  );
};
