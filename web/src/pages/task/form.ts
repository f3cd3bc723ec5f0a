// What a form asks for, and what it makes of what was typed. Values are texts until they are sent.

import { readNumber } from '../../kit/numbers.ts';

export interface Piece {
  /** Of this form only. */
  readonly key: string;
  readonly title: string;
  readonly reference: string;
  readonly file?: string;
  readonly fileName?: string;
}

export interface Values {
  readonly [key: string]: string | readonly Piece[] | undefined;
}

interface Common {
  readonly key: string;
  readonly label: string;
  readonly required?: boolean;
  readonly hint?: string;
  /** Only while what else is chosen asks for it. */
  readonly when?: (values: Values) => boolean;
}

export type FieldSpec = Common &
  (
    | { readonly kind: 'text' | 'long'; readonly most?: number }
    | { readonly kind: 'number' | 'percent' | 'yes_no' | 'unit' | 'lines' | 'number_or_text' | 'month' }
    | { readonly kind: 'day'; readonly from?: string; readonly to?: string; readonly past?: boolean }
    | { readonly kind: 'choice'; readonly choices: readonly (readonly [string, string])[] }
    | { readonly kind: 'document' }
    | { readonly kind: 'evidence'; readonly least: number }
  );

export const documentParts = ['number', 'date', 'issuer', 'item'] as const;

export type FieldError = 'required' | 'number' | 'percent' | 'month' | 'document' | 'evidence';

export const textOf = (values: Values, key: string): string => {
  const value = values[key];
  return typeof value === 'string' ? value.normalize('NFC').trim() : '';
};

export const piecesOf = (values: Values, key: string): readonly Piece[] => {
  const value = values[key];
  return Array.isArray(value) ? (value as readonly Piece[]) : [];
};

/** 3/2027 -> 2027-03 */
const monthIn = (text: string): string | undefined => {
  const found = /^(0?[1-9]|1[0-2])[/.-](\d{4})$/.exec(text);
  return found ? `${found[2]}-${found[1]?.padStart(2, '0')}` : undefined;
};

/** What is wrong, by key; empty when it can be sent. */
export const errorsIn = (fields: readonly FieldSpec[], values: Values): Readonly<Record<string, FieldError>> =>
  Object.fromEntries(
    fields
      .filter(({ when }) => when?.(values) ?? true)
      .flatMap((field): readonly (readonly [string, FieldError])[] => {
        const error = errorOf(field, values);
        return error === undefined ? [] : [[field.key, error]];
      }),
  );

const errorOf = (field: FieldSpec, values: Values): FieldError | undefined => {
  const { key, required = false } = field;
  const text = textOf(values, key);
  switch (field.kind) {
    case 'document': {
      const given = ['number', 'date', 'issuer'].filter((part) => textOf(values, `${key}.${part}`) !== '').length;
      return given === 3 || (given === 0 && !required) ? undefined : 'document';
    }
    case 'evidence':
      return piecesOf(values, key).filter(({ title }) => title.trim() !== '').length < field.least
        ? 'evidence'
        : undefined;
    case 'number':
    case 'percent': {
      if (text === '') return required ? 'required' : undefined;
      const number = readNumber(text);
      if (number === undefined) return 'number';
      return field.kind === 'percent' && (number < 0 || number > 100) ? 'percent' : undefined;
    }
    case 'month':
      if (text === '') return required ? 'required' : undefined;
      return monthIn(text) === undefined ? 'month' : undefined;
    default:
      return required && text === '' ? 'required' : undefined;
  }
};

/** The body of the request: what was given, with its types; what was left empty is left out. */
export const bodyOf = (fields: readonly FieldSpec[], values: Values): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    fields
      .filter(({ when }) => when?.(values) ?? true)
      .map((field) => [field.key, readValue(field, values)] as const)
      .filter(([, value]) => value !== undefined),
  );

const readValue = (field: FieldSpec, values: Values): unknown => {
  const { key } = field;
  const text = textOf(values, key);
  switch (field.kind) {
    case 'document': {
      const given = documentParts
        .map((part) => [part, textOf(values, `${key}.${part}`)] as const)
        .filter(([, value]) => value !== '');
      return given.length === 0 ? undefined : Object.fromEntries(given);
    }
    case 'evidence': {
      const pieces = piecesOf(values, key)
        .filter(({ title }) => title.trim() !== '')
        .map(({ title, reference, file }) => ({
          title: title.trim(),
          ...(reference.trim() === '' ? {} : { reference: reference.trim() }),
          ...(file === undefined ? {} : { file }),
        }));
      return pieces.length === 0 ? undefined : pieces;
    }
    case 'number':
    case 'percent':
      return readNumber(text);
    case 'number_or_text':
      return text === '' ? undefined : (readNumber(text) ?? text);
    case 'month':
      return monthIn(text);
    case 'yes_no':
      return text === '' ? undefined : text === 'yes';
    case 'lines': {
      const lines = text.split('\n').map((line) => line.trim());
      const given = lines.filter(Boolean).map((what) => ({ what }));
      return given.length === 0 ? undefined : given;
    }
    default:
      return text === '' ? undefined : text;
  }
};
