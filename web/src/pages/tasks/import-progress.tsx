// How far an import is, until whoever started it has seen its end.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { importQuery } from '../../api/imports.ts';
import { number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Progress } from '../../kit/progress.tsx';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { bulkText } from './bulk-text.ts';
import { Problems } from './import-problems.tsx';

export interface Running {
  readonly id: string;
  readonly file: string;
}

export const ImportProgress = ({
  running,
  onDismiss,
}: {
  readonly running: Running;
  readonly onDismiss: () => void;
}) => {
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
      {over && run && run.problems.length > 0 && <Problems list={run.problems} />}
    </section>
  );
};
