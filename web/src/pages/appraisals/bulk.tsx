// Passing several claims at once: those that were opened, counted, under one document, each standing or falling alone.

import { useState } from 'react';
import type { DeskItem } from '../../api/appraisals.ts';
import { number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { onDemand } from '../../kit/on-demand.tsx';
import { useText } from '../../text/index.ts';
import { appraisalsText } from './text.ts';

const BulkDialog = onDemand(() => import('./bulk-dialog.tsx').then((all) => all.BulkDialog), { waiting: null });

/** @param items that were opened, in any state */
export const Bulk = ({ items }: { readonly items: readonly DeskItem[] }) => {
  const text = useText(appraisalsText);
  const [chosen, setChosen] = useState<readonly DeskItem[]>();
  const able = items.filter(
    ({ waiting, actions }) =>
      waiting === 'mine' && actions.answers.some(({ outcome, refused }) => outcome === 'achieved' && !refused),
  );
  return (
    <>
      <Button why={able.length === 0 ? text.bulkNone : undefined} onClick={() => setChosen(able)}>
        {text.bulk(number(able.length))}
      </Button>
      {chosen && <BulkDialog items={chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
};
