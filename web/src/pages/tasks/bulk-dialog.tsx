// A deed on all that is selected: what it is, what would become of it, how far it is, what became of it. Once begun it goes
// on by itself, whatever is closed.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type BulkRun, bulkRunsQuery, isOver } from '../../api/bulk-runs.ts';
import { sentenceOf } from '../../api/problem.ts';
import { number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useDraft } from '../../kit/drafts.ts';
import { Field } from '../../kit/field.tsx';
import { Progress } from '../../kit/progress.tsx';
import { useChange } from '../../kit/use-change.ts';
import { useSettings } from '../../settings.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { Fields } from '../task/fields.tsx';
import { bodyOf, errorsIn, type FieldError, type Values } from '../task/form.ts';
import {
  type BulkDeed,
  bodyOfRun,
  type Chosen,
  type Judged,
  judgeAll,
  mostTasks,
  type Selection,
  type WatchedRuns,
} from './bulk.ts';
import { useBulkForm } from './bulk-form.ts';
import { BulkProgress, BulkResult, Refusals } from './bulk-progress.tsx';
import { bulkText } from './bulk-text.ts';

interface Props {
  readonly kind: BulkDeed['kind'];
  readonly workflow: string;
  readonly tasks: readonly Chosen[];
  readonly runs: WatchedRuns;
  readonly onClose: () => void;
  /** What is selected from now on. */
  readonly onKeep: (selection: Selection) => void;
}

export const BulkDialog = (props: Props) => {
  const text = useText(bulkText);
  const { kind, tasks, onClose, onKeep, runs } = props;
  const [begun, setBegun] = useState<BulkRun>();
  // The run has these tasks now; what it refuses is offered at its end.
  const leave = (selection: Selection = new Map()) => {
    if (begun) onKeep(selection);
    onClose();
  };
  return (
    <Dialog
      open
      onClose={() => leave()}
      title={kind === 'urge' ? text.urge : text.act}
      about={begun ? text.begunAbout : text.about(number(tasks.length))}
    >
      {begun ? (
        <Begun begun={begun} onLeave={leave} onSeen={() => runs.dismiss(begun.id)} />
      ) : (
        <Steps
          {...props}
          onBegun={(run) => {
            runs.watch(run.id);
            setBegun(run);
          }}
        />
      )}
    </Dialog>
  );
};

const Begun = ({
  begun,
  onLeave,
  onSeen,
}: {
  readonly begun: BulkRun;
  readonly onLeave: (selection?: Selection) => void;
  readonly onSeen: () => void;
}) => {
  const text = useText(bulkText);
  const run = useQuery(bulkRunsQuery).data?.find(({ id }) => id === begun.id) ?? begun;
  if (isOver(run))
    return (
      <div className="stack">
        <BulkResult
          run={run}
          open
          onSeen={(again) => {
            onSeen();
            onLeave(again);
          }}
        />
      </div>
    );
  return (
    <div className="stack">
      <BulkProgress run={run} />
      <div className="row">
        <Button onClick={() => onLeave()}>{text.leaveRunning}</Button>
      </div>
    </div>
  );
};

interface Draft {
  readonly chosen: string;
  readonly values: Values;
}
const nothing: Draft = { chosen: '', values: {} };

const Steps = ({ kind, workflow, tasks, onClose, onBegun }: Props & { readonly onBegun: (run: BulkRun) => void }) => {
  const text = useText(bulkText);
  const words = useText(common);
  const { language } = useSettings();
  const { value: draft, change, forget } = useDraft<Draft>(`bulk/${kind}/${workflow}`, nothing);
  const [errors, setErrors] = useState<Readonly<Record<string, FieldError>>>({});
  const [judged, setJudged] = useState<Judged>();
  const [done, setDone] = useState<number>();
  const [fault, setFault] = useState<unknown>();
  const { fields, choices, alone, loaded } = useBulkForm(kind, workflow, draft.chosen);
  // A draft of another day may name what is not there any more.
  const chosen = choices.some(([key]) => key === draft.chosen) ? draft.chosen : '';
  const { values } = draft;
  const deed: BulkDeed = {
    kind,
    body: { ...(kind === 'urge' ? {} : { transition: chosen }), ...bodyOf(fields, values) },
  };
  const start = useChange<BulkRun>({
    quiet: true,
    touches: [['bulk-runs']],
    onDone: ({ body }) => {
      forget();
      onBegun(body);
    },
  });
  const preview = async () => {
    const found = errorsIn(fields, values);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    setFault(undefined);
    start.reset();
    setDone(0);
    try {
      setJudged(await judgeAll(deed, tasks, setDone));
    } catch (error) {
      setFault(error);
    }
    setDone(undefined);
  };
  if (done !== undefined)
    return (
      <Progress label={text.judging} value={done} of={tasks.length}>
        {text.far(number(done), number(tasks.length))}
      </Progress>
    );
  const error = start.error ?? fault;
  const warning = error !== undefined && (
    <p className="notice bad" role="alert">
      {sentenceOf(error, language, words)}
    </p>
  );
  if (judged)
    return (
      <div className="stack">
        {warning}
        <p className={judged.refusals.length > 0 ? 'notice bulk-mixed' : 'notice'} role="status">
          <strong>{text.possible(number(judged.ok), number(judged.refusals.length))}</strong>
        </p>
        <Refusals list={judged.refusals} open />
        <div className="row">
          <Button
            look="primary"
            busy={start.isPending}
            onClick={() => start.mutate({ path: '/tasks/bulk-runs', body: bodyOfRun(deed, tasks) })}
            {...(judged.ok === 0 ? { why: text.nothing } : {})}
          >
            {text.run(number(judged.ok))}
          </Button>
          <Button onClick={() => setJudged(undefined)}>{text.back}</Button>
        </div>
      </div>
    );
  const apart = alone.length > 0 && <p className="small muted">{text.alone(alone.join(', '))}</p>;
  if (loaded && kind === 'transition' && choices.length === 0)
    return (
      <div className="stack">
        <p>{text.noAction}</p>
        {apart}
      </div>
    );
  const why =
    tasks.length > mostTasks
      ? text.tooMany(number(mostTasks))
      : kind === 'transition' && chosen === ''
        ? text.chooseAction
        : undefined;
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (why === undefined) void preview();
      }}
    >
      {warning}
      {kind === 'transition' && (
        <Field label={text.action} required>
          {(given) => (
            <select {...given} value={chosen} onChange={({ target }) => change({ chosen: target.value })}>
              <option value="" />
              {choices.map(([key, name]) => (
                <option key={key} value={key}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {apart}
      {(kind === 'urge' || chosen !== '') && (
        <Fields
          taskId=""
          fields={fields}
          values={values}
          change={(changes) => change({ values: { ...values, ...changes } })}
          changePieces={() => undefined}
          errors={errors}
        />
      )}
      <div className="row">
        <Button type="submit" look="primary" why={why}>
          {text.preview}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </form>
  );
};
