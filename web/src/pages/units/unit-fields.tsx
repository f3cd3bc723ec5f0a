// What a unit is, asked for: of a new one, and of one that comes out of a reorganisation.

import { useQuery } from '@tanstack/react-query';
import { unitClasses } from '../../api/unit-history.ts';
import { type UnitClass, unitsQuery } from '../../api/units.ts';
import { civilDay } from '../../format.ts';
import { Combobox } from '../../kit/combobox.tsx';
import { Field } from '../../kit/field.tsx';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { unitsText } from './text.ts';

export interface UnitDraft {
  readonly code: string;
  readonly name: string;
  readonly class: UnitClass;
  readonly bloc: string;
  readonly order: string;
  readonly parent: string;
}

export const emptyUnit: UnitDraft = {
  code: '',
  name: '',
  class: 'department',
  bloc: 'department',
  order: '',
  parent: '',
};

const codeShape = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
export const wrongCode = (code: string): boolean => !codeShape.test(code.trim());
export const wrongOrder = (order: string): boolean => !/^\d{1,6}$/.test(order.trim());
export const wrongUnit = ({ code, name, bloc, order }: UnitDraft): boolean =>
  wrongCode(code) || name.trim() === '' || bloc.trim() === '' || wrongOrder(order);

export const unitBodyOf = ({ code, name, class: kind, bloc, order, parent }: UnitDraft) => ({
  code: code.trim(),
  name: name.trim(),
  class: kind,
  bloc: bloc.trim(),
  order: Number(order.trim()),
  parent: parent === '' ? null : parent,
});

interface Props {
  readonly value: UnitDraft;
  readonly onChange: (changes: Partial<UnitDraft>) => void;
  readonly asked: boolean;
}

export const UnitFields = ({ value, onChange, asked }: Props) => {
  const text = useText(unitsText);
  const words = useText(common);
  const blocs = [...new Set((useQuery(unitsQuery).data ?? []).map(({ bloc }) => bloc))];
  const blocName = useBlocName();
  const missing = (given: string) => (asked && given.trim() === '' ? words.required : undefined);
  return (
    <>
      <div className="fields">
        <Field
          label={text.code}
          required
          hint={text.codeHint}
          error={asked && wrongCode(value.code) ? text.codeWrong : undefined}
        >
          {(shared) => (
            <input
              {...shared}
              className="input"
              autoComplete="off"
              maxLength={64}
              value={value.code}
              onChange={({ target }) => onChange({ code: target.value })}
            />
          )}
        </Field>
        <Field label={text.order} required error={asked && wrongOrder(value.order) ? text.orderWrong : undefined}>
          {(shared) => (
            <input
              {...shared}
              className="input"
              inputMode="numeric"
              autoComplete="off"
              value={value.order}
              onChange={({ target }) => onChange({ order: target.value })}
            />
          )}
        </Field>
      </div>
      <Field label={text.name} required error={missing(value.name)}>
        {(shared) => (
          <input
            {...shared}
            className="input"
            autoComplete="off"
            maxLength={300}
            value={value.name}
            onChange={({ target }) => onChange({ name: target.value })}
          />
        )}
      </Field>
      <div className="fields">
        <ClassField value={value.class} onChange={(kind) => onChange({ class: kind })} />
        <Field label={text.bloc} required hint={text.blocHint} error={missing(value.bloc)}>
          {(shared) => (
            <select {...shared} value={value.bloc} onChange={({ target }) => onChange({ bloc: target.value })}>
              {[...new Set([...blocs, value.bloc, ...unitClasses])]
                .filter((bloc) => bloc !== '')
                .map((bloc) => (
                  <option key={bloc} value={bloc}>
                    {blocName(bloc)}
                  </option>
                ))}
            </select>
          )}
        </Field>
        <UnitField
          label={text.parent}
          hint={text.parentHint}
          value={value.parent}
          except={[value.code]}
          onChange={(parent) => onChange({ parent })}
        />
      </div>
    </>
  );
};

/** Blocs are names of one's own; those named like a class are told like it. */
export const useBlocName = (): ((bloc: string) => string) => {
  const { classes } = useText(unitsText);
  return (bloc) => (classes as Readonly<Record<string, string>>)[bloc] ?? bloc;
};

export const ClassField = ({
  value,
  onChange,
}: {
  readonly value: UnitClass;
  readonly onChange: (value: UnitClass) => void;
}) => {
  const text = useText(unitsText);
  return (
    <Field label={text.class} required>
      {(shared) => (
        <select {...shared} value={value} onChange={({ target }) => onChange(target.value as UnitClass)}>
          {unitClasses.map((key) => (
            <option key={key} value={key}>
              {text.classes[key]}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
};

interface UnitFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly error?: string | undefined;
  readonly value: string;
  readonly except?: readonly string[];
  readonly onChange: (code: string) => void;
}

/** One of the units that stand. */
export const UnitField = ({ label, hint, required = false, error, value, except = [], onChange }: UnitFieldProps) => {
  const today = civilDay();
  const units = (useQuery(unitsQuery).data ?? []).filter(
    ({ code, validTo }) => (validTo === null || validTo > today) && !except.includes(code),
  );
  return (
    <Field label={label} required={required} error={error} {...(hint === undefined ? {} : { hint })}>
      {(shared) => (
        <Combobox
          {...shared}
          clearable
          value={value}
          options={units.map(({ code, name }) => ({ key: code, label: name, about: code }))}
          onChange={onChange}
        />
      )}
    </Field>
  );
};
