// How far deeds on many tasks are, until whoever began them has seen what came of them. What was refused is named one by
// one, and a result with refusals never looks like a success.

import { useQuery } from '@tanstack/react-query';
import { type BulkRefusal, type BulkRun, bulkRefusalsQuery, isOver } from '../../api/bulk-runs.ts';
import { moment, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Progress } from '../../kit/progress.tsx';
import { useSettings } from '../../settings.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { chosenAgain, type Selection, type WatchedRuns } from './bulk.ts';
import { bulkText } from './bulk-text.ts';

interface StateProps {
  readonly run: BulkRun;
  /** Once the person has seen the end of it. @param again refused tasks that they want selected */
  readonly onSeen: (again?: Selection) => void;
  /** Refused tasks are shown at once; beside the list they are unfolded. */
  readonly open?: boolean;
}

export const BulkProgress = ({ run }: Pick<StateProps, 'run'>) => {
  const text = useText(bulkText);
  const { processed, total, refused } = run;
  return (
    <Progress label={text.running} value={processed} of={total}>
      {refused === 0
        ? text.far(number(processed), number(total))
        : text.farRefused(number(processed), number(total), number(refused))}
    </Progress>
  );
};

export const BulkResult = ({ run, onSeen, open = false }: StateProps) => {
  const text = useText(bulkText);
  const words = useText(common);
  const { ok, total, refused, status } = run;
  const { data: refusals } = useQuery({ ...bulkRefusalsQuery(run.id), enabled: refused > 0 });
  const again = chosenAgain(refusals ?? []);
  const mixed = refused > 0 || status === 'failed';
  return (
    <>
      <p className={mixed ? 'notice bulk-mixed' : 'notice good'} role="status">
        <strong>{text.done(number(ok), number(total))}</strong>
        {refused > 0 && !open && ` ${text.refused(number(refused))}`}
        {status === 'failed' && ` ${text.broken(number(run.processed), number(total))}`}
      </p>
      {refusals && refusals.length > 0 && <Refusals list={refusals} open={open} />}
      <div className="row">
        {again.size > 0 && <Button onClick={() => onSeen(again)}>{text.keepFailed(number(again.size))}</Button>}
        <Button {...(open ? { look: 'primary' as const } : {})} onClick={() => onSeen()}>
          {words.close}
        </Button>
      </div>
    </>
  );
};

/** Beside the list. */
export const BulkLines = ({
  runs,
  onKeep,
}: {
  readonly runs: WatchedRuns;
  readonly onKeep: (selection: Selection) => void;
}) => {
  const text = useText(bulkText);
  return runs.list.map((run) => {
    const named = `${run.kind === 'urge' ? text.urge : text.act} · ${moment(run.createdAt)}`;
    return (
      <section key={run.id} className="card stack bulk-line no-print" aria-label={named}>
        <p className="row spread small">
          <strong>{named}</strong>
          {!isOver(run) && <span className="muted">{text.goesOn}</span>}
        </p>
        {isOver(run) ? (
          <BulkResult
            run={run}
            onSeen={(again) => {
              runs.dismiss(run.id);
              if (again) onKeep(again);
            }}
          />
        ) : (
          <BulkProgress run={run} />
        )}
      </section>
    );
  });
};

/** So many are named; the rest is a number, and can still be selected. */
const mostNamed = 300;

export const Refusals = ({ list, open }: { readonly list: readonly BulkRefusal[]; readonly open: boolean }) => {
  const text = useText(bulkText);
  if (list.length === 0) return null;
  const head = text.failed(number(list.length));
  return open ? (
    <section className="stack" aria-label={head}>
      <h3>{head}</h3>
      <Named list={list} />
    </section>
  ) : (
    <details>
      <summary>{text.showFailed(number(list.length))}</summary>
      <Named list={list} />
    </details>
  );
};

const Named = ({ list }: { readonly list: readonly BulkRefusal[] }) => {
  const text = useText(bulkText);
  const { language } = useSettings();
  return (
    <>
      <ul className="bulk-failed">
        {list.slice(0, mostNamed).map(({ id, task, vi, en }) => (
          <li key={id}>
            <strong>{task?.code ?? text.unseen}</strong>
            {task && <span className="muted">{` ${task.title}`}</span>}
            <p className="small">{language === 'en' ? en : vi}</p>
          </li>
        ))}
      </ul>
      {list.length > mostNamed && <p className="small muted">{text.more(number(list.length - mostNamed))}</p>}
    </>
  );
};
