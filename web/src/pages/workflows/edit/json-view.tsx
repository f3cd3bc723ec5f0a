// The same draft as text: the way to everything that has no form.

import { useState } from 'react';
import { number } from '../../../format.ts';
import { Field } from '../../../kit/field.tsx';
import { canonical, type Json, written } from '../json.ts';
import { useEditing, type Work } from './use-work.ts';

/** @returns the value, or the line where it stops being JSON; browsers tell it in several ways, some not at all */
const readJson = (typed: string): { readonly value: Json } | { readonly line: number } => {
  try {
    return { value: JSON.parse(typed) as Json };
  } catch (error) {
    const [, position, line] = /position (\d+)|line (\d+)/.exec(String(error)) ?? [];
    const before = position === undefined ? typed : typed.slice(0, Number(position));
    return { line: line === undefined ? before.split('\n').length : Number(line) };
  }
};

export const JsonView = ({ work }: { readonly work: Work }) => {
  const { told, definition, replace } = useEditing();
  const { text } = told;
  const [typed, setTyped] = useState('');
  const last = readJson(typed);
  // As it was typed, spaces and all, as long as it says what the draft says.
  const same = 'value' in last && canonical(last.value) === canonical(definition);
  const shown = work.text ?? (same ? typed : written(definition));
  const found = readJson(shown);
  return (
    <section className="card stack">
      <Field
        label={text.json}
        hint={text.jsonHint}
        error={'line' in found ? text.jsonWrong(number(found.line)) : undefined}
      >
        {(field) => (
          <textarea
            {...field}
            data-pointer=""
            className="input code json"
            spellCheck={false}
            autoCapitalize="off"
            value={shown}
            onChange={(event) => {
              const next = event.target.value;
              const given = readJson(next);
              setTyped(next);
              if ('value' in given) replace(given.value, 'json');
              else work.setText(next);
            }}
          />
        )}
      </Field>
    </section>
  );
};
