// A deed on all that is selected: what it is, what would become of it, what became of it. What failed is named one by
// one, and a result with failures never looks like a success.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sentenceOf } from '../../api/problem.ts';
import { hasRole, type Me, type Role, useMe } from '../../api/session.ts';
import { workflowQuery, workflowsQuery } from '../../api/task-parts.ts';
import type { TaskListing } from '../../api/tasks.ts';
import { number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Field } from '../../kit/field.tsx';
import { Progress } from '../../kit/progress.tsx';
import { useSettings } from '../../settings.ts';
import { common } from '../../text/common.ts';
import { useNamed, useText } from '../../text/index.ts';
import { Fields } from '../task/fields.tsx';
import { bodyOf, errorsIn, type FieldError, type FieldSpec, type Values } from '../task/form.ts';
import { taskText } from '../task/text.ts';
import { applyToAll, type BulkDeed, type BulkRefusal, type BulkResult } from './bulk.ts';
import { bulkText } from './bulk-text.ts';

interface Props {
  readonly kind: BulkDeed['kind'];
  readonly workflow: string;
  readonly tasks: readonly TaskListing[];
  readonly onClose: () => void;
  readonly onKeep: (ids: readonly string[]) => void;
}

const roleOf: Readonly<Record<string, Role>> = {
  office: 'office',
  province_leader: 'leader',
  appraising_agency: 'appraiser',
  'lead_unit.head': 'head',
  'lead_unit.focal_point': 'focal_point',
  specialist: 'specialist',
  aggregator: 'aggregator',
};
const mayBe = (me: Me, by: readonly string[]) =>
  by.some((role) => {
    const own = roleOf[role];
    return own !== undefined && hasRole(me, own);
  });

export const BulkDialog = (props: Props) => {
  const text = useText(bulkText);
  const { kind, tasks, onClose } = props;
  return (
    <Dialog
      open
      onClose={onClose}
      title={kind === 'urge' ? text.urge : text.act}
      about={text.about(number(tasks.length))}
    >
      <Steps {...props} />
    </Dialog>
  );
};

const useBulkForm = ({ kind, workflow }: Pick<Props, 'kind' | 'workflow'>, chosen: string) => {
  const own = useText(taskText);
  const named = useNamed();
  const me = useMe();
  const version = useQuery(workflowsQuery)
    .data?.filter(({ key, status }) => key === workflow && status === 'published')
    .at(-1)?.version;
  const definition = useQuery({
    ...workflowQuery({ key: workflow, version: version ?? 0 }),
    enabled: version !== undefined,
  }).data?.definition;
  const transitions = (definition?.transitions ?? []).filter(
    ({ by, require }) => mayBe(me, by) && require?.evidence === undefined && require?.form === undefined,
  );
  const document: FieldSpec = { key: 'document', kind: 'document', label: own.documentOptional };
  const require = transitions.find(({ key }) => key === chosen)?.require;
  const fields: readonly FieldSpec[] =
    kind === 'urge'
      ? [
          {
            key: 'channel',
            kind: 'choice',
            label: own.channel,
            required: true,
            choices: (['letter', 'phone', 'meeting'] as const).map((key) => [key, own.channels[key]]),
          },
          { key: 'note', kind: 'long', label: own.note },
          document,
        ]
      : [
          { key: 'reason', kind: 'long', label: own.reason, required: require?.reason === true },
          ...(require?.document === true ? [{ ...document, label: own.document, required: true }] : []),
        ];
  const choices = transitions.map(({ key, name }) => [key, named(name)] as const);
  return { fields, choices, loaded: kind === 'urge' || definition !== undefined };
};

const Steps = ({ kind, workflow, tasks, onClose, onKeep }: Props) => {
  const text = useText(bulkText);
  const words = useText(common);
  const { language } = useSettings();
  const client = useQueryClient();
  const [chosen, setChosen] = useState('');
  const [values, setValues] = useState<Values>({});
  const [errors, setErrors] = useState<Readonly<Record<string, FieldError>>>({});
  const [judged, setJudged] = useState<BulkResult>();
  const [result, setResult] = useState<BulkResult>();
  const [done, setDone] = useState<number>();
  const [fault, setFault] = useState<unknown>();
  const { fields, choices, loaded } = useBulkForm({ kind, workflow }, chosen);
  const run = async (preview: boolean) => {
    const found = errorsIn(fields, values);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    setFault(undefined);
    setDone(0);
    const body = { ...(kind === 'urge' ? {} : { transition: chosen }), ...bodyOf(fields, values) };
    try {
      const answer = await applyToAll({ kind, body }, tasks, { preview, onProgress: setDone });
      (preview ? setJudged : setResult)(answer);
    } catch (error) {
      setFault(error);
    }
    setDone(undefined);
    if (!preview) await client.invalidateQueries();
  };
  if (result)
    return (
      <div className="stack">
        <p className={result.failed.length > 0 ? 'notice bulk-mixed' : 'notice good'} role="status">
          <strong>{text.done(number(result.ok.length), number(tasks.length))}</strong>
        </p>
        <Refusals list={result.failed} />
        <div className="row">
          {result.failed.length > 0 && (
            <Button
              onClick={() => {
                onKeep(result.failed.map(({ task }) => task.id));
                onClose();
              }}
            >
              {text.keepFailed(number(result.failed.length))}
            </Button>
          )}
          <Button
            look="primary"
            onClick={() => {
              onKeep([]);
              onClose();
            }}
          >
            {words.close}
          </Button>
        </div>
      </div>
    );
  if (done !== undefined)
    return (
      <Progress label={text.running} value={done} of={tasks.length}>
        {`${number(done)}/${number(tasks.length)}`}
      </Progress>
    );
  const warning = fault !== undefined && (
    <p className="notice bad" role="alert">
      {sentenceOf(fault, language, words)}
    </p>
  );
  if (judged)
    return (
      <div className="stack">
        {warning}
        <p className={judged.failed.length > 0 ? 'notice bulk-mixed' : 'notice'} role="status">
          <strong>{text.possible(number(judged.ok.length), number(judged.failed.length))}</strong>
        </p>
        <Refusals list={judged.failed} />
        <div className="row">
          <Button
            look="primary"
            onClick={() => void run(false)}
            {...(judged.ok.length === 0 ? { why: text.nothing } : {})}
          >
            {text.run(number(judged.ok.length))}
          </Button>
          <Button onClick={() => setJudged(undefined)}>{text.back}</Button>
        </div>
      </div>
    );
  if (loaded && kind === 'transition' && choices.length === 0) return <p>{text.noAction}</p>;
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void run(kind === 'transition');
      }}
    >
      {warning}
      {kind === 'transition' && (
        <Field label={text.action} required>
          {(given) => (
            <select {...given} value={chosen} onChange={({ target }) => setChosen(target.value)}>
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
      {(kind === 'urge' || chosen !== '') && (
        <Fields
          taskId=""
          fields={fields}
          values={values}
          change={(changes) => setValues((before) => ({ ...before, ...changes }))}
          changePieces={() => undefined}
          errors={errors}
        />
      )}
      <div className="row">
        <Button type="submit" look="primary" {...(kind === 'transition' && chosen === '' ? { disabled: true } : {})}>
          {kind === 'urge' ? text.run(number(tasks.length)) : text.preview}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </form>
  );
};

const Refusals = ({ list }: { readonly list: readonly BulkRefusal[] }) => {
  const text = useText(bulkText);
  const { language } = useSettings();
  if (list.length === 0) return null;
  return (
    <section className="stack" aria-label={text.failed(number(list.length))}>
      <h3>{text.failed(number(list.length))}</h3>
      <ul className="bulk-failed">
        {list.map(({ task, vi, en }) => (
          <li key={task.id}>
            <strong>{task.code}</strong>
            <span className="muted">{` ${task.title}`}</span>
            <p className="small">{language === 'en' ? en : vi}</p>
          </li>
        ))}
      </ul>
    </section>
  );
};
