// One deed on one task: its form, with a draft that outlives the session, both sides shown when somebody was faster,
// and a single sending however often the button is pressed or the network breaks.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { isProblem, sentenceOf } from '../../api/problem.ts';
import { type Task, taskEventsQuery, taskQuery } from '../../api/tasks.ts';
import { moment, percent } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Deadline } from '../../kit/deadline.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useDraft } from '../../kit/drafts.ts';
import { StateMark } from '../../kit/state-mark.tsx';
import { useChange } from '../../kit/use-change.ts';
import { useSettings } from '../../settings.ts';
import { common } from '../../text/common.ts';
import { useNamed, useText } from '../../text/index.ts';
import { useEventWords } from './event-words.ts';
import { Fields } from './fields.tsx';
import { bodyOf, errorsIn, type FieldError, type FieldSpec, type Piece, piecesOf, type Values } from './form.ts';
import { formText } from './form-text.ts';

export interface DeedForm {
  /** Of the draft: one for each task and deed. */
  readonly name: string;
  readonly title: string;
  readonly about?: string;
  readonly send: string;
  readonly danger?: boolean;
  readonly fields: readonly FieldSpec[];
  readonly path: string;
  readonly toBody?: (given: Readonly<Record<string, unknown>>) => unknown;
  readonly start?: Values;
  /** It happens when it is said. */
  readonly undated?: boolean;
}

interface Props {
  readonly task: Task;
  readonly form: DeedForm;
  readonly onClose: () => void;
}

export const DeedDialog = ({ task, form, onClose }: Props) => (
  <Dialog open onClose={onClose} title={form.title} about={form.about ?? task.title}>
    <Form task={task} form={form} onClose={onClose} />
  </Dialog>
);

const Form = ({ task, form, onClose }: Props) => {
  const text = useText(formText);
  const words = useText(common);
  const { language } = useSettings();
  const client = useQueryClient();
  const [seen, setSeen] = useState(task);
  const [errors, setErrors] = useState<Readonly<Record<string, FieldError>>>({});
  const draft = useDraft<Values>(`task/${task.id}/${form.name}`, form.start ?? {});
  const latest = useRef(draft.value);
  latest.current = draft.value;
  const box = useRef<HTMLFormElement>(null);
  const deed = useChange({
    quiet: true,
    said: words.done,
    onDone: () => {
      draft.forget();
      onClose();
    },
  });
  const stale = isProblem(deed.error, 'version.stale') || task.version !== seen.version;
  const fields: readonly FieldSpec[] = [
    ...form.fields,
    ...(form.undated ? [] : [{ key: 'effectiveAt', kind: 'day', label: text.effectiveAt, past: true } as const]),
  ];
  const change = (changes: Values) => {
    latest.current = { ...latest.current, ...changes };
    draft.change(changes);
  };
  const send = () => {
    const found = errorsIn(fields, draft.value);
    setErrors(found);
    if (Object.keys(found).length > 0) {
      requestAnimationFrame(() =>
        box.current
          ?.querySelector<HTMLElement>('[aria-invalid="true"], .evidence input, .document-fields input')
          ?.focus(),
      );
      return;
    }
    const given = bodyOf(fields, draft.value);
    deed.mutate(
      { path: form.path, version: seen.version, body: form.toBody?.(given) ?? given },
      { onError: () => void client.invalidateQueries({ queryKey: taskQuery(task.id).queryKey }) },
    );
  };
  return (
    <form
      ref={box}
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        send();
      }}
    >
      {draft.restored && (
        <p className="notice row spread" role="status">
          <span className="grow">{words.restored}</span>
          <Button onClick={draft.discard}>{words.discard}</Button>
        </p>
      )}
      {stale && (
        <Stale
          seen={seen}
          task={task}
          onAccept={() => {
            setSeen(task);
            deed.reset();
          }}
        />
      )}
      <Fields
        taskId={task.id}
        fields={fields}
        values={draft.value}
        change={change}
        changePieces={(key: string, next: (before: readonly Piece[]) => readonly Piece[]) =>
          change({ [key]: next(piecesOf(latest.current, key)) })
        }
        errors={errors}
      />
      {deed.error !== null && !isProblem(deed.error, 'version.stale') && (
        <p className="notice bad" role="alert">
          {sentenceOf(deed.error, language, words)}
        </p>
      )}
      {deed.isPaused && (
        <p className="notice" role="status">
          {text.queued}
        </p>
      )}
      <div className="row form-end">
        <Button
          type="submit"
          look={form.danger ? 'danger' : 'primary'}
          shortcut="Ctrl ↵"
          busy={deed.isPending}
          {...(stale && task.version !== seen.version ? { why: text.staleTitle } : {})}
        >
          {form.send}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </form>
  );
};

/** What the person saw, and what stands there now, with what came between. */
const Stale = ({
  seen,
  task,
  onAccept,
}: {
  readonly seen: Task;
  readonly task: Task;
  readonly onAccept: () => void;
}) => {
  const text = useText(formText);
  const words = useText(common);
  const named = useNamed();
  const tell = useEventWords(task);
  const events = useQuery(taskEventsQuery(task.id));
  const between = (events.data ?? []).filter(({ seq }) => seq > seen.version);
  const side = (title: string, of: Task) => (
    <div className="stale-side">
      <h3>{title}</h3>
      <dl className="facts">
        <dt>{words.state}</dt>
        <dd>
          <StateMark category={of.category} name={named(of.stateName)} />
        </dd>
        <dt>{words.deadline}</dt>
        <dd>
          <Deadline dueOn={of.dueOn} kind={of.deadline} />
        </dd>
        <dt>{text.progress}</dt>
        <dd>{of.progress === null ? '–' : percent(of.progress)}</dd>
        <dt>{text.result}</dt>
        <dd>{of.result ?? '–'}</dd>
      </dl>
    </div>
  );
  return (
    <section className="notice stale" role="alert">
      <h3>{text.staleTitle}</h3>
      <p>{text.staleAbout}</p>
      <div className="stale-sides">
        {side(text.before, seen)}
        {side(text.now, task)}
      </div>
      {between.length > 0 && (
        <ul>
          {between.map((event) => (
            <li key={event.seq}>{`${tell.what(event)} – ${tell.who(event)}, ${moment(event.recordedAt)}`}</li>
          ))}
        </ul>
      )}
      <Button onClick={onAccept} disabled={task.version === seen.version}>
        {text.accept}
      </Button>
    </section>
  );
};
