// Fields of places in the draft. Each knows its JSON pointer, so that a problem can lead to it.

import { type ReactNode, useId, useState } from 'react';
import { Button } from '../../../kit/button.tsx';
import { Field } from '../../../kit/field.tsx';
import { renamed } from '../json.ts';
import { useEditing } from './use-work.ts';

export interface Place {
  readonly at: string;
  readonly label: string;
  readonly hint?: string;
}

export const shown = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

export const TextAt = ({ at, label, hint }: Place) => {
  const { valueAt, set, errorAt } = useEditing();
  return (
    <Field label={label} error={errorAt(at)} {...(hint === undefined ? {} : { hint })}>
      {(field) => (
        <input
          {...field}
          data-pointer={at}
          className="input"
          value={shown(valueAt(at))}
          onChange={(event) => set(at, event.target.value)}
        />
      )}
    </Field>
  );
};

export const NamesAt = ({ at }: { readonly at: string }) => {
  const { text } = useEditing().told;
  return (
    <div className="pair">
      <TextAt at={`${at}/vi`} label={text.nameVi} />
      <TextAt at={`${at}/en`} label={text.nameEn} />
    </div>
  );
};

/** Takes effect when it is left: whoever names the old key follows, and half a key must not catch another's. */
export const KeyAt = ({ at, hint = true }: { readonly at: string; readonly hint?: boolean }) => {
  const { definition, valueAt, replace, errorAt, told } = useEditing();
  const kept = shown(valueAt(at));
  const [typed, setTyped] = useState<string>();
  const leave = () => {
    if (typed !== undefined && typed !== kept) replace(renamed(definition, at, typed), at);
    setTyped(undefined);
  };
  return (
    <Field label={told.text.key} error={errorAt(at)} {...(hint ? { hint: told.text.keyHint } : {})}>
      {(field) => (
        <input
          {...field}
          data-pointer={at}
          className="input code"
          spellCheck={false}
          autoCapitalize="off"
          value={typed ?? kept}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={leave}
          onKeyDown={(event) => {
            if (event.key === 'Enter') leave();
          }}
        />
      )}
    </Field>
  );
};

/** What is no number stays as it was typed, and stands among the problems. */
export const NumberAt = ({ at, label, hint }: Place) => {
  const { valueAt, set, errorAt } = useEditing();
  return (
    <Field label={label} error={errorAt(at)} {...(hint === undefined ? {} : { hint })}>
      {(field) => (
        <input
          {...field}
          data-pointer={at}
          className="input short"
          inputMode="numeric"
          value={shown(valueAt(at))}
          onChange={({ target: { value } }) => set(at, value === '' ? undefined : numberOr(value))}
        />
      )}
    </Field>
  );
};
export const numberOr = (typed: string): number | string => (/^-?\d{1,6}$/.test(typed) ? Number(typed) : typed);

export const SelectAt = ({
  at,
  label,
  hint,
  none,
  options,
  onChange,
}: Place & {
  /** Words for leaving it out. */
  readonly none?: string;
  readonly options: readonly (readonly [key: string, words: string])[];
  /** In place of setting it. */
  readonly onChange?: (value: string | undefined) => void;
}) => {
  const { valueAt, set, errorAt } = useEditing();
  const value = shown(valueAt(at));
  return (
    <Field label={label} error={errorAt(at)} {...(hint === undefined ? {} : { hint })}>
      {(field) => (
        <select
          {...field}
          data-pointer={at}
          value={value}
          onChange={(event) => {
            const chosen = event.target.value === '' ? undefined : event.target.value;
            if (onChange) onChange(chosen);
            else set(at, chosen);
          }}
        >
          {none !== undefined && <option value="">{none}</option>}
          {!options.some(([key]) => key === value) && !(none !== undefined && value === '') && (
            <option value={value}>{value}</option>
          )}
          {options.map(([key, words]) => (
            <option key={key} value={key}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
};

export const CheckAt = ({ at, label }: Place) => {
  const { valueAt, set, errorAt } = useEditing();
  const error = errorAt(at);
  const id = useId();
  return (
    <div>
      <label className="check">
        <input
          type="checkbox"
          data-pointer={at}
          aria-describedby={error === undefined ? undefined : id}
          checked={valueAt(at) === true}
          onChange={(event) => set(at, event.target.checked ? true : undefined)}
        />
        {label}
      </label>
      {error !== undefined && (
        <p id={id} className="small late">
          {error}
        </p>
      )}
    </div>
  );
};

/** Several of a list, kept in the order of the list; what is chosen and not in it stays, and can be taken out. */
export const ChecksAt = ({
  at,
  label,
  options,
}: Place & { readonly options: readonly (readonly [key: string, words: string])[] }) => {
  const { valueAt, set } = useEditing();
  const value = valueAt(at);
  const chosen: readonly unknown[] = Array.isArray(value) ? value : [];
  const strange = [...new Set(chosen.map(shown))].filter((one) => !options.some(([key]) => key === one));
  const all = [...options, ...strange.map((one) => [one, one] as const)];
  return (
    <Group label={label} at={at}>
      <div className="checks">
        {all.map(([key, words]) => (
          <label key={key} className="check">
            <input
              type="checkbox"
              checked={chosen.includes(key)}
              onChange={({ target: { checked } }) =>
                set(
                  at,
                  all.map(([one]) => one).filter((one) => (one === key ? checked : chosen.includes(one))),
                )
              }
            />
            {words}
          </label>
        ))}
      </div>
    </Group>
  );
};

/** A fieldset of a place, with what is wrong there or below. */
export const Group = ({
  at,
  label,
  deep = true,
  children,
}: Place & { readonly deep?: boolean; readonly children: ReactNode }) => {
  const { errorAt } = useEditing();
  const error = errorAt(at, deep);
  const id = useId();
  return (
    <fieldset className="group stack" data-pointer={at} aria-describedby={error === undefined ? undefined : id}>
      <legend>{label}</legend>
      {children}
      {error !== undefined && (
        <p id={id} className="small late">
          {error}
        </p>
      )}
    </fieldset>
  );
};

/** Conditions are told here and written in the JSON view. */
export const WhenAt = ({ at }: { readonly at: string }) => {
  const { valueAt, errorAt, told } = useEditing();
  const words = told.condition(valueAt(at));
  const error = errorAt(at, true);
  return (
    <div className="field" data-pointer={at} tabIndex={-1}>
      <strong className="small">{told.text.when}</strong>
      <p>{words || told.text.none}</p>
      <p className="small muted">{told.text.whenHint}</p>
      {error !== undefined && <p className="small late">{error}</p>}
    </div>
  );
};

/** Takes an item out of a list. */
export const RemoveAt = ({ at, name }: { readonly at: string; readonly name: string }) => {
  const { set, lead, told } = useEditing();
  return (
    <Button
      onClick={() => {
        set(at, undefined);
        lead(at.slice(0, at.lastIndexOf('/')));
      }}
    >
      {told.text.remove}
      <span className="vh">{` ${name}`}</span>
    </Button>
  );
};
