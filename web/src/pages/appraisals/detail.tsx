import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { type DeskItem, filesQuery, formsQuery, panelQuery } from '../../api/appraisals.ts';
import { fileAddress } from '../../api/client.ts';
import { type Task, taskEventsQuery, taskQuery } from '../../api/tasks.ts';
import { bytes, day, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { canPreview, FilePreview, PreviewButton } from '../../kit/file-preview.tsx';
import { Failed, Loading } from '../../kit/states.tsx';
import { common } from '../../text/common.ts';
import { useNamed, useText } from '../../text/index.ts';
import { differencesOf, isNewPiece, type Piece, type Submission, submissionsOf } from './rounds.ts';
import { appraisalsText } from './text.ts';
import { VotingState } from './voting-state.tsx';

/** Everything an appraiser decides by; the decision itself stands below it. */
export const Detail = ({ item, onBack }: { readonly item: DeskItem; readonly onBack: (() => void) | undefined }) => {
  const text = useText(appraisalsText);
  const task = useQuery(taskQuery(item.id));
  const events = useQuery(taskEventsQuery(item.id));
  const panel = useQuery(panelQuery(item.id));
  const rounds = submissionsOf(events.data ?? []);
  const now = rounds.at(-1);
  const before = rounds.at(-2);
  const failed = task.error ?? events.error;
  return (
    <>
      {onBack && (
        <Button look="quiet" className="to-list" onClick={onBack}>
          {text.toList}
        </Button>
      )}
      <header className="stack tight">
        <p className="row spread small muted">
          <span>
            {item.code} · {text.round(number(item.round))}
            {task.data?.source && ` · ${task.data.source.number}`}
          </span>
          <Link to="/tasks/$id" params={{ id: item.id }}>
            {text.openTask}
          </Link>
        </p>
        <h2>{item.title}</h2>
        <p className="muted">
          {text.by(item.unit.name, now?.by ?? '', item.submittedOn === null ? '' : day(item.submittedOn))}
        </p>
      </header>
      <VotingState item={item} panel={panel.data} />
      {failed && !task.data && <Failed error={failed} onRetry={() => void task.refetch()} />}
      {!task.data && !failed && <Loading />}
      {task.data && <TargetAndResult task={task.data} now={now} />}
      {now?.narrative && (
        <Part title={text.narrative}>
          <p className="prose">{now.narrative}</p>
        </Part>
      )}
      {now && (
        <Part title={text.evidence}>
          <Evidence item={item} pieces={now.evidence} before={before} />
        </Part>
      )}
      {now && now.answers.length > 0 && (
        <Part title={text.asksUnit}>
          <dl className="facts">
            {now.answers.map(({ question, answer, on }) => (
              <Pair key={on + answer} name={question ?? ''} value={`${answer} (${day(on)})`} />
            ))}
          </dl>
        </Part>
      )}
      {task.data && now && before && <Previous task={task.data} now={now} before={before} />}
      {item.opinions.length > 0 && (
        <Part title={text.opinions}>
          <dl className="facts">
            {item.opinions.map(({ unit, by, stance, opinion }) => (
              <Pair
                key={unit + by.account}
                name={by.name}
                value={[text.stances[stance], opinion].filter(Boolean).join(': ')}
              />
            ))}
          </dl>
        </Part>
      )}
    </>
  );
};

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="part">
    <h3>{title}</h3>
    {children}
  </section>
);

const Pair = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
);

const figure = (value: string | number | null, unit: string | null): string | undefined =>
  value === null
    ? undefined
    : [typeof value === 'number' ? number(value) : value, unit].filter((part) => part !== null).join(' ');

/** What was promised beside what is claimed: the comparison the whole page is about. */
const TargetAndResult = ({ task, now }: { readonly task: Task; readonly now: Submission | undefined }) => {
  const text = useText(appraisalsText);
  const labels = useLabels(task);
  const told = now?.fields.result ?? task.result;
  const result = told === undefined || typeof told === 'boolean' ? null : told;
  const others = Object.entries(now?.fields ?? {}).filter(([key]) => key !== 'result');
  return (
    <dl className="figures">
      <div>
        <dt className="small muted">{text.target}</dt>
        <dd className={isLong(task.target) ? '' : 'claim-figure'}>
          {figure(task.target, task.measureUnit) ?? task.product ?? <span className="muted">{text.noTarget}</span>}
        </dd>
        <dd className="small muted">{task.dueOn === null ? text.noDue : text.due(day(task.dueOn))}</dd>
      </div>
      <div>
        <dt className="small muted">{text.result}</dt>
        <dd className={isLong(result) ? '' : 'claim-figure'}>
          {figure(result, typeof result === 'number' ? task.measureUnit : null) ?? (
            <span className="muted">{text.noResult}</span>
          )}
        </dd>
        {others.map(([key, value]) => (
          <dd key={key} className="small">
            {labels(key)}: {typeof value === 'number' ? number(value) : String(value)}
          </dd>
        ))}
        {now && <dd className="small muted">{day(now.on)}</dd>}
      </div>
    </dl>
  );
};

/** A sentence is not set like a figure. */
const isLong = (value: string | number | null): boolean => typeof value === 'string' && value.length > 24;

const useLabels = (task: Task) => {
  const forms = useQuery(formsQuery(task.workflow));
  const named = useNamed();
  const text = useText(appraisalsText);
  return (key: string): string => {
    const field = forms.data?.flatMap(({ fields }) => fields).find((one) => one.key === key);
    return key === 'narrative' ? text.narrative : field ? named(field.name) : key;
  };
};

const Evidence = ({
  item,
  pieces,
  before,
}: {
  readonly item: DeskItem;
  readonly pieces: readonly Piece[];
  readonly before: Submission | undefined;
}) => {
  const text = useText(appraisalsText);
  const files = useQuery({ ...filesQuery(item.id), enabled: pieces.some(({ file }) => file !== undefined) });
  const [shown, setShown] = useState<string>();
  if (pieces.length === 0) return <p className="muted">{text.noEvidence}</p>;
  return (
    <ul className="pieces">
      {pieces.map((piece) => {
        const file = files.data?.find(({ id }) => id === piece.file?.id);
        const address = file && fileAddress(`/tasks/${item.id}/files/${file.id}`);
        const safe = file?.scan === 'clean' || file?.scan === 'skipped';
        return (
          <li key={piece.title + (piece.reference ?? '') + (piece.file?.id ?? '')}>
            <span className="row">
              <strong>{piece.title}</strong>
              {piece.reference !== undefined && <span className="muted">{piece.reference}</span>}
              {isNewPiece(piece, before) && <span className="tag">{text.newPiece}</span>}
            </span>
            {file && !safe && (
              <p className="small muted">{file.scan === 'infected' ? text.infected : text.notScanned}</p>
            )}
            {file && safe && (
              <span className="row small">
                <span>{file.name}</span>
                <a href={address} download={file.name}>
                  {text.download(bytes(file.bytes))}
                </a>
                {canPreview(file) && (
                  <PreviewButton
                    file={file}
                    shown={shown === file.id}
                    onToggle={() => setShown((open) => (open === file.id ? undefined : file.id))}
                  />
                )}
              </span>
            )}
            {file && safe && shown === file.id && <FilePreview taskId={item.id} file={file} title={piece.title} />}
          </li>
        );
      })}
    </ul>
  );
};

/** Why it was returned, what was asked for, and what the unit changed since. */
const Previous = ({
  task,
  now,
  before,
}: {
  readonly task: Task;
  readonly now: Submission;
  readonly before: Submission;
}) => {
  const text = useText(appraisalsText);
  const words = useText(common);
  const labels = useLabels(task);
  const differences = differencesOf(before, now);
  const { returned } = before;
  return (
    <Part title={text.previous(number(before.number))}>
      {returned && (
        <div className="notice">
          <strong>{text.returnedBecause(returned.by, day(returned.on))}</strong>
          {returned.reason !== null && <p>{returned.reason}</p>}
          {returned.missing.length > 0 && (
            <>
              <p className="small muted">{text.asked}</p>
              <ul>
                {returned.missing.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
      {differences.length === 0 ? (
        <p className="muted">{text.unchanged}</p>
      ) : (
        <div className="stack">
          {differences.map(({ what, before: old, now: fresh }) => (
            <div key={what} className="difference">
              <strong>{labels(what)}</strong>
              <div>
                <p className="small muted">{text.before}</p>
                <del>{old === '' ? words.none : old}</del>
              </div>
              <div>
                <p className="small muted">{text.now}</p>
                <ins>{fresh === '' ? words.none : fresh}</ins>
              </div>
            </div>
          ))}
        </div>
      )}
    </Part>
  );
};
