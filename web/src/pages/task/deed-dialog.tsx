// One deed on a task, or on what is told of one: its form, with a draft that outlives the session, both sides shown when somebody was faster,
// and a single sending however often the button is pressed or the network breaks.

import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import { isProblem, sentenceOf } from '../../api/problem.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useDraft } from '../../kit/drafts.ts';
import { useChange } from '../../kit/use-change.ts';
import { useSettings } from '../../settings.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { Fields } from './fields.tsx';
import { bodyOf, errorsIn, type FieldError, type FieldSpec, type Piece, piecesOf, type Values } from './form.ts';
import { formText } from './form-text.ts';
import './page.css';

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

/** What the deed is done to: a task, or what somebody outside it is told of it. */
interface Subject {
  /** Of the task. */
  readonly id: string;
  readonly title: string;
  readonly version: number;
}

interface Props<S extends Subject> {
  readonly subject: S;
  readonly form: DeedForm;
  readonly onClose: () => void;
  /** Read anew after a refusal. */
  readonly readAs: readonly unknown[];
  /** What the person saw beside what stands there now. */
  readonly sides: (seen: S, now: S) => ReactNode;
}

export const DeedDialog = <S extends Subject>(given: Props<S>) => (
  <Dialog open onClose={given.onClose} title={given.form.title} about={given.form.about ?? given.subject.title}>
    <Form {...given} />
  </Dialog>
);

const Form = <S extends Subject>({ subject, form, onClose, readAs, sides }: Props<S>) => {
  const text = useText(formText);
  const words = useText(common);
  const { language } = useSettings();
  const client = useQueryClient();
  const [seen, setSeen] = useState(subject);
  const [errors, setErrors] = useState<Readonly<Record<string, FieldError>>>({});
  const draft = useDraft<Values>(`task/${subject.id}/${form.name}`, form.start ?? {});
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
  const stale = isProblem(deed.error, 'version.stale') || subject.version !== seen.version;
  const fields: readonly FieldSpec[] = [
    ...form.fields,
    ...(form.undated ? [] : [{ key: 'effectiveAt', kind: 'day', label: text.effectiveAt, past: true } as const]),
  ];
  // What was wrong when it was sent, and is still.
  const still = errorsIn(fields, draft.value);
  const shown = Object.fromEntries(Object.entries(errors).filter(([key]) => key in still));
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
      { onError: () => void client.invalidateQueries({ queryKey: readAs }) },
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
        <section className="notice stale" role="alert">
          <h3>{text.staleTitle}</h3>
          <p>{text.staleAbout}</p>
          {sides(seen, subject)}
          <Button
            onClick={() => {
              setSeen(subject);
              deed.reset();
            }}
            disabled={subject.version === seen.version}
          >
            {text.accept}
          </Button>
        </section>
      )}
      <Fields
        taskId={subject.id}
        fields={fields}
        values={draft.value}
        change={change}
        changePieces={(key: string, next: (before: readonly Piece[]) => readonly Piece[]) =>
          change({ [key]: next(piecesOf(latest.current, key)) })
        }
        errors={shown}
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
          {...(stale && subject.version !== seen.version ? { why: text.staleTitle } : {})}
        >
          {form.send}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </form>
  );
};
