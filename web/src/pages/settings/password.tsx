import { useState } from 'react';
import { sentenceOf } from '../../api/problem.ts';
import { Button } from '../../kit/button.tsx';
import { Field } from '../../kit/field.tsx';
import { useChange } from '../../kit/use-change.ts';
import { useSettings } from '../../settings.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { settingsText } from './text.ts';

const shortest = 12;

/** Never a draft: passwords stay in no storage. */
export const PasswordField = ({
  label,
  value,
  onChange,
  autoComplete,
  hint,
  error,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autoComplete: 'current-password' | 'new-password';
  readonly hint?: string;
  readonly error?: string | undefined;
}) => (
  <Field label={label} {...(hint === undefined ? {} : { hint })} error={error}>
    {(given) => (
      <input
        {...given}
        className="input"
        type="password"
        autoComplete={autoComplete}
        maxLength={128}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    )}
  </Field>
);

export const Password = () => {
  const text = useText(settingsText);
  const words = useText(common);
  const { language } = useSettings();
  const [old, setOld] = useState('');
  const [wanted, setWanted] = useState('');
  const [again, setAgain] = useState('');
  const [sent, setSent] = useState(false);
  const change = useChange({
    touches: [['account']],
    said: text.passwordChanged,
    quiet: true,
    onDone: () => {
      setOld('');
      setWanted('');
      setAgain('');
      setSent(false);
    },
  });
  const short = [...wanted].length < shortest;
  return (
    <section className="card stack" aria-labelledby="password">
      <h2 id="password">{text.password}</h2>
      <p className="small muted">{text.passwordAbout}</p>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          setSent(true);
          if (!short && wanted === again && old !== '')
            change.mutate({ path: '/me/password', body: { oldPassword: old, newPassword: wanted } });
        }}
      >
        <PasswordField
          label={text.oldPassword}
          value={old}
          onChange={setOld}
          autoComplete="current-password"
          error={sent && old === '' ? words.required : undefined}
        />
        <PasswordField
          label={text.newPassword}
          value={wanted}
          onChange={setWanted}
          autoComplete="new-password"
          hint={text.newPasswordHint}
          error={sent && short ? text.tooShort : undefined}
        />
        <PasswordField
          label={text.again}
          value={again}
          onChange={setAgain}
          autoComplete="new-password"
          error={sent && !short && wanted !== again ? text.differs : undefined}
        />
        {change.error !== null && (
          <p className="notice bad" role="alert">
            {sentenceOf(change.error, language, words)}
          </p>
        )}
        <div>
          <Button type="submit" look="primary" busy={change.isPending}>
            {text.changePassword}
          </Button>
        </div>
      </form>
    </section>
  );
};
