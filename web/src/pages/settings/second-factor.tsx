import { lazy, Suspense, useState } from 'react';
import { sentenceOf } from '../../api/problem.ts';
import { useMe } from '../../api/session.ts';
import { Button } from '../../kit/button.tsx';
import { Field } from '../../kit/field.tsx';
import { Loading } from '../../kit/states.tsx';
import { useChange } from '../../kit/use-change.ts';
import { useSettings } from '../../settings.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { PasswordField } from './password.tsx';
import { settingsText } from './text.ts';

const Qr = lazy(() => import('./qr.tsx'));

interface Secret {
  readonly secret: string;
  readonly uri: string;
}

/** @param onCodes whether the recovery codes are on the screen: then only they are printed */
export const SecondFactor = ({ onCodes }: { readonly onCodes: (shown: boolean) => void }) => {
  const text = useText(settingsText);
  const me = useMe();
  const [asked, setAsked] = useState(false);
  const [secret, setSecret] = useState<Secret>();
  const [codes, setCodes] = useState<readonly string[]>();
  const show = (shown: readonly string[] | undefined) => {
    setCodes(shown);
    onCodes(shown !== undefined);
  };
  return (
    <section className={codes ? 'card stack with-codes' : 'card stack'} aria-labelledby="second-factor">
      <h2 id="second-factor">{codes ? text.recovery : text.factor}</h2>
      {codes ? (
        <RecoveryCodes codes={codes} onDone={() => show(undefined)} />
      ) : me.secondFactor ? (
        <Removal asked={asked} onAsked={setAsked} />
      ) : secret ? (
        <Confirmation
          secret={secret}
          onDone={(shown) => {
            setSecret(undefined);
            setAsked(false);
            show(shown);
          }}
        />
      ) : (
        <Beginning asked={asked} onAsked={setAsked} onSecret={setSecret} />
      )}
    </section>
  );
};

const useRefusal = () => {
  const words = useText(common);
  const { language } = useSettings();
  return (error: unknown) =>
    error === null ? null : (
      <p className="notice bad" role="alert">
        {sentenceOf(error, language, words)}
      </p>
    );
};

const Beginning = ({
  asked,
  onAsked,
  onSecret,
}: {
  readonly asked: boolean;
  readonly onAsked: (asked: boolean) => void;
  readonly onSecret: (secret: Secret) => void;
}) => {
  const text = useText(settingsText);
  const words = useText(common);
  const refusal = useRefusal();
  const [password, setPassword] = useState('');
  const enrol = useChange<Secret>({ touches: [], quiet: true, onDone: ({ body }) => onSecret(body) });
  if (!asked)
    return (
      <>
        <p>{text.factorOff}</p>
        <div>
          <Button look="primary" onClick={() => onAsked(true)}>
            {text.factorStart}
          </Button>
        </div>
      </>
    );
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        enrol.mutate({ path: '/me/second-factor', body: password === '' ? {} : { password } });
      }}
    >
      <PasswordField
        label={text.factorPassword}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        hint={text.factorPasswordHint}
      />
      {refusal(enrol.error)}
      <div className="row">
        <Button type="submit" look="primary" busy={enrol.isPending}>
          {text.next}
        </Button>
        <Button onClick={() => onAsked(false)}>{words.cancel}</Button>
      </div>
    </form>
  );
};

const CodeField = ({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) => (
  <Field label={label}>
    {(given) => (
      <input
        {...given}
        className="input"
        autoComplete="one-time-code"
        maxLength={64}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    )}
  </Field>
);

const Confirmation = ({
  secret,
  onDone,
}: {
  readonly secret: Secret;
  readonly onDone: (codes: readonly string[]) => void;
}) => {
  const text = useText(settingsText);
  const refusal = useRefusal();
  const [code, setCode] = useState('');
  const confirm = useChange<{ readonly recoveryCodes: readonly string[] }>({
    touches: [['me'], ['account']],
    quiet: true,
    onDone: ({ body }) => onDone(body.recoveryCodes),
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate({ path: '/me/second-factor/confirmation', body: { code: code.trim() } });
      }}
    >
      <p>{text.scan}</p>
      <Suspense fallback={<Loading />}>
        <Qr text={secret.uri} label={text.qr} />
      </Suspense>
      <p className="small">
        {text.secret} <span className="secret-text">{secret.secret}</span>
      </p>
      <CodeField label={text.code} value={code} onChange={setCode} />
      {refusal(confirm.error)}
      <div>
        <Button type="submit" look="primary" busy={confirm.isPending}>
          {text.confirm}
        </Button>
      </div>
    </form>
  );
};

const RecoveryCodes = ({ codes, onDone }: { readonly codes: readonly string[]; readonly onDone: () => void }) => {
  const text = useText(settingsText);
  const words = useText(common);
  return (
    <>
      <p>{text.recoveryAbout}</p>
      <ul role="list" className="codes" aria-label={text.recovery}>
        {codes.map((code) => (
          <li key={code} className="secret-text">
            {code}
          </li>
        ))}
      </ul>
      <div className="row no-print">
        <Button onClick={() => print()}>{words.print}</Button>
        <Button look="primary" onClick={onDone}>
          {text.recoveryKept}
        </Button>
      </div>
    </>
  );
};

const Removal = ({ asked, onAsked }: { readonly asked: boolean; readonly onAsked: (asked: boolean) => void }) => {
  const text = useText(settingsText);
  const words = useText(common);
  const refusal = useRefusal();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const remove = useChange({
    touches: [['me'], ['account']],
    quiet: true,
    said: text.factorRemoved,
    onDone: () => onAsked(false),
  });
  return (
    <>
      <p>{text.factorOn}</p>
      {asked ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            remove.mutate({ path: '/me/second-factor/removal', body: { password, code: code.trim() } });
          }}
        >
          <PasswordField
            label={text.oldPassword}
            value={password}
            onChange={setPassword}
            autoComplete="current-password"
          />
          <CodeField label={text.codeOrRecovery} value={code} onChange={setCode} />
          {refusal(remove.error)}
          <div className="row">
            <Button type="submit" look="danger" busy={remove.isPending}>
              {text.factorRemove}
            </Button>
            <Button onClick={() => onAsked(false)}>{words.cancel}</Button>
          </div>
        </form>
      ) : (
        <div>
          <Button onClick={() => onAsked(true)}>{text.factorRemove}</Button>
        </div>
      )}
    </>
  );
};
