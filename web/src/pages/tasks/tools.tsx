// Beside the list: giving a task, importing a file, and the import that still runs, also after a reload.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { importQuery } from '../../api/imports.ts';
import { hasRole, useMe } from '../../api/session.ts';
import { number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { useKept } from '../../kit/drafts.ts';
import { Progress } from '../../kit/progress.tsx';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { bulkText } from './bulk-text.ts';

const Create = lazy(() => import('./create-dialog.tsx').then(({ CreateDialog }) => ({ default: CreateDialog })));
const Import = lazy(() => import('./import-dialog.tsx').then(({ ImportDialog }) => ({ default: ImportDialog })));
const Problems = lazy(() => import('./import-dialog.tsx').then((all) => ({ default: all.Problems })));

interface Running {
  readonly id: string;
  readonly file: string;
}

/** The buttons for the head of the page and, below it, how far an import is. */
export const useTools = (programme: string | undefined) => {
  const text = useText(bulkText);
  const me = useMe();
  const { kept: running, keep } = useKept<Running>('import');
  const [open, setOpen] = useState<'create' | 'import'>();
  const assigns = hasRole(me, 'office', 'aggregator', 'leader', 'administrator');
  const imports = hasRole(me, 'office', 'aggregator', 'administrator');
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
        {running && <ImportProgress running={running} onDismiss={() => keep(undefined)} />}
        <Suspense fallback={null}>
          {open === 'create' && <Create programme={programme} onClose={close} />}
          {open === 'import' && <Import programme={programme} onClose={close} onStarted={keep} />}
        </Suspense>
      </>
    ),
  };
};

const ImportProgress = ({ running, onDismiss }: { readonly running: Running; readonly onDismiss: () => void }) => {
  const text = useText(bulkText);
  const words = useText(common);
  const client = useQueryClient();
  const { data: run, error } = useQuery(importQuery(running.id));
  const status = run?.status;
  useEffect(() => {
    if (status === 'done') void client.invalidateQueries({ queryKey: ['tasks'] });
  }, [status, client]);
  // Of another server, or forgotten there.
  if (error && !run) return null;
  const over = status !== undefined && status !== 'waiting' && status !== 'running';
  const told =
    status === 'done'
      ? text.imported(number(run?.created ?? 0), number(run?.unchanged ?? 0))
      : status === 'refused'
        ? text.importRefused
        : text.importFailed;
  return (
    <section className="card stack no-print" aria-label={text.importing(running.file)}>
      {over ? (
        <p className="row spread">
          <span role="status" className="grow">
            <strong>{told}</strong>
          </span>
          <Button onClick={onDismiss}>{words.close}</Button>
        </p>
      ) : (
        <>
          <p role="status">{text.importing(running.file)}</p>
          <Progress label={text.importing(running.file)} value={run?.processed ?? 0} of={Math.max(1, run?.total ?? 1)}>
            {text.rowsOf(number(run?.processed ?? 0), number(run?.total ?? 0))}
          </Progress>
        </>
      )}
      {over && run && run.problems.length > 0 && (
        <Suspense fallback={null}>
          <Problems list={run.problems} />
        </Suspense>
      )}
    </section>
  );
};
