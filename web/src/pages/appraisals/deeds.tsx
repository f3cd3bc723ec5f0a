import { useState } from 'react';
import type { DeskItem } from '../../api/appraisals.ts';
import { everywhere } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import { Button } from '../../kit/button.tsx';
import { onDemand } from '../../kit/on-demand.tsx';
import { useText } from '../../text/index.ts';
import { useRefusal } from '../../text/refusals.ts';
import type { Deed } from './deed-dialog.tsx';
import { appraisalsText } from './text.ts';

const DeedDialog = onDemand(() => import('./deed-dialog.tsx').then((all) => all.DeedDialog), { waiting: null });

export const Deeds = ({ item }: { readonly item: DeskItem }) => {
  const text = useText(appraisalsText);
  const refused = useRefusal();
  const me = useMe();
  const [open, setOpen] = useState<Deed>();
  const offered: readonly (readonly [Deed, string, string | undefined])[] = [
    ['ask', text.ask, refused(item.actions.requestInformation)],
    ['opinion', text.opinion, refused(item.actions.giveOpinion)],
    ...(everywhere(me, 'task.reassign') ? ([['reassign', text.reassign, undefined]] as const) : []),
  ];
  return (
    <div className="row deeds" role="group" aria-label={text.otherDeeds}>
      {offered.map(([deed, label, why]) => (
        <Button key={deed} look="quiet" why={why} onClick={() => setOpen(deed)}>
          {label}
        </Button>
      ))}
      {open && <DeedDialog deed={open} item={item} onClose={() => setOpen(undefined)} />}
    </div>
  );
};
