import { Field } from '../../kit/field.tsx';
import { useText } from '../../text/index.ts';
import { accountsText } from './text.ts';

export const leastPassword = 12;

/** Readable: it is made up here and told to somebody else. */
export const PasswordField = ({
  label,
  value,
  onChange,
  error,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
}) => {
  const text = useText(accountsText);
  return (
    <Field label={label} required hint={text.passwordHint} error={error}>
      {(shared) => (
        <input
          {...shared}
          className="input"
          autoComplete="off"
          spellCheck={false}
          maxLength={128}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
};
