// Written down, looked at, accepted: one page in two steps. What is typed is kept until it was accepted.

import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { reorganisationKinds } from '../../api/reorganisations.ts';
import { may } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import { unitsQuery } from '../../api/units.ts';
import { Button } from '../../kit/button.tsx';
import { DateField } from '../../kit/date-field.tsx';
import { DocumentFields } from '../../kit/document-fields.tsx';
import { useDraft } from '../../kit/drafts.ts';
import { Field } from '../../kit/field.tsx';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { Mapping, Predecessors, Successors } from './parts.tsx';
import { PreviewStep } from './preview.tsx';
import { reorganiseText } from './reorganise-text.ts';
import { emptyRequest, problemsOf, type RequestDraft, type RequestProblem, requestOf } from './request.ts';
import { unitsText } from './text.ts';
import { ClassField, UnitField } from './unit-fields.tsx';

export const Reorganise = () => {
  const text = useText(reorganiseText);
  const units = useText(unitsText);
  const words = useText(common);
  const navigate = useNavigate();
  const writes = may(useMe(), 'organisation.write');
  const [empty] = useState(emptyRequest);
  const { value, change, restored, discard, forget } = useDraft<RequestDraft>('reorganisation/new', empty);
  const [asked, setAsked] = useState(false);
  const [previewed, setPreviewed] = useState(false);
  const renamed = useQuery(unitsQuery).data?.find(({ code }) => code === value.renamed.code);
  const problems = problemsOf(value, renamed);
  if (!writes) return <p className="notice">{units.readOnly}</p>;
  if (previewed)
    return (
      <PreviewStep
        body={requestOf(value, renamed)}
        draft={value}
        change={change}
        onEdit={() => setPreviewed(false)}
        onAccepted={(id) => {
          forget();
          void navigate({ to: '/admin/units', search: { tab: 'runs', open: id } as never });
        }}
      />
    );
  return (
    <form
      className="stack reorganise"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (problems.length > 0) {
          const form = event.currentTarget;
          requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
          return;
        }
        change({ appraisers: [], members: [] });
        setPreviewed(true);
      }}
    >
      <p className="muted">{text.intro}</p>
      {restored && (
        <p className="notice row spread" role="status">
          <span className="grow">{words.restored}</span>
          <Button onClick={discard}>{words.discard}</Button>
        </p>
      )}
      <fieldset className="stack card">
        <legend className="vh">{text.kind}</legend>
        <div className="row">
          {reorganisationKinds.map((kind) => (
            <label key={kind} className="check">
              <input type="radio" name="kind" checked={value.kind === kind} onChange={() => change({ kind })} />
              {text.kinds[kind]}
            </label>
          ))}
        </div>
        <p className="small muted">{text.abouts[value.kind]}</p>
      </fieldset>
      <div className="card stack">
        <DocumentFields
          label={text.document}
          required
          value={value.document}
          onChange={(changes) => change({ document: { ...value.document, ...changes } })}
          asked={asked}
        />
        <DateField
          label={text.effectiveOn}
          required
          value={value.effectiveOn}
          onChange={(effectiveOn) => change({ effectiveOn })}
          error={asked && value.effectiveOn === '' ? words.required : undefined}
        />
      </div>
      {value.kind === 'rename' ? (
        <Rename value={value} change={change} problems={asked ? problems : []} />
      ) : (
        <Predecessors value={value} change={change} problems={asked ? problems : []} />
      )}
      {(value.kind === 'merge' || value.kind === 'split') && (
        <Successors value={value} change={change} asked={asked} problems={asked ? problems : []} />
      )}
      {value.kind === 'split' && <Mapping value={value} change={change} asked={asked} />}
      <div className="row">
        <Button type="submit" look="primary">
          {text.preview}
        </Button>
      </div>
    </form>
  );
};

interface PartProps {
  readonly value: RequestDraft;
  readonly change: (changes: Partial<RequestDraft>) => void;
  readonly problems: readonly RequestProblem[];
}

const Rename = ({ value, change, problems }: PartProps) => {
  const text = useText(reorganiseText);
  const words = useText(common);
  const units = useText(unitsText);
  const all = useQuery(unitsQuery).data ?? [];
  const { renamed } = value;
  const set = (changes: Partial<RequestDraft['renamed']>) => change({ renamed: { ...renamed, ...changes } });
  const wrong = problems.includes('renamed');
  return (
    <div className="card stack">
      <UnitField
        label={text.unit}
        required
        value={renamed.code}
        error={wrong && renamed.code === '' ? words.required : undefined}
        onChange={(code) => {
          const unit = all.find((one) => one.code === code);
          set({ code, name: unit?.name ?? '', class: unit?.class ?? 'department', parent: unit?.parent ?? '' });
        }}
      />
      <Field
        label={text.newName}
        required
        error={
          wrong && renamed.name.trim() === '' ? words.required : problems.includes('nothing') ? text.nothing : undefined
        }
      >
        {(shared) => (
          <input
            {...shared}
            className="input"
            autoComplete="off"
            maxLength={300}
            value={renamed.name}
            onChange={({ target }) => set({ name: target.value })}
          />
        )}
      </Field>
      <div className="fields">
        <ClassField value={renamed.class} onChange={(kind) => set({ class: kind })} />
        <UnitField
          label={units.parent}
          hint={units.parentHint}
          value={renamed.parent}
          except={[renamed.code]}
          onChange={(parent) => set({ parent })}
        />
      </div>
    </div>
  );
};
