// So much later, in one of the two ways a definition can say it, and what that means in words.

import { Field } from '../../../kit/field.tsx';
import { ladderWords, spanOf } from '../told.ts';
import { numberOr, type Place, shown } from './inputs.tsx';
import { useEditing } from './use-work.ts';

/** So many working days, or an ISO 8601 duration. */
export const OffsetAt = ({
  at,
  label,
  none,
  ladder = false,
}: Place & {
  readonly none?: string;
  /** Before or after an anchor, not a period. */
  readonly ladder?: boolean;
}) => {
  const { valueAt, set, errorAt, told } = useEditing();
  const { text } = told;
  const value = valueAt(at);
  const error = errorAt(at, true);
  const span = spanOf(value, text);
  const words = ladder && span ? ladderWords(value, text) : span?.words;
  const kind = value === undefined ? '' : typeof value === 'string' ? 'calendar' : 'working';
  const days = shown((value as { readonly workingDays?: unknown } | undefined)?.workingDays);
  return (
    <div className="pair">
      <Field label={`${label}: ${text.offsetKind}`}>
        {(field) => (
          <select
            {...field}
            value={kind}
            onChange={({ target: { value: next } }) =>
              set(at, next === '' ? undefined : next === 'working' ? { workingDays: 5 } : 'P7D')
            }
          >
            {none !== undefined && <option value="">{none}</option>}
            <option value="working">{text.offsetKinds.working}</option>
            <option value="calendar">{text.offsetKinds.calendar}</option>
          </select>
        )}
      </Field>
      {kind !== '' && (
        <Field label={label} hint={error === undefined && words !== undefined ? words : text.offsetHint} error={error}>
          {(field) => (
            <input
              {...field}
              data-pointer={at}
              className="input short"
              value={kind === 'calendar' ? shown(value) : days}
              onChange={({ target: { value: next } }) =>
                set(at, kind === 'calendar' ? next : { workingDays: next === '' ? null : numberOr(next) })
              }
            />
          )}
        </Field>
      )}
    </div>
  );
};
