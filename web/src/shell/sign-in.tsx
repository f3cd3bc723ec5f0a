import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { change, read } from '../api/client.ts';
import { isProblem, sentenceOf } from '../api/problem.ts';
import { Button } from '../kit/button.tsx';
import { Field } from '../kit/field.tsx';
import { useSettings } from '../settings.ts';
import { common } from '../text/common.ts';
import { useText } from '../text/index.ts';
import { shellText } from './text.ts';

interface Methods {
  readonly oidc: { readonly label: string } | null;
}

/** The form, for its own page and for the dialog over a page whose session ended. */
export const SignInForm = ({
  onDone,
  wantsCode = false,
}: {
  readonly onDone: () => void;
  readonly wantsCode?: boolean;
}) => {
  const text = useText(shellText);
  const words = useText(common);
  const { language } = useSettings();
  const methods = useQuery({
    queryKey: ['sign-in-methods'],
    queryFn: () => read<Methods>('/sessions/methods'),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  // `challenge` null: it is in a cookie, after the identity provider.
  const [second, setSecond] = useState<{ readonly challenge: string | null } | undefined>(
    wantsCode ? { challenge: null } : undefined,
  );
  const enter = useMutation({
    mutationFn: () =>
      second
        ? change('/sessions/second-factor', {
            body: { code, ...(second.challenge === null ? {} : { challenge: second.challenge }) },
          })
        : change('/sessions', { body: { email: email.trim(), password } }),
    onSuccess: onDone,
    onError: (error) => {
      if (isProblem(error, 'session.second_factor_required')) setSecond({ challenge: String(error.body.challenge) });
      else if (isProblem(error, 'session.challenge_expired')) setSecond(undefined);
    },
  });
  const refused = enter.error && !isProblem(enter.error, 'session.second_factor_required') ? enter.error : undefined;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        enter.mutate();
      }}
    >
      {refused && (
        <p role="alert" className="notice bad">
          {sentenceOf(refused, language, words)}
        </p>
      )}
      {second ? (
        <Field label={text.code} hint={text.codeAbout}>
          {(given) => (
            <input
              {...given}
              className="input"
              name="code"
              autoComplete="one-time-code"
              // biome-ignore lint/a11y/noAutofocus: the only field, which the person asked for by signing in.
              autoFocus
              required
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          )}
        </Field>
      ) : (
        <>
          <Field label={text.email}>
            {(given) => (
              <input
                {...given}
                className="input"
                type="email"
                name="email"
                autoComplete="username"
                required
                value={email}
                onChange={(event) => setEmail(event.target.value)}
              />
            )}
          </Field>
          <Field label={text.password}>
            {(given) => (
              <input
                {...given}
                className="input"
                type="password"
                name="password"
                autoComplete="current-password"
                required
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            )}
          </Field>
        </>
      )}
      <Button look="primary" type="submit" busy={enter.isPending}>
        {text.signIn}
      </Button>
      {methods.data?.oidc && (
        <a
          className="button"
          href={`/api/v1/sessions/oidc/start?returnTo=${encodeURIComponent(location.pathname + location.search)}`}
        >
          {text.provider(methods.data.oidc.label)}
        </a>
      )}
    </form>
  );
};

export const SignInPage = ({ onDone }: { readonly onDone: () => void }) => {
  const text = useText(shellText);
  const words = useText(common);
  const wantsCode = new URLSearchParams(location.search).get('signIn') === 'second-factor';
  return (
    <main className="sign-in">
      <h1>{words.product}</h1>
      <h2>{text.signIn}</h2>
      <SignInForm
        onDone={() => {
          // Whoever reloads later is not asked for a code again.
          if (wantsCode) history.replaceState(history.state, '', location.pathname);
          onDone();
        }}
        wantsCode={wantsCode}
      />
    </main>
  );
};
