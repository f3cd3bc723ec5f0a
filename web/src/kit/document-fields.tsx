// Số, ký hiệu · ngày · cơ quan ban hành: the document that something rests on.

import { useText } from '../text/index.ts';
import { DateField } from './date-field.tsx';
import { Field } from './field.tsx';
import { kitText } from './text.ts';

export interface DocumentValue {
  readonly number: string;
  readonly date: string;
  readonly issuer: string;
}

export const emptyDocument: DocumentValue = { number: '', date: '', issuer: '' };

export const isWholeDocument = ({ number, date, issuer }: DocumentValue): boolean =>
  number.trim() !== '' && date !== '' && issuer.trim() !== '';

interface Props {
  readonly label: string;
  readonly value: DocumentValue;
  readonly onChange: (changes: Partial<DocumentValue>) => void;
  /** What is missing is an error. */
  readonly asked?: boolean;
  readonly required?: boolean;
}

export const DocumentFields = ({ label, value, onChange, asked = false, required = false }: Props) => {
  const text = useText(kitText);
  const missing = (given: string) => (asked && given.trim() === '' ? text.documentMissing : undefined);
  return (
    <fieldset className="stack">
      <legend>{label}</legend>
      <div className="fields">
        <Field label={text.documentNumber} required={required} error={missing(value.number)}>
          {(shared) => (
            <input
              {...shared}
              className="input"
              autoComplete="off"
              maxLength={100}
              value={value.number}
              onChange={({ target }) => onChange({ number: target.value })}
            />
          )}
        </Field>
        <Field label={text.documentIssuer} required={required} error={missing(value.issuer)}>
          {(shared) => (
            <input
              {...shared}
              className="input"
              autoComplete="off"
              maxLength={200}
              value={value.issuer}
              onChange={({ target }) => onChange({ issuer: target.value })}
            />
          )}
        </Field>
        <DateField
          label={text.documentDate}
          required={required}
          past
          value={value.date}
          onChange={(date) => onChange({ date })}
          error={missing(value.date)}
        />
      </div>
    </fieldset>
  );
};
