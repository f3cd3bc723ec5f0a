// Số, ký hiệu · ngày · cơ quan ban hành: the document that something rests on.

import type { SourceDocument } from '../api/tasks.ts';
import { useText } from '../text/index.ts';
import { DateField } from './date-field.tsx';
import { Field } from './field.tsx';
import { kitText } from './text.ts';

export interface DocumentValue {
  readonly number: string;
  readonly date: string;
  readonly issuer: string;
  /** Điểm, khoản, mục, where a form asks for it. */
  readonly item?: string;
}

export const emptyDocument: DocumentValue = { number: '', date: '', issuer: '' };

export const isWholeDocument = ({ number, date, issuer }: DocumentValue): boolean =>
  number.trim() !== '' && date !== '' && issuer.trim() !== '';

/** Null: nothing was typed; undefined: something is missing. */
export const documentOf = ({ number, date, issuer, item = '' }: DocumentValue): SourceDocument | null | undefined => {
  const given = { number: number.trim(), date, issuer: issuer.trim() };
  if (Object.values(given).every((part) => part === '')) return null;
  return isWholeDocument(given) ? { ...given, ...(item.trim() === '' ? {} : { item: item.trim() }) } : undefined;
};

interface Props {
  readonly label: string;
  readonly value: DocumentValue;
  readonly onChange: (changes: Partial<DocumentValue>) => void;
  /** What is missing is an error. */
  readonly asked?: boolean;
  readonly required?: boolean;
  /** Of the document as a whole. */
  readonly error?: string | undefined;
  /** The last day it may bear. */
  readonly to?: string;
}

export const DocumentFields = ({ label, value, onChange, asked = false, required = false, error, to }: Props) => {
  const text = useText(kitText);
  const missing = (given: string) => (asked && given.trim() === '' ? text.documentMissing : undefined);
  const line = (part: 'number' | 'issuer' | 'item', words: string, maxLength: number, wanted: boolean) => (
    <Field label={words} required={wanted} error={part === 'item' ? undefined : missing(value[part] ?? '')}>
      {(shared) => (
        <input
          {...shared}
          className="input"
          autoComplete="off"
          maxLength={maxLength}
          value={value[part] ?? ''}
          onChange={({ target }) => onChange({ [part]: target.value })}
        />
      )}
    </Field>
  );
  return (
    <fieldset className="stack">
      <legend>{label}</legend>
      <div className="fields">
        {line('number', text.documentNumber, 100, required)}
        {line('issuer', text.documentIssuer, 200, required)}
        <DateField
          label={text.documentDate}
          required={required}
          past
          to={to}
          value={value.date}
          onChange={(date) => onChange({ date })}
          error={missing(value.date)}
        />
        {value.item !== undefined && line('item', text.documentItem, 100, false)}
      </div>
      {error !== undefined && (
        <p className="small late" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
};
