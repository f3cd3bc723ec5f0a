// Operators' deeds all ask why, and all stand in the audit list.

import { type ReactNode, useState } from 'react';
import { ReasonDialog } from '../../kit/reason-dialog.tsx';
import { useChange } from '../../kit/use-change.ts';
import { useText } from '../../text/index.ts';
import { operationsText } from './text.ts';

interface Deed {
  readonly path: string;
  readonly title: string;
}

/** @returns how to ask for a deed, and the dialog to draw */
export const useDeed = (): { readonly ask: (deed: Deed) => void; readonly dialog: ReactNode } => {
  const text = useText(operationsText);
  const [deed, setDeed] = useState<Deed>();
  const send = useChange({ touches: [['operations']], said: text.done, onDone: () => setDeed(undefined) });
  const dialog = deed && (
    <ReasonDialog
      key={deed.path}
      open
      title={deed.title}
      label={text.reason}
      hint={text.reasonHint}
      confirm={text.confirm}
      busy={send.isPending}
      onClose={() => setDeed(undefined)}
      onConfirm={(reason) => send.mutate({ path: deed.path, body: { reason } })}
    />
  );
  return { ask: setDeed, dialog };
};
