// The fields of a form, drawn from what it asks for.

import { useQuery } from '@tanstack/react-query';
import { unitsQuery } from '../../api/units.ts';
import { Combobox } from '../../kit/combobox.tsx';
import { DateField } from '../../kit/date-field.tsx';
import { DocumentFields } from '../../kit/document-fields.tsx';
import { Field } from '../../kit/field.tsx';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { EvidenceField } from './evidence-field.tsx';
import {
  type documentParts,
  type FieldError,
  type FieldSpec,
  type Piece,
  piecesOf,
  textOf,
  type Values,
} from './form.ts';
import { formText } from './form-text.ts';

interface Props {
  readonly taskId: string;
  readonly fields: readonly FieldSpec[];
  readonly values: Values;
  readonly change: (changes: Values) => void;
  readonly changePieces: (key: string, change: (before: readonly Piece[]) => readonly Piece[]) => void;
  readonly errors: Readonly<Record<string, FieldError>>;
}

export const Fields = ({ fields, values, ...rest }: Props) =>
  fields
    .filter(({ when }) => when?.(values) ?? true)
    .map((field) => <One key={field.key} field={field} values={values} {...rest} />);

const One = ({
  field,
  taskId,
  values,
  change,
  changePieces,
  errors,
}: Omit<Props, 'fields'> & { readonly field: FieldSpec }) => {
  const text = useText(formText);
  const words = useText(common);
  const units = useQuery(unitsQuery);
  const { key, label, required = false, hint } = field;
  const found = errors[key];
  const error = found === undefined ? undefined : text.errors[found];
  const value = typeof values[key] === 'string' ? (values[key] as string) : '';
  const set = (now: string) => change({ [key]: now });
  const shared = { label, required, error, ...(hint === undefined ? {} : { hint }) };
  switch (field.kind) {
    case 'long':
    case 'lines':
      return (
        <Field {...shared}>
          {(given) => <textarea {...given} value={value} onChange={({ target }) => set(target.value)} />}
        </Field>
      );
    case 'day': {
      const { from, to, past } = field;
      return <DateField {...shared} value={value} onChange={set} from={from} to={to} past={past} />;
    }
    case 'choice':
      return (
        <Field {...shared}>
          {(given) => (
            <select {...given} value={value} onChange={({ target }) => set(target.value)}>
              <option value="">{text.choose}</option>
              {field.choices.map(([choice, told]) => (
                <option key={choice} value={choice}>
                  {told}
                </option>
              ))}
            </select>
          )}
        </Field>
      );
    case 'yes_no':
      return (
        <fieldset className="stack">
          <legend>{label}</legend>
          <div className="row">
            {(['yes', 'no'] as const).map((answer) => (
              <label key={answer} className="check">
                <input type="radio" name={key} checked={value === answer} onChange={() => set(answer)} />
                {words[answer]}
              </label>
            ))}
          </div>
          {error !== undefined && <p className="small late">{error}</p>}
        </fieldset>
      );
    case 'unit':
      return (
        <Field {...shared}>
          {(given) => (
            <Combobox
              {...given}
              value={value}
              clearable
              placeholder={text.emptyUnit}
              options={(units.data ?? []).map(({ code, name }) => ({ key: code, label: name, about: code }))}
              onChange={set}
            />
          )}
        </Field>
      );
    case 'document': {
      const partOf = (part: (typeof documentParts)[number]) => textOf(values, `${key}.${part}`);
      return (
        <DocumentFields
          label={label}
          required={required}
          error={error}
          value={{ number: partOf('number'), date: partOf('date'), issuer: partOf('issuer'), item: partOf('item') }}
          onChange={(changes) =>
            change(Object.fromEntries(Object.entries(changes).map(([part, typed]) => [`${key}.${part}`, typed])))
          }
        />
      );
    }
    case 'evidence':
      return (
        <EvidenceField
          taskId={taskId}
          label={field.least > 0 ? `${label} *` : label}
          pieces={piecesOf(values, key)}
          onChange={(next) => changePieces(key, next)}
          error={error}
        />
      );
    default:
      return (
        <Field {...shared}>
          {(given) => (
            <input
              {...given}
              className="input"
              inputMode={field.kind === 'text' || field.kind === 'number_or_text' ? 'text' : 'decimal'}
              autoComplete="off"
              value={value}
              onChange={({ target }) => set(target.value)}
            />
          )}
        </Field>
      );
  }
};
