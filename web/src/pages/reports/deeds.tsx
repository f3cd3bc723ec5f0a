// The steps a report takes. Each says what it does and what cannot be undone; who may not is told why.

import { useState } from 'react';
import type { Edition, WholeEdition } from '../../api/editions.ts';
import { canOnReport } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import { day, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { useText } from '../../text/index.ts';
import { ConfirmDialog, DraftDialog, FreezeDialog, IssueDialog } from './dialogs.ts';
import { reportsText } from './text.ts';

type Deed = 'confirm' | 'freeze' | 'issue' | 'correct';
const possible: Readonly<Record<Edition['status'], readonly Deed[]>> = {
  draft: ['confirm', 'freeze'],
  confirming: ['freeze'],
  frozen: ['issue', 'correct'],
  issued: ['correct'],
};

export const EditionDeeds = ({ edition }: { readonly edition: WholeEdition }) => {
  const text = useText(reportsText);
  const me = useMe();
  const [open, setOpen] = useState<Deed>();
  const { confirmation } = edition;
  const waiting = confirmation?.counts.waiting ?? 0;
  const whyNot = (deed: Deed): string | undefined => {
    if (!canOnReport(me, 'report.conduct', edition.programme)) return text.noRight;
    if (deed === 'freeze' && confirmation && waiting > 0)
      return text.freeze.waiting(number(waiting), day(confirmation.dueOn));
    return deed === 'correct' && edition.correctedBy !== null ? text.correct.already : undefined;
  };
  const deeds = possible[edition.status];
  const reasons = [...new Set(deeds.flatMap((deed) => whyNot(deed) ?? []))];
  const close = () => setOpen(undefined);
  return (
    <div className="deeds no-print">
      <div className="row">
        {deeds.map((deed, index) => (
          <Button
            key={deed}
            {...(index === 0 && deed !== 'correct' ? { look: 'primary' } : {})}
            why={whyNot(deed)}
            onClick={() => setOpen(deed)}
          >
            {text[deed].open}
          </Button>
        ))}
      </div>
      {reasons.map((reason) => (
        <p key={reason} className="small muted">
          {reason}
        </p>
      ))}
      {open === 'confirm' && <ConfirmDialog edition={edition} onClose={close} />}
      {open === 'freeze' && <FreezeDialog edition={edition} onClose={close} />}
      {open === 'issue' && <IssueDialog edition={edition} onClose={close} />}
      {open === 'correct' && <DraftDialog programme={edition.programme} corrects={edition} onClose={close} />}
    </div>
  );
};
