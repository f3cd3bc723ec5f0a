// Beside the list: giving a task, importing a file, and the import that still runs, also after a reload.

import { lazy, Suspense, useState } from 'react';
import { may } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import { Button } from '../../kit/button.tsx';
import { useKept } from '../../kit/drafts.ts';
import { useText } from '../../text/index.ts';
import type { Running } from './import-progress.tsx';
import { tasksText } from './text.ts';

const Create = lazy(() => import('./create-dialog.tsx').then(({ CreateDialog }) => ({ default: CreateDialog })));
const Import = lazy(() => import('./import-dialog.tsx').then(({ ImportDialog }) => ({ default: ImportDialog })));
const ImportProgress = lazy(() => import('./import-progress.tsx').then((all) => ({ default: all.ImportProgress })));

/** The buttons for the head of the page and, below it, how far an import is. */
export const useTools = (programme: string | undefined) => {
  const text = useText(tasksText);
  const me = useMe();
  const { kept: running, keep } = useKept<Running>('import');
  const [open, setOpen] = useState<'create' | 'import'>();
  const assigns = may(me, 'task.assign');
  const imports = may(me, 'task.import');
  const close = () => setOpen(undefined);
  return {
    buttons: (
      <>
        {assigns && (
          <Button look="primary" onClick={() => setOpen('create')}>
            {text.assign}
          </Button>
        )}
        {imports && <Button onClick={() => setOpen('import')}>{text.import}</Button>}
      </>
    ),
    below: (
      <>
        <Suspense fallback={null}>
          {running && <ImportProgress running={running} onDismiss={() => keep(undefined)} />}
          {open === 'create' && <Create programme={programme} onClose={close} />}
          {open === 'import' && <Import programme={programme} onClose={close} onStarted={keep} />}
        </Suspense>
      </>
    ),
  };
};
