import type { SourceDocument } from '../../api/tasks.ts';
import { civilDay } from '../../format.ts';
import { DateField } from '../../kit/date-field.tsx';
import { Field } from '../../kit/field.tsx';
import { useText } from '../../text/index.ts';
import { registrationDeeds } from './deed-text.ts';

export const noDocument = { number: '', date: '', issuer: '' };
export type TypedDocument = typeof noDocument;

/** Null: nothing was typed; undefined: something is missing. */
export const documentOf = ({ number, date, issuer }: TypedDocument): SourceDocument | null | undefined => {
  const [sign, body] = [number.trim(), issuer.trim()];
  if (sign === '' && date === '' && body === '') return null;
  return sign === '' || date === '' || body === '' ? undefined : { number: sign, date, issuer: body };
};

export const DocumentFields = ({
  value,
  onChange,
  required = false,
}: {
  readonly value: TypedDocument;
  readonly onChange: (value: TypedDocument) => void;
  readonly required?: boolean;
}) => {
  const { document: text } = useText(registrationDeeds);
  return (
    <>
      {(['number', 'issuer'] as const).map((key) => (
        <Field key={key} label={text[key]} required={required}>
          {(given) => (
            <input
              {...given}
              className="input"
              autoComplete="off"
              maxLength={key === 'number' ? 100 : 200}
              value={value[key]}
              onChange={(event) => onChange({ ...value, [key]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <DateField
        label={text.date}
        value={value.date}
        onChange={(date) => onChange({ ...value, date })}
        to={civilDay()}
        past
        required={required}
      />
    </>
  );
};
