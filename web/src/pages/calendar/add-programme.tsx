// A new programme: what it is called, by which workflow its tasks move, and how its rates are told.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { workflowKeysQuery } from '../../api/programme-settings.ts';
import type { FigureRule } from '../../api/programmes.ts';
import { unitsQuery } from '../../api/units.ts';
import { civilDay } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Combobox } from '../../kit/combobox.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { DocumentFields, type DocumentValue, emptyDocument, isWholeDocument } from '../../kit/document-fields.tsx';
import { useDraft } from '../../kit/drafts.ts';
import { Field } from '../../kit/field.tsx';
import { FormEnd } from '../../kit/form-end.tsx';
import { useChange } from '../../kit/use-change.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { programmeText } from './programme-text.ts';
import { RuleFields } from './rule-form.tsx';

type TextKey = 'code' | 'name' | 'year' | 'noun' | 'soonDays' | 'maxExtensions' | 'reopenDays' | 'criteria';
interface Draft extends Readonly<Record<TextKey, string>>, FigureRule {
  readonly workflow: string;
  readonly aggregator: string;
  readonly basis: DocumentValue;
}

const emptyDraft = (): Draft => ({
  code: '',
  name: '',
  year: String(Number(civilDay().slice(0, 4)) + 1),
  noun: 'nhiệm vụ',
  soonDays: '3',
  maxExtensions: '1',
  reopenDays: '30',
  criteria: '',
  workflow: '',
  aggregator: '',
  basis: emptyDocument,
  denominator: 'all',
  percentDigits: 1,
  rounding: 'half_up',
});

interface Props {
  readonly onClose: () => void;
  readonly onAdded: (code: string) => void;
}

export const AddProgramme = (props: Props) => {
  const text = useText(programmeText);
  return (
    <Dialog open drawer onClose={props.onClose} title={text.add}>
      <Form {...props} />
    </Dialog>
  );
};

const whole = /^\d{1,4}$/;
const saysNothing = ({ number, date, issuer }: DocumentValue): boolean => `${number}${date}${issuer}`.trim() === '';

const Form = ({ onClose, onAdded }: Props) => {
  const text = useText(programmeText);
  const words = useText(common);
  const [empty] = useState(emptyDraft);
  const { value, change, restored, discard, forget } = useDraft<Draft>('programme/new', empty);
  const [asked, setAsked] = useState(false);
  const workflows = useQuery(workflowKeysQuery).data ?? [];
  const units = useQuery(unitsQuery).data ?? [];
  const deed = useChange({
    quiet: true,
    said: text.added,
    touches: [['programmes'], ['audit']],
    onDone: () => {
      forget();
      onAdded(value.code.trim());
    },
  });
  const workflow = value.workflow === '' ? (workflows[0] ?? '') : value.workflow;
  const errors: Readonly<Record<string, string | undefined>> = {
    code: /^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,63}$/u.test(value.code.trim()) ? undefined : text.codeWrong,
    name: value.name.trim() === '' ? words.required : undefined,
    noun: value.noun.trim() === '' ? words.required : undefined,
    year: /^(199\d|20\d\d|2100)$/.test(value.year.trim()) ? undefined : text.yearWrong,
    soonDays: whole.test(value.soonDays.trim()) ? undefined : text.wrongNumber,
    reopenDays: whole.test(value.reopenDays.trim()) ? undefined : text.wrongNumber,
    maxExtensions:
      value.maxExtensions.trim() === '' || whole.test(value.maxExtensions.trim()) ? undefined : text.wrongNumber,
  };
  const basisAsked = asked && !saysNothing(value.basis);
  const wrong = Object.values(errors).some(Boolean) || (!saysNothing(value.basis) && !isWholeDocument(value.basis));
  const input = (
    key: TextKey,
    label: string,
    options: { readonly hint?: string; readonly required?: boolean; readonly numeric?: boolean } = {},
  ) => (
    <Field
      label={label}
      required={options.required ?? true}
      error={asked ? errors[key] : undefined}
      {...(options.hint === undefined ? {} : { hint: options.hint })}
    >
      {(shared) => (
        <input
          {...shared}
          className="input"
          autoComplete="off"
          inputMode={options.numeric ? 'numeric' : 'text'}
          maxLength={500}
          value={value[key]}
          onChange={({ target }) => change({ [key]: target.value })}
        />
      )}
    </Field>
  );
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (wrong) return;
        const { denominator, percentDigits, rounding, aggregator, criteria, basis } = value;
        deed.mutate({
          path: '/programmes',
          body: {
            code: value.code.trim(),
            name: value.name.trim(),
            noun: value.noun.trim(),
            year: Number(value.year),
            workflow,
            soonDays: Number(value.soonDays),
            reopenDays: Number(value.reopenDays),
            maxExtensions: value.maxExtensions.trim() === '' ? null : Number(value.maxExtensions),
            ...(aggregator === '' ? {} : { aggregator }),
            ...(criteria.trim() === '' ? {} : { criteria: criteria.trim() }),
            ...(saysNothing(basis) ? {} : { basis }),
            denominator,
            percentDigits,
            rounding,
          },
        });
      }}
    >
      {restored && (
        <p className="notice row spread" role="status">
          <span className="grow">{words.restored}</span>
          <Button onClick={discard}>{words.discard}</Button>
        </p>
      )}
      {input('name', text.name)}
      <div className="fields">
        {input('code', text.code, { hint: text.codeHint })}
        {input('year', text.year, { numeric: true })}
        {input('noun', text.noun, { hint: text.nounHint })}
        <Field label={text.workflow} required>
          {(shared) => (
            <select {...shared} value={workflow} onChange={({ target }) => change({ workflow: target.value })}>
              {workflows.map((key) => (
                <option key={key} value={key}>
                  {key}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={text.aggregator}>
          {(shared) => (
            <Combobox
              {...shared}
              clearable
              value={value.aggregator}
              options={units.map(({ code, name }) => ({ key: code, label: name, about: code }))}
              onChange={(aggregator) => change({ aggregator })}
            />
          )}
        </Field>
        {input('soonDays', text.soonDays, { numeric: true })}
        {input('maxExtensions', text.extensions, { hint: text.extensionsHint, required: false, numeric: true })}
        {input('reopenDays', text.reopenDays, { numeric: true })}
      </div>
      <fieldset className="stack">
        <legend>{text.rule}</legend>
        <RuleFields rule={value} onChange={change} />
      </fieldset>
      {input('criteria', text.criteria, { required: false })}
      <DocumentFields
        label={text.basis}
        value={value.basis}
        onChange={(changes) => change({ basis: { ...value.basis, ...changes } })}
        asked={basisAsked}
      />
      <FormEnd deed={deed} submit={text.add} onClose={onClose} />
    </form>
  );
};
